import type { InstantMs } from '../core/instant.ts'
import type { Params, ParamSpec } from '../core/params.ts'

/** Which way an event leans: `long` for rising prices, `short` for falling ones. */
export type Side = 'long' | 'short' | 'neutral'

/** The closed bars a detector may look at: indices 0 to the one it is stepping on, no further. All bars are without gaps. */
export interface Bars {
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

/** Numbers and words that show why an event was called. */
export type Evidence = Readonly<Record<string, number | string>>

/** An event in bar indices, as a detector emits it. It is known at the close of `bar`. */
export interface BarEvent {
  /** The setup's id without parameters: `ema_break_confirmed`. */
  readonly setup: string
  /** The bar that completes the event. */
  readonly bar: number
  readonly side: Side
  readonly pivot?: number
  readonly firstPivot?: number
  /** The earlier event that this one is a later state of. */
  readonly of?: { readonly setup: string; readonly bar: number }
  readonly evidence: Evidence
}

export type Emit = (event: BarEvent) => void

/** Looks at bar `i` once, in order of time, and emits what that bar completes. */
export type Step = (bars: Bars, i: number) => void

/** Setups that are found together: one detector, several kinds of event (a break, its confirmation, its failure). */
export interface SetupFamily {
  /** The ids it emits, with a title each. */
  readonly kinds: Readonly<Record<string, string>>
  readonly params: readonly ParamSpec[]
  /**
   * Bars without a gap that must come before a bar so that its events can be found: until its averages are defined and its look-back is
   * full. Where the look-back has no bound, the fewest bars that can complete an event.
   */
  readonly warmUp: (params: Params) => number
  /**
   * The events of whole columns without a gap, where that takes less time than stepping through them. The same events in the same
   * order as the detector's.
   */
  readonly whole?: (params: Params, bars: Bars, emit: Emit) => void
  /** Fresh state; called again after every gap. */
  readonly detector: (params: Params, emit: Emit) => Step
}

/** An event as users see it. Immutable: a later state is an event of its own, naming the first in `of`. */
export interface SetupEvent {
  /** `setup(params)@at`: one event, one id. */
  readonly id: string
  readonly of?: string
  /** Open of the bar that completes it. */
  readonly at: InstantMs
  readonly knownAt: InstantMs
  readonly pivotAt?: InstantMs
  readonly firstPivotAt?: InstantMs
  readonly side: Side
  readonly evidence: Evidence
}
