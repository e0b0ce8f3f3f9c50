import type { Instrument } from '../../../records/instrument.ts'

/** An instrument that goes on under another name. */
export interface Rename {
  readonly from: Instrument
  readonly to: Instrument
}

/**
 * Which of those that vanished go on under the name of one that appeared: the same asset by the graph (which knows `MATIC` and
 * `POL` for one), market, quote and kind of contract.
 * @param appeared - listed now and not before
 * @returns at most one for each
 */
export function renamesIn(vanished: readonly Instrument[], appeared: readonly Instrument[]): readonly Rename[] {
  const left = new Set(appeared)
  return vanished.flatMap((from) => {
    const to = [...left].find((each) => isSameThing(from, each))
    if (to === undefined) return []
    left.delete(to)
    return [{ from, to }]
  })
}

const isSameThing = (a: Instrument, b: Instrument): boolean =>
  a.asset === b.asset && a.market === b.market && a.quote === b.quote && a.contract === b.contract
