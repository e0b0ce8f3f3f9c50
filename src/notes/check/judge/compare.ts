import { openAt, type Grid } from '../../../core/candles.ts'
import type { Frame, Input } from '../../../core/frame.ts'
import { evaluateMetric, type ResolvedMetric } from '../../../metrics/registry.ts'
import { percentChange } from '../../../metrics/percentChange.ts'
import { answer, type ClaimAnswer, type Found } from '../answer.ts'
import type { ClaimOf, CompareSide } from '../claimSchema.ts'
import { doubtRemarks, estimatedRange } from '../doubtRemarks.ts'
import { judgeNumber } from '../judgeNumber.ts'
import { beginsLate } from '../lateData.ts'
import {
  barClosingAt,
  claimTime,
  hindsight,
  lookUpMetric,
  metricRequest,
  noBaseAt,
  outOfRange,
  valueAt,
  type FrameRequest,
  type ReadFrame,
} from '../measure.ts'

/** Two measures held against each other: which is larger, or how they move together. */
export function judgeCompare(claim: ClaimOf<'compare'>, published: number, read: ReadFrame): ClaimAnswer {
  const [left, right] = [sideOf(claim.left, read), sideOf(claim.right, read)]
  const lacking = [left, right].filter((side) => 'lacking' in side).map((side) => side.lacking)
  if (lacking.length > 0) return answer(claim, 'not-checkable', joined(lacking))
  const [a, b] = [left, right] as readonly [ReadSide, ReadSide]
  return claim.op === 'correlates' ? correlation(claim, a, b, published) : order(claim, a, b, published)
}

/** The frames that the two sides need; none for a side whose metric this version does not have. */
export function compareRequests(claim: ClaimOf<'compare'>): readonly FrameRequest[] {
  return [claim.left, claim.right].flatMap((side) => {
    const looked = lookUpMetric(side.metric)
    return 'metric' in looked ? [metricRequest(placeOf(side), looked.metric, timesOf(side))] : []
  })
}

interface ReadSide {
  readonly side: CompareSide
  readonly metric: ResolvedMetric
  readonly frame: Frame
  /** Stands in for the metric's own values. */
  readonly column?: Float64Array
}

function sideOf(side: CompareSide, read: ReadFrame): ReadSide | { readonly lacking: Found } {
  const looked = lookUpMetric(side.metric)
  if ('unknown' in looked) return { lacking: looked.unknown }
  const { frame, missing } = read(metricRequest(placeOf(side), looked.metric, timesOf(side)))
  if (missing.length > 0) return { lacking: { missing } }
  const absent = timesOf(side).filter((time) => barClosingAt(frame, claimTime(time)) === undefined)
  if (absent.length > 0) return { lacking: { missing: absent.map((time) => outOfRange(frame, side.asset, time)) } }
  return { side, metric: looked.metric, frame }
}

/** `return` between two closes is the change of the close itself. */
function placeOf(side: CompareSide): CompareSide {
  return side.metric === 'return' && side.from !== undefined ? { ...side, metric: 'close' } : side
}

const timesOf = ({ at, from, to }: CompareSide): readonly string[] =>
  [at, from, to].filter((time) => time !== undefined)

function joined(lacking: readonly Found[]): Found {
  const unique = (texts: readonly (readonly string[] | undefined)[]): readonly string[] => [
    ...new Set(texts.flatMap((text) => text ?? [])),
  ]
  return {
    missing: unique(lacking.map(({ missing }) => missing)),
    remarks: unique(lacking.map(({ remarks }) => remarks)),
  }
}

/** The inputs and conventions of both sides, each once. */
function usedOf(
  left: ReadSide,
  right: ReadSide,
): { readonly inputs: readonly Input[]; readonly conventions: readonly string[] } {
  const frames = [left.frame, right.frame]
  return {
    inputs: [...new Set(frames.flatMap(({ inputs }) => inputs))],
    conventions: [...new Set(frames.flatMap(({ conventions }) => conventions))],
  }
}

