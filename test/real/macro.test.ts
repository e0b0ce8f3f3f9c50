import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { openAt } from '../../src/core/candles.ts'
import { DAY_MS, formatDay, formatInstant, HOUR_MS, instant, parseAsOf, parseInstant } from '../../src/core/instant.ts'
import { newYorkSession } from '../../src/core/newYorkSession.ts'
import type { Desk } from '../../src/desk/desk.ts'
import { importFile, type ImportKind, type ImportRequest } from '../../src/desk/jobs/importFile.ts'
import { readFrame } from '../../src/desk/readFrame.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'
import { ratePath } from '../../src/metrics/macro/ratePath.ts'
import { answerCheck } from '../../src/desk/check.ts'
import { readMacro } from '../../src/desk/macro.ts'
import { answerNote } from '../../src/desk/note.ts'
import { drawBitcoin, drawMacro } from '../../src/notes/macroFigures.ts'
import type { Reading } from '../../src/notes/reading.ts'
import { moneyClaims } from '../../src/notes/sections/moneyClaims.ts'
import { openStore } from '../../src/store/open.ts'
import { scratchFolder } from '../support/cli.ts'
import { collisions } from '../support/svgChecks.ts'
import { dataFile, describeWithData, seedFile } from './data.ts'

const BTC_HOURLY = 'market/binance_um_perp_1h_BTC_ETH_2023_2025-12.csv.gz'
const FILES: readonly (readonly [ImportKind, string, Partial<ImportRequest>])[] = [
  ['candles', 'market/binance_spot_1d_taker_2018_2026.csv.gz', { venue: 'binance' }],
  ['candles', BTC_HOURLY, { venue: 'binance', market: 'perp' }],
  ['series', 'macro/SPX.csv', { instrument: 'SPX', column: 'close' }],
  ['series', 'macro/GLD.csv', { instrument: 'GLD', column: 'close' }],
  ['series', 'macro/VIX.csv', { instrument: 'VIX', column: 'close' }],
  ['series', 'macro/DFF.csv', { instrument: 'DFF', column: 'dff_pct' }],
  ['rates', 'macro/cme_fedwatch_daily_probabilities_long.csv.gz', {}],
  [
    'series',
    'macro/etf_net_flows_BTC_ETH_2024-12-13_2025-12-12.csv.gz',
    { instrument: 'ETF_FLOW_BTC', column: 'btc_etf_net_flow_usd_mn' },
  ],
  ['series', 'chain/stablecoin_supply.csv', { instrument: 'STABLECOIN_SUPPLY' }],
  ['series', 'sentiment/crypto_fear_greed_daily.csv', { instrument: 'FEAR_GREED', column: 'fear_greed' }],
]

const textOf = (file: string): string => {
  const bytes = readFileSync(dataFile(file)!)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
}

/** Rows of a file by the names of its header. */
function rowsOf(file: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = textOf(file).trim().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell])))
}

