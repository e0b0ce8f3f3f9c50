import type { Frame } from '../../src/core/frame.ts'
import { parseInstant } from '../../src/core/instant.ts'
import type { ClaimAnswer } from '../../src/notes/check/answer.ts'
import { judgeClaims, requestsOf } from '../../src/notes/check/checkClaims.ts'
import { parseClaimFile } from '../../src/notes/check/claimFile.ts'
import type { FrameRequest, ReadFrame } from '../../src/notes/check/measure.ts'
import type { PolicyMatter } from '../../src/records/policy.ts'
import { candlesOfCloses } from './madeCandles.ts'
import { frameAsOf, frameOf, startingAt } from './madeFrame.ts'

/** When the note of every claim judged here came out. */
export const PUBLISHED = '2025-04-23T16:00:00Z'

/** 60 days from 1 March 2025 whose closes are 101, 102, … 160: the close of 1 April is 132. */
export const RISING = frameOf(startingAt('2025-03-01', candlesOfCloses(Array.from({ length: 60 }, (_, i) => 101 + i))))

/** A reader of one frame per asset, cut to what the note could know where it asks for that; other assets are missing. */
function reader(frames: Readonly<Record<string, Frame>>): ReadFrame {
  return (request) => {
    const frame = frames[request.asset]
    if (frame === undefined) {
      const nothing = { ...RISING, candles: undefined, grid: { ...RISING.grid, length: 0 }, inputs: [] }
      return { frame: nothing as unknown as Frame, missing: [`${request.interval} candles of ${request.asset}`] }
    }
    const asOf = request.asOf === 'published' ? parseInstant(PUBLISHED) : frame.asOf
    return { frame: frameAsOf(frame, asOf), missing: [] }
  }
}

function parse(claim: string) {
  const text = `note: { title: t, published: ${PUBLISHED} }\nclaims:\n  - { id: a, says: s, section: x, ${claim} }\n`
  return parseClaimFile(text, 'f')
}

/** The verdict on one claim, written as the fields of its kind. */
export function judge(
  claim: string,
  frames: Readonly<Record<string, Frame>> = { ETH: RISING },
  policy: readonly PolicyMatter[] = [],
): ClaimAnswer {
  const [only] = judgeClaims(parse(claim), { read: reader(frames), policy })
  return only!
}

/** The frames that a claim asks for. */
export const requested = (claim: string): readonly FrameRequest[] => parse(claim).claims.flatMap(requestsOf)
