import { describe, expect, it } from 'vitest'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { polls } from './polls.ts'

const perp = made('bitget')
const spot = made('bitget', { market: 'spot', contract: 'none' })
const inverse = made('bitget', { instrument: 'BTCUSD', quote: 'USD', contract: 'inverse' })
const context = contextOf('bitget', [perp, spot, inverse])
const payloadOf = (name: string): unknown => fixture('bitget', name).payload

describe('polls', () => {
  const ask = (name: string, asked: VenueRequest[]): VenueIo => ({
    ask: async (request) => {
      asked.push(request)
      return payloadOf(name)
    },
    now: () => context.now,
    signal: new AbortController().signal,
  })
  const poll = (id: string) => polls.find((each) => each.id === id) ?? expect.fail(`no poll ${id}`)

  it.each([
    ['open interest', 'perp-ticker-rest', 'openInterest', 10_000],
    ['perp tickers', 'perp-ticker-rest', 'ticker', 60_000],
    ['expected funding', 'perp-funding-rest', 'funding', 60_000],
  ])('%s asks once for a family that is collected', async (id, name, kind, everyMs) => {
    const asked: VenueRequest[] = []
    const rows: string[] = []
    for await (const mapped of poll(id).fetch(ask(name, asked), context, [perp, perp])) {
      rows.push(...mapped.rows.map(({ record }) => record.name))
    }
    expect(rows).toEqual([kind])
    expect(asked.map(({ query }) => query)).toEqual([{ productType: 'USDT-FUTURES' }])
    expect(poll(id).everyMs).toBe(everyMs)
  })

  it('ask for contracts settled in the coin where there are any', async () => {
    const asked: VenueRequest[] = []
    for await (const mapped of poll('open interest').fetch(ask('inverse-ticker-rest', asked), context, [
      perp,
      inverse,
    ])) {
      expect(mapped.faults).toEqual([])
    }
    expect(asked.map(({ query }) => query?.['productType'])).toEqual(['USDT-FUTURES', 'COIN-FUTURES'])
  })

  it('read the tickers of all pairs', async () => {
    const asked: VenueRequest[] = []
    for await (const mapped of poll('spot tickers').fetch(ask('spot-ticker-rest', asked), context, [spot])) {
      expect(mapped).toMatchObject({ rows: [{ row: { last: 37583.69 } }], faults: [] })
    }
    expect(asked).toHaveLength(1)
  })
})
