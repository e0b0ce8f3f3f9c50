import { instant, formatDay, civil } from '../core/instant.ts'
import { tableCsv, type CsvColumn } from './csv.ts'
import { checkedId, layoutFor, type Figure, type FigureOptions, type Layout } from './figure.ts'
import { formatDate, formatDayMonth, formatFixed } from './format.ts'
import { drawGutter, gutterWidth, type GutterLabel } from './gutter.ts'
import { drawHeader } from './header.ts'
import { STRONGEST_SHADE } from './palette.ts'
import { meetingViews, RANGE, type MeetingView, type RangeShare, type RatePathInput } from './ratePath.ts'
import type { ValueScale } from './scales.ts'
import { element, px, textAt } from './svg.ts'
import { textWidth } from './textWidth.ts'
import { headWords, wrapFigure } from './wrapFigure.ts'

/**
 * The rate path that futures imply, as one SVG: meetings in order, behind each the target ranges shaded by probability and the most likely
 * one named in percent; over them the expected rate as steps from today's target, which is a dashed band. Meetings that have no room for
 * their words are left out, the last first, and the figure says so.
 * @param input - the quotes of one day; without a meeting the figure says so
 * @param options - id, width, words and theme
 * @returns the figure; its data has one row a meeting and range
 * @throws {BadFigureError} an id or a width that cannot be used
 * @example ratePathFigure({ at, target: 4.25, meetings }, options).csv.split('\n')[0]
 * // 'meeting,low,high,probability,expected,target_low'
 */
export function ratePathFigure(input: RatePathInput, options: FigureOptions): Figure {
  const layout = layoutFor(options.width)
  const id = checkedId(options.id)
  const all = meetingViews(input.meetings)
  const view = viewOf(layout, input, all)
  const header = drawHeader(options, layout)
  const top = header.height + 12
  const drawn =
    view === undefined
      ? textAt(layout.margin, layout.label, 'No probabilities of a meeting are known.', { class: 'f-m' })
      : drawPath(layout, input, view)
  const height = Math.ceil(top + (view?.height ?? layout.label + 12) + 4)
  const alt = [...headWords(options), ...pathAlt(input, view)].join(' ')
  const body = header.svg + element('g', { id: `${id}-path`, transform: `translate(0,${px(top)})` }, drawn)
  return {
    svg: wrapFigure(options, layout, { height, alt, body }),
    csv: pathCsv(input, view, options.simulated),
    alt,
    captions: input.captions ?? [],
    width: layout.width,
    height,
  }
}

/** Shares under this are not drawn: half a percent. */
const LEAST = 0.005
/** From this share on, a range is named where there is room for it: a tenth. */
const NAMED = 0.1

/** Where everything stands: a slot for today and one for each meeting, a row for each target range. */
interface PathView {
  readonly meetings: readonly MeetingView[]
  /** What is said of meetings that have no room. */
  readonly later: string | undefined
  readonly scale: ValueScale
  readonly pitch: number
  readonly left: number
  readonly right: number
  /** Width of a slot. */
  readonly slot: number
  readonly top: number
  readonly bottom: number
  readonly height: number
}

function viewOf(layout: Layout, { target }: RatePathInput, all: readonly MeetingView[]): PathView | undefined {
  if (all.length === 0) return undefined
  const { label, margin, kind } = layout
  const [left, right] = [margin, layout.width - margin - gutterOf(layout, target, all)]
  const room = textWidth('30 Sep', label) + (kind === 'wide' ? 18 : 5)
  const meetings = all.slice(0, Math.max(1, Math.floor((right - left) / room) - 1))
  const later = sayLater(all.slice(meetings.length))
  const lows = [target, ...meetings.flatMap(({ ranges }) => ranges.filter(isDrawn).map(({ low }) => low))]
  const [low, high] = [Math.min(...lows), Math.max(...lows) + RANGE]
  const count = Math.round((high - low) / RANGE)
  const pitch = Math.max(label + 4, Math.min(kind === 'wide' ? 34 : 30, TALLEST / count))
  const top = label + 16
  const bottom = top + count * pitch
  return {
    meetings,
    later,
    scale: rangeScale(low, count, pitch, bottom),
    pitch,
    left,
    right,
    slot: (right - left) / (meetings.length + 1),
    top,
    bottom,
    height: bottom + (later === undefined ? 2 : 3) * label + (later === undefined ? 12 : 20),
  }
}

