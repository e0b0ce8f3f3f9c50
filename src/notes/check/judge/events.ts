import {
  formatDay,
  formatInstant,
  instant,
  type InstantMs,
  isDateText,
  parseInstant,
  plusMs,
  startOfDay,
} from '../../../core/instant.ts'
import type { Frame } from '../../../core/frame.ts'
import { parseId } from '../../../core/id.ts'
import { barOpen, intervalMs, type Interval } from '../../../core/interval.ts'
import { detect, setupEvents } from '../../../setups/detect.ts'
import { nearest } from '../../../metrics/nearest.ts'
import { resolveSetup, setups, type ResolvedSetup } from '../../../setups/registry.ts'
import type { SetupEvent } from '../../../setups/setup.ts'
import { answer, meets, type ClaimAnswer, type Found } from '../answer.ts'
import type { ClaimOf } from '../claimSchema.ts'
import { daySpan, unknownId, type FrameRequest, type ReadFrame } from '../measure.ts'

type SetupClaim = ClaimOf<'event'> | ClaimOf<'count'>

/** The setup that a text names, or why this version has none. */
export function lookUpSetup(text: string): { readonly setup: ResolvedSetup } | { readonly unknown: Found } {
  const id = parseId(text)
  const kind = id.output === undefined ? id.name : `${id.name}.${id.output}`
  if (setups.has(kind)) return { setup: resolveSetup(id) }
  return { unknown: unknownId('setup', kind, nearest(kind, setups.keys())) }
}

/** The frame that a setup of a claim is looked for on: events as the note could know them, counts as they happened. */
export function setupRequest(claim: SetupClaim): FrameRequest {
  return {
    asset: claim.asset,
    interval: claim.interval ?? '1d',
    needs: [{ kind: 'candles' }],
    asOf: claim.kind === 'event' ? 'published' : 'now',
    ...(claim.venue === undefined ? {} : { venue: claim.venue }),
    ...(claim.market === undefined ? {} : { market: claim.market }),
  }
}

/** An event that the note could know, on its day or near it. */
export function judgeEvent(claim: ClaimOf<'event'>, read: ReadFrame): ClaimAnswer {
  const looked = lookUpSetup(claim.setup)
  if ('unknown' in looked) return answer(claim, 'not-checkable', looked.unknown)
  const request = setupRequest(claim)
  const { frame, missing } = read(request)
  const used = { inputs: frame.inputs, conventions: frame.conventions, unit: 'date' }
  const window = expectedDays(claim, request.interval)
  const knowable = { from: window.from, before: earlier(window.before, barOpen(frame.asOf, frame.grid.step)) }
  const uncovered = missing.length > 0 ? missing : uncoveredDays(claim, frame, knowable)
  if (uncovered.length > 0) return answer(claim, 'not-checkable', { ...used, missing: uncovered })
  const dated = eventsOf(looked.setup, frame).map((event) => ({ event, day: dayOf(event, claim.expect.of) }))
  const inside = dated.filter(({ day }) => day >= window.from && day < window.before)
  const best = closest(inside, window.middle)
  if (best !== undefined) {
    return answer(claim, 'supported', { ...used, found: sayDate(best.day), remarks: remarksOf(best.event) })
  }
  const other = closest(dated, window.middle)
  const remarks =
    other === undefined
      ? [`no such event in all that was known then`]
      : [`the nearest one is on ${sayDate(other.day)}`, ...remarksOf(other.event)]
  return answer(claim, 'contradicted', { ...used, found: other === undefined ? null : sayDate(other.day), remarks })
}

/** How many events fall on the days from one date to another, both included. */
export function judgeCount(claim: ClaimOf<'count'>, read: ReadFrame): ClaimAnswer {
  const looked = lookUpSetup(claim.setup)
  if ('unknown' in looked) return answer(claim, 'not-checkable', looked.unknown)
  const request = setupRequest(claim)
  const { frame, missing } = read(request)
  const used = { inputs: frame.inputs, conventions: frame.conventions, unit: 'count' }
  const span = daySpan(claim.from, claim.to)
  const uncovered = missing.length > 0 ? missing : uncoveredDays(claim, frame, span)
  if (uncovered.length > 0) return answer(claim, 'not-checkable', { ...used, missing: uncovered })
  const inside = eventsOf(looked.setup, frame).filter(({ at }) => at >= span.from && at < span.before)
  const days = inside.map(({ at }) => formatInstant(at)).join(', ')
  return answer(claim, meets(inside.length, claim.expect) ? 'supported' : 'contradicted', {
    ...used,
    found: inside.length,
    remarks: [`counted on ${request.interval} bars${days === '' ? '' : `: ${days}`}`],
  })
}

interface Window {
  readonly from: InstantMs
  readonly before: InstantMs
}

function expectedDays({ expect }: ClaimOf<'event'>, interval: Interval): Window & { readonly middle: number } {
  const step = intervalMs(interval)
  const slack = 'between' in expect ? 0 : expect.withinBars * step
  const span = 'between' in expect ? daySpan(...expect.between) : namedSpan(expect.on, step)
  return {
    from: instant(span.from - slack),
    before: instant(span.before + slack),
    middle: (span.from + span.before) / 2,
  }
}

/** The day that is named, or the one bar that opens at an instant. */
function namedSpan(on: string, step: number): Window {
  if (isDateText(on)) return daySpan(on, on)
  const from = parseInstant(on)
  return { from, before: plusMs(from, step) }
}

const earlier = (a: InstantMs, b: InstantMs): InstantMs => (a < b ? a : b)

/** Days that the claim asks about and the store does not reach: it must hold bars from before them to their end. */
function uncoveredDays(claim: SetupClaim, { grid, interval }: Frame, window: Window): readonly string[] {
  const end = grid.start + grid.length * grid.step
  if (grid.start < window.from && end >= window.before) return []
  const held = `${formatInstant(grid.start)} to ${formatInstant(instant(end))}`
  return [
    `${interval} candles of ${claim.asset} around ${formatDay(window.from)} (held: ${held}): assayer import candles FILE that covers it`,
  ]
}

function eventsOf({ family, params, kind }: ResolvedSetup, { candles }: Frame): readonly SetupEvent[] {
  if (candles === undefined) return []
  const found = detect(family, params, candles).filter(({ setup }) => setup === kind)
  return setupEvents(family, params, candles, found)
}

/** The day a claim means: of the bar that completes the event, or of its pivot. */
const dayOf = (event: SetupEvent, of: 'pivot' | undefined): InstantMs =>
  of === 'pivot' ? (event.pivotAt ?? event.at) : event.at

const sayDate = (at: InstantMs): string => (at === startOfDay(at) ? formatDay(at) : formatInstant(at))

function closest<T extends { readonly day: InstantMs }>(list: readonly T[], middle: number): T | undefined {
  return list.toSorted((a, b) => Math.abs(a.day - middle) - Math.abs(b.day - middle))[0]
}

function remarksOf(event: SetupEvent): readonly string[] {
  const pivots =
    event.pivotAt === undefined || event.firstPivotAt === undefined
      ? []
      : [`it joins the pivots of ${sayDate(event.firstPivotAt)} and ${sayDate(event.pivotAt)}`]
  return [...pivots, `known at ${formatInstant(event.knownAt)}`]
}
