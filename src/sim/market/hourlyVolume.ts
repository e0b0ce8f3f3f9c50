import { seededRandom } from '../../core/random.ts'
import type { ScenarioAsset, ScenarioFact } from '../../records/scenario.ts'
import type { AssetPath } from './assetPath.ts'
import type { HourlyPrices } from './hourlyPrices.ts'
import { sumBetween } from './path.ts'
import { portableExp, portableLog, portableNormal } from './portableMath.ts'
import { dayIndex, HOURS_A_DAY, STEPS_AN_HOUR, type Timeline } from './timeline.ts'

/** Volume, trades and taker buying per hour, as in core's candles. */
export interface HourlyVolume {
  readonly volume: Float64Array
  readonly quoteVolume: Float64Array
  readonly trades: Float64Array
  readonly takerBuyVolume: Float64Array
  readonly takerBuyQuoteVolume: Float64Array
}

export interface HourlyVolumeInputs {
  readonly asset: ScenarioAsset
  readonly facts: readonly ScenarioFact[]
  readonly timeline: Timeline
  readonly path: AssetPath
  readonly prices: HourlyPrices
  readonly seed: string
}

/** Volume grows with the range of the hour, a little less than in proportion, and drifts by itself. */
const RANGE_POWER = 0.9
const DRIFT = { keep: 0.99, deviation: 0.25 }
const NOISE = 0.22
/** Range of an ordinary hour in deviations, and the mean of the power above over ordinary hours. */
const ORDINARY_RANGE = 1.75
/** Quote units per trade. */
const MEAN_TRADE = 600
/** Buyers are the aggressors a little more often in a rising hour, and in a flat one a little less than half the time. */
const FLAT_TAKER_SHARE = 0.495
const TAKER_SLOPE = 0.07
const TAKER_NOISE = 0.02
/** A day that must be the highest exceeds the others by this at least, and by up to twice as much again. */
const LEAST_EXCESS = 1.04
const MORE_EXCESS = 0.12

/**
 * Volume that belongs to these prices.
 * @returns columns per hour; taker volume never exceeds volume
 */
export function hourlyVolume(inputs: HourlyVolumeInputs): HourlyVolume {
  const random = seededRandom(`${inputs.seed}/volume`)
  const normal = portableNormal(random.uniform)
  const coins = coinsPerHour(inputs, normal)
  for (const fact of inputs.facts) {
    if (fact.highestVolumeOfDays === undefined) continue
    const excess = LEAST_EXCESS + MORE_EXCESS * random.uniform()
    raiseDay(coins, dayIndex(inputs.timeline, fact.on), fact.highestVolumeOfDays, excess)
  }
  return columnsOfVolume(inputs, coins, normal)
}

function coinsPerHour({ asset, path, prices }: HourlyVolumeInputs, normal: () => number): Float64Array {
  const fresh = Math.sqrt(1 - DRIFT.keep * DRIFT.keep)
  const ordinary = meanHourDeviation(path.ordinaryVariance) * ORDINARY_RANGE
  let drift = normal()
  return prices.close.map((close, h) => {
    drift = DRIFT.keep * drift + fresh * normal()
    const range = portableLog((prices.high[h] as number) / (prices.low[h] as number))
    const busy = RANGE_POWER * portableLog(Math.max(range / ordinary, 0.02))
    const quote = (asset.dayVolumeQuote / HOURS_A_DAY) * portableExp(busy + DRIFT.deviation * drift + NOISE * normal())
    return quote / close
  })
}

/** Makes day d the highest of the last so many days, itself included, where it is not so yet. */
function raiseDay(coins: Float64Array, d: number, days: number, excess: number): void {
  let highest = 0
  for (let before = Math.max(0, d - days + 1); before < d; before++)
    highest = Math.max(highest, dayTotal(coins, before))
  const factor = Math.max(1, (excess * highest) / dayTotal(coins, d))
  for (let h = d * HOURS_A_DAY; h < (d + 1) * HOURS_A_DAY; h++) coins[h] = (coins[h] as number) * factor
}

function columnsOfVolume(
  { path, prices }: HourlyVolumeInputs,
  coins: Float64Array,
  normal: () => number,
): HourlyVolume {
  const volume = coins.map(rounded)
  const quoteVolume = volume.map((amount, h) => toCents(amount * typicalPrice(prices, h)))
  const trades = quoteVolume.map((quote) => Math.max(1, Math.round((quote / MEAN_TRADE) * portableExp(0.1 * normal()))))
  const share = prices.close.map((close, h) => takerShare(close, h, { path, prices }, normal))
  return {
    volume,
    quoteVolume,
    trades,
    takerBuyVolume: volume.map((amount, h) => rounded(amount * (share[h] as number))),
    takerBuyQuoteVolume: quoteVolume.map((quote, h) => toCents(quote * (share[h] as number))),
  }
}

function takerShare(
  close: number,
  h: number,
  { path, prices }: Pick<HourlyVolumeInputs, 'path' | 'prices'>,
  normal: () => number,
): number {
  const moves = portableLog(close / (prices.open[h] as number)) / hourDeviation(path.variance, h)
  const lean = moves / (1 + Math.abs(moves))
  return Math.min(0.8, Math.max(0.2, FLAT_TAKER_SHARE + TAKER_SLOPE * lean + TAKER_NOISE * normal()))
}

const hourDeviation = (variance: Float64Array, h: number): number =>
  Math.sqrt(sumBetween(variance, h * STEPS_AN_HOUR, (h + 1) * STEPS_AN_HOUR))

function meanHourDeviation(variance: Float64Array): number {
  const hours = variance.length / STEPS_AN_HOUR
  let total = 0
  for (let h = 0; h < hours; h++) total += hourDeviation(variance, h)
  return total / hours
}

function dayTotal(hourly: Float64Array, d: number): number {
  return sumBetween(hourly, d * HOURS_A_DAY, (d + 1) * HOURS_A_DAY)
}

const typicalPrice = ({ open, high, low, close }: HourlyPrices, h: number): number =>
  ((open[h] as number) + (high[h] as number) + (low[h] as number) + (close[h] as number)) / 4

const rounded = (amount: number): number => Math.round(amount * 10_000) / 10_000
const toCents = (amount: number): number => Math.round(amount * 100) / 100