const TALLEST = 360

/** Ticks stand at the ends of ranges; at every other one where these would crowd. */
function rangeScale(low: number, count: number, pitch: number, bottom: number): ValueScale {
  const y = (rate: number): number => bottom - ((rate - low) / RANGE) * pitch
  const every = pitch < 22 ? 2 : 1
  const ends = Array.from({ length: count + 1 }, (_, i) => low + i * RANGE)
  const shown = ends.filter((rate) => Math.round(rate / RANGE) % every === 0)
  return { kind: 'linear', y, ticks: shown.map((rate) => ({ y: y(rate), label: formatFixed(rate, 2) })) }
}

const isDrawn = ({ share }: RangeShare): boolean => share >= LEAST

/** The room for the labels, which are as wide wherever they stand. */
function gutterOf(layout: Layout, target: number, all: readonly MeetingView[]): number {
  const most = Math.max(target + RANGE, ...all.map(({ expected }) => expected))
  return gutterWidth(
    layout,
    labelsOf(layout, target, most, (rate) => rate),
    [{ y: 0, label: formatFixed(most, 2) }],
  )
}

function labelsOf(
  { kind }: Layout,
  target: number,
  expected: number,
  y: (rate: number) => number,
): readonly GutterLabel[] {
  const isWide = kind === 'wide'
  return [
    {
      y: y(expected),
      text: `${formatFixed(expected, 2)}${isWide ? ' %' : ''}`,
      ...(isWide ? { note: 'expected' } : {}),
      kind: 'line',
      tone: 'ink',
    },
    { y: y(target + RANGE / 2), text: isWide ? 'target now' : 'now', kind: 'level', tone: 'ink' },
  ]
}

function drawPath(layout: Layout, input: RatePathInput, view: PathView): string {
  const { left, right, top, bottom, scale, meetings, later } = view
  const last = meetings.at(-1)?.expected ?? NaN
  const gutter = drawGutter({ layout, left, right }, scale, labelsOf(layout, input.target, last, scale.y), {
    top,
    bottom,
  })
  const d = stepsOf(input, view)
  return [
    drawHeading(layout, left),
    gutter.grid,
    ...meetings.map((meeting, i) => drawRanges(view, meeting, i + 1)),
    drawTarget(input, view),
    element('path', { class: 'f-line-halo', d }),
    element('path', { class: 'f-step', d }),
    ...meetings.map((meeting, i) => drawShares(layout, view, meeting, i + 1)),
    drawDays(layout, input, view),
    later === undefined ? '' : textAt(left, bottom + 3 * layout.label + 17, later, { class: 'f-m' }),
    gutter.labels,
  ].join('')
}

function drawHeading(layout: Layout, x: number): string {
  const isWide = layout.kind === 'wide'
  const soft = element(
    'tspan',
    { class: 'f-m', dx: 7 },
    isWide ? 'stronger: more likely, in percent; line: expected rate' : 'stronger: more likely; line: expected',
  )
  return element(
    'text',
    { x, y: layout.label, class: 'f-b' },
    isWide ? 'Target range after each meeting, %' : 'Target, %',
    soft,
  )
}

/** The ranges of one meeting, shaded by their shares: eyes tell equal steps of the root apart. */
function drawRanges({ scale: { y }, left, slot, pitch }: PathView, { ranges }: MeetingView, i: number): string {
  const x = left + i * slot
  return ranges
    .filter(isDrawn)
    .map(({ low, share }) =>
      element('rect', {
        class: 'f-odds',
        'fill-opacity': (STRONGEST_SHADE * Math.sqrt(share)).toFixed(3),
        x: x + 1,
        y: y(low + RANGE) + 0.5,
        width: slot - 2,
        height: pitch - 1,
      }),
    )
    .join('')
}

/** Both ends of today's target range, from one side to the other. */
function drawTarget({ target }: RatePathInput, { scale: { y }, left, right }: PathView): string {
  const ends = [target, target + RANGE].map((rate) => `M${px(left)},${px(y(rate))}H${px(right)}`)
  return element('path', { class: 'f-rule f-dash', d: ends.join('') })
}

/** The middle of today's range up to the first meeting, then the expected rate behind each. */
function stepsOf({ target, isFromNext }: RatePathInput, { scale: { y }, left, slot, meetings }: PathView): string {
  const levels = [target + RANGE / 2, ...meetings.map(({ expected }) => expected)]
  return levels
    .map((rate, i) => {
      const isStart = i === 0 || (i === 1 && !isFromNext)
      return `${isStart ? `M${px(left + i * slot)},` : 'V'}${px(y(rate))}H${px(left + (i + 1) * slot)}`
    })
    .join('')
}

