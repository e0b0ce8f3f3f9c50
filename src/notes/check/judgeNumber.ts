import { answer, meets, type ClaimAnswer, type Found } from './answer.ts'
import type { CheckedClaim, ExpectNumber } from './claimSchema.ts'
import { inUnit, sayMismatch, type Counted } from './units.ts'

/** A claim and the number that it expects. */
export interface NumberQuestion {
  readonly claim: CheckedClaim
  readonly expect: ExpectNumber
}

/** The verdict on a measured number, in the unit that is expected; none where it cannot be brought to that. */
export function judgeNumber({ claim, expect }: NumberQuestion, measured: Counted, used: Found): ClaimAnswer {
  const { inputs = [], remarks = [] } = used
  const found = inUnit(measured, expect.unit, inputs)
  if (found !== undefined) {
    const verdict = meets(found.value, expect) ? 'supported' : 'contradicted'
    return answer(claim, verdict, { ...used, found: found.value, unit: found.unit })
  }
  return answer(claim, 'not-checkable', {
    ...used,
    found: measured.value,
    unit: measured.unit,
    remarks: [sayMismatch(expect.unit ?? 'none', measured.unit, inputs), ...remarks],
  })
}
