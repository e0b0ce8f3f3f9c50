import { openAt, type Grid } from '../core/candles.ts'
import type { MacroReading } from './macroReading.ts'
import { sayVenue } from './wording.ts'

/** Bars `from` to `to` of a grid, both included. */
export const barsOf = (grid: Grid, from: number, to: number): Grid => ({
  start: openAt(grid, from),
  step: grid.step,
  length: to - from + 1,
})

/** Whether anything of a reading was made by a simulation. */
export const isSimulated = ({ base }: MacroReading): boolean => base.frame.inputs.some(({ simulated }) => simulated)

/** `by CME`, or that it came from a file whose source nobody named. */
export function saySource({ base }: MacroReading, kind: string, instrument?: string): string {
  const input = base.frame.inputs.find(
    (each) => each.kind === kind && (instrument === undefined || each.instrument === instrument),
  )
  return input === undefined || input.venue === 'file' ? 'from a file' : `by ${sayVenue(input.venue)}`
}
