/** Measures of the methods that this version does not compute, with the inputs each would take. */
const ANNOUNCED: ReadonlyMap<string, string> = new Map([
  ['addresses_in_profit', 'transfers with prices (cost basis per address)'],
  ['supply_in_profit', 'transfers with prices (cost basis per address)'],
  ['realised_cap', 'transfers with prices (cost basis per address)'],
  ['realised_price', 'transfers with prices (cost basis per address)'],
  ['mvrv', 'market cap and realised cap'],
  ['mvrv_z', 'market cap and realised cap'],
  ['nupl', 'market cap and realised cap'],
  ['cost_basis_distribution', 'transfers with prices (cost basis per address)'],
  ['cost_basis_zone', 'transfers with prices (cost basis per address)'],
  ['holder_concentration', 'holder balances'],
  ['basis', 'prices of dated futures'],
])

/** What a measure that is defined but not computed yet would take; undefined for a name the methods do not know. */
export const announcedInputs = (name: string): string | undefined => ANNOUNCED.get(name)
