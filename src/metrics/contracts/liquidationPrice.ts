/** What a contract is settled in: the quote, or the coin itself. */
export type SettledContract = 'linear' | 'inverse'

/** One row of a venue's table: the margin that must stay behind a position of up to so much. */
export interface MarginTier {
  /** In what the table counts by; of the last row `Infinity`, or where positions end. */
  readonly upTo: number
  /** Share of the position's value that must stay. */
  readonly maintenance: number
  /** What the venue takes off that, so that the margin has no step from row to row; 0 where it takes off nothing. */
  readonly amount: number
}

/** A venue's table of one instrument, the smallest positions first. */
export interface MarginTable {
  /** `value` at the price of the moment: in the quote of a linear contract, in coins of an inverse one. `size` as {@link Isolated}. */
  readonly countedBy: 'value' | 'size'
  readonly tiers: readonly MarginTier[]
  /** The most leverage that any position may have. */
  readonly mostLeverage: number
}

/** A position with a margin of its own, which is its value at entry over its leverage. */
export interface Isolated {
  readonly side: 'long' | 'short'
  readonly contract: SettledContract
  /** Coins of a linear contract, dollars of an inverse one. */
  readonly size: number
  readonly entry: number
  readonly leverage: number
}

/**
 * The price at which a venue closes an isolated position: the first on the way against it at which what is left of its margin is no more
 * than the margin that must stay. Fees and funding are left out. Of a cross position this says nothing: the whole account is behind it.
 * @param position - with its size, by which the table's row is found
 * @param table - the venue's
 * @returns the price; 0 for a long and `Infinity` for a short that no price closes; the entry where the venue would not have let it open
 * @example liquidationPrice({ side: 'long', contract: 'linear', size: 1, entry: 100, leverage: 10 }, table) // 90.45…
 */
export function liquidationPrice(position: Isolated, table: MarginTable): number {
  const { contract, entry } = position
  // In coins a position is worth less the higher the price: seen from 1 / price an inverse long is a linear short.
  if (contract === 'linear') return priceOf(position, table)
  const { side, size, leverage } = position
  const mirrored = { side: side === 'long' ? 'short' : 'long', size, entry: 1 / entry, leverage } as const
  return 1 / priceOf(mirrored, table)
}

type Linear = Omit<Isolated, 'contract'>

function priceOf(position: Linear, { countedBy, tiers }: MarginTable): number {
  const { side, size, entry } = position
  const counted = (price: number): number => (countedBy === 'value' ? size * price : size)
  const direction = side === 'long' ? -1 : 1
  let from = entry
  let row = tiers.findIndex(({ upTo }) => counted(entry) <= upTo)
  if (row < 0) row = tiers.length - 1
  for (;;) {
    const tier = tiers[row]
    if (tier === undefined) return entry
    const price = priceInTier(position, tier)
    // Where the row begins it asks for more than is left: the step between two rows closes the position.
    if (direction * (price - from) <= 0) return from
    const next = row + direction
    const end = tiers[side === 'long' ? next : row]?.upTo ?? (side === 'long' ? 0 : Infinity)
    const edge = countedBy === 'value' ? end / size : NaN
    const isBeyond = tiers[next] !== undefined && direction * (price - edge) > 0
    if (!isBeyond) return price
    from = edge
    row = next
  }
}

/** Where what is left, the margin with what the price took or gave, equals what one row asks for. */
function priceInTier({ side, size, entry, leverage }: Linear, { maintenance, amount }: MarginTier): number {
  const off = size > 0 ? amount / size : 0
  return side === 'long'
    ? Math.max(0, (entry * (1 - 1 / leverage) - off) / (1 - maintenance))
    : (entry * (1 + 1 / leverage) + off) / (1 + maintenance)
}
