import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS } from '../../src/core/instant.ts'
import { buildCli, runCli, scratchFolder, startCli, type Ended } from '../support/cli.ts'
import { candleCsv } from '../support/candleCsv.ts'
import { randomCandles } from '../support/madeCandles.ts'
import { startingAt } from '../support/madeFrame.ts'

const folder = scratchFolder()
const store = join(folder, 'store')
const ask = (...args: readonly string[]): Promise<Ended> => runCli([...args, '--store', store])

async function json(...args: readonly string[]) {
  const { code, stdout } = await ask(...args, '--json')
  return { code, answer: JSON.parse(stdout) }
}

const DAYS = 90
/** 90 days of hours from 1 January 2025; the last closes at 2025-04-01T00:00Z. */
const hourly = startingAt('2025-01-01', { ...randomCandles('answers', DAYS * 24), step: HOUR_MS })

beforeAll(async () => {
  buildCli()
  const path = join(folder, 'hours.csv')
  writeFileSync(path, candleCsv(hourly, 'ETHUSDT'))
  const imported = await ask('import', 'candles', path, '--venue', 'binance')
  expect(imported.code).toBe(0)
})

const closeOfDay = (day: number): number => hourly.close[day * 24 + 23]!

describe('a range that is not held', () => {
  const held = '(held: 2025-01-01T00:00:00Z to 2025-04-01T00:00:00Z): assayer import candles FILE that covers it'

  it.each([
    ['lies before it', ['--from', '2024-01-01', '--to', '2024-01-31'], 0],
    ['lies after it', ['--from', '2025-06-01'], 0],
    ['begins before it', ['--from', '2024-12-30', '--to', '2025-01-02'], 2],
    ['ends after it', ['--from', '2025-03-31', '--to', '2025-04-05'], 1],
  ])('is named where it %s', async (_, range, points) => {
    const series = await json('series', 'close', 'ETH', ...range)
    expect(series.code).toBe(3)
    expect(series.answer.missing).toEqual([expect.stringContaining(held)])
    expect(series.answer.points).toHaveLength(points)
    const events = await json('events', 'doji', 'ETH', ...range)
    expect(events.code).toBe(3)
    expect(events.answer.missing).toEqual([expect.stringContaining(held)])
  })

  it('is not missed where nothing of it had closed yet', async () => {
    const range = ['--from', '2025-03-01', '--to', '2025-04-05', '--as-of', '2025-03-15']
    expect((await json('series', 'close', 'ETH', ...range)).code).toBe(0)
    expect((await json('events', 'doji', 'ETH', ...range)).code).toBe(0)
  })

  it('is said of a measure that counts from a date before the first bar', async () => {
    const { code, answer } = await json('series', 'low_since(low, 2010-01-01)', 'ETH')
    expect(code).toBe(3)
    expect(answer.missing).toEqual(['the series begins on 2025-01-01, after 2010-01-01'])
    expect(answer.points).not.toHaveLength(0)
  })
})

