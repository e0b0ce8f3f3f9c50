import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../core/random.ts'
import type { BarEvent, SetupFamily } from '../setup.ts'
import type { PatternBars } from './candle.ts'
import { darkCloud24hFamily, darkCloud24hPattern, darkCloudFamily, darkCloudPattern } from './darkCloud.ts'
import { dojiFamily, dojiPattern } from './doji.ts'
import { engulfingFamily, engulfingPattern } from './engulfing.ts'
import { hammerFamily, hammerPattern } from './hammer.ts'
import { haramiFamily, haramiPattern } from './harami.ts'
import { GAP_PATTERNS, patternFamilies } from './patternFamilies.ts'
import { piercing24hFamily, piercing24hPattern, piercingFamily, piercingPattern } from './piercing.ts'
import { shootingStarFamily, shootingStarPattern } from './shootingStar.ts'
import * as stars from './stars.ts'

type Row = readonly [open: number, high: number, low: number, close: number]

/** Sixteen calm candles, white and black in turn: body 2, range 4, each opening at the last close. */
const CALM: readonly Row[] = Array.from({ length: 16 }, (_, i) =>
  i % 2 === 0 ? [100, 103, 99, 102] : [102, 103, 99, 100],
)

const PATTERNS: Readonly<Record<string, { family: SetupFamily; column: (bars: PatternBars) => Int8Array }>> = {
  engulfing: { family: engulfingFamily, column: engulfingPattern },
  hammer: { family: hammerFamily, column: hammerPattern },
  shooting_star: { family: shootingStarFamily, column: shootingStarPattern },
  doji: { family: dojiFamily, column: dojiPattern },
  harami: { family: haramiFamily, column: haramiPattern },
  piercing: { family: piercingFamily, column: piercingPattern },
  piercing_24h: { family: piercing24hFamily, column: piercing24hPattern },
  dark_cloud: { family: darkCloudFamily, column: darkCloudPattern },
  dark_cloud_24h: { family: darkCloud24hFamily, column: darkCloud24hPattern },
  morning_star: { family: stars.morningStarFamily, column: stars.morningStarPattern },
  evening_star: { family: stars.eveningStarFamily, column: stars.eveningStarPattern },
  morning_star_24h: { family: stars.morningStar24hFamily, column: stars.morningStar24hPattern },
  evening_star_24h: { family: stars.eveningStar24hFamily, column: stars.eveningStar24hPattern },
}

/** Candles that complete a pattern after the calm ones, and TA-Lib's answer for the last. */
const EXAMPLES: readonly (readonly [pattern: string, rows: readonly Row[], value: number])[] = [
  [
    'engulfing',
    [
      [100, 101, 97, 98],
      [97, 104, 96, 103],
    ],
    100,
  ],
  [
    'engulfing',
    [
      [100, 101, 97, 98],
      [98, 104, 97, 103],
    ],
    80,
  ],
  [
    'engulfing',
    [
      [98, 101, 97, 100],
      [101, 102, 96, 97],
    ],
    -100,
  ],
  [
    'engulfing',
    [
      [100, 101, 97, 98],
      [98, 101, 97, 100],
    ],
    0,
  ],
  ['hammer', [[99, 99.7, 94, 99.5]], 100],
  ['hammer', [[99, 101, 94, 99.5]], 0],
  ['shooting_star', [[103, 107, 102.8, 103.5]], -100],
  ['shooting_star', [[101, 107, 100.9, 101.5]], 0],
  ['doji', [[100, 102, 98, 100.25]], 100],
  ['doji', [[100, 102, 98, 100.5]], 0],
  [
    'harami',
    [
      [104, 105, 94, 95],
      [96, 98, 95, 97],
    ],
    100,
  ],
  [
    'harami',
    [
      [95, 105, 94, 104],
      [104, 104.5, 102, 103],
    ],
    -80,
  ],
  [
    'piercing',
    [
      [104, 105, 94, 95],
      [93, 102, 92, 101],
    ],
    100,
  ],
  [
    'piercing',
    [
      [104, 105, 94, 95],
      [95, 102, 92, 101],
    ],
    0,
  ],
  [
    'piercing_24h',
    [
      [104, 105, 94, 95],
      [95, 102, 92, 101],
    ],
    100,
  ],
  [
    'piercing_24h',
    [
      [104, 105, 94, 95],
      [94, 102, 92, 101],
    ],
    0,
  ],
  [
    'dark_cloud',
    [
      [95, 105, 94, 104],
      [106, 107, 97, 98],
    ],
    -100,
  ],
  [
    'dark_cloud',
    [
      [95, 105, 94, 104],
      [104, 107, 97, 98],
    ],
    0,
  ],
  [
    'dark_cloud_24h',
    [
      [95, 105, 94, 104],
      [104, 107, 97, 98],
    ],
    -100,
  ],
  [
    'dark_cloud_24h',
    [
      [95, 105, 94, 104],
      [106, 107, 97, 98],
    ],
    0,
  ],
  [
    'morning_star',
    [
      [104, 105, 94, 95],
      [93, 94, 91, 92],
      [93, 100, 92, 99],
    ],
    100,
  ],
  [
    'morning_star',
    [
      [104, 105, 94, 95],
      [95, 96, 93, 94],
      [94, 100, 92, 99],
    ],
    0,
  ],
  [
    'morning_star_24h',
    [
      [104, 105, 94, 95],
      [95, 96, 93, 94],
      [94, 100, 92, 99],
    ],
    100,
  ],
  [
    'morning_star_24h',
    [
      [104, 105, 94, 95],
      [93, 94, 91, 92],
      [93, 100, 92, 99],
    ],
    0,
  ],
  [
    'evening_star',
    [
      [95, 105, 94, 104],
      [106, 107, 105, 107],
      [106, 107, 99, 100],
    ],
    -100,
  ],
  [
    'evening_star',
    [
      [95, 105, 94, 104],
      [104, 106, 103, 105],
      [105, 107, 99, 100],
    ],
    0,
  ],
  [
    'evening_star_24h',
    [
      [95, 105, 94, 104],
      [104, 106, 103, 105],
      [105, 107, 99, 100],
    ],
    -100,
  ],
  [
    'evening_star_24h',
    [
      [95, 105, 94, 104],
      [106, 107, 105, 107],
      [106, 107, 99, 100],
    ],
    0,
  ],
]

