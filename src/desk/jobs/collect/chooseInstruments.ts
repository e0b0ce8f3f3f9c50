import { resolveAsset } from '../../../conventions/assets/resolveAsset.ts'
import { splitTicker } from '../../../conventions/symbols.ts'
import type { InstantMs } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Listed } from '../../../sources/source.ts'

/** Quotes that are dollars; where an asset trades in several, the first is taken. */
const QUOTES = ['USDT', 'USDC', 'USD']

/** What a listing entry is at that moment: its asset resolved, its multiplier told. */
export function instrumentOf(
  { instrument, ticker: named }: Listed,
  { simulated, at }: { readonly simulated: Instrument['simulated']; readonly at: InstantMs },
): Instrument {
  const { venue, market } = instrument
  const { asset: ticker, multiplier } = splitTicker(venue, market, named)
  const { asset, coins } = resolveAsset({ ticker, venue, market, multiplier }, at)
  return { ...instrument, asset, multiplier: multiplier * coins, simulated }
}

/**
 * Which instruments of a venue are collected: of every asset wanted its spot market and its perpetuals, one of each kind, in the
 * best known quote.
 * @param listed - all that the venue lists
 * @param assets - canonical ids
 */
export function chooseInstruments(listed: readonly Instrument[], assets: readonly string[]): readonly Instrument[] {
  const wanted = new Set(assets)
  const best = new Map<string, Instrument>()
  for (const each of listed) {
    const rank = QUOTES.indexOf(each.quote)
    if (rank === -1 || !wanted.has(each.asset)) continue
    const key = `${each.asset}/${each.market}/${each.contract}`
    const known = best.get(key)
    if (known === undefined || rank < QUOTES.indexOf(known.quote)) best.set(key, each)
  }
  const order = new Map(assets.map((asset, i) => [asset, i] as const))
  return [...best.values()].toSorted((a, b) => (order.get(a.asset) ?? 0) - (order.get(b.asset) ?? 0))
}
