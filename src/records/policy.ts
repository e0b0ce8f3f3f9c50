import { z } from 'zod'
import { DAY_MS, parseInstant } from '../core/instant.ts'

/** What a matter is, with the stages that it can come to, in their order. */
export const POLICY_STAGES = {
  bill: [
    'introduced',
    'committee',
    'one house',
    'passed',
    'signed',
    'vetoed',
    'failed',
    'in force',
    'paused',
    'repealed',
  ],
  rule: ['proposed', 'adopted', 'effective', 'paused', 'repealed'],
  order: ['proposed', 'signed', 'adopted', 'effective', 'paused', 'repealed'],
  notice: ['proposed', 'adopted', 'effective', 'paused', 'repealed'],
  appointment: ['nominated', 'confirmed', 'sworn in', 'left'],
  court: ['filed', 'decided', 'overturned'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type PolicyKind = keyof typeof POLICY_STAGES

/** Steps back that happen: a committee of the second house, and what was paused and goes on. */
const BACKWARDS = new Set(['one house > committee', 'paused > effective', 'paused > in force'])

export const POLICY_SUBJECTS = [
  'reserves',
  'stablecoins',
  'tokenised assets',
  'securities',
  'derivatives',
  'mining',
  'tax',
  'tariffs',
] as const

const STANCES = ['supportive', 'neutral', 'restrictive'] as const

const day = z.string().refine((text) => {
  try {
    return /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}Z)?$/.test(text) && parseInstant(text) > 0
  } catch {
    return false
  }
}, 'not a day such as 2025-04-09, or a minute such as 2025-04-09T17:18Z')

const eventSchema = z.strictObject({
  stage: z.string(),
  /** The day on which it happened there; with a minute where that is known. */
  on: day,
  /** What happened, in one sentence. */
  says: z.string().min(10).max(260),
  /** A primary source. */
  source: z.url({ protocol: /^https?$/ }),
  /** Whether the address was seen, not only believed. */
  confirmed: z.boolean(),
  /** Why the day is not certain, where it is not. */
  uncertain: z.string().optional(),
})

const matterSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'not an id of small letters, digits and hyphens'),
    title: z.string().min(3),
    kind: z.enum(Object.keys(POLICY_STAGES) as [PolicyKind, ...PolicyKind[]]),
    stance: z.enum(STANCES),
    subjects: z.array(z.enum(POLICY_SUBJECTS)).min(1),
    /** What it says, point by point. */
    points: z.array(z.string()).optional(),
    events: z.array(eventSchema).min(1),
  })
  .superRefine(({ kind, events }, context) => {
    const stages: readonly string[] = POLICY_STAGES[kind]
    for (const [i, { stage, on }] of events.entries()) {
      const refuse = (field: 'stage' | 'on', message: string): void =>
        context.addIssue({ code: 'custom', path: ['events', i, field], message, input: stage })
      if (!stages.includes(stage)) refuse('stage', `not a stage of a ${kind} (${stages.join(', ')})`)
      const before = events[i - 1]
      if (before === undefined) continue
      if (parseInstant(on) < parseInstant(before.on)) refuse('on', `earlier than "${before.stage}" on ${before.on}`)
      const isBack = stages.indexOf(stage) < stages.indexOf(before.stage)
      if (isBack && !BACKWARDS.has(`${before.stage} > ${stage}`)) refuse('stage', `cannot follow "${before.stage}"`)
    }
  })

/** A file of matters of one jurisdiction. */
export const policyHeadSchema = z.strictObject({
  jurisdiction: z.string().regex(/^[A-Z]{2}$/, 'not two capital letters'),
  matters: z.array(z.unknown()),
})

export const policyMatterSchema = matterSchema

/** A law, rule, order, office or case, and how far it came and when. */
export type PolicyMatter = z.infer<typeof matterSchema> & { readonly jurisdiction: string }

/** One stage that a matter came to. */
export type PolicyEvent = PolicyMatter['events'][number]

/** When an event could be known: at its minute, or, where only its day is told, at the end of that. */
export const policyKnownAt = ({ on }: Pick<PolicyEvent, 'on'>): number =>
  on.includes('T') ? parseInstant(on) : parseInstant(on) + DAY_MS
