import type { Frame, Input } from '../core/frame.ts'
import { formatInstant } from '../core/instant.ts'

/** An input as JSON prints it: times in ISO 8601. */
export interface PrintedInput {
  readonly kind: string
  readonly venue: string
  readonly market: string
  readonly instrument: string
  readonly quote?: string
  readonly interval: string
  readonly builtFrom?: string
  readonly from: string
  readonly to: string
  readonly rows: number
  readonly gaps: number
  readonly simulated: boolean
}

/** Provenance as users read it. */
export function printInput(input: Input): PrintedInput {
  return { ...input, from: formatInstant(input.from), to: formatInstant(input.to) }
}

/** A number as JSON prints it: a gap is null. */
export const printNumber = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value

/** A unit as users read it: prices are named by what they are counted in, `USDT`. */
export function printUnit(unit: string, { inputs }: Pick<Frame, 'inputs'>): string {
  return unit === 'quote' ? (inputs.find(({ quote }) => quote !== undefined)?.quote ?? unit) : unit
}
