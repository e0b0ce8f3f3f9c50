import { describe, expect, it } from 'vitest'
import { fixture } from '../../../test/support/wire.ts'
import { DAY_MS, formatDay, parseInstant } from '../../core/instant.ts'
import type { DumpFile, EarlyPeriod } from './dumpFile.ts'
import { DUMP_SITES, dumpFiles, isFile, type DumpWish } from './dumpFiles.ts'

const NOW = parseInstant('2025-05-20T12:00Z')

const listed = (wish: Partial<DumpWish> & { days: readonly [string, string] }, now = NOW) => {
  const { days, ...rest } = wish
  const [from, last] = days.map(parseInstant) as [DumpWish['from'], DumpWish['to']]
  const span = { from, to: (last + DAY_MS) as DumpWish['to'] }
  return dumpFiles({ venue: 'binance', market: 'spot', instruments: ['BTCUSDT'], ...span, ...rest }, now)
}
const pathOf = (each: DumpFile | EarlyPeriod): string => (isFile(each) ? each.path : `early ${each.period}`)
const paths = (...args: Parameters<typeof listed>): readonly string[] => listed(...args).map(pathOf)

describe('the files of Binance', () => {
  it('are those of the documented patterns', () => {
    const { payload } = fixture('binance', 'dump-listing')
    const patterns = payload as Record<string, string>
    const first = (wish: Partial<DumpWish>, days: readonly [string, string]): string =>
      paths({ ...wish, days })[0] ?? ''
    const filled = (name: string, step: string, period: string): string =>
      (patterns[name] ?? '')
        .replace(/\{SYMBOL\}/g, 'BTCUSDT')
        .replace(/\{interval\}/g, '1h')
        .replace('{daily|monthly}', step)
        .replace(/\{YYYY-MM\|YYYY-MM-DD\}|\{YYYY-MM-DD\}|\{YYYY-MM\}/, period)
    const [month, day] = [['2025-04-01', '2025-04-30'] as const, ['2025-04-07', '2025-04-07'] as const]
    const perp = { market: 'perp' } as const
    const [klines, aggTrades] = [{ kinds: ['klines'], interval: '1h' }, { kinds: ['aggTrades'] }] as const
    expect(first(klines, month)).toBe(filled('spot candles', 'monthly', '2025-04'))
    expect(first(klines, day)).toBe(filled('spot candles', 'daily', '2025-04-07'))
    expect(first({ ...klines, ...perp }, day)).toBe(filled('perp candles', 'daily', '2025-04-07'))
    expect(first(aggTrades, month)).toBe(filled('spot aggregate trades', 'monthly', '2025-04'))
    expect(first({ ...aggTrades, ...perp }, day)).toBe(filled('perp aggregate trades', 'daily', '2025-04-07'))
    expect(first({ kinds: ['metrics'], ...perp }, day)).toBe(filled('perp metrics', '', '2025-04-07'))
    expect(first({ kinds: ['funding'], ...perp }, day)).toBe(filled('perp funding', '', '2025-04'))
  })

  it('are months where the whole month is asked for and is out, else days', () => {
    const klines = paths({ days: ['2025-02-27', '2025-05-02'] }).map((path) => path.split('1m-')[1])
    expect(klines).toEqual([
      '2025-02-27.zip',
      '2025-02-28.zip',
      '2025-03.zip',
      '2025-04.zip',
      '2025-05-01.zip',
      '2025-05-02.zip',
    ])
  })

  it('of a month come on the first Monday after it, its days before', () => {
    const april = (now: string): readonly string[] => paths({ days: ['2025-04-01', '2025-04-30'] }, parseInstant(now))
    expect(april('2025-05-05T23:00Z')).toHaveLength(30)
    expect(april('2025-05-06T00:00Z')).toEqual(['data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2025-04.zip'])
  })

  it('of a month that ended not long ago name its days, which may be there instead', () => {
    const days = (wish: readonly [string, string]): readonly number[] =>
      listed({ days: wish }).map((each) => (isFile(each) ? each.days.length : -1))
    expect(days(['2025-04-01', '2025-04-30'])).toEqual([30])
    expect(days(['2025-02-01', '2025-03-31'])).toEqual([0, 31])
  })

  it('of metrics are days, of funding months, taken whole', () => {
    const perp = { market: 'perp', kinds: ['metrics', 'funding'], days: ['2025-03-31', '2025-04-02'] } as const
    expect(paths(perp).map((path) => /-(metrics|fundingRate)-(.*)\.zip$/.exec(path)?.slice(1))).toEqual([
      ['metrics', '2025-03-31'],
      ['metrics', '2025-04-01'],
      ['metrics', '2025-04-02'],
      ['fundingRate', '2025-03'],
      ['fundingRate', '2025-04'],
    ])
  })

  it('that cannot be out yet are told as early', () => {
    expect(paths({ days: ['2025-05-19', '2025-05-21'] }).map((path) => path.slice(-14))).toEqual([
      '2025-05-19.zip',
      'rly 2025-05-20',
      'rly 2025-05-21',
    ])
    const funding = listed({ market: 'perp', kinds: ['funding'], days: ['2025-05-01', '2025-05-02'] })
    expect(funding).toEqual([expect.objectContaining({ period: '2025-05', why: expect.stringContaining('collect') })])
  })

  it('cover every day of a long stretch once', () => {
    const files = listed({ days: ['2023-11-15', '2025-05-10'] }).filter(isFile)
    const days = files.flatMap(({ from, to }) =>
      Array.from({ length: (to - from) / DAY_MS }, (_, i) => formatDay((from + i * DAY_MS) as DumpWish['from'])),
    )
    expect(new Set(days).size).toBe(days.length)
    expect([days[0], days.at(-1), days.length]).toEqual(['2023-11-15', '2025-05-10', 543])
  })

  it('of perpetuals are candles, metrics and funding unless said: trades are large', () => {
    const kinds = listed({ market: 'perp', days: ['2025-04-07', '2025-04-07'] }).map(({ kind }) => kind)
    expect(kinds).toEqual(['klines', 'metrics', 'funding'])
  })

  it('are of instruments in capitals, each once', () => {
    const found = listed({ instruments: ['btcusdt', 'BTCUSDT', 'ethusdt'], days: ['2025-04-07', '2025-04-07'] })
    expect(found.map(({ instrument }) => instrument)).toEqual(['BTCUSDT', 'ETHUSDT'])
  })

  it.each([
    [{ kinds: ['metrics'] }, 'no dumps of that of spot', '--market perp has it'],
    [{ kinds: ['trades'] }, 'no dumps of that of spot', 'klines, aggTrades'],
    [{ interval: '7m' }, 'no dumps of such candles', '1d'],
    [{ instruments: ['../BTCUSDT'] }, 'no name of an instrument', 'BTCUSDT'],
  ] as const)('are refused of %j', (wish, why, hint) => {
    expect(() => listed({ ...(wish as Partial<DumpWish>), days: ['2025-04-07', '2025-04-07'] })).toThrow(
      expect.objectContaining({
        code: 'BAD_DUMP_WISH',
        message: expect.stringContaining(why) as string,
        hint: expect.stringContaining(hint) as string,
      }) as Error,
    )
  })
})

describe('the files of Bybit', () => {
  it.each([
    ['perp', 'BTCUSD', '2026-09-01', 'dump-trade-inverse'],
    ['perp', 'BTC-14MAR25', '2025-03-14', 'dump-trade-perp-tenColumns'],
    ['perp', 'ATOMUSDT', '2025-09-02', 'dump-trade-perp'],
    ['spot', 'BTCUSDT', '2025-05-19', 'dump-trade-spot'],
  ] as const)('of %s %s lie where it was seen or described', (market, name, day, documented) => {
    const { address } = fixture('bybit', documented).request as { readonly address: string }
    const now = parseInstant('2026-11-01')
    const [path] = paths({ venue: 'bybit', market, instruments: [name], days: [day, day] }, now)
    expect(`${DUMP_SITES.bybit.base}/${path}`).toBe(address.split(' ')[0])
  })

  it('of spot are never months, which number their trades anew', () => {
    const found = paths({ venue: 'bybit', days: ['2025-04-01', '2025-04-30'] })
    expect(found).toHaveLength(30)
    expect(new Set(found.map((path) => path.length)).size).toBe(1)
  })
})