function order(claim: ClaimOf<'compare'>, left: ReadSide, right: ReadSide, published: number): ClaimAnswer {
  const [a, b] = [figureOf(left), figureOf(right)]
  const used = usedOf(left, right)
  if (a === undefined || b === undefined) {
    return answer(claim, 'not-checkable', { ...used, missing: ['a value on one side is a gap'] })
  }
  const baseless = [a, b].flatMap(({ value }, i) => (Number.isNaN(value) ? noBase(i === 0 ? left : right) : []))
  if (baseless.length > 0) return answer(claim, 'not-checkable', { ...used, missing: baseless })
  const holds = claim.op === '<' ? a.value < b.value : a.value > b.value
  return answer(claim, holds ? 'supported' : 'contradicted', {
    ...used,
    found: a.value - b.value,
    unit: a.unit,
    at: [...new Set([...a.from, a.at, ...b.from, b.at])].toSorted((x, y) => x - y),
    remarks: [
      `${short(a.value)} against ${short(b.value)} ${a.unit}`,
      ...doubtsOf(left, right),
      ...closesApart(left, right),
      ...hindsight(a.at, published),
      ...beginsLate(left.metric, left.frame),
      ...beginsLate(right.metric, right.frame),
    ],
  })
}

/** An index closes in New York, hours before the day of a coin ends. */
function closesApart(left: ReadSide, right: ReadSide): readonly string[] {
  const [a, b] = [left, right].map(({ side, frame }) =>
    side.metric === 'return' || side.metric === 'close' ? frame.inputs[0]?.kind : undefined,
  )
  if (a === undefined || b === undefined || a === b) return []
  return [
    'the day of a coin ends at 24:00Z, that of an index at its close in New York: relative_strength takes both there',
  ]
}

/** The intervals of two estimates, and whether they lie apart. */
function doubtsOf(left: ReadSide, right: ReadSide): readonly string[] {
  const sides = [left, right].map(({ side, metric, frame }) => {
    const time = side.at ?? side.to ?? ''
    return side.from === undefined
      ? { said: doubtRemarks(metric, frame, time), range: estimatedRange(metric, frame, time) }
      : { said: [], range: undefined }
  })
  const [a, b] = sides.map(({ range }) => range)
  const overlap = a !== undefined && b !== undefined && a.low <= b.high && b.low <= a.high
  return [
    ...sides.flatMap(({ said }, i) => said.map((text) => `${i === 0 ? 'left' : 'right'}: ${text}`)),
    ...(overlap ? ['the two intervals overlap: which of the two is larger is not distinguishable'] : []),
  ]
}

function figureOf({ side, metric, frame }: ReadSide) {
  if (side.from === undefined || side.to === undefined) {
    const value = valueAt(metric, frame, side.at ?? side.to ?? '')
    return value === undefined ? undefined : { ...value, from: [] }
  }
  const use = side.metric === 'return' ? lookUpClose() : metric
  const first = valueAt(use, frame, side.from)
  const last = valueAt(use, frame, side.to)
  if (first === undefined || last === undefined) return undefined
  return { value: percentChange(first.value, last.value), from: [first.at], at: last.at, unit: 'pct' }
}

const noBase = ({ side }: ReadSide): readonly string[] => [noBaseAt(`${side.asset}, ${side.from ?? ''}`)]

function lookUpClose(): ResolvedMetric {
  const looked = lookUpMetric('close')
  if ('unknown' in looked) throw new RangeError('the close is always there')
  return looked.metric
}

