import { describe, expect, it } from 'vitest'
import type { Frame } from '../../core/frame.ts'
import { DAY_MS, instant, parseInstant, plusMs } from '../../core/instant.ts'
import type { PolicyMatter } from '../../records/policy.ts'
import { macroReading, type MacroReading } from '../macroReading.ts'
import type { Reading } from '../reading.ts'
import { bitcoinSection } from './bitcoinSection.ts'
import { macroSection } from './macroSection.ts'

const DAYS = 120
const START = parseInstant('2025-01-01')
const column = (of: (day: number) => number): Float64Array => Float64Array.from({ length: DAYS }, (_, i) => of(i))
const rests = (day: number): boolean => day % 7 > 4

const FRAME: Frame = {
  asset: 'BTC',
  asOf: plusMs(START, DAYS * DAY_MS),
  interval: '1d',
  grid: { start: START, step: DAY_MS, length: DAYS },
  quotes: new Map([
    ['VIX', column((day) => (rests(day) ? NaN : 20 + day / 10))],
    ['SPX', column((day) => (rests(day) ? NaN : 5000 * Math.exp(0.01 * Math.sin(day * day))))],
    ['FEAR_GREED', column((day) => (day === 90 ? 18 : 50))],
  ]),
  columns: new Map([
    ['rate_now.effective', column(() => 4.33)],
    ['us_close.price', column((day) => (rests(day) ? NaN : 80_000 * Math.exp(0.03 * Math.sin(day * day))))],
    ['rate_path.20250507_400', column(() => 0.25)],
    ['rate_path.20250507_425', column(() => 0.75)],
    ['rate_path.20251210_325', column(() => 1)],
  ]),
  inputs: [],
  conventions: [],
}
const event = (stage: string, on: string) => ({
  stage,
  on,
  says: 'It came so far then.',
  source: 'https://example.org/',
  confirmed: true,
})
const matter = (id: string, change: Partial<PolicyMatter>): PolicyMatter => ({
  id,
  jurisdiction: 'US',
  title: `The matter ${id}`,
  kind: 'bill',
  stance: 'supportive',
  subjects: ['stablecoins'],
  events: [event('introduced', '2025-04-01')],
  ...change,
})
const POLICY = [
  matter('a', { events: [event('introduced', '2025-02-04'), event('committee', '2025-03-13')] }),
  matter('b', { stance: 'restrictive', events: [event('signed', '2025-04-20')] }),
  matter('t', { kind: 'order', stance: 'restrictive', subjects: ['tariffs'], events: [event('signed', '2025-04-02')] }),
  matter('later', { events: [event('introduced', '2025-12-01')] }),
]
const readingAt = (asOf: number) => ({ asOf: instant(asOf) }) as unknown as Reading
const sections = (frame: Frame = FRAME, policy = POLICY, missing: readonly string[] = []) => {
  const macro: MacroReading = macroReading(frame, policy, missing)
  const reading = readingAt(frame.asOf)
  return { macro: macroSection(reading, macro), bitcoin: bitcoinSection(reading, macro) }
}
const texts = ({ finding, claims }: { finding: { text: string }; claims: readonly { text: string }[] }) =>
  [finding, ...claims].map(({ text }) => text)

describe('the section on macro', () => {
  it('begins with the rates that futures imply', () => {
    expect(texts(sections().macro).slice(0, 2)).toEqual([
      'Futures imply 4.00 cuts of a quarter point by the end of 2025, to 3.38 %; most likely is 3.25 to 3.50 %, at 100 %, and four cuts or more have 100 %.',
      'The chance of a cut at the next meeting, on 7 May, is put at 25 %, and the rate after it at 4.31 %.',
    ])
  })

  it('tells the change of the VIX since the last tariff order that tightened', () => {
    const said = texts(sections().macro).find((text) => text.startsWith('The VIX'))
    expect(said).toMatch(/^The VIX closed at 31\.9; since the tariff order of 2 April it has risen 2\.8 points\.$/)
  })

  it('counts changes of policy, leaves tariffs and what is not known yet out, and names what is pending', () => {
    const said = texts(sections().macro).join(' ')
    expect(said).toContain(
      'Policy on crypto took three steps in the 90 days before, two in favour of crypto and one against it.',
    )
    expect(said).toContain('The latest, in the US: The matter b, signed on 20 April; The matter a, through its')
    expect(said).not.toContain('later')
    expect(said).toContain('One matter is pending: The matter a (the US, through its committee).')
  })

  it('says that nothing is known where nothing is', () => {
    const nothing: Frame = { ...FRAME, grid: { ...FRAME.grid, length: 0 }, quotes: new Map(), columns: new Map() }
    const { macro, bitcoin } = sections(nothing, [], ['rate probabilities of FOMC meetings: assayer import rates FILE'])
    expect(macro.finding.text).toMatch(/^No change of policy is on file/)
    expect(macro.missing[0]).toBe(
      'Not held: rate probabilities of FOMC meetings. assayer series says how each would come.',
    )
    expect(bitcoin).toBeUndefined()
  })
})

