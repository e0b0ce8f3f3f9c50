/**
 * Whose orders carried a move of the price. `leverage`: of those who opened positions on perpetuals with borrowed
 * money; `spot`: of those who traded coins; `both`: of the two; `forced`: of positions closed by the venue; `closing`:
 * of positions closed by their holders.
 */
export const CAUSES = ['leverage', 'spot', 'both', 'forced', 'closing'] as const
export type Cause = (typeof CAUSES)[number]

/** Who can move the price: agents, those who trade without a plan, and makers who requote on news. */
export type Mover = 'leverage' | 'spot' | 'forced' | 'closing' | 'ordinary' | 'news'

/** By how much each moved the price, log units: what crossed the spread over the depth that it met. */
export type Moves = Record<Mover, number>

/** Of two groups that push the same way one leads where it does twice as much as the other. */
const LEADS = 2 / 3

/**
 * The cause of a move, by who moved the price; open interest, candles and volumes are not looked at. There is a single
 * cause where agents of one kind, those who opened and bought or those who closed, did most of it, against those of the
 * other kind and against all that chance did either way; and where it can be told which group of that kind did most of
 * that, or that two did about as much.
 * @param direction - 1 for a rise, -1 for a fall
 * @param most - what is most of a thing, share of 1 from a half on: the more, the clearer the cause
 * @returns `none` where there is no single cause
 * @example causeOf({ leverage: 0.05, spot: 0.01, forced: 0, closing: 0, ordinary: 0.01, news: -0.01 }, 1, 2 / 3) // 'leverage'
 */
export function causeOf(moves: Moves, direction: 1 | -1, most: number): Cause | 'none' {
  const along = (agent: Mover): number => Math.max(0, direction * moves[agent])
  const [leverage, spot, forced, closing] = [along('leverage'), along('spot'), along('forced'), along('closing')]
  const chance = Math.abs(moves.ordinary + moves.news)
  if (shareOf(leverage + spot, forced + closing + chance) > most) {
    const share = shareOf(leverage, spot)
    if (share > Math.max(most, LEADS)) return 'leverage'
    if (share < 1 - Math.max(most, LEADS)) return 'spot'
    return share <= LEADS && share >= 1 - LEADS ? 'both' : 'none'
  }
  if (shareOf(forced + closing, leverage + spot + chance) <= most) return 'none'
  if (shareOf(forced, closing) > most) return 'forced'
  return shareOf(closing, forced) > most ? 'closing' : 'none'
}

const shareOf = (part: number, rest: number): number => part / (part + rest)
