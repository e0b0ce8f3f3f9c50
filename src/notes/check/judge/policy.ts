import { DAY_MS, parseInstant } from '../../../core/instant.ts'
import type { PolicyEvent, PolicyMatter } from '../../../records/policy.ts'
import { chosen } from '../../policy/standing.ts'
import { answer, type ClaimAnswer } from '../answer.ts'
import type { ClaimOf } from '../claimSchema.ts'

/** Whether some matter of a jurisdiction and a subject came to a stage about a day: by its nearest event of that stage. */
export function judgePolicy(claim: ClaimOf<'policy'>, matters: readonly PolicyMatter[]): ClaimAnswer {
  const { jurisdiction, subject, stage, on, within } = claim
  const events = chosen(matters, { jurisdiction, subject }).flatMap((matter) =>
    matter.events
      .filter((event) => event.stage === stage)
      .map((event) => ({ matter, event, days: daysFrom(event, on) })),
  )
  const nearest = events.toSorted((a, b) => a.days - b.days)[0]
  if (nearest === undefined) {
    return answer(claim, 'not-checkable', {
      missing: [`an event "${stage}" of ${jurisdiction} on ${subject}: the policy files hold none`],
    })
  }
  const { event, matter, days } = nearest
  return answer(claim, days <= within ? 'supported' : 'contradicted', {
    found: event.on,
    unit: 'date',
    remarks: [
      `${matter.title}: ${event.says}`,
      `${event.source}${event.confirmed ? '' : ' (address not confirmed)'}`,
      ...(event.uncertain === undefined ? [] : [`its day is not certain: ${event.uncertain}`]),
    ],
  })
}

/** Whole days between an event and a day. */
const daysFrom = ({ on }: PolicyEvent, day: string): number =>
  Math.abs(Math.floor(parseInstant(on) / DAY_MS) - Math.floor(parseInstant(day) / DAY_MS))
