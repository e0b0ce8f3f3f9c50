import { runs, sliceCandles, type Candles } from '../core/candles.ts'
import type { Params } from '../core/params.ts'
import { divergenceFacts, oscillatorOf, type DivergenceFacts } from './divergence.ts'
import { divergencePairs, type DivergencePair } from './divergencePairs.ts'

/** A divergence whose second pivot later bars may still undo. Never an event, never part of a base rate. */
export interface ProvisionalDivergence extends DivergenceFacts {
  readonly isProvisional: true
  /** Closes still needed to confirm the second pivot, 1 to 4. */
  readonly barsToConfirm: number
}

/**
 * Divergences at the last bar of the candles whose second pivot is not confirmed yet: it has beaten the 5 oscillator values before it
 * and the 1 to 4 after it. For notes, to be shown as provisional.
 * @param params - those of the family `divergence`
 * @param candles - closed bars on one grid, oldest first
 * @returns bars count from the first of the candles; none where the last bar is a gap
 * @see divergence - the confirmed form
 * @example provisionalDivergences({ osc: 'macd' }, candles)[0].barsToConfirm // 3
 */
export function provisionalDivergences(params: Params, candles: Candles): readonly ProvisionalDivergence[] {
  const [from, to] = runs(candles.close).at(-1) ?? [0, 0]
  if (to === 0 || to < candles.length) return []
  const bars = sliceCandles(candles, from, to)
  const oscillator = oscillatorOf(params)
  const pairs = divergencePairs()
  for (let i = 0; i < bars.length; i++) pairs.push(bars, i, oscillator(bars.close[i] as number))
  return pairs.provisional(bars, bars.length - 1).map((pair) => provisionalOf(pair, from, candles.length - 1))
}

function provisionalOf(pair: DivergencePair, from: number, last: number): ProvisionalDivergence {
  const facts = divergenceFacts(pair)
  const pivot = facts.pivot + from
  return {
    ...facts,
    pivot,
    firstPivot: facts.firstPivot + from,
    isProvisional: true,
    barsToConfirm: 5 - (last - pivot),
  }
}
