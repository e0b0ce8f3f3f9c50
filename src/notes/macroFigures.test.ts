import { describe, expect, test } from 'vitest'
import { checkWellFormed, collisions, wordsOf } from '../../test/support/svgChecks.ts'
import type { Frame, Input } from '../core/frame.ts'
import { DAY_MS, instant, parseInstant, plusMs } from '../core/instant.ts'
import { newYorkSession } from '../core/newYorkSession.ts'
import { seededRandom } from '../core/random.ts'
import type { PolicyMatter } from '../records/policy.ts'
import { drawBitcoin, drawMacro } from './macroFigures.ts'
import { macroReading } from './macroReading.ts'
import type { NoteFigure } from './note.ts'

const START = parseInstant('2024-11-01')
const DAYS = 174
const LAST = DAYS - 1
const random = seededRandom('macro figures')
const rests = (day: number): boolean => newYorkSession(instant(START + day * DAY_MS)) === undefined

/** A seeded walk over the sessions of New York. */
function walk(from: number, sigma: number): Float64Array {
  let price = from
  return Float64Array.from({ length: DAYS }, (_, i) => (rests(i) ? NaN : (price *= Math.exp(sigma * random.normal()))))
}

const MEETINGS = ['20250507', '20250618', '20250730', '20250917', '20251029', '20251210', '20260128', '20260318']
const odds = new Map(
  MEETINGS.flatMap((meeting, i) =>
    [-2, -1, 0, 1, 2].map((k) => {
      const low = 425 - 25 * Math.max(0, i - 1) + 25 * k
      const shares = new Float64Array(DAYS).fill(Math.exp(-(k * k)) / 1.7724)
      return [`rate_path.${meeting}_${low}`, shares] as const
    }),
  ),
)
const input = (kind: Input['kind'], venue: string, instrument: string): Input => ({
  kind,
  venue,
  market: kind === 'us_close' ? 'perp' : 'index',
  instrument,
  interval: '1d',
  from: START,
  to: plusMs(START, DAYS * DAY_MS),
  rows: DAYS,
  gaps: 0,
  simulated: false,
})
const FRAME: Frame = {
  asset: 'BTC',
  asOf: plusMs(START, DAYS * DAY_MS),
  interval: '1d',
  grid: { start: START, step: DAY_MS, length: DAYS },
  quotes: new Map([
    ['SPX', walk(5900, 0.01)],
    ['GLD', walk(250, 0.008)],
    ['VIX', Float64Array.from({ length: DAYS }, (_, i) => (rests(i) ? NaN : 20 + 5 * Math.sin(i)))],
    ['ETF_FLOW_BTC', Float64Array.from({ length: DAYS }, (_, i) => (rests(i) || i >= LAST ? NaN : 100 * Math.cos(i)))],
    ['STABLECOIN_SUPPLY', Float64Array.from({ length: DAYS }, (_, i) => 2e11 * (1 + i / 1000))],
    ['FEAR_GREED', Float64Array.from({ length: DAYS }, (_, i) => (i === LAST - 14 ? 18 : 40 + (i % 30)))],
  ]),
  columns: new Map([
    ...odds,
    ['rate_now.effective', new Float64Array(DAYS).fill(4.33)],
    ['us_close.price', walk(90_000, 0.03)],
  ]),
  inputs: [
    input('us_close', 'binance', 'BTCUSDT'),
    input('rate_path', 'cme', 'FOMC'),
    input('rate_now', 'file', 'DFF'),
    ...['SPX', 'GLD', 'VIX', 'ETF_FLOW_BTC', 'STABLECOIN_SUPPLY', 'FEAR_GREED'].map((symbol) =>
      input('quote', 'file', symbol),
    ),
  ],
  conventions: [],
}