it.each(EXAMPLES)('%s on %j is %i', (name, rows, value) => {
  expect(PATTERNS[name]!.column(barsOf([...CALM, ...rows])).at(-1)).toBe(value)
})

describe.each(Object.entries(PATTERNS))('%s', (name, { family, column }) => {
  it('emits an event on every bar that its column names, with the same value', () => {
    const bars = randomBars(4000)
    const values = column(bars)
    const events = eventsOf(family, bars)
    expect(events.map(({ bar }) => bar)).toEqual([...values.keys()].filter((i) => values[i] !== 0))
    for (const { bar, side, evidence } of events) {
      expect(evidence['talib'] ?? evidence['value']).toBe(values[bar])
      expect(side).toBe(name === 'doji' ? 'neutral' : values[bar]! > 0 ? 'long' : 'short')
    }
    expect(events.length).toBeGreaterThan(0)
  })

  it('never changes an answer when later bars are added, nor with the unit of the price', () => {
    const bars = randomBars(400)
    const whole = [...column(bars)]
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: -60, max: 30 }), (to, power) => {
        const cut = mapBars(bars, (values) => values.subarray(0, to).map((value) => value * 2 ** power))
        expect([...column(cut)]).toEqual(whole.slice(0, to))
      }),
      { numRuns: 40, seed: 1 },
    )
  })

  it('finds nothing in fewer bars than it looks at', () => {
    for (const length of [0, 1, 2])
      expect(column(barsOf(CALM.slice(0, length))).every((value) => value === 0)).toBe(true)
  })
})

it('lists every pattern once, and those that need a gap by their ids', () => {
  const ids = patternFamilies.flatMap(({ kinds }) => Object.keys(kinds))
  expect(new Set(ids).size).toBe(ids.length)
  expect(GAP_PATTERNS.every((id) => ids.includes(id) && ids.includes(`${id}_24h`))).toBe(true)
  expect(ids).toContain('bullish_engulfing')
})

function eventsOf(family: SetupFamily, bars: PatternBars): BarEvent[] {
  const events: BarEvent[] = []
  const step = family.detector({}, (event) => events.push(event))
  const withVolume = { ...bars, volume: new Float64Array(bars.close.length) }
  for (let i = 0; i < bars.close.length; i++) step(withVolume, i)
  return events
}

function barsOf(rows: readonly Row[]): PatternBars {
  const column = (k: 0 | 1 | 2 | 3): Float64Array => Float64Array.from(rows, (row) => row[k])
  return { open: column(0), high: column(1), low: column(2), close: column(3) }
}

const mapBars = (
  { open, high, low, close }: PatternBars,
  map: (column: Float64Array) => Float64Array,
): PatternBars => ({
  open: map(open),
  high: map(high),
  low: map(low),
  close: map(close),
})

/** Candles on coarse ticks with opening gaps, so that every pattern and every tie occurs. */
function randomBars(length: number): PatternBars {
  const random = seededRandom('patterns')
  let price = 1000
  return barsOf(
    Array.from({ length }, (): Row => {
      const open = price + (random.uniform() < 0.5 ? 0 : Math.round(8 * random.normal()))
      const close = open + Math.round(4 * random.normal())
      price = close
      const shadow = (): number => Math.max(0, Math.round(2 * random.normal()))
      return [open, Math.max(open, close) + shadow(), Math.min(open, close) - shadow(), close]
    }),
  )
}
