import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import { seededRandom } from '../../../core/random.ts'
import type { Macro } from '../../market/live/macro.ts'
import type { PriceAt } from '../worldPrices.ts'
import type { Coin } from './coin.ts'

/** Tokens of an ounce of gold by their ids, and how many there are; the counts are made up. */
const TOKENS: Readonly<Record<string, { readonly asset: string; readonly name: string; readonly ounces: number }>> = {
  'pax-gold': { asset: 'PAXG', name: 'PAX Gold', ounces: 240_000 },
  'tether-gold': { asset: 'XAUT', name: 'Tether Gold', ounces: 246_000 },
}

/** A token's price leaves the metal's by no more than this part of it. */
const APART = 0.002
/** A point of an hour comes within so long after it. */
const LATE_MS = 10 * MINUTE_MS

/** A token of gold over the world's ounce; undefined for other ids. */
export function goldToken(id: string, macro: Macro, now: number): Coin | undefined {
  const token = TOKENS[id]
  if (token === undefined) return undefined
  const { asset, name, ounces } = token
  const price = (at: number): number => {
    const { uniform } = seededRandom(`${id}/${Math.floor(at / HOUR_MS)}/apart`)
    return macro.ounce(at) * (1 + APART * (2 * uniform() - 1))
  }
  const past: Coin['past'] = (stepMs, from) => {
    const points: PriceAt[] = []
    for (let begin = Math.ceil(from / stepMs) * stepMs; begin <= now; begin += stepMs) {
      const at = stepMs < DAY_MS ? begin + Math.floor(LATE_MS * seededRandom(`${id}/${begin}/late`).uniform()) : begin
      if (at <= now) points.push({ at, price: price(at) })
    }
    return points
  }
  return { id, asset, name, price: price(now), past, supply: () => ounces }
}
