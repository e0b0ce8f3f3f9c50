import type { InstantMs } from '../../core/instant.ts'
import { policyKnownAt, type PolicyEvent, type PolicyMatter } from '../../records/policy.ts'

/** Which matters: of a jurisdiction, about a subject. */
export interface PolicyWish {
  readonly jurisdiction?: string
  readonly subject?: string
}

/** How far a matter had come. */
export interface PolicyStanding {
  /** With the events that were known then, and no later ones. */
  readonly matter: PolicyMatter
  /** The last stage that was known. */
  readonly now: PolicyEvent
  /** The stages before it, in order. */
  readonly before: readonly PolicyEvent[]
}

/**
 * What stood where at an instant: every matter of which something was known, with the stage that it had come to.
 * @param matters - their events in order of time
 * @example standingAt(matters, parseAsOf('2025-04-23'), { subject: 'stablecoins' })[0]?.now.stage // 'committee'
 */
export function standingAt(
  matters: readonly PolicyMatter[],
  asOf: InstantMs,
  wish: PolicyWish = {},
): readonly PolicyStanding[] {
  return chosen(matters, wish).flatMap((matter) => {
    const known = matter.events.filter((event) => policyKnownAt(event) <= asOf)
    const now = known.at(-1)
    return now === undefined ? [] : [{ matter: { ...matter, events: known }, now, before: known.slice(0, -1) }]
  })
}

/** Matters of a jurisdiction, about a subject; all where neither is named. */
export const chosen = (
  matters: readonly PolicyMatter[],
  { jurisdiction, subject }: PolicyWish,
): readonly PolicyMatter[] =>
  matters.filter(
    (matter) =>
      (jurisdiction === undefined || matter.jurisdiction === jurisdiction) &&
      (subject === undefined || (matter.subjects as readonly string[]).includes(subject)),
  )
