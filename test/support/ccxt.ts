import { pro, type Exchange } from 'ccxt'

/** A third-party client's own class for an exchange, pointed at an address on this machine by its base addresses alone. */
export async function ccxtAt(id: keyof typeof pro, port: number): Promise<Exchange> {
  const Class = pro[id] as unknown as new (options: object) => Exchange
  const exchange = new Class({ options: { fetchCurrencies: false }, enableRateLimit: false })
  exchange.urls['api'] = rebased(exchange.urls['api'], port) as typeof exchange.urls.api
  // Plain ws:// needs this once.
  await (exchange as unknown as { loadHttpProxyAgent(): Promise<unknown> }).loadHttpProxyAgent()
  return exchange
}

/** The same tree of addresses with scheme, host and port replaced. */
function rebased(value: unknown, port: number): unknown {
  if (typeof value === 'string') {
    return value.replace(/^(http|ws)s?:\/\/[^/]+/, (_, scheme: string) => `${scheme}://127.0.0.1:${port}`)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, rebased(each, port)]))
}

/** Public reading of what this desk collects, by ccxt's names. Whichever of them a class says yes to must work. */
export const READS = [
  'fetchTime',
  'fetchMarkets',
  'fetchTicker',
  'fetchTickers',
  'fetchOHLCV',
  'fetchTrades',
  'fetchFundingRate',
  'fetchFundingRates',
  'fetchFundingRateHistory',
  'fetchOpenInterest',
  'fetchOpenInterests',
  'fetchOpenInterestHistory',
  'fetchLongShortRatioHistory',
  'fetchLiquidations',
  'fetchMarkPrice',
  'fetchMarkPrices',
  'watchTicker',
  'watchTickers',
  'watchTrades',
  'watchTradesForSymbols',
  'watchOHLCV',
  'watchOHLCVForSymbols',
  'watchLiquidations',
  'watchLiquidationsForSymbols',
  'watchFundingRate',
  'watchFundingRates',
  'watchMarkPrice',
  'watchMarkPrices',
] as const

export type Read = (typeof READS)[number]

/** Those of `READS` that the class says it has, natively or emulated. */
export const readsOf = (exchange: Exchange): readonly Read[] =>
  READS.filter((read) => Boolean((exchange.has as Readonly<Record<string, unknown>>)[read]))
