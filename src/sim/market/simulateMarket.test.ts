import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CANDLE_FIELDS, type Candles } from '../../core/candles.ts'
import { parseScenario } from './parseScenario.ts'
import { simulateMarket } from './simulateMarket.ts'
import { dayIndex, timelineOf } from './timeline.ts'

const file = new URL('scenarios/april-2025.json', import.meta.url)
const scenario = parseScenario(JSON.parse(readFileSync(file, 'utf8')), 'april-2025.json')
const timeline = timelineOf(scenario.from, scenario.to)
const seeds = [scenario.seed, 'another', 'a third', 'a fourth']
const markets = seeds.map((seed) => simulateMarket(scenario, seed))
const [market, other] = markets as [ReadonlyMap<string, Candles>, ReadonlyMap<string, Candles>]
const eth = market.get('ETH')!
const btc = market.get('BTC')!

const hoursOf = (date: string): readonly [from: number, to: number] => {
  const d = dayIndex(timeline, date)
  return [d * 24, (d + 1) * 24]
}
const dayOf = (candles: Candles, date: string) => {
  const [from, to] = hoursOf(date)
  return {
    open: candles.open[from]!,
    high: Math.max(...candles.high.subarray(from, to)),
    low: Math.min(...candles.low.subarray(from, to)),
    close: candles.close[to - 1]!,
    volume: volumeOf(candles.volume, from / 24),
  }
}
const volumeOf = (volume: Float64Array, d: number): number =>
  volume.subarray(d * 24, d * 24 + 24).reduce((sum, value) => sum + value, 0)
const returnsOf = ({ open, close }: Candles): Float64Array => close.map((value, h) => Math.log(value / open[h]!))
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length
const correlation = (a: Float64Array, b: Float64Array): number => {
  const [ma, mb] = [mean(a), mean(b)]
  const product = (x: Float64Array, mx: number, y: Float64Array, my: number): number =>
    mean(x.map((value, i) => (value - mx) * (y[i]! - my)))
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb))
}

describe.each(seeds.map((seed, i) => ({ seed, candles: markets[i]! })))(
  'a market of the seed "$seed"',
  ({ candles }) => {
    it.each(scenario.facts)('gives $asset its fact of $on exactly', ({ asset, on, highestVolumeOfDays, ...prices }) => {
      const day = dayOf(candles.get(asset)!, on)
      expect(day).toMatchObject(prices)
      const d = dayIndex(timeline, on)
      const { volume } = candles.get(asset)!
      const before = Array.from({ length: (highestVolumeOfDays ?? 1) - 1 }, (_, i) => volumeOf(volume, d - 1 - i))
      expect(Math.max(0, ...before)).toBeLessThan(day.volume)
    })

    it.each(scenario.bounds)(
      'keeps $asset within its bound: $because',
      ({ asset, from, to, above = 0, below = Infinity }) => {
        const { high, low } = candles.get(asset)!
        const own = scenario.facts.filter((fact) => fact.asset === asset)
        const facts = new Map(own.map((fact) => [dayIndex(timeline, fact.on), fact]))
        const [start, end] = [hoursOf(from)[0], hoursOf(to)[1]]
        const beyond = Array.from({ length: end - start }, (_, i) => start + i).filter((h) => {
          const fact = facts.get(Math.floor(h / 24))
          return (low[h]! <= above && low[h] !== fact?.low) || (high[h]! >= below && high[h] !== fact?.high)
        })
        expect(beyond).toEqual([])
      },
    )

    it('has one hour only at the high and at the low that a fact names', () => {
      for (const { asset, on, high, low } of scenario.facts) {
        const [from, to] = hoursOf(on)
        const { high: highs, low: lows } = candles.get(asset)!
        if (high !== undefined) expect(highs.subarray(from, to).filter((value) => value === high).length).toBe(1)
        if (low !== undefined) expect(lows.subarray(from, to).filter((value) => value === low).length).toBe(1)
      }
    })

    it('makes 7 April the stopping volume of ETH and lets BTC, not ETH, reclaim the low of 11 March', () => {
      const [e, b] = [candles.get('ETH')!, candles.get('BTC')!]
      const { open, high, low, close } = dayOf(e, '2025-04-07')
      expect(Math.min(open, close) - low).toBeGreaterThanOrEqual(0.4 * (high - low))
      expect(Math.abs(close - open)).toBeLessThanOrEqual(0.35 * (high - low))
      const days = ['2025-04-07', '2025-04-08', '2025-04-09', '2025-04-10']
      expect(Math.max(...days.map((on) => dayOf(e, on).close))).toBeLessThan(1754)
      expect(Math.max(...days.map((on) => dayOf(b, on).close))).toBeGreaterThan(76_606)
    })

    it('moves less than 12 % in an hour, but within three days of a fact', () => {
      for (const [asset, each] of candles) {
        const near = scenario.facts.filter((fact) => fact.asset === asset).map(({ on }) => dayIndex(timeline, on))
        const calm = returnsOf(each).filter((_, h) => !near.some((d) => Math.abs(d - Math.floor(h / 24)) <= 3))
        expect(Math.max(...calm.map(Math.abs))).toBeLessThan(0.12)
      }
    })
  },
)

