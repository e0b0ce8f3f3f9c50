/** A market cap is about supply times price, whatever day's average each of them is; further off one of the three is of something else. */
const MOST_TIMES = 2

/**
 * Whether a market cap, a supply and a price can be of one coin on one day.
 * @returns true where one of them is not known
 * @example makesSense({ marketCap: 400e9, supply: 12, price: 3333 }) // false
 */
export function makesSense({
  marketCap,
  supply,
  price,
}: Readonly<Partial<Record<'marketCap' | 'supply' | 'price', number | undefined>>>): boolean {
  if (marketCap === undefined || supply === undefined || price === undefined) return true
  const times = marketCap / (supply * price)
  return times <= MOST_TIMES && times >= 1 / MOST_TIMES
}
