import { z } from 'zod'
import { DeskError } from '../../core/errors.ts'
import { parseId } from '../../core/id.ts'
import { parseInstant } from '../../core/instant.ts'
import { parseInterval, type Interval } from '../../core/interval.ts'
import { POLICY_STAGES, POLICY_SUBJECTS } from '../../records/policy.ts'
import { UnknownOutputError } from '../../metrics/registry.ts'
import { calculate } from './arithmetic.ts'
import { lookUpSetup } from './judge/events.ts'
import { lookUpMetric } from './measure.ts'

/**
 * A transformation of text that says what the text should have been where it fails.
 * @param parse - throws for a text that is not
 * @param what - the noun of the complaint: `an interval such as 1d or 4h`
 */
export const readable =
  (parse: (text: string) => unknown, what: string) => (text: string, context: z.RefinementCtx) => {
    try {
      return parse(text)
    } catch {
      context.addIssue({ code: 'custom', message: `not ${what}`, input: text })
      return z.NEVER
    }
  }

/** A date or an instant, kept as written: what it means depends on the kind of claim. */
const when = z
  .string()
  .superRefine((text, context) => void readable(parseInstant, 'a date or an instant')(text, context))
const interval = z
  .string()
  .transform((text, context) => readable(parseInterval, 'an interval such as 1d or 4h')(text, context) as Interval)

/** An id or a sum that must be well formed. That this version has no such id is no fault of the file: the verdict says so. */
const wellFormed = (check: (text: string) => unknown) =>
  z.string().superRefine((text, context) => {
    try {
      check(text)
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      context.addIssue({ code: 'custom', message: error.message, input: text })
    }
  })
const metric = wellFormed(oneMeasure)
const setup = wellFormed(lookUpSetup)

const near = z.strictObject({ value: z.number(), within: z.number().nonnegative(), unit: z.string().optional() })
const below = z.strictObject({ below: z.number(), unit: z.string().optional() })
const above = z.strictObject({ above: z.number(), unit: z.string().optional() })
const expectNumber = z.union([near, below, above], { error: 'needs value and within, or below, or above' })

/** Stages of any matter, each once. */
const STAGES: readonly string[] = [...new Set(Object.values(POLICY_STAGES).flat())]

const common = { id: z.string().min(1), says: z.string(), section: z.string() }
const place = { venue: z.string().optional(), market: z.string().optional(), interval: interval.optional() }
const side = z
  .strictObject({
    metric,
    asset: z.string(),
    at: when.optional(),
    from: when.optional(),
    to: when.optional(),
    ...place,
  })
  .superRefine(forwards)
  .refine(({ at, from, to }) => at !== undefined || (from !== undefined && to !== undefined), {
    error: 'needs at, or from and to',
  })
const onDay = z.strictObject({
  on: when,
  withinBars: z.number().int().nonnegative().default(0),
  of: z.literal('pivot').optional(),
})
const betweenDays = z.strictObject({
  between: z.tuple([when, when]).superRefine(([from, to], context) => forwards({ from, to }, context)),
  of: z.literal('pivot').optional(),
})

/** One claim of a file, by its kind. */
export const claimSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('value'),
    metric,
    asset: z.string(),
    at: when,
    from: when.optional(),
    ...place,
    expect: expectNumber,
  }),
  z
    .strictObject({
      ...common,
      kind: z.literal('change'),
      metric,
      asset: z.string(),
      from: when,
      to: when,
      ...place,
      expect: expectNumber,
    })
    .superRefine(forwards),
  z.strictObject({
    ...common,
    kind: z.literal('event'),
    setup,
    asset: z.string(),
    ...place,
    expect: z.union([onDay, betweenDays], { error: 'needs on, or between' }),
  }),
  z
    .strictObject({
      ...common,
      kind: z.literal('count'),
      setup,
      asset: z.string(),
      from: when,
      to: when,
      ...place,
      expect: expectNumber,
    })
    .superRefine(forwards),
  z
    .strictObject({
      ...common,
      kind: z.literal('compare'),
      left: side,
      op: z.enum(['<', '>', 'correlates']),
      right: side,
      expect: expectNumber.optional(),
    })
    .superRefine(windowed),
  z.strictObject({ ...common, kind: z.literal('arithmetic'), expr: wellFormed(calculate), expect: expectNumber }),
  z.strictObject({
    ...common,
    kind: z.literal('policy'),
    jurisdiction: z.string().regex(/^[A-Z]{2}$/, 'not two capital letters, such as US'),
    subject: z.enum(POLICY_SUBJECTS),
    stage: z.enum(STAGES),
    on: when,
    within: z.number().nonnegative().default(1),
  }),
])

export type CheckedClaim = z.infer<typeof claimSchema>
export type ClaimOf<K extends CheckedClaim['kind']> = Extract<CheckedClaim, { kind: K }>
export type ExpectNumber = z.infer<typeof expectNumber>
export type CompareSide = z.infer<typeof side>

/** A claim is about one figure: of a metric with several it must name one. */
function oneMeasure(text: string): void {
  const looked = lookUpMetric(text)
  if ('unknown' in looked) return
  const { outputs } = looked.metric
  if (outputs.length > 1 && outputs[0]?.name !== 'value') throw new UnknownOutputError(parseId(text), outputs)
}

/** A window must not run backwards. */
function forwards(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  context: z.RefinementCtx,
) {
  if (from === undefined || to === undefined || parseInstant(from) <= parseInstant(to)) return
  context.addIssue({ code: 'custom', path: ['from'], message: `"${from}" is after "${to}"`, input: from })
}

/** What moves together does so over a window. */
function windowed(
  claim: { readonly op: string; readonly left: CompareSide; readonly right: CompareSide },
  context: z.RefinementCtx,
) {
  if (claim.op !== 'correlates') return
  for (const name of ['left', 'right'] as const) {
    const { from, to } = claim[name]
    if (from !== undefined && to !== undefined) continue
    context.addIssue({ code: 'custom', path: [name], message: 'correlates needs from and to', input: claim[name] })
  }
}
