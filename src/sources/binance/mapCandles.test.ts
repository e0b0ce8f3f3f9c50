import { describe, expect, it } from 'vitest'
import { contextOf, fixture, fuzz, made } from '../../../test/support/wire.ts'
import { mapKlineEvent, mapKlines } from './mapCandles.ts'

const LATER = 4_000_000_000_000
const perp = made('binance')
const spot = made('binance', { market: 'spot', instrument: 'ETHBTC', asset: 'ETH', quote: 'BTC', contract: 'none' })
const documented = {
  interval: '7d',
  at: 1_499_040_000_000,
  knownAt: 1_499_644_800_000,
  open: 0.0163479,
  high: 0.8,
  low: 0.015758,
  close: 0.015771,
  volume: 148_976.11427815,
  quoteVolume: 2_434.19055334,
  trades: 308,
  takerBuyVolume: 1_756.87402397,
  takerBuyQuoteVolume: 28.46694368,
}

describe('mapKlines', () => {
  it('reads the documented row of spot', () => {
    const { rows, faults } = mapKlines(fixture('binance', 'spot-candle-rest').payload, spot, '7d', LATER)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toEqual([
      { venue: 'binance', market: 'spot', instrument: 'ETHBTC', ...documented },
    ])
  })

  it('reads the documented row of futures, whose last place is not "0"', () => {
    const { rows, faults } = mapKlines(fixture('binance', 'perp-candle-rest').payload, perp, '7d', LATER)
    expect(faults).toEqual([])
    expect(rows.map(({ record, row }) => [record.name, row])).toEqual([
      ['candle', { venue: 'binance', market: 'perp', instrument: 'BTCUSDT', ...documented }],
    ])
  })

  it('knows a bar when it has closed, and leaves out one that is open', () => {
    const { payload } = fixture('binance', 'spot-candle-rest')
    const at = (now: number) => mapKlines(payload, spot, '7d', now)
    expect(at(documented.knownAt).rows).toHaveLength(1)
    expect(at(documented.knownAt - 1)).toEqual({ rows: [], faults: [] })
    expect(at(documented.at)).toEqual({ rows: [], faults: [] })
  })

  it('tells of a bar in the future', () => {
    const { payload } = fixture('binance', 'spot-candle-rest')
    const { rows, faults } = mapKlines(payload, spot, '7d', documented.at - 3_600_000)
    expect(rows).toEqual([])
    expect(faults).toMatchObject([{ what: 'impossible', path: '[0][0]', why: 'a time in the future' }])
  })

  it('counts units of the instrument, whatever coins are in one', () => {
    const { payload } = fixture('binance', 'perp-candle-rest')
    const thousand = made('binance', { instrument: '1000PEPEUSDT', asset: 'PEPE', multiplier: 1_000 })
    const { rows } = mapKlines(payload, thousand, '7d', LATER)
    expect(rows[0]?.row).toMatchObject({ volume: documented.volume, takerBuyVolume: documented.takerBuyVolume })
  })

  it('keeps a minute without trades', () => {
    const quiet = [1_499_040_000_000, '2', '2', '2', '2', '0', 1_499_040_059_999, '0', 0, '0', '0', '0']
    const { rows, faults } = mapKlines([quiet], spot, '1m', LATER)
    expect(faults).toEqual([])
    expect(rows[0]?.row).toMatchObject({ volume: 0, trades: 0 })
  })

  it('drops what is wrong in one row, by name, and keeps the others', () => {
    const [good] = fixture('binance', 'spot-candle-rest').payload as unknown[][]
    const changed = (place: number, value: unknown) => good!.with(place, value)
    const wrong = [changed(1, 0.5), changed(2, '-1'), changed(3, '0.9'), good!.slice(0, 11), 'a row', good]
    const { rows, faults } = mapKlines(wrong, spot, '7d', LATER)
    expect(rows).toHaveLength(1)
    expect(faults.map(({ path, what }) => `${path} ${what}`)).toEqual([
      '[0][1] not as documented',
      'high impossible',
      'high impossible',
      '[3] not as documented',
      '[4] not as documented',
    ])
  })

  it('tells of an answer that is no list', () => {
    expect(mapKlines({ code: -1 }, spot, '1m', LATER).faults).toMatchObject([{ why: 'not a list' }])
  })

  it('keeps nothing unsound of a damaged answer', () => {
    fuzz(fixture('binance', 'spot-candle-rest').payload, (json) => mapKlines(json, spot, '7d', LATER))
  })
})

