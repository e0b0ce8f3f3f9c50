import { openAt } from '../../../core/candles.ts'
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
import { nearest } from '../../../core/nearest.ts'
import { resolveSetup, setups, type ResolvedSetup } from '../../../setups/registry.ts'
import type { SetupEvent } from '../../../setups/setup.ts'
import { answer, type ClaimAnswer, type Found } from '../answer.ts'
import type { ClaimOf } from '../claimSchema.ts'
import { judgeNumber } from '../judgeNumber.ts'
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

/** An event that the note could know, on its day or near it. One that is found stands, whatever else is not held. */
export function judgeEvent(claim: ClaimOf<'event'>, read: ReadFrame): ClaimAnswer {
  const looked = lookUpSetup(claim.setup)
  if ('unknown' in looked) return answer(claim, 'not-checkable', looked.unknown)
  const request = setupRequest(claim)
  const { frame, missing } = read(request)
  const used = { inputs: frame.inputs, conventions: frame.conventions, unit: 'date' }
  if (missing.length > 0) return answer(claim, 'not-checkable', { ...used, missing })
  const window = expectedDays(claim, request.interval)
  const dated = eventsOf(looked.setup, frame).map((event) => ({ event, day: dayOf(event, claim.expect.of) }))
  const inside = dated.filter(({ day }) => day >= window.from && day < window.before)
  const best = closest(inside, window.middle)
  if (best !== undefined) {
    return answer(claim, 'supported', { ...used, found: sayDate(best.day), remarks: remarksOf(best.event) })
  }
  const lacking = [...unseenDays(claim, looked.setup, frame, knowable(window, frame)), ...unknowableDays(window, frame)]
  const other = closest(dated, window.middle)
  const remarks =
    other === undefined
      ? [`no such event in all that was known then`]
      : [`the nearest one is on ${sayDate(other.day)}`, ...remarksOf(other.event)]
  if (lacking.length > 0) return answer(claim, 'not-checkable', { ...used, missing: lacking, remarks })
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
  const unseen = missing.length > 0 ? missing : unseenDays(claim, looked.setup, frame, span)
  if (unseen.length > 0) return answer(claim, 'not-checkable', { ...used, missing: unseen })
  const inside = eventsOf(looked.setup, frame).filter(({ at }) => at >= span.from && at < span.before)
  const days = inside.map(({ at }) => formatInstant(at)).join(', ')
  return judgeNumber(
    { claim, expect: claim.expect },
    { value: inside.length, unit: 'count' },
    {
      ...used,
      remarks: [`counted on ${request.interval} bars${days === '' ? '' : `: ${days}`}`],
    },
  )
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

/** The part of a window that had closed when the note came out. */
function knowable(window: Window, { asOf, grid }: Frame): Window {
  const end = barOpen(asOf, grid.step)
  return { from: window.from, before: end < window.before ? end : window.before }
}

/** Says that a window ends after what was known when the note came out. */
function unknowableDays(window: Window, { asOf, grid }: Frame): readonly string[] {
  if (window.before <= barOpen(asOf, grid.step)) return []
  return [`what closed by ${formatInstant(window.before)}: not knowable at publication, as of ${formatInstant(asOf)}`]
}

/** What the store lacks of the days asked about: it must hold every bar from the warm-up of the setup on to their end. */
function unseenDays(claim: SetupClaim, setup: ResolvedSetup, frame: Frame, window: Window): readonly string[] {
  const { grid, candles, interval } = frame
  const bars = setup.family.warmUp(setup.params)
  const index = (at: InstantMs): number => Math.ceil((at - grid.start) / grid.step)
  const [first, end] = [index(window.from) - bars, index(window.before)]
  const from = formatInstant(openAt(grid, first))
  const what = `${interval} candles of ${claim.asset} from ${from} (${bars} bars before ${formatInstant(window.from)})`
  if (first < 0 || end > grid.length) {
    const held = `${formatInstant(grid.start)} to ${formatInstant(openAt(grid, grid.length))}`
    return [`${what} to ${formatInstant(window.before)} (held: ${held}): assayer import candles FILE that covers it`]
  }
  const gaps = candles?.close.subarray(first, Math.max(first, end)).filter(Number.isNaN).length ?? 0
  return gaps === 0 ? [] : [`${what} without a gap (${gaps} missing): assayer import candles FILE that fills it`]
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