describe.each([...market])('the candles of %s', (_, candles) => {
  it('cover every hour of every day', () => {
    expect(candles).toMatchObject({ start: timeline.start, step: 3_600_000, length: timeline.days * 24 })
    for (const field of CANDLE_FIELDS) {
      expect(candles[field].length).toBe(candles.length)
      expect(candles[field].every((value) => Number.isFinite(value) && value > 0)).toBe(true)
    }
  })

  it('have a high and a low around open and close', () => {
    const { open, high, low, close } = candles
    expect(high.every((value, h) => value >= open[h]! && value >= close[h]!)).toBe(true)
    expect(low.every((value, h) => value <= open[h]! && value <= close[h]!)).toBe(true)
  })

  it('open where the hour before closed', () => {
    expect(candles.open.subarray(1)).toEqual(candles.close.subarray(0, -1))
  })

  it('give prices in ticks of 0.01', () => {
    for (const field of ['open', 'high', 'low', 'close'] as const) {
      expect(candles[field].every((price) => price === Number(price.toFixed(2)))).toBe(true)
    }
  })

  it('have takers buy a part of the volume, more of it in rising hours', () => {
    const { volume, takerBuyVolume, quoteVolume, takerBuyQuoteVolume, trades } = candles
    expect(takerBuyVolume.every((value, h) => value <= volume[h]!)).toBe(true)
    expect(takerBuyQuoteVolume.every((value, h) => value <= quoteVolume[h]!)).toBe(true)
    expect(trades.every(Number.isInteger)).toBe(true)
    expect(
      correlation(
        takerBuyVolume.map((value, h) => value / volume[h]!),
        returnsOf(candles),
      ),
    ).toBeGreaterThan(0.4)
  })

  it('have a volume-weighted price within the range', () => {
    const { quoteVolume, volume, low, high } = candles
    const within = quoteVolume.every(
      (quote, h) => quote / volume[h]! >= low[h]! - 0.01 && quote / volume[h]! <= high[h]! + 0.01,
    )
    expect(within).toBe(true)
  })

  it('have fat tails, clusters of volatility, and volume that goes with it', () => {
    const returns = returnsOf(candles)
    const sizes = returns.map(Math.abs)
    const variance = mean(returns.map((value) => value ** 2))
    expect(mean(returns.map((value) => value ** 4)) / variance ** 2).toBeGreaterThan(4)
    expect(correlation(sizes.subarray(1), sizes.subarray(0, -1))).toBeGreaterThan(0.1)
    expect(correlation(sizes.subarray(24), sizes.subarray(0, -24))).toBeGreaterThan(0.03)
    expect(correlation(sizes, candles.quoteVolume)).toBeGreaterThan(0.5)
  })

  it('have no trend from hour to hour', () => {
    const returns = returnsOf(candles)
    expect(Math.abs(correlation(returns.subarray(1), returns.subarray(0, -1)))).toBeLessThan(0.1)
  })
})

describe('simulateMarket', () => {
  it('lets BTC go with ETH', () => {
    expect(correlation(returnsOf(eth), returnsOf(btc))).toBeGreaterThan(0.65)
    expect(correlation(returnsOf(eth), returnsOf(btc))).toBeLessThan(0.9)
  })

  it('gives the same candles again from the same seed', () => {
    expect([...simulateMarket(scenario).values()].map(digestOf)).toEqual([...market.values()].map(digestOf))
  })

  it('gives the same bytes on every machine', () => {
    expect([...market].map(([asset, candles]) => `${asset} ${digestOf(candles)}`)).toEqual([
      'ETH 4d4a7cab',
      'BTC ed6ac1ad',
    ])
  })

  it('takes another path with another seed', () => {
    const equal = other.get('ETH')!.close.filter((close, h) => close === eth.close[h])
    expect(equal.length).toBeLessThan(0.01 * eth.length)
  })
})

describe('a scenario without facts', () => {
  const quiet = { ...scenario, to: '2024-08-31', facts: [], bounds: [] }

  it('is a free walk of the volatility asked for, at every length', () => {
    const candles = simulateMarket({ ...quiet, to: '2025-12-31' }).get('ETH')!
    const yearly = Math.sqrt(mean(returnsOf(candles).map((value) => value ** 2)) * 365 * 24)
    expect(yearly).toBeGreaterThan(0.5)
    expect(yearly).toBeLessThan(0.8)
    expect(simulateMarket({ ...quiet, to: quiet.from }).get('ETH')!.length).toBe(24)
  })

  it('ends elsewhere with every seed', () => {
    const ends = seeds.map((seed) => simulateMarket(quiet, seed).get('BTC')!.close.at(-1))
    expect(new Set(ends).size).toBe(seeds.length)
  })

  it('stays within bounds even where they are a narrow lane', () => {
    const lane = { asset: 'ETH', from: quiet.from, to: quiet.to, above: 3700, below: 3800, because: 'a lane' }
    const { high, low } = simulateMarket({ ...quiet, bounds: [lane] }).get('ETH')!
    expect(Math.max(...high)).toBeLessThan(3800)
    expect(Math.min(...low)).toBeGreaterThan(3700)
  })
})

/** FNV-1a over the shortest decimal form of every value: one number for all bytes. */
function digestOf(candles: Candles): string {
  let hash = 2_166_136_261
  for (const field of CANDLE_FIELDS) {
    for (const character of candles[field].join()) hash = Math.imul(hash ^ character.charCodeAt(0), 16_777_619)
  }
  return (hash >>> 0).toString(16)
}
