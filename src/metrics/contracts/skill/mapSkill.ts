import { DeskError } from '../../../core/errors.ts'
import { atr } from '../../price/atr.ts'
import { earthMoversDistance } from './earthMoversDistance.ts'
import { inTopQuarter } from './inTopQuarter.ts'
import { binned, binsAround, placeOf, type LogBins } from '../logBins.ts'
import { mirrored, volumeProfile, type Traded } from './nullMaps.ts'
import { rankCorrelation } from './rankCorrelation.ts'

/** A past whose positions are known: what was seen of it in buckets of one length, and what was true. */
export interface KnownPast {
  readonly stepMs: number
  readonly tape: Traded & { readonly close: Float64Array; readonly openInterest: Float64Array }
  readonly liquidations: readonly { readonly bucket: number; readonly coins: number; readonly price: number }[]
  /** Positions that stood at the end of a bucket. */
  readonly standing: ReadonlyMap<number, readonly { readonly coins: number; readonly liquidationPrice: number }[]>
}

/** A map of one past at the end of a bucket, laid into bins: USD, or any unit, that would be liquidated in each. */
export type MapMaker = (past: KnownPast, bucket: number, bins: LogBins) => Float64Array

/** How well a map tells what is true of one past. */
export interface MapScore {
  /** Rank correlation with the true levels, over all bins within reach; the mean of the moments. */
  readonly rank: number
  /** Earth mover's distance from the true levels within reach, in average true ranges of log price; the mean of the moments. */
  readonly distance: number
  /** Percent of what was liquidated after the moments that lay in the map's top quarter of the bins that the price reached. */
  readonly share: number
}

/** How skill is measured. */
export const SKILL_RULES = {
  /** The map is looked at this far on either side of the price, in average true ranges. */
  reachAtr: 10,
  /** Of so many bars of so many hours. */
  atrBars: 14,
  atrHours: 4,
  /** For how long after a moment liquidations count. */
  horizonHours: 24,
  /** Fewer reached bins have no top quarter. */
  fewestReached: 4,
} as const

const HOUR = 3_600_000

/**
 * Measures how well maps tell where a past's positions end. At every moment of which the standing positions are known each map is held
 * against (1) the true liquidation levels, by rank and by earth mover's distance, in all bins within 10 average true ranges of the price,
 * and (2) what was liquidated in the 24 hours after, in those of the bins that the price reached. A map that is empty there is taken for
 * one that says nothing: equal amounts everywhere. A constant map has a rank correlation of 0.
 * @param makers - maps by name
 * @returns scores by the same names; NaN where no moment could be judged
 * @throws {ShortPastError} the past begins too shortly before a moment for an average true range, or ends before its horizon does
 * @example mapSkill(past, { uniform: uniformMap }).get('uniform').share // 25
 */
export function mapSkill(
  past: KnownPast,
  makers: ReadonlyMap<string, MapMaker>,
  binWidth: number,
): ReadonlyMap<string, MapScore> {
  const moments = [...past.standing.keys()].map((bucket) => momentOf(past, bucket, binWidth))
  const scores = [...makers].map(([name, make]) => {
    const judged = moments.map((moment) => judge(moment, make(past, moment.bucket, moment.bins)))
    const liquidated = sum(judged.map(({ liquidated }) => liquidated))
    const score = {
      rank: mean(judged.map(({ rank }) => rank)),
      distance: mean(judged.map(({ distance }) => distance)),
      share: (100 * sum(judged.map(({ inTop }) => inTop))) / liquidated,
    }
    return [name, score] as const
  })
  return new Map(scores)
}

/** Null map: equal amounts within reach of the price, which is a number of average true ranges. */
export const uniformMap: MapMaker = (_, __, bins) => new Float64Array(bins.count).fill(1)

/** Null map: {@link volumeProfile} of the days before the moment. */
export const volumeMap =
  (days: number): MapMaker =>
  ({ tape, stepMs }, bucket, bins) =>
    volumeProfile(tape, Math.max(0, bucket + 1 - (days * 24 * HOUR) / stepMs), bucket + 1, bins)

/** Null map: the same with its mirror image. */
export const mirroredVolumeMap =
  (days: number): MapMaker =>
  (past, bucket, bins) =>
    mirrored(volumeMap(days)(past, bucket, bins), past.tape.close[bucket] as number, bins)

