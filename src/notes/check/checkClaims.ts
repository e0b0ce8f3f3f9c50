import { assertNever } from '../../core/errors.ts'
import type { PolicyMatter } from '../../records/policy.ts'
import type { ClaimAnswer, VerdictWord } from './answer.ts'
import type { ClaimFile } from './claimFile.ts'
import type { CheckedClaim } from './claimSchema.ts'
import { compareRequests, judgeCompare } from './judge/compare.ts'
import { judgeCount, judgeEvent, lookUpSetup, setupRequest } from './judge/events.ts'
import { judgeArithmetic, judgeChange, judgeValue } from './judge/numbers.ts'
import { judgePolicy } from './judge/policy.ts'
import { lookUpMetric, metricRequest, type FrameRequest, type ReadFrame } from './measure.ts'

/** The frames that a claim's verdict needs; none where this version has no such id. */
export function requestsOf(claim: CheckedClaim): readonly FrameRequest[] {
  switch (claim.kind) {
    case 'value':
    case 'change': {
      const looked = lookUpMetric(claim.metric)
      const times = claim.kind === 'value' ? [claim.at] : [claim.from, claim.to]
      return 'metric' in looked ? [metricRequest(claim, looked.metric, times)] : []
    }
    case 'event':
    case 'count':
      return 'setup' in lookUpSetup(claim.setup) ? [setupRequest(claim)] : []
    case 'compare':
      return compareRequests(claim)
    case 'arithmetic':
    case 'policy':
      return []
    default:
      return assertNever(claim)
  }
}

/** What verdicts rest on. */
export interface Known {
  /** The frames that the claims asked for. */
  readonly read: ReadFrame
  readonly policy: readonly PolicyMatter[]
}

/** The verdict on one claim, from what is at hand. */
function judgeClaim(claim: CheckedClaim, published: number, known: Known): ClaimAnswer {
  const { read } = known
  switch (claim.kind) {
    case 'value':
      return judgeValue(claim, published, read)
    case 'change':
      return judgeChange(claim, published, read)
    case 'event':
      return judgeEvent(claim, read)
    case 'count':
      return judgeCount(claim, read)
    case 'compare':
      return judgeCompare(claim, published, read)
    case 'arithmetic':
      return judgeArithmetic(claim)
    case 'policy':
      return judgePolicy(claim, known.policy)
    default:
      return assertNever(claim)
  }
}

/** The verdicts on every claim of a file, in its order. */
export function judgeClaims(file: ClaimFile, known: Known): readonly ClaimAnswer[] {
  return file.claims.map((claim) => judgeClaim(claim, file.note.published, known))
}

/** How many claims came to each verdict. */
export function totalsOf(answers: readonly ClaimAnswer[]): Readonly<Record<VerdictWord, number>> {
  const totals = { supported: 0, contradicted: 0, inconsistent: 0, 'not-checkable': 0 }
  for (const { verdict } of answers) totals[verdict]++
  return totals
}