describeWithData('macro on real files', () => {
  const folder = scratchFolder()
  let desk: Desk

  beforeAll(async () => {
    const store = await openStore(folder)
    desk = { store, now: parseInstant('2026-02-01') }
    for (const [kind, file, said] of FILES) {
      await importFile(desk, { kind, path: dataFile(file)!, badRows: 'refuse', onDifference: 'refuse', ...said })
    }
    return () => store.close()
  }, 120_000)

  /** The last bar of a daily metric, unrounded: its open, and every output. */
  async function lastOf(metric: string, asset: string, asOf: string) {
    const resolved = resolveMetric(metric)
    const { frame, missing } = await readFrame(desk, resolved.needs, { asset, interval: '1d', asOf: parseAsOf(asOf) })
    expect(missing).toEqual([])
    const columns = Object.entries(evaluateMetric(resolved, frame)).map(([name, values]) => [name, values.at(-1)!])
    const day = formatDay(openAt(frame.grid, frame.grid.length - 1))
    return { day, ...(Object.fromEntries(columns) as Readonly<Record<string, number>>) }
  }

  it('have a session of New York on every day of the S&P 500 and on no other', () => {
    const days = new Set(rowsOf('macro/SPX.csv').map(({ date }) => date!))
    const [first, last] = [...days].toSorted().filter((_, i, all) => i === 0 || i === all.length - 1) as [
      string,
      string,
    ]
    for (let at = parseInstant(first); at <= parseInstant(last); at = instant(at + DAY_MS)) {
      expect([formatDay(at), newYorkSession(at) !== undefined]).toEqual([formatDay(at), days.has(formatDay(at))])
    }
  })

  it("know a day's close of the S&P 500 from the close in New York on", async () => {
    expect((await lastOf('quote(SPX)', 'US', '2025-04-22T19:00Z')).day).toBe('2025-04-21')
    expect((await lastOf('quote(SPX)', 'US', '2025-04-22T21:30Z')).day).toBe('2025-04-22')
  })

  describe.each(['SPX', 'GLD'])('correlation, beta and relative strength of BTC against %s', (symbol) => {
    /** Closes of BTC at New York's closes and of the other, on the days that have both. */
    const direct = () => {
      const btc = new Map<number, number>()
      for (const row of rowsOf(BTC_HOURLY)) {
        if ((row['symbol'] ?? row['pair']) !== 'BTCUSDT') continue
        const open = row['open_time'] ?? row['time'] ?? row['date'] ?? ''
        btc.set(parseInstant(open) + HOUR_MS, Number(row['close']))
      }
      return rowsOf(`macro/${symbol}.csv`).flatMap(({ date, close }) => {
        const at = newYorkSession(parseInstant(date!))?.close
        const price = at === undefined ? undefined : btc.get(at)
        return price === undefined ? [] : [{ date: date!, btc: Math.log(price), other: Math.log(Number(close)) }]
      })
    }
    const changesUpTo = (date: string, n: number) => {
      const days = direct()
      const end = days.findIndex((day) => day.date === date)
      return Array.from({ length: n }, (_, i) => {
        const [now, before] = [days[end - n + 1 + i]!, days[end - n + i]!]
        return [now.btc - before.btc, now.other - before.other] as const
      })
    }

    it('are what a direct computation gives', async () => {
      const pairs = changesUpTo('2025-04-22', 30)
      const mean = (k: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[k], 0) / 30
      const [a, b] = [mean(0), mean(1)]
      const sum = (f: (x: number, y: number) => number) => pairs.reduce((all, [x, y]) => all + f(x - a, y - b), 0)
      const correlation = sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
      const beta = sum((x, y) => x * y) / sum((_, y) => y * y)
      const last = (metric: string): Promise<Readonly<Record<string, unknown>>> => lastOf(metric, 'BTC', '2025-04-22')
      const found = await last(`correlation(${symbol}, 30)`)
      expect(Math.abs(Number(found['value']) - correlation)).toBeLessThan(1e-12)
      expect(found['n']).toBe(30)
      expect(found['low']).toBeLessThan(correlation)
      expect(found['high']).toBeGreaterThan(correlation)
      expect(Math.abs(Number((await last(`beta(${symbol}, 30)`))['value']) - beta)).toBeLessThan(1e-12)
      const days = direct()
      const [from, to] = ['2025-03-14', '2025-04-22'].map((date) => days.find((day) => day.date === date)!)
      const strength = 100 * (to!.btc - from!.btc - (to!.other - from!.other))
      const told = await last(`relative_strength(${symbol}, 2025-03-14)`)
      expect(Math.abs(Number(told['value']) - strength)).toBeLessThan(1e-12 * 100)
    })
  })

  it('expect the rate that the file of expectations has, for every day and meeting', async () => {
    const needs = resolveMetric('rate_path(2026-12-31)').needs
    const { frame } = await readFrame(desk, needs, { asset: 'US', interval: '1d', asOf: desk.now })
    const meetings = new Map<string, { readonly low: number; readonly column: Float64Array }[]>()
    for (const [name, column] of frame.columns) {
      const [, meeting = '', low] = /^rate_path\.(\d+)_(\d+)$/.exec(name) ?? []
      meetings.set(meeting, [...(meetings.get(meeting) ?? []), { low: Number(low), column }])
    }
    let checked = 0
    for (const row of rowsOf('macro/cme_fedwatch_expected_rate_by_meeting.csv')) {
      const bar = (parseInstant(row['date']!) - frame.grid.start) / DAY_MS
      const odds = (meetings.get(row['meeting']!.replaceAll('-', '')) ?? []).flatMap(({ low, column }) =>
        Number.isNaN(column[bar]!) ? [] : [[low, column[bar]!] as const],
      )
      const { expected } = ratePath({ odds, target: 0 })
      expect(Math.abs(100 * expected - Number(row['exp_mid_bps']))).toBeLessThan(1e-9 * 500)
      checked++
    }
    expect(checked).toBe(1843)
  })

  it('count 3.53 cuts to the end of the year on 22 April 2025', async () => {
    const found: Readonly<Record<string, unknown>> = await lastOf('rate_path(2025-12-31)', 'US', '2025-04-23T12:00Z')
    expect(found).toMatchObject({ mode: 3.25, target: 4.375 })
    expect(found['cuts']).toBeCloseTo(3.53, 2)
  })

  it('decide every claim of the sections on macro and on BTC', async () => {
    const text = readFileSync(seedFile('claims.yaml')!, 'utf8')
    const { claims } = await answerCheck(desk, { text, name: 'claims.yaml', asOf: desk.now })
    const of = claims.filter(({ section }) => section === 'macro' || section === 'btc')
    expect(of.length).toBeGreaterThanOrEqual(13)
    expect(of.filter(({ verdict }) => verdict === 'not-checkable').map(({ id }) => id)).toEqual([])
    const found = (id: string) => of.find((each) => each.id === id)!
    expect(found('vol-eased')).toMatchObject({ verdict: 'supported', remarks: ['from 52.33 to 30.57'] })
    expect(found('three-cuts')).toMatchObject({ verdict: 'contradicted', unit: 'count' })
    expect(found('three-cuts').found).toBeCloseTo(3.53, 2)
    expect(found('three-cuts').remarks[0]).toMatch(
      /^most likely 3\.25 to 3\.50 % \(35\.3 %\); four cuts or more: \d+\.\d %$/,
    )
    expect(found('sec-chair')).toMatchObject({ verdict: 'contradicted', found: '2025-04-21' })
    expect(found('sbr-order')).toMatchObject({ verdict: 'supported', found: '2025-03-06' })
    expect(found('genius-committee')).toMatchObject({ verdict: 'supported', found: '2025-03-13' })
    expect(found('btc-beats-equities').verdict).toBe('supported')
    expect(found('extreme-fear')).toMatchObject({ verdict: 'supported', found: 24 })
    const gold = found('btc-like-gold')
    expect(gold.verdict).toBe('contradicted')
    expect(gold.remarks.filter((remark) => /95 % interval -?\d\.\d+ to \d\.\d+, n = 30$/.test(remark))).toHaveLength(2)
  })

  it('know in a note the close of the S&P 500 of that day only when New York has closed', async () => {
    const strengthOf = async (asOf: string) => {
      const note = await answerNote(desk, { asset: 'BTC', asOf: parseAsOf(asOf) })
      const claims = note.sections.flatMap(({ finding, claims: rest }) => [finding, ...rest])
      return claims.find(({ id }) => id === 'bitcoin-strength-spx')!
    }
    const [before, after] = await Promise.all(['2025-04-22T19:00Z', '2025-04-22T21:30Z'].map(strengthOf))
    expect(formatInstant(before!.asOf)).toBe('2025-04-22T00:00:00Z')
    expect(formatInstant(after!.asOf)).toBe('2025-04-22T21:30:00Z')
    expect(before!.also[1]!.value).not.toBe(after!.also[1]!.value)
  })

  it.each(['2024-09-08T12:00Z', '2024-12-19', '2025-02-16', '2025-04-08', '2025-04-24T00:00Z', '2025-08-01'])(
    'are drawn as of %s so that they can be read',
    async (asOf) => {
      const macro = await readMacro(desk, parseAsOf(asOf))
      const figures = [...drawMacro(macro), ...drawBitcoin(macro)]
      // The decision of 18 December is known then, and no rate since.
      const path = asOf === '2024-12-19' ? [] : ['rate-path']
      expect(figures.map(({ id }) => id)).toEqual([...path, 'volatility', 'strength-new-york', 'money', 'fear-greed'])
      for (const svg of figures.flatMap(({ wide, narrow }) => [wide, narrow])) {
        expect(svg).not.toMatch(/NaN|Infinity|undefined/)
        expect(collisions(svg)).toEqual([])
      }
    },
  )

  it('name what is missing where only daily candles are held', async () => {
    const needs = resolveMetric('correlation(SPX, 30)').needs
    const { missing } = await readFrame(desk, needs, { asset: 'SOL', interval: '1d', asOf: desk.now })
    expect(missing).toEqual([expect.stringMatching(/^price of SOL at New York's close: candles of 1h or finer/)])
  })

  it('tell what funds and stablecoins did, as the files have it', async () => {
    const asOf = parseInstant('2025-04-23T13:30Z')
    const macro = await readMacro(desk, asOf)
    const money = moneyClaims({ asOf } as Reading, macro)
    const flows = rowsOf('macro/etf_net_flows_BTC_ETH_2024-12-13_2025-12-12.csv.gz')
    const last = flows.findIndex((row) => row['date'] === '2025-04-22')
    // The file has a 0 for Good Friday.
    const sessions = flows.slice(0, last + 1).filter((row) => newYorkSession(parseInstant(row['date']!)) !== undefined)
    const sum = sessions.slice(-5).reduce((total, row) => total + Number(row['btc_etf_net_flow_usd_mn']), 0)
    const [funds, stablecoins] = money
    expect(funds).toMatchObject({ id: 'bitcoin-funds', value: 1e6 * Number(flows[last]!['btc_etf_net_flow_usd_mn']) })
    expect(funds!.also[0]!.value).toBeCloseTo(1e6 * sum, 3)
    const supply = rowsOf('chain/stablecoin_supply.csv').find((row) => row['date'] === '2025-04-22')!
    expect(stablecoins).toMatchObject({ id: 'bitcoin-stablecoins', value: Number(supply['stablecoin_supply_usd']) })
    // The flow of a day is told on the next morning.
    const early = await readMacro(desk, parseInstant('2025-04-23T13:00Z'))
    const [before] = moneyClaims({ asOf } as Reading, early)
    expect(before!.value).toBe(1e6 * Number(flows[last - 1]!['btc_etf_net_flow_usd_mn']))
  })

  it('tell the days since sentiment was extreme', async () => {
    expect(await lastOf('fear_greed', 'BTC', '2025-04-22T12:00Z')).toMatchObject({ value: 47, days_since_extreme: 13 })
  })
})
