import { closeAt } from '../core/candles.ts'
import type { Frame, Input } from '../core/frame.ts'
import { formatInstant, type InstantMs } from '../core/instant.ts'
import { barOpen } from '../core/interval.ts'

/** Opens of bars that a reader asks for: from one instant, up to but without the other; only what was named is there. */
export interface AskedRange {
  readonly from?: InstantMs
  readonly before?: InstantMs
}

/** Says which part of the range that was asked for the frame does not hold, as far as it had closed by then. */
export function sayUnheld(frame: Frame, asset: string, { from, before }: AskedRange): readonly string[] {
  const { grid, asOf, interval, inputs } = frame
  if (grid.length === 0) return []
  const end = closeAt(grid, grid.length - 1)
  const closed = barOpen(asOf, grid.step)
  const last = before !== undefined && before < closed ? before : closed
  const beginsBefore = from !== undefined && from < grid.start
  const endsAfter = before !== undefined && last > end
  const liesOutside = (from !== undefined && from >= end) || (before !== undefined && before <= grid.start)
  if (!beginsBefore && !endsAfter && !liesOutside) return []
  const range = [
    ...(from === undefined ? [] : [`from ${formatInstant(from)}`]),
    ...(before === undefined ? [] : [`to ${formatInstant(before)}`]),
  ].join(' ')
  const [what, command] = wantedOf(inputs[0]?.kind)
  const held = `held: ${formatInstant(grid.start)} to ${formatInstant(end)}`
  return [`${interval} ${what} of ${asset} ${range} (${held}): ${command}`]
}

/** What a frame was laid on, and what would bring more of it. */
function wantedOf(kind: Input['kind'] | undefined): readonly [what: string, command: string] {
  switch (kind) {
    case undefined:
    case 'candles':
      return ['candles', 'assayer import candles FILE that covers it']
    case 'quote':
      return ['values', 'assayer import series FILE that covers it']
    default:
      return [kind.replaceAll('_', ' '), 'assayer collect, or a file that covers it (docs/imports.md)']
  }
}
