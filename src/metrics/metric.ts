import type { Bar } from '../core/candles.ts'
import type { Frame, Need } from '../core/frame.ts'
import type { Params, ParamSpec } from '../core/params.ts'
import type { Unit } from '../core/units.ts'

/** One named column of a metric; a metric with a single column calls it `value`. */
export interface Output {
  readonly name: string
  readonly unit: Unit
}

/** Columns by output name, each on the frame's grid; NaN is a gap. */
export type Columns = Readonly<Record<string, Float64Array>>

/** Values by output name for one bar. */
export type Values = Readonly<Record<string, number>>

/** How a value has changed from one bar to another, by their indexes: percent of the earlier, NaN where that cannot be said. */
export type ChangeBetween = (from: number, to: number) => number

/** A measure that the registry knows: what it needs, how it is computed over columns, and bar by bar. */
export interface Metric {
  readonly id: string
  /** The field's name for it, for headings: "Relative strength index (Wilder)". */
  readonly title: string
  readonly params: readonly ParamSpec[]
  readonly outputs: readonly Output[]
  /** The same outputs where their unit depends on the parameters. */
  readonly outputsOf?: (params: Params) => readonly Output[]
  readonly needs: (params: Params) => readonly Need[]
  readonly compute: (frame: Frame, params: Params) => Columns
  /**
   * How an output changes, where its column does not tell: a sum whose parts come and go changes as those do that stay. Not there, or
   * undefined, for outputs whose values can be held against each other.
   */
  readonly changes?: (frame: Frame, params: Params, output: string) => ChangeBetween | undefined
  /** One closed bar in, the same values out as `compute` gives for that bar. */
  readonly stream?: (params: Params) => (bar: Bar) => Values
}