describe('mapKlineEvent', () => {
  const bnb = made('binance', { market: 'spot', instrument: 'BNBBTC', contract: 'none' })
  const names = ['spot-candle-socket', 'perp-candle-socket', 'perp-candle-socket-captured'] as const
  const contexts = { spot: contextOf('binance', [bnb]), perp: contextOf('binance', [perp]) }
  const closed = (name: string): unknown => {
    const payload = structuredClone(fixture('binance', name).payload) as { k: { x: boolean } }
    payload.k.x = true
    return payload
  }
  const marketOf = (name: string) => (name.startsWith('spot') ? 'spot' : 'perp')

  it.each(names)('leaves out a bar that is open: %s', (name) => {
    const { payload } = fixture('binance', name)
    expect(mapKlineEvent(payload, marketOf(name), contexts[marketOf(name)])).toEqual({ rows: [], faults: [] })
  })

  it('keeps the bar that a message closes', () => {
    const { rows, faults } = mapKlineEvent(closed('perp-candle-socket-captured'), 'perp', contexts.perp)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => row)).toEqual([
      {
        venue: 'binance',
        market: 'perp',
        instrument: 'BTCUSDT',
        interval: '1m',
        at: 1_790_771_340_000,
        knownAt: 1_790_771_400_000,
        open: 83_896.4,
        high: 83_920,
        low: 83_860.1,
        close: 83_860.2,
        volume: 114.602,
        quoteVolume: 9_615_538.6678,
        trades: 2_239,
        takerBuyVolume: 48.488,
        takerBuyQuoteVolume: 4_068_722.1036,
      },
    ])
  })

  it.each(['spot-candle-socket', 'perp-candle-socket'])(
    'reads the form of %s, whose low stands above its open',
    (name) => {
      const { rows, faults } = mapKlineEvent(closed(name), marketOf(name), contexts[marketOf(name)])
      expect(rows).toEqual([])
      expect(faults).toMatchObject([{ what: 'impossible', path: 'low', why: 'low is not the lowest' }])
    },
  )

  it('gives the same row as an answer does', () => {
    const event = closed('perp-candle-socket-captured') as { k: Record<string, unknown> }
    const { k } = event
    const bar = [k['t'], k['o'], k['h'], k['l'], k['c'], k['v'], k['T'], k['q'], k['n'], k['V'], k['Q'], '0']
    const live = mapKlineEvent(event, 'perp', contexts.perp)
    expect(live.rows).toEqual(mapKlines([bar], perp, '1m', LATER).rows)
    expect(live.rows).toHaveLength(1)
  })

  it('tells of an instrument that is not listed, and says nothing of one that is left out', () => {
    const other = contextOf('binance', [])
    expect(mapKlineEvent(closed('perp-candle-socket'), 'perp', other)).toMatchObject({
      rows: [],
      faults: [{ what: 'unknown instrument', path: 's', why: '"BTCUSDT" is not listed' }],
    })
    const leftOut = { ...other, instrument: () => 'left out' as const }
    expect(mapKlineEvent(closed('perp-candle-socket'), 'perp', leftOut)).toEqual({ rows: [], faults: [] })
  })

  it('tells of a field that is not documented, and keeps the row', () => {
    const event = { ...(closed('perp-candle-socket-captured') as object), st: 1 }
    const { rows, faults } = mapKlineEvent(event, 'perp', contexts.perp)
    expect(rows).toHaveLength(1)
    expect(faults).toMatchObject([{ what: 'unknown field', path: 'st' }])
  })

  it.each(names)('keeps nothing unsound of a damaged message: %s', (name) => {
    fuzz(closed(name), (json) => mapKlineEvent(json, marketOf(name), contexts[marketOf(name)]))
  })
})