/** The most likely range in percent, and, where there is room, the others from a tenth on; each stands clear of the line. */
function drawShares(layout: Layout, view: PathView, { ranges, mode, expected }: MeetingView, i: number): string {
  const { scale, slot, left, pitch } = view
  const line = scale.y(expected)
  return ranges
    .filter((range) => range.low === mode.low || (layout.kind === 'wide' && range.share >= NAMED))
    .map(({ low, share }) => {
      const isMode = low === mode.low
      const middle = clearOf(line, scale.y(low + RANGE / 2), layout.label, pitch)
      const words = `${Math.round(100 * share)} %`
      const x = left + (i + 0.5) * slot
      return textAt(x, middle + layout.label * 0.35, words, { class: `f-mid${isMode ? ' f-b' : ''}` })
    })
    .join('')
}

/** The middle of words in a row, moved within it from under a line. */
function clearOf(line: number, middle: number, size: number, pitch: number): number {
  const apart = size * 0.5 + 3
  if (Math.abs(line - middle) >= apart) return middle
  const moved = middle <= line ? line - apart : line + apart
  const most = Math.max(0, pitch / 2 - size * 0.5)
  return Math.max(middle - most, Math.min(middle + most, moved))
}

/** The day under each slot, and the year where it begins. */
function drawDays(layout: Layout, { at }: RatePathInput, { left, right, slot, bottom, meetings }: PathView): string {
  const size = layout.label
  const days = [at, ...meetings.map((meeting) => meeting.at)]
  const words = days.map((day, i) => {
    const x = left + (i + 0.5) * slot
    const { year } = civil(day)
    const before = days[i - 1]
    const isNew = before === undefined || civil(before).year !== year
    return (
      textAt(x, bottom + size + 7, formatDayMonth(day), { class: 'f-m f-mid' }) +
      (isNew ? textAt(x, bottom + 2 * size + 9, String(year), { class: 'f-m f-mid' }) : '')
    )
  })
  const strokes = days.slice(1).map((_, i) => `M${px(left + (i + 1) * slot)},${px(bottom)}v5`)
  return (
    element('path', { class: 'f-axis', d: `M${px(left)},${px(bottom)}H${px(right)}${strokes.join('')}` }) +
    words.join('')
  )
}

function pathCsv({ target }: RatePathInput, view: PathView | undefined, simulated: boolean): string {
  const rows = (view?.meetings ?? []).flatMap(({ at, ranges, expected }) =>
    ranges.map(({ low, share }) => ({ meeting: formatDay(instant(at)), low, share, expected })),
  )
  const column = (name: string, value: (row: (typeof rows)[number]) => number): CsvColumn => ({
    name,
    values: Float64Array.from(rows, value),
  })
  return tableCsv(rows.length, [
    { name: 'meeting', values: rows.map(({ meeting }) => meeting) },
    column('low', ({ low }) => low),
    column('high', ({ low }) => low + RANGE),
    column('probability', ({ share }) => share),
    column('expected', ({ expected }) => expected),
    column('target_low', () => target),
    ...(simulated ? [{ name: 'simulated', values: rows.map(() => 'yes') }] : []),
  ])
}

function pathAlt({ at, target }: RatePathInput, view: PathView | undefined): readonly string[] {
  if (view === undefined) return ['No probabilities of a meeting are known.']
  const told = view.meetings.map(
    (meeting) =>
      `${formatDate(meeting.at)}: ${formatFixed(meeting.expected, 2)} %, most likely ${rangeWords(meeting.mode.low)} with ${Math.round(100 * meeting.mode.share)} %`,
  )
  return [
    `The target range on ${formatDate(at)} is ${rangeWords(target)}.`,
    `Expected after the meetings: ${told.join('; ')}.`,
  ]
}

const rangeWords = (low: number): string => `${formatFixed(low, 2)} to ${formatFixed(low + RANGE, 2)} %`

function sayLater(rest: readonly MeetingView[]): string | undefined {
  const last = rest.at(-1)
  return last === undefined
    ? undefined
    : `Not drawn: ${rest.length} later meeting${rest.length === 1 ? '' : 's'}, to ${formatDate(last.at)}`
}
