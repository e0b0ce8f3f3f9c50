import type { Regime as DrawnRegime } from '../figures/regimePane.ts'
import { REGIME_THRESHOLDS, REGIMES, type Regime } from '../metrics/contracts/priceOiRegime.ts'
import type { FrameReader } from './frameReader.ts'
import { sayList } from './wording.ts'

/** Bars of one window. */
export const REGIME_BARS = 7

/** Each regime in two words, as a figure names it. */
export const REGIME_LABELS: Readonly<Record<Regime, string>> = {
  leverage_led: 'leverage led',
  spot_led: 'spot led',
  both: 'both led',
  short_squeeze: 'short squeeze',
  short_covering: 'short covering',
  long_liquidation: 'longs liquidated',
  long_closing: 'longs closing',
  unclear: 'unclear',
}

/**
 * What drove price and open interest, window by window: windows that do not overlap, the last of them up to bar `last`.
 * @param from - bar of the whole that the first bar drawn is; windows that begin before it are left out
 * @returns windows in bars counted from `from`, oldest first; those without open interest are left out
 */
export function regimeWindows(reader: FrameReader, from: number, last: number): readonly DrawnRegime[] {
  const id = `price_oi_regime(${REGIME_BARS})`
  const [codes, moves] = [reader.column(`${id}.value`), reader.column(`${id}.price_change`)]
  const windows: DrawnRegime[] = []
  for (const to of windowEnds(from, last)) {
    const regime = REGIMES[codes[to] ?? NaN]
    if (regime === undefined) continue
    const way = (moves[to] as number) >= 0 ? 'up' : 'down'
    windows.unshift({ from: to - REGIME_BARS + 1 - from, to: to - from, label: REGIME_LABELS[regime], way })
  }
  return windows
}

/** The last bars of windows that do not overlap and begin at `from` or later, the latest first. */
const windowEnds = (from: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, Math.floor((last + 1 - from) / REGIME_BARS)) }, (_, i) => last - i * REGIME_BARS)

/** What tells one cause from another, and how it is named where it is not held. */
const TELLING = [
  ['spot_flow.bought', 'taker volume on spot'],
  ['perp_flow.bought', 'taker volume on futures'],
  ['liquidations.long', 'liquidations'],
] as const

/**
 * Why windows are unclear: nothing much happened in them, what would tell is not held, or takers went against the price.
 * @example sayWhyUnclear(reader, 0, 120) // 'what would tell is not held: taker volume on futures and liquidations'
 */
export function sayWhyUnclear(reader: FrameReader, from: number, last: number): string {
  const id = `price_oi_regime(${REGIME_BARS})`
  const [codes, price, interest] = ['value', 'price_change_atr', 'oi_change'].map((name) =>
    reader.column(`${id}.${name}`),
  )
  const unclear = windowEnds(from, last).filter((to) => REGIMES[codes?.[to] ?? NaN] === 'unclear')
  const hasMoved = (bar: number): boolean =>
    Math.abs(price?.[bar] ?? NaN) > REGIME_THRESHOLDS.atr &&
    Math.abs(interest?.[bar] ?? NaN) > REGIME_THRESHOLDS.openInterestPct
  const lacking = TELLING.filter(([name]) => reader.frame.columns.get(name) === undefined).map(([, thing]) => thing)
  const reasons = [
    ...(unclear.every(hasMoved) ? [] : ['price or open interest did not move enough']),
    ...(!unclear.some(hasMoved)
      ? []
      : [lacking.length > 0 ? `what would tell is not held: ${sayList(lacking)}` : 'takers went against the price']),
  ]
  return reasons.join(', or ')
}