const drawn = (frame: Frame): readonly NoteFigure[] => {
  const macro = macroReading(frame, [], [])
  return [...drawMacro(macro), ...drawBitcoin(macro)]
}
const idsOf = (frame: Frame): readonly string[] => drawn(frame).map(({ id }) => id)
const figureOf = (id: string, frame: Frame = FRAME): NoteFigure => drawn(frame).find((each) => each.id === id)!
const withQuotes = (change: (quotes: Map<string, Float64Array>) => void): Frame => {
  const quotes = new Map(FRAME.quotes)
  change(quotes)
  return { ...FRAME, quotes }
}
const withRate = (of: (bar: number) => number): Frame => ({
  ...FRAME,
  columns: new Map([...FRAME.columns, ['rate_now.effective', Float64Array.from({ length: DAYS }, (_, i) => of(i))]]),
})
const rowsOf = ({ csv }: NoteFigure): readonly string[] => csv.trimEnd().split('\n')

describe.each(drawn(FRAME).map((figure) => [figure.id, figure] as const))('the figure "%s"', (_, figure) => {
  test('can be read in both widths', () => {
    for (const svg of [figure.wide, figure.narrow]) {
      checkWellFormed(svg)
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
      expect(collisions(svg)).toEqual([])
    }
  })

  test('says in words what it shows, when, by whom, and what is not known', () => {
    expect([figure.alt, ...figure.captions].join(' ')).not.toMatch(/NaN|Infinity|undefined|null| {2}|\.\./)
    expect(figure.alt).toContain('April 2025')
    expect(figure.alt).toMatch(/by CME|by Binance|from a file/)
    expect(figure.captions.length).toBeGreaterThan(0)
  })
})

test('what is not held is not drawn', () => {
  expect(idsOf(FRAME)).toEqual(['rate-path', 'volatility', 'strength-new-york', 'money', 'fear-greed'])
  const nothing = { ...FRAME, grid: { ...FRAME.grid, length: 0 }, quotes: new Map(), columns: new Map() }
  expect(idsOf(nothing)).toEqual([])
  expect(idsOf({ ...FRAME, columns: new Map() })).toEqual(['volatility', 'money', 'fear-greed'])
  expect(idsOf(withRate(() => NaN))).not.toContain('rate-path')
  expect(idsOf(withQuotes((quotes) => quotes.delete('VIX')))).not.toContain('volatility')
})