/** The true levels themselves: no map can know more at that moment. */
export const trueLevels: MapMaker = ({ standing }, bucket, bins) => {
  const levels = (standing.get(bucket) ?? []).map(({ coins, liquidationPrice }) => ({
    price: liquidationPrice,
    usd: coins * liquidationPrice,
  }))
  return binned(levels, bins)
}

/** What is true at one moment. */
interface Moment {
  readonly bucket: number
  readonly bins: LogBins
  /** Average true range over the price. */
  readonly range: number
  /** USD of true levels, per bin. */
  readonly truth: Float64Array
  /** The bins that the price reached, from the first to the one after the last. */
  readonly reached: readonly [number, number]
  /** USD that was liquidated, per bin. */
  readonly liquidated: Float64Array
}

function momentOf(past: KnownPast, bucket: number, binWidth: number): Moment {
  const { tape, stepMs } = past
  const end = bucket + 1 + (SKILL_RULES.horizonHours * HOUR) / stepMs
  if (end > tape.close.length) throw new ShortPastError(bucket, 'ends before its horizon does')
  const price = tape.close[bucket] as number
  const range = rangeAt(past, bucket) / price
  const bins = binsAround(price, SKILL_RULES.reachAtr * range, binWidth)
  const after = past.liquidations.filter((each) => each.bucket > bucket && each.bucket < end)
  const lowest = tape.low.subarray(bucket + 1, end).reduce((a, b) => Math.min(a, b), Infinity)
  const highest = tape.high.subarray(bucket + 1, end).reduce((a, b) => Math.max(a, b), 0)
  return {
    bucket,
    bins,
    range,
    truth: trueLevels(past, bucket, bins),
    reached: [Math.max(0, placeOf(lowest, bins)), Math.min(bins.count, placeOf(highest, bins) + 1)],
    liquidated: binned(
      after.map(({ coins, price: at }) => ({ price: at, usd: coins * at })),
      bins,
    ),
  }
}

/** Average true range of whole bars that end with the bucket. */
function rangeAt({ tape, stepMs }: KnownPast, bucket: number): number {
  const size = (SKILL_RULES.atrHours * HOUR) / stepMs
  const count = Math.floor((bucket + 1) / size)
  const bars = { high: new Float64Array(count), low: new Float64Array(count), close: new Float64Array(count) }
  for (let bar = 0; bar < count; bar++) {
    const to = bucket + 1 - (count - 1 - bar) * size
    bars.high[bar] = tape.high.subarray(to - size, to).reduce((a, b) => Math.max(a, b))
    bars.low[bar] = tape.low.subarray(to - size, to).reduce((a, b) => Math.min(a, b))
    bars.close[bar] = tape.close[to - 1] as number
  }
  const range = atr(bars, SKILL_RULES.atrBars).at(-1) ?? NaN
  if (Number.isNaN(range)) throw new ShortPastError(bucket, 'begins too shortly before it for an average true range')
  return range
}

/** Sets what one map shows at one moment against what is true; NaN where there is nothing to set it against. */
function judge(
  { bins, range, truth, reached: [from, to], liquidated }: Moment,
  shown: Float64Array,
): { readonly rank: number; readonly distance: number; readonly inTop: number; readonly liquidated: number } {
  const map = shown.some((usd) => usd > 0) ? shown : new Float64Array(bins.count).fill(1)
  const hasTruth = truth.some((usd) => usd > 0)
  const rank = rankCorrelation(map, truth)
  const isJudged = to - from >= SKILL_RULES.fewestReached
  const happened = liquidated.subarray(from, to)
  return {
    rank: !hasTruth ? NaN : Number.isNaN(rank) ? 0 : rank,
    distance: earthMoversDistance(map, truth, bins.width / range),
    inTop: isJudged ? inTopQuarter(map.subarray(from, to), happened) : 0,
    liquidated: isJudged ? sum(happened) : 0,
  }
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((all, value) => all + value, 0)

function mean(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value))
  return sum(known) / known.length
}

export class ShortPastError extends DeskError {
  constructor(bucket: number, what: string) {
    super('SHORT_PAST', `the past of bucket "${bucket}" ${what}`, {
      hint: 'give a longer past, or leave that moment out',
    })
  }
}
