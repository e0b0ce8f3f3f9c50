import type { Input } from '../core/frame.ts'
import type { InstantMs } from '../core/instant.ts'
import type { Unit } from '../core/units.ts'

/** One figure of a sentence, with the registered id that recomputes it. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: Unit
  /**
   * How it is computed: the canonical id of a metric (`assayer series METHOD ASSET` gives the same value) or of a setup (whose
   * events up to then are counted), a sum of exact numbers, or what was counted, in words.
   */
  readonly method: string
  /** Close of the bar the figure belongs to. */
  readonly at: InstantMs
}

/** A statement of a note: a sentence, the figures in it, and all that is needed to check them. */
export interface Claim {
  readonly id: string
  /** The sentence, in plain text. */
  readonly text: string
  /** What the figure the sentence turns on is: `RSI`, `closes in a row`. */
  readonly name: string
  readonly value: number
  readonly unit: Unit
  readonly method: string
  readonly asOf: InstantMs
  /** The other figures of the sentence. */
  readonly also: readonly Figure[]
  readonly inputs: readonly Input[]
  readonly conventions: readonly string[]
  /** Addresses where what the sentence tells of can be read; empty where records alone speak. */
  readonly addresses: readonly string[]
  readonly missing: readonly string[]
}

/** What a claim rests on. */
export interface ClaimSource {
  readonly inputs: readonly Input[]
  readonly conventions: readonly string[]
  readonly addresses?: readonly string[]
}

/**
 * A claim from its figures: the first is the one the sentence turns on.
 * @param id - unique in its note
 * @param text - the sentence
 * @param figures - at least one
 * @param source - the frame (or frames' inputs) the figures were computed from, or where it can be read
 */
export function claim(id: string, text: string, figures: readonly [Figure, ...Figure[]], source: ClaimSource): Claim {
  const [main, ...also] = figures
  return {
    id,
    text,
    name: main.name,
    value: main.value,
    unit: main.unit,
    method: main.method,
    asOf: main.at,
    also,
    inputs: source.inputs,
    conventions: source.conventions,
    addresses: source.addresses ?? [],
    missing: [],
  }
}

/** True where every figure of a claim is known; a sentence with a gap in it is left out. */
export const isMeasured = ({ value, also }: Claim): boolean =>
  [value, ...also.map((figure) => figure.value)].every(Number.isFinite)