describe('the rate path', () => {
  test('has the meetings that are to come, and the cuts to the end of the year over it', () => {
    const figure = figureOf('rate-path')
    expect(rowsOf(figure)[0]).toBe('meeting,low,high,probability,expected,target_low')
    expect(rowsOf(figure)).toHaveLength(1 + 5 * MEETINGS.length)
    expect(figure.alt).toMatch(/^Futures imply 4\.0 cuts by the end of 2025\. /)
    expect(figure.captions).toHaveLength(1)
  })

  test('ends where the last meeting of the year is not quoted', () => {
    const columns = new Map([...FRAME.columns].filter(([name]) => !/202512|2026/.test(name)))
    expect(figureOf('rate-path', { ...FRAME, columns }).alt).toMatch(
      /^Futures imply 3\.0 cuts by the meeting of 29 Oct/,
    )
  })

  test('says which meetings are not held', () => {
    const columns = new Map([...FRAME.columns].filter(([name]) => !/20250[567]/.test(name)))
    const { captions, wide } = figureOf('rate-path', { ...FRAME, columns })
    expect(captions[0]).toBe('Meetings before 17 September are not held')
    expect(wide).toMatch(/class="f-step" d="M[^M]*M/)
  })

  test('is not drawn where a decision came and no rate since', () => {
    const early = DAYS - (parseInstant('2025-04-24') - parseInstant('2025-03-22')) / DAY_MS
    const until = (told: number): Frame => ({
      ...withRate((bar) => (bar < told ? 4.33 : NaN)),
      asOf: parseInstant('2025-03-22'),
      grid: { ...FRAME.grid, length: early },
    })
    expect(idsOf(until(early))).toContain('rate-path')
    // Rates to 19 March, the day of the decision.
    expect(idsOf(until(early - 2))).not.toContain('rate-path')
  })

  describe('from settlements of futures', () => {
    // A cut at each meeting from June on; the month of a meeting has both rates.
    const settled = (months: readonly string[], mean: (i: number) => number) =>
      months.map((month, i) => [`rate_futures.2025${month}`, new Float64Array(DAYS).fill(mean(i))] as const)
    const months = ['04', '05', '06', '07', '08', '09', '10', '11', '12']
    const means = [4.33, 4.33, 4.23, 4.08, 4.08, 3.98, 3.83, 3.83, 3.66]
    const rest = [...FRAME.columns].filter(([name]) => !name.startsWith('rate_path'))
    const of = (more: readonly (readonly [string, Float64Array])[]): Frame => ({
      ...FRAME,
      columns: new Map([...rest, ...more]),
      inputs: [...FRAME.inputs.filter(({ kind }) => kind !== 'rate_path'), input('rate_futures', 'cme', 'ZQ')],
    })
    const figure = figureOf('rate-path', of(settled(months, (i) => means[i]!)))

    test('is drawn where nobody computed odds, and says by which method', () => {
      expect(figure.alt).toMatch(/^Futures imply 3\.\d cuts by the end of 2025\. /)
      expect(figure.alt).toContain('by the method of CME from settlements of fed funds futures, by CME')
      expect(rowsOf(figure).some((row) => row.startsWith('2025-06-18'))).toBe(true)
    })

    test('names meetings at the end of a month behind which nothing else is held', () => {
      const short = of(settled(months.slice(0, 7), (i) => means[i]!))
      expect(figure.captions.join()).not.toContain('last days of the month')
      expect(figureOf('rate-path', short).captions.join()).toContain('behind the meeting of 29 October rests on')
    })

    test('gives way to odds of the same day, and not to older ones', () => {
      const odd = (until: number) =>
        [...odds].map(([name, shares]) => [name, shares.map((share, i) => (i < until ? share : NaN))] as const)
      const both = (until: number) => {
        const made = of([...settled(months, (i) => means[i]!), ...odd(until)])
        return { ...made, inputs: [...made.inputs, input('rate_path', 'cme', 'FOMC')] }
      }
      expect(figureOf('rate-path', both(DAYS)).alt).not.toContain('settlements')
      expect(figureOf('rate-path', both(DAYS - 1)).alt).toContain('settlements')
    })
  })

  test('tells rises, and no change', () => {
    const shifted = (by: number): Frame => withRate(() => by)
    expect(figureOf('rate-path', shifted(2.3)).alt).toMatch(/^Futures imply 4\.0 rises by/)
    expect(figureOf('rate-path', shifted(3.3)).alt).toMatch(/^Futures imply no change by/)
  })
})

describe('volatility', () => {
  const shock: PolicyMatter = {
    id: 'us-tariff',
    jurisdiction: 'US',
    title: 'A tariff',
    kind: 'order',
    stance: 'restrictive',
    subjects: ['tariffs'],
    events: [{ stage: 'signed', on: '2025-04-02', says: 'It is signed.', source: 'https://x.org/', confirmed: true }],
  }
  const drawnWith = (policy: readonly PolicyMatter[]): NoteFigure =>
    drawMacro(macroReading(FRAME, policy, [])).find(({ id }) => id === 'volatility')!

  test('has the VIX beside what the S&P 500 and the asset did', () => {
    expect(rowsOf(drawnWith([]))[0]).toBe('time,vix,spx,asset')
    expect(drawnWith([]).alt).toMatch(/^The VIX stands at \d+\.\d\. /)
  })

  test('is counted from the last tariff order, with a rule on its day', () => {
    const { alt, wide } = drawnWith([shock])
    expect(alt).toMatch(/^The VIX stands at \d+\.\d, \d+\.\d points (below|above) the close of 2 April\. /)
    expect(wide).toContain('Tariff order')
  })
})

describe('money', () => {
  test('sums the flows of five sessions up, and leaves days without a session out', () => {
    const figure = figureOf('money')
    const column = FRAME.quotes.get('ETF_FLOW_BTC')!
    const held = [...column].filter((value) => !Number.isNaN(value))
    const sum = held.slice(-5).reduce((total, value) => total + value, 0)
    expect(figure.alt).toContain(
      `Funds of BTC ${sum < 0 ? 'sold' : 'bought'} a net ${Math.abs(sum).toFixed(0)} m dollars`,
    )
    expect(rowsOf(figure)[0]).toBe('time,net_flow_usd_m,stablecoins_usd')
  })

  test('is of stablecoins alone where no flow is held', () => {
    const frame = withQuotes((quotes) => quotes.delete('ETF_FLOW_BTC'))
    const change = ((100 * 30) / (1000 + LAST - 30)).toFixed(1)
    expect(figureOf('money', frame).alt).toContain(
      `Stablecoins in circulation have changed by +${change} % in 30 days. `,
    )
    expect(rowsOf(figureOf('money', frame))[0]).toBe('time,stablecoins_usd')
  })
})

describe('strength', () => {
  test('begins at 0 on the day that its title names, with a gap on days without a session', () => {
    const figure = figureOf('strength-new-york')
    const [header, first] = rowsOf(figure)
    expect(header).toBe('time,btc,spx,gld')
    expect(first).toBe('2025-03-24T00:00:00Z,0,0,0')
    expect(figure.alt).toMatch(/^BTC has .* since 24 March\. /)
    expect(rowsOf(figure).find((row) => row.startsWith('2025-04-18'))).toBe('2025-04-18T00:00:00Z,,,')
    expect(figure.wide).toMatch(/class="f-line-accent" d="M[^M]*"/)
  })

  test('breaks where a session has no close', () => {
    const frame = withQuotes((quotes) => {
      const values = quotes.get('SPX')!.slice()
      values[LAST - 8] = NaN
      quotes.set('SPX', values)
    })
    expect(rests(LAST - 8)).toBe(false)
    expect(figureOf('strength-new-york', frame).wide).toMatch(/class="f-line-ink" d="M[^M"]*M/)
  })

  test('is of equities alone where gold is not held', () => {
    const figure = figureOf(
      'strength-new-york',
      withQuotes((quotes) => quotes.delete('GLD')),
    )
    expect(rowsOf(figure)[0]).toBe('time,btc,spx')
    expect(figure.alt + figure.captions.join()).not.toContain('gold')
  })

  test('is against a token of gold where the fund is not held, and says so', () => {
    const frame = withQuotes((quotes) => {
      quotes.set('GOLD_PAXG', quotes.get('GLD')!)
      quotes.set('GOLD_XAUT', quotes.get('GLD')!)
    })
    const inputs = [...frame.inputs, input('quote', 'coingecko', 'GOLD_PAXG')]
    expect(rowsOf(figureOf('strength-new-york', { ...frame, inputs }))[0]).toBe('time,btc,spx,gld')
    const quotes = new Map(frame.quotes)
    quotes.delete('GLD')
    const figure = figureOf('strength-new-york', { ...frame, quotes, inputs })
    expect(rowsOf(figure)[0]).toBe('time,btc,spx,gold_paxg')
    expect(figure.alt).toContain('gold (GOLD_PAXG, by CoinGecko)')
    expect(figure.captions).toContain(
      "Gold is the token PAXG, priced by CoinGecko at the close in New York; a token's price can leave the metal's",
    )
    for (const svg of [figure.wide, figure.narrow]) expect(collisions(svg)).toEqual([])
  })
})

describe('sentiment', () => {
  test('names its extremes, and how long ago it was at one', () => {
    const figure = figureOf('fear-greed')
    expect(figure.alt).toContain('14 days after extreme fear')
    expect(wordsOf(figure.narrow)).toMatch(/Extreme fear 24.*Extreme greed 75/)
    expect(rowsOf(figure)).toHaveLength(1 + 140)
  })

  test('is told to be extreme, or never to have been', () => {
    const flat = (value: number): Frame =>
      withQuotes((quotes) => quotes.set('FEAR_GREED', new Float64Array(DAYS).fill(value)))
    expect(figureOf('fear-greed', flat(75)).alt).toMatch(/^Sentiment is at extreme greed, 75\./)
    expect(figureOf('fear-greed', flat(50)).alt).toMatch(/^Fear and greed stands at 50\./)
  })
})

test('simulated records are called so', () => {
  const simulated = { ...FRAME, inputs: FRAME.inputs.map((each) => ({ ...each, simulated: true })) }
  for (const { wide, csv } of drawn(simulated)) {
    expect(wide).toContain('SIMULATED')
    expect(csv.split('\n')[1]).toMatch(/,yes$/)
  }
})