describe('rates that end, or do not begin with the next meeting', () => {
  const withColumns = (change: (name: string, column: Float64Array) => Float64Array | undefined): Frame => ({
    ...FRAME,
    columns: new Map(
      [...FRAME.columns].flatMap(([name, values]) => {
        const changed = change(name, values)
        return changed === undefined ? [] : [[name, changed] as const]
      }),
    ),
  })

  it('tell nothing of a next meeting that is not quoted', () => {
    const said = texts(sections(withColumns((name, values) => (name.includes('20250507') ? undefined : values))).macro)
    expect(said.join(' ')).toContain('Futures imply 4.00 cuts')
    expect(said.join(' ')).not.toContain('next meeting')
  })

  it('are told as of their last day in a week, and named among what ended before', () => {
    const until = (days: number): Frame => {
      const frame = withColumns((name, values) =>
        name.startsWith('rate_path') ? values.map((value, i) => (i < DAYS - days ? value : NaN)) : values,
      )
      const to = plusMs(frame.asOf, -days * DAY_MS)
      const input = { kind: 'rate_path', venue: 'cme', market: 'index', instrument: 'FOMC', interval: '1d' } as const
      return { ...frame, inputs: [{ ...input, from: START, to, rows: 1, gaps: 0, simulated: false }] }
    }
    expect(texts(sections(until(6)).macro)[0]).toMatch(/^Futures imply/)
    expect(sections(until(6)).macro.missing).toEqual([])
    expect(texts(sections(until(7)).macro)[0]).toMatch(/^The VIX/)
    expect(sections(until(7)).macro.missing).toEqual([
      'Ended too long before to be spoken of: rate probabilities on 23 April.',
    ])
  })
})

describe('the section on bitcoin', () => {
  it('compares at the closes in New York, and tells what can be told apart', () => {
    const said = texts(sections().bitcoin!)
    expect(said[0]).toMatch(
      /^Since New York's close of \d+ \w+ BTC (did better than|did worse than|moved like) the S&P 500: /,
    )
    expect(said.join(' ')).toMatch(/BTC moved with the S&P 500 \(correlation 1\.00, 95 % interval 1\.00 to 1\.00\)/)
    expect(said.join(' ')).toContain('29 days before, on 1 April, it was at extreme fear, 18')
  })

  it('says where the steps of policy that it names can be read', () => {
    const claims = sections().macro.claims.filter(({ id }) => id === 'macro-policy' || id === 'macro-pending')
    expect(claims.map(({ addresses }) => addresses)).toEqual([['https://example.org/'], ['https://example.org/']])
  })

  it('tells the chance of a rise where that is the larger one', () => {
    const next = (low: number): string => {
      const rest = [...FRAME.columns].filter(([name]) => !name.startsWith('rate_path.20250507'))
      const columns = new Map([
        ...rest,
        [`rate_path.20250507_${low}`, column(() => 0.7)],
        ['rate_path.20250507_425', column(() => 0.3)],
      ] as const)
      return sections({ ...FRAME, columns }).macro.claims.find(({ id }) => id === 'macro-next-meeting')!.text
    }
    expect(next(400)).toMatch(/^The chance of a cut at the next meeting, on 7 May, is put at 70 %/)
    expect(next(450)).toMatch(/^The chance of a rise at the next meeting, on 7 May, is put at 70 %/)
  })

  it('tells what money came in where that is held, and nothing else', () => {
    const ids = (frame: Frame): readonly string[] => {
      const { bitcoin } = sections(frame)
      return [bitcoin!.finding, ...bitcoin!.claims].map(({ id }) => id)
    }
    const quotes = new Map([
      ...FRAME.quotes,
      ['ETF_FLOW_BTC', column((day) => (rests(day) ? NaN : 10))],
      ['STABLECOIN_SUPPLY', column((day) => 2e11 * (1 + day / 1000))],
      ['TOTAL_CAP', column(() => 3e12)],
    ] as const)
    const columns = new Map([...FRAME.columns, ['market_cap.usd', column(() => 1.8e12)]] as const)
    const rich = { ...FRAME, quotes, columns }
    expect(ids(rich)).toEqual(expect.arrayContaining(['bitcoin-funds', 'bitcoin-stablecoins', 'bitcoin-dominance']))
    expect(ids(FRAME).filter((id) => /funds|stablecoins|dominance/.test(id))).toEqual([])
    const texts = sections(rich)
      .bitcoin!.claims.map(({ text }) => text)
      .join(' ')
    expect(texts).toContain('bought a net 10.0 m dollars of BTC on')
    expect(texts).toContain('and 50.0 m dollars over the five sessions up to it')
    expect(texts).toContain('BTC is 60 % of what all coins are worth, 3,000 bn dollars')
  })

  it('says nothing of gold where its price is not held', () => {
    expect(texts(sections().bitcoin!).join(' ')).not.toContain('gold')
  })

  it('holds bitcoin against one gold, the fund before its tokens, and says which token it is', () => {
    const gold = column((day) => (rests(day) ? NaN : 3000 * Math.exp(0.002 * Math.cos(day * day))))
    const said = (...symbols: readonly string[]): readonly string[] => {
      const quotes = new Map([...FRAME.quotes, ...symbols.map((symbol) => [symbol, gold] as const)])
      return texts(sections({ ...FRAME, quotes }).bitcoin!).filter((text) => text.includes('gold'))
    }
    const token = (ticker: string): string =>
      `Gold is the token ${ticker}, priced from a file at the close in New York; a token's price can leave the metal's.`
    expect(said('GLD', 'GOLD_PAXG', 'GOLD_XAUT')).toHaveLength(2)
    expect(said('GLD', 'GOLD_PAXG').join(' ')).not.toContain('token')
    expect(said('GOLD_PAXG', 'GOLD_XAUT')).toHaveLength(2)
    expect(said('GOLD_PAXG', 'GOLD_XAUT')[0]).toMatch(/^Over the same sessions BTC .* gold, at /)
    expect(said('GOLD_PAXG', 'GOLD_XAUT')[0]!.endsWith(token('PAXG'))).toBe(true)
    expect(said('GOLD_XAUT')[0]!.endsWith(token('XAUT'))).toBe(true)
  })
})