function correlation(claim: ClaimOf<'compare'>, left: ReadSide, right: ReadSide, published: number): ClaimAnswer {
  const used = { ...usedOf(left, right), unit: 'ratio' }
  const alike = averagedAlike(left, right)
  const levels = commonLevels(alike.left, alike.right)
  const pairs = changesOf(levels)
  if (pairs.length < 3) {
    return answer(claim, 'not-checkable', { ...used, missing: [`at least 4 common values, not ${pairs.length + 1}`] })
  }
  const found = pearson(pairs)
  if (Number.isNaN(found)) {
    return answer(claim, 'not-checkable', { ...used, missing: ['a correlation: one side does not move'] })
  }
  const expect = claim.expect ?? { above: 0 }
  const begin = claimTime(left.side.from ?? left.side.at ?? '')
  const end = claimTime(left.side.to ?? left.side.at ?? '')
  const whole = levels.filter((pair) => pair.every(Number.isFinite))
  const ofLevels = `of levels ${short(pearson(whole))}, n = ${whole.length}`
  const remarks = [
    `Pearson of log changes, n = ${pairs.length}; ${ofLevels}`,
    ...alike.remarks,
    ...hindsight(end, published),
  ]
  return judgeNumber({ claim, expect }, { value: found, unit: 'ratio' }, { ...used, at: [begin, end], remarks })
}

/** A price beside open interest that is a mean over the day: the mean price that stands with it takes the place of the close. */
function averagedAlike(left: ReadSide, right: ReadSide) {
  const [a, b] = [withMeanPrice(left, right), withMeanPrice(right, left)]
  const isChanged = a !== left || b !== right
  const remark = 'open interest is a daily mean, so the price is the mean that stands with it and not the close'
  return { left: a, right: b, remarks: isChanged ? [remark] : [] }
}

function withMeanPrice(side: ReadSide, other: ReadSide): ReadSide {
  const isMean = other.frame.inputs.some(({ kind, interval }) => kind === 'open_interest' && interval.endsWith(' mean'))
  const price = other.frame.columns.get('open_interest.price')
  if (side.metric.metric.id !== 'close' || side.side.asset !== other.side.asset || !isMean || price === undefined)
    return side
  return { ...side, frame: other.frame, column: price }
}

type Pair = readonly [number, number]

/** Values of both sides at the same bars, gaps included; none where their bars differ in length. */
function commonLevels(left: ReadSide, right: ReadSide): readonly Pair[] {
  const [a, b] = [windowOf(left), windowOf(right)]
  if (a.step !== b.step) return []
  const ahead = Math.round((a.start - b.start) / a.step)
  return Array.from(a.values, (value, i) => [value, b.values[i + ahead] ?? NaN] as const)
}

/** Log changes from bar to bar, where both sides have one. */
function changesOf(levels: readonly Pair[]): readonly Pair[] {
  return levels
    .slice(1)
    .map(([a, b], i) => [Math.log(a / (levels[i]?.[0] ?? NaN)), Math.log(b / (levels[i]?.[1] ?? NaN))] as const)
    .filter((pair) => pair.every(Number.isFinite))
}

interface Window extends Pick<Grid, 'start' | 'step'> {
  readonly values: Float64Array
}

function windowOf({ side, metric, frame, column: own }: ReadSide): Window {
  const first = barClosingAt(frame, claimTime(side.from ?? side.at ?? '')) ?? 0
  const last = barClosingAt(frame, claimTime(side.to ?? side.at ?? '')) ?? -1
  const [output] = metric.outputs
  const column = own ?? evaluateMetric(metric, frame)[output?.name ?? 'value'] ?? new Float64Array(0)
  return { start: openAt(frame.grid, first), step: frame.grid.step, values: column.slice(first, last + 1) }
}

function pearson(pairs: readonly Pair[]): number {
  const meanOf = (index: 0 | 1): number => pairs.reduce((total, pair) => total + pair[index], 0) / pairs.length
  const [meanA, meanB] = [meanOf(0), meanOf(1)]
  let [ab, aa, bb] = [0, 0, 0]
  for (const [a, b] of pairs) {
    ab += (a - meanA) * (b - meanB)
    aa += (a - meanA) ** 2
    bb += (b - meanB) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

const short = (value: number): string => String(Number(value.toPrecision(6)))
