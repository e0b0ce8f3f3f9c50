import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { emptyFrame } from '../../src/frames/quoteFrame.ts'
import { instant } from '../../src/core/instant.ts'
import { judgeClaims, requestsOf } from '../../src/notes/check/checkClaims.ts'
import { parseClaimFile } from '../../src/notes/check/claimFile.ts'
import type { CheckedClaim } from '../../src/notes/check/claimSchema.ts'
import { lookUpSetup } from '../../src/notes/check/judge/events.ts'
import { lookUpMetric, type MetricLookup, type ReadFrame } from '../../src/notes/check/measure.ts'
import { describeWithData, seedFile } from './data.ts'

const path = seedFile('claims.yaml')
const file = path === undefined ? undefined : parseClaimFile(readFileSync(path, 'utf8'), 'claims.yaml')

const nothing: ReadFrame = ({ asset, interval }) => ({
  frame: emptyFrame(asset, interval, instant(0)),
  missing: [`${interval} candles of ${asset}`],
})

/** Every id that a claim names, as the registries answer it. */
function answersOf(claim: CheckedClaim): readonly (MetricLookup | ReturnType<typeof lookUpSetup>)[] {
  switch (claim.kind) {
    case 'value':
    case 'change':
      return [lookUpMetric(claim.metric)]
    case 'event':
    case 'count':
      return [lookUpSetup(claim.setup)]
    case 'compare':
      return [lookUpMetric(claim.left.metric), lookUpMetric(claim.right.metric)]
    default:
      return []
  }
}

describeWithData('the claims written down from a published note', () => {
  it('name ids that this version has, or that it answers by name with what they would take', () => {
    const answers = file!.claims.flatMap(answersOf)
    expect(answers.length).toBeGreaterThan(40)
    const unknown = answers.filter((answer) => 'unknown' in answer).map(({ unknown }) => unknown)
    for (const { remarks, missing } of unknown) {
      expect(remarks?.[0]).toMatch(/^no (metric|setup) "\w+(\.\w+)?" in this version$/)
      expect(missing).toEqual([expect.stringMatching(/: no source in this version$/)])
    }
  })

  it('each get a verdict without any data: sums are judged, the rest names what is missing', () => {
    const answers = judgeClaims(file!, { read: nothing, policy: [] })
    expect(answers.map(({ claim }) => claim.id)).toEqual(file!.claims.map(({ id }) => id))
    for (const { claim, verdict, missing } of answers) {
      if (claim.kind === 'arithmetic') expect(['supported', 'inconsistent']).toContain(verdict)
      else expect([verdict, missing.length > 0]).toEqual(['not-checkable', true])
    }
  })

  it('ask for candles of the interval that they name', () => {
    for (const claim of file!.claims) {
      for (const request of requestsOf(claim)) {
        expect(request.needs.length).toBeGreaterThan(0)
        if ('interval' in claim && claim.interval !== undefined) expect(request.interval).toBe(claim.interval)
      }
    }
  })
})
