import type { Input } from '../../core/frame.ts'
import type { InstantMs } from '../../core/instant.ts'
import type { CheckedClaim, ExpectNumber } from './claimSchema.ts'

export type VerdictWord = 'supported' | 'contradicted' | 'inconsistent' | 'not-checkable'

/** What checking a claim came to. */
export interface ClaimAnswer {
  readonly claim: CheckedClaim
  readonly verdict: VerdictWord
  /** The value, or the day, that was found; null where nothing was. */
  readonly found: number | string | null
  readonly unit: string
  /** The close that a number is of, or the two that it lies between; none for what has a day of its own or no time at all. */
  readonly at: readonly InstantMs[]
  readonly inputs: readonly Input[]
  readonly conventions: readonly string[]
  /** The inputs that a verdict would take. */
  readonly missing: readonly string[]
  readonly remarks: readonly string[]
}

/** The parts of an answer that differ from "nothing found, nothing used". */
export type Found = Partial<Omit<ClaimAnswer, 'claim' | 'verdict'>>

/** An answer with what was found. */
export function answer(claim: CheckedClaim, verdict: VerdictWord, found: Found = {}): ClaimAnswer {
  return {
    claim,
    verdict,
    found: null,
    unit: 'none',
    at: [],
    inputs: [],
    conventions: [],
    missing: [],
    remarks: [],
    ...found,
  }
}

/** True where a number is as expected: near a value, below or above a bound. */
export function meets(found: number, expect: ExpectNumber): boolean {
  if ('below' in expect) return found < expect.below
  if ('above' in expect) return found > expect.above
  return Math.abs(found - expect.value) <= expect.within
}

/** What was expected, in words: `35 ± 3 pct`. */
export function sayExpected(expect: ExpectNumber): string {
  const unit = expect.unit === undefined ? '' : ` ${expect.unit}`
  if ('below' in expect) return `below ${expect.below}${unit}`
  if ('above' in expect) return `above ${expect.above}${unit}`
  return `${expect.value} ± ${expect.within}${unit}`
}
