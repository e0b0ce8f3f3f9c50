import { percentChange } from '../../../metrics/percentChange.ts'
import { answer, meets, type ClaimAnswer } from '../answer.ts'
import { calculate } from '../arithmetic.ts'
import type { ClaimOf } from '../claimSchema.ts'
import { contractRemarks, publishedRemarks } from '../contractRemarks.ts'
import { doubtRemarks } from '../doubtRemarks.ts'
import { judgeNumber } from '../judgeNumber.ts'
import { beginsLate, unsettled } from '../lateData.ts'
import { hindsight, lookUpMetric, metricRequest, noBaseAt, outOfRange, valueAt, type ReadFrame } from '../measure.ts'

/** A sum of the note's own numbers: where it does not come out, the note disagrees with itself. */
export function judgeArithmetic(claim: ClaimOf<'arithmetic'>): ClaimAnswer {
  const found = calculate(claim.expr)
  const unit = claim.expect.unit ?? 'none'
  return answer(claim, meets(found, claim.expect) ? 'supported' : 'inconsistent', { found, unit })
}

/** A measure at a time, as it happened. */
export function judgeValue(claim: ClaimOf<'value'>, published: number, read: ReadFrame): ClaimAnswer {
  const looked = lookUpMetric(claim.metric)
  if ('unknown' in looked) return answer(claim, 'not-checkable', looked.unknown)
  const { metric } = looked
  const { frame, missing } = read(metricRequest(claim, metric, [claim.at]))
  const used = { inputs: frame.inputs, conventions: frame.conventions }
  if (missing.length > 0)
    return answer(claim, 'not-checkable', { ...used, missing, remarks: publishedRemarks(claim, metric) })
  const measured = valueAt(metric, frame, claim.at)
  if (measured === undefined) {
    return answer(claim, 'not-checkable', { ...used, missing: [outOfRange(frame, claim.asset, claim.at)] })
  }
  const remarks = [
    ...hindsight(measured.at, published),
    ...beginsLate(metric, frame),
    ...contractRemarks({ claim, metric, frame, at: measured.at }),
    ...doubtRemarks(metric, frame, claim.at),
  ]
  const judged = judgeNumber({ claim, expect: claim.expect }, measured, { ...used, at: [measured.at], remarks })
  const lacking = unsettled({ metric, frame, expect: claim.expect, judged })
  return lacking.length === 0 ? judged : { ...judged, verdict: 'not-checkable', missing: lacking }
}

/** A measure's change between two closes: in percent of the first where the claim says pct, else as a difference. */
export function judgeChange(claim: ClaimOf<'change'>, published: number, read: ReadFrame): ClaimAnswer {
  const looked = lookUpMetric(claim.metric)
  if ('unknown' in looked) return answer(claim, 'not-checkable', looked.unknown)
  const { metric } = looked
  const { frame, missing } = read(metricRequest(claim, metric, [claim.from, claim.to]))
  const used = { inputs: frame.inputs, conventions: frame.conventions }
  if (missing.length > 0) return answer(claim, 'not-checkable', { ...used, missing })
  const first = valueAt(metric, frame, claim.from)
  const last = valueAt(metric, frame, claim.to)
  if (first === undefined || last === undefined) {
    const time = first === undefined ? claim.from : claim.to
    return answer(claim, 'not-checkable', { ...used, missing: [outOfRange(frame, claim.asset, time)] })
  }
  const remarks = [
    `from ${short(first.value)} to ${short(last.value)}`,
    ...hindsight(last.at, published),
    ...beginsLate(metric, frame),
    ...contractRemarks({ claim, metric, frame, at: last.at }),
  ]
  const question = { claim, expect: claim.expect }
  const told = { ...used, at: [first.at, last.at], remarks }
  if (claim.expect.unit !== 'pct') {
    return judgeNumber(question, { value: last.value - first.value, unit: last.unit }, told)
  }
  const value = percentChange(first.value, last.value)
  if (Number.isNaN(value)) return answer(claim, 'not-checkable', { ...used, missing: [noBaseAt(claim.from)], remarks })
  return judgeNumber(question, { value, unit: 'pct' }, told)
}

/** Six significant digits. */
const short = (value: number): string => String(Number(value.toPrecision(6)))
