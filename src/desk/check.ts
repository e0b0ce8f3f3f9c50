import { formatInstant, instant, type InstantMs } from '../core/instant.ts'
import { sayExpected, type ClaimAnswer } from '../notes/check/answer.ts'
import { judgeClaims, requestsOf, totalsOf } from '../notes/check/checkClaims.ts'
import { parseClaimFile } from '../notes/check/claimFile.ts'
import type { CheckedClaim } from '../notes/check/claimSchema.ts'
import type { FrameRequest } from '../notes/check/measure.ts'
import { readPolicy } from '../sources/policy/readPolicy.ts'
import { printInput, printNumber, printUnit, type PrintedInput } from './answers.ts'
import type { Desk } from './desk.ts'
import { remembering } from './remembering.ts'
import { readFrame, type FrameAnswer } from './readFrame.ts'

export interface PrintedVerdict {
  readonly id: string
  readonly section: string
  readonly says: string
  readonly kind: string
  readonly verdict: string
  readonly found: number | string | null
  readonly unit: string
  /** The close that a number is of, or the first and last of those that it lies between. */
  readonly at: readonly string[]
  readonly expected: string
  readonly inputs: readonly PrintedInput[]
  readonly conventions: readonly string[]
  readonly missing: readonly string[]
  readonly remarks: readonly string[]
}

export interface CheckAnswer {
  readonly note: { readonly title: string; readonly published: string; readonly url?: string }
  readonly asOf: string
  readonly claims: readonly PrintedVerdict[]
  readonly totals: Readonly<Record<string, number>>
}

/** Throws for a malformed claim file; to be asked before a store is opened for it. */
export function proveClaims(text: string, name: string): void {
  parseClaimFile(text, name)
}

/** Verdicts on every claim of a claim file, from what the store knows as of T and as of the note's publication. */
export async function answerCheck(
  asked: Desk,
  { text, name, asOf }: { readonly text: string; readonly name: string; readonly asOf: InstantMs },
): Promise<CheckAnswer> {
  const desk = remembering(asked)
  const file = parseClaimFile(text, name)
  const published = instant(Math.min(file.note.published, asOf))
  const frames = new Map<string, FrameAnswer>()
  for (const request of file.claims.flatMap(requestsOf)) {
    const key = JSON.stringify(request)
    const wish = { ...request, asOf: request.asOf === 'now' ? asOf : published }
    if (!frames.has(key)) frames.set(key, await readFrame(desk, request.needs, wish))
  }
  const read = (request: FrameRequest): FrameAnswer => {
    const found = frames.get(JSON.stringify(request))
    if (found === undefined) throw new RangeError('a claim reads only the frames it asked for')
    return found
  }
  const answers = judgeClaims(file, { read, policy: readPolicy() })
  const { title, url } = file.note
  return {
    note: { title, published: formatInstant(instant(file.note.published)), ...(url === undefined ? {} : { url }) },
    asOf: formatInstant(asOf),
    claims: answers.map(printVerdict),
    totals: totalsOf(answers),
  }
}

function printVerdict({
  claim,
  verdict,
  found,
  unit,
  at,
  inputs,
  conventions,
  missing,
  remarks,
}: ClaimAnswer): PrintedVerdict {
  return {
    id: claim.id,
    section: claim.section,
    says: claim.says,
    kind: claim.kind,
    verdict,
    found: typeof found === 'number' ? printNumber(found) : found,
    unit: printUnit(unit, { inputs }),
    at: at.map(formatInstant),
    expected: expectedText(claim),
    inputs: inputs.map(printInput),
    conventions,
    missing,
    remarks,
  }
}

function expectedText(claim: CheckedClaim): string {
  switch (claim.kind) {
    case 'event': {
      const { expect } = claim
      const pivot = expect.of === 'pivot' ? ' (its pivot)' : ''
      if ('between' in expect) return `between ${expect.between[0]} and ${expect.between[1]}${pivot}`
      return `on ${expect.on}${expect.withinBars === 0 ? '' : ` ± ${expect.withinBars} bars`}${pivot}`
    }
    case 'compare':
      return claim.op === 'correlates'
        ? `correlates, ${sayExpected(claim.expect ?? { above: 0 })}`
        : `left ${claim.op} right`
    case 'policy':
      return `${claim.stage} on ${claim.on} ± ${claim.within} days`
    default:
      return sayExpected(claim.expect)
  }
}