describe('a metric of one market', () => {
  it('is read from that market, inside a reducer too', async () => {
    for (const metric of ['volume(bar, futures)', 'change(volume(bar, futures), 1d)']) {
      const { code, answer } = await json('series', metric, 'ETH')
      expect(code).toBe(3)
      expect(answer.missing).toEqual([expect.stringMatching(/^1d candles of ETH on perp \(held: binance spot/)])
    }
    expect((await json('series', 'volume(bar, spot)', 'ETH')).code).toBe(0)
    expect((await json('series', 'volume(bar, futures)', 'ETH', '--market', 'spot')).code).toBe(0)
  })
})

describe('assayer series', () => {
  it('builds days from hours and answers in the shape that users rely on', async () => {
    const { code, answer } = await json('series', 'close', 'eth', '--from', '2025-01-01', '--to', '2025-01-03')
    expect(code).toBe(0)
    expect(answer).toEqual({
      metric: 'close',
      asset: 'ETH',
      venue: 'binance',
      instrument: 'ETHUSDT',
      interval: '1d',
      unit: 'USDT',
      asOf: expect.stringMatching(/Z$/),
      simulated: false,
      points: [0, 1, 2].map((day) => ({ at: `2025-01-0${day + 1}T00:00:00Z`, value: closeOfDay(day) })),
      inputs: [
        {
          kind: 'candles',
          venue: 'binance',
          market: 'spot',
          instrument: 'ETHUSDT',
          quote: 'USDT',
          interval: '1d',
          builtFrom: '1h',
          from: '2025-01-01T00:00:00Z',
          to: '2025-04-01T00:00:00Z',
          rows: 90,
          gaps: 0,
          simulated: false,
        },
      ],
      conventions: [],
      missing: [],
    })
  })

  it('gives an object for several outputs, and null where a value is not there yet', async () => {
    const { answer } = await json('series', 'macd', 'ETH', '--from', '2025-02-02', '--to', '2025-02-03')
    expect(answer.unit).toEqual({ line: 'USDT', signal: 'USDT', histogram: 'USDT' })
    expect(answer.metric).toBe('macd(12, 26, 9)')
    expect(answer.points.map(({ value }: { value: object }) => Object.keys(value))).toEqual([
      ['line', 'signal', 'histogram'],
      ['line', 'signal', 'histogram'],
    ])
    expect(answer.points[0].value.signal).toBeNull()
    expect(answer.points[1].value.histogram).toBeTypeOf('number')
  })

  it('takes a date as of its end and an instant as it is', async () => {
    const last = async (asOf: string) => {
      const { answer } = await json('series', 'close', 'ETH', '--as-of', asOf)
      return [answer.asOf, answer.points.at(-1).at]
    }
    expect(await last('2025-03-10')).toEqual(['2025-03-11T00:00:00Z', '2025-03-10T00:00:00Z'])
    expect(await last('2025-03-10T23:00Z')).toEqual(['2025-03-10T23:00:00Z', '2025-03-09T00:00:00Z'])
  })

  it('prints a table with its source by default, and CSV with every digit where asked', async () => {
    const range = ['--from', '2025-01-01', '--to', '2025-01-02'] as const
    const table = await ask('series', 'close', 'ETH', ...range)
    expect(table.code).toBe(0)
    expect(table.stdout.split('\n').slice(0, 5)).toEqual([
      'close ETH 1d, USDT',
      '',
      expect.stringMatching(/^open \(UTC\) +close$/),
      expect.stringMatching(/^-+ {2}-+$/),
      expect.stringMatching(/^2025-01-01 +[\d.]+$/),
    ])
    expect(table.stdout).toMatch(/^source: binance spot ETHUSDT 1d, built from 1h, 2025-01-01.*, 90 bars, 0 gaps$/m)
    const csv = await ask('series', 'macd.line', 'ETH', ...range, '--csv')
    expect(csv.stdout).toBe('at,"macd(12, 26, 9).line"\n2025-01-01T00:00:00Z,\n2025-01-02T00:00:00Z,\n')
    const exact = await ask('series', 'close', 'ETH', ...range, '--csv')
    expect(exact.stdout).toBe(
      `at,close\n2025-01-01T00:00:00Z,${closeOfDay(0)}\n2025-01-02T00:00:00Z,${closeOfDay(1)}\n`,
    )
  })

  it('says what is missing and which import would bring it, and exits 3', async () => {
    const none = await ask('series', 'rsi', 'SOL')
    expect(none).toMatchObject({ code: 3, stdout: '' })
    expect(none.stderr).toEqual(
      expect.stringMatching(
        /^missing: 1d candles of SOL \(none imported; held: [A-Z, ]+\): assayer import candles FILE --venue VENUE\n$/,
      ),
    )
    const finer = await json('series', 'rsi', 'ETH', '--interval', '5m')
    expect(finer.code).toBe(3)
    expect(finer.answer).toMatchObject({
      points: [],
      venue: null,
      inputs: [],
      missing: [
        '5m candles of ETH (held: binance spot ETHUSDT 1h, all coarser): assayer import candles FILE --venue VENUE',
      ],
    })
    const index = await json('series', 'quote(VIX)', 'US')
    expect(index).toMatchObject({
      code: 3,
      answer: { missing: ['values of VIX: assayer import series FILE --symbol VIX, or assayer import fred VIXCLS'] },
    })
  })

  it('takes what is spelt wrong for wrong use, with a hint, in words and in JSON', async () => {
    const unknown = await ask('series', 'rsj', 'ETH', '--json')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toMatch(/^error: no metric "rsj" in this version\nhint: nearest: rsi/)
    expect(JSON.parse(unknown.stdout).error).toMatchObject({
      code: 'UNKNOWN_METRIC',
      message: 'no metric "rsj" in this version',
      hint: expect.stringMatching(/^nearest: rsi/),
    })
    for (const args of [
      ['series', 'rsi(0)', 'ETH'],
      ['series', 'rsi', 'ETH', '--interval', '1w'],
      ['series', 'rsi', 'ETH', '--as-of', 'yesterday'],
      ['series', 'rsi', 'ETH', '--from', '2025-02-02', '--to', '2025-02-01'],
      ['series', 'rsi', 'ETH', '--colour', 'red'],
      ['series', 'rsi'],
      ['forecast', 'ETH'],
    ]) {
      const ended = await ask(...args)
      expect([args.join(' '), ended.code, ended.stdout]).toEqual([args.join(' '), 2, ''])
      expect(ended.stderr).toMatch(/^error: /)
      expect(ended.stderr).not.toMatch(/^ +at /m)
    }
  })

  it('makes no store for a question that is spelt wrong', async () => {
    const elsewhere = join(folder, 'none')
    await runCli(['series', 'rsj', 'ETH', '--store', elsewhere])
    await runCli(['events', 'sweeep', 'ETH', '--store', elsewhere])
    expect(existsSync(elsewhere)).toBe(false)
  })

  it('ends well when its reader has seen enough', async () => {
    const running = startCli([
      'series',
      'close',
      'ETH',
      '--interval',
      '1h',
      '--csv',
      '--from',
      '2025-01-01',
      '--store',
      store,
    ])
    running.child.stdout!.destroy()
    const ended = await running.ended
    expect(ended).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('assayer events', () => {
  it('answers in the shape that users rely on, each event by its bar and when it was known', async () => {
    const { code, answer } = await json('events', 'bullish_engulfing', 'ETH')
    expect(code).toBe(0)
    expect(answer).toMatchObject({ setup: 'bullish_engulfing', asset: 'ETH', interval: '1d', missing: [] })
    expect(answer.events.length).toBeGreaterThan(2)
    for (const event of answer.events) {
      expect(event.id).toBe(`bullish_engulfing@${event.at}`)
      expect(Date.parse(event.knownAt) - Date.parse(event.at)).toBe(24 * HOUR_MS)
      expect(event.side).toBe('long')
      expect(event.evidence).toBeTypeOf('object')
    }
    const day = answer.events[1].at.slice(0, 10)
    const one = await json('events', 'bullish_engulfing', 'ETH', '--from', day, '--to', day)
    expect(one.answer.events).toEqual([answer.events[1]])
  })

  it('prints a table by default and CSV where asked', async () => {
    const table = await ask('events', 'bullish_engulfing', 'ETH')
    expect(table.stdout).toMatch(/^bullish_engulfing ETH 1d, \d+ events\n\nat +knownAt +side +evidence/)
    expect(table.stdout).toMatch(/^source: binance spot ETHUSDT 1d, built from 1h/m)
    const csv = await ask('events', 'bullish_engulfing', 'ETH', '--csv')
    expect(csv.stdout).toMatch(/^at,knownAt,pivotAt,firstPivotAt,side,of,evidence,id\n2025-/)
  })

  it('knows no setup that is not there', async () => {
    const unknown = await ask('events', 'macd_golden_cros', 'ETH')
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toMatch(
      /^error: no setup "macd_golden_cros" in this version\nhint: nearest: macd_golden_cross/,
    )
  })
})

describe('assayer note', () => {
  it('writes the formats asked for and says where', async () => {
    const out = join(folder, 'notes')
    const ended = await ask('note', 'ETH', '--as-of', '2025-03-30', '--format', 'html,md,json', '--out', out)
    expect(ended.code).toBe(0)
    const stem = 'eth-2025-03-31-0000'
    const names = [`${stem}.html`, `${stem}.md`, ...['price', 'momentum', 'strength'].map((id) => `${stem}-${id}.svg`)]
    expect(readdirSync(out).toSorted()).toEqual([...names, `${stem}.json`].toSorted())
    expect(JSON.parse(readFileSync(join(out, `${stem}.json`), 'utf8'))).toMatchObject({
      asset: 'ETH',
      asOf: '2025-03-31T00:00:00Z',
      simulated: false,
    })
    for (const name of names) expect(ended.stdout).toContain(`wrote ${join(out, name)}\n`)
  })

  it('says how much more it would need, and exits 3', async () => {
    const early = await ask('note', 'ETH', '--as-of', '2025-02-10')
    expect(early.code).toBe(3)
    expect(early.stderr).toMatch(/41 daily candles of ETH, 60 needed: assayer import candles FILE/)
    const unknown = await ask('note', 'ETH', '--format', 'docx')
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('hint: formats: html, md, json, pdf') })
  })
})

describe('assayer check', () => {
  const HEAD = 'note: { title: t, published: 2025-03-20 }\nclaims:\n'
  function claims(name: string, ...lines: readonly string[]): string {
    const path = join(folder, name)
    writeFileSync(path, HEAD + lines.map((line) => `  - { says: s, section: x, ${line} }\n`).join(''))
    return path
  }
  const supported = 'id: a, kind: value, metric: close, asset: ETH, at: 2025-03-10, expect: { above: 0 }'

  it('answers every claim in the shape that users rely on', async () => {
    const path = claims('mixed.yaml', supported, 'id: b, kind: arithmetic, expr: "1 + 1", expect: { above: 2 }')
    const { code, answer } = await json('check', path)
    expect(code).toBe(0)
    expect(answer).toMatchObject({
      note: { title: 't', published: '2025-03-21T00:00:00Z' },
      totals: { supported: 1, contradicted: 0, inconsistent: 1, 'not-checkable': 0 },
    })
    expect(answer.claims.map((claim: object) => Object.keys(claim))).toEqual(
      [1, 2].map(() =>
        expect.arrayContaining('id verdict found unit expected inputs conventions missing remarks'.split(' ')),
      ),
    )
    expect(answer.claims[0]).toMatchObject({ verdict: 'supported', found: closeOfDay(68), unit: 'USDT' })
  })

  it('exits 3 where data is missing, and 0 where only the id does not exist', async () => {
    const lacking = await json('check', claims('lacking.yaml', supported.replace('close', 'mvrv')))
    expect([lacking.code, lacking.answer.claims[0].verdict]).toEqual([3, 'not-checkable'])
    const unknown = await json('check', claims('unknown.yaml', supported.replace('close', 'closs')))
    expect([unknown.code, unknown.answer.claims[0].remarks]).toEqual([
      0,
      [expect.stringMatching(/^no metric "closs" in this version; nearest: close/)],
    ])
  })

  it('exits 2 with the line of a malformed claim, and 1 where there is no file', async () => {
    const malformed = await ask('check', claims('bad.yaml', supported, 'id: b, kind: value, metric: close'))
    expect(malformed).toMatchObject({ code: 2, stdout: '' })
    expect(malformed.stderr).toMatch(/^error: bad\.yaml:4: claim "b", /)
    const nowhere = await ask('check', join(folder, 'nowhere.yaml'))
    expect(nowhere.code).toBe(1)
    expect(nowhere.stderr).toMatch(/^error: cannot read ".*nowhere\.yaml"/)
  })
})

describe('assayer demo', () => {
  it('writes its notes once, ends, and removes its folder', async () => {
    const temporary = join(folder, 'tmp')
    mkdirSync(temporary)
    const ended = await runCli(['demo', '--once'], { TMPDIR: temporary })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(ended.stdout).toMatch(/^SIMULATED: ETH .*\nSIMULATED: BTC .*\nSIMULATED notes written and removed/m)
    expect(ended.stdout).not.toContain('http://')
    expect(readdirSync(temporary)).toEqual([])
  })

  it('refuses a port that is none', async () => {
    expect(await runCli(['demo', '--port', '99999'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"99999" is not a port'),
    })
  })
})

describe('assayer --help', () => {
  it('prints what the commands say of themselves', async () => {
    const asked = await runCli(['--help'])
    expect(asked).toMatchObject({ code: 0, stderr: '' })
    expect(asked.stdout).toBe((await runCli(['help'])).stdout)
    for (const command of ['import', 'note', 'series', 'events', 'check', 'demo'])
      expect(asked.stdout).toContain(`  ${command}`)
  })
})
