import type { Exchange } from 'ccxt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ccxtAt, readsOf, type Read } from '../../../../test/support/ccxt.ts'
import { simulated } from '../../../../test/support/simulated.ts'

const { servers } = await simulated({ venues: ['binance'], rate: 20 })
const port = servers.get('binance')?.port ?? 0

describe.each([
  ['binance', 'BTC/USDT', 'spot'],
  ['binanceusdm', 'BTC/USDT:USDT', 'perp'],
] as const)('the class %s of ccxt, by its base addresses alone', (id, symbol, which) => {
  let exchange: Exchange
  beforeAll(async () => {
    exchange = await ccxtAt(id, port)
    // The class for all of Binance lists COIN-M too, which is not simulated.
    if (which === 'spot') exchange.options['fetchMarkets'] = { types: ['spot'] }
    await exchange.loadMarkets()
  })
  afterAll(() => exchange.close())

  it('says yes to what is tried here', () => expect(readsOf(exchange).length).toBeGreaterThan(12))

  const calls: Partial<Record<Read, () => Promise<unknown>>> = {}
  it('reads everything that it says yes to', async () => {
    for (const read of readsOf(exchange)) {
      const result = await (calls[read] ?? (() => call(exchange, read, symbol)))().catch((error: unknown) => error)
      console.log(
        id,
        read,
        result instanceof Error ? `FAILED ${result.message.slice(0, 200)}` : JSON.stringify(result)?.slice(0, 150),
      )
    }
  }, 60_000)
})

function call(exchange: Exchange, read: Read, symbol: string): Promise<unknown> {
  const method = (exchange as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[read]!.bind(exchange)
  if (read === 'fetchTime' || read === 'fetchMarkets') return method()
  if (read.endsWith('s') && /Tickers|Rates|Prices|OpenInterests|ForSymbols/.test(read)) return method([symbol])
  if (/OHLCVForSymbols/.test(read)) return method([[symbol, '1m']])
  return method(symbol)
}
