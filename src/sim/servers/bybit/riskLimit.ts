import type { Listing } from '../../market/live/listing.ts'
import type { Category } from './category.ts'
import { categoryNamed, listedAs, listedIn } from './category.ts'
import { namedCategoryDoor } from './doors.ts'
import { answered, invalid, notSupported } from './envelope.ts'
import { trimmed } from './quantities.ts'

interface Tier {
  /** Upper bound of a position: quote of a linear contract, coins of an inverse one. */
  readonly upTo: number
  /** Maintenance margin, a fraction. */
  readonly maintenance: number
  readonly leverage: number
}

/** Each category writes margins in its own unit: linear as fractions, inverse as percent. */
const TABLES: Readonly<Record<'linear' | 'inverse', { readonly unit: number; readonly tiers: readonly Tier[] }>> = {
  linear: {
    unit: 1,
    tiers: [
      { upTo: 2_000_000, maintenance: 0.005, leverage: 100 },
      { upTo: 2_600_000, maintenance: 0.0056, leverage: 90 },
      { upTo: 5_000_000, maintenance: 0.01, leverage: 50 },
    ],
  },
  inverse: {
    unit: 100,
    tiers: [
      { upTo: 150, maintenance: 0.005, leverage: 100 },
      { upTo: 300, maintenance: 0.01, leverage: 50 },
    ],
  },
}

const SYMBOLS_A_PAGE = 15

/** GET /v5/market/risk-limit: all tiers of one symbol, or those of fifteen symbols a page. */
export const riskLimit = namedCategoryDoor(({ query }, market) => {
  const category = categoryNamed(query)
  if (category === undefined) return undefined
  if (!isContract(category)) return invalid(market, 'category')
  const name = query.get('symbol')
  if (name !== null) {
    const listing = listedAs(market, category, name)
    if (listing === undefined) return notSupported(market)
    return answered(market, { category, list: tiersOf(category, listing), nextPageCursor: '' })
  }
  const after = /^lastsymbol=(.+)$/.exec(query.get('cursor') ?? '')?.[1] ?? ''
  const left = listedIn(market, category)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((listing) => listing.name > after)
  const page = left.slice(0, SYMBOLS_A_PAGE)
  const last = left.length > page.length ? page.at(-1) : undefined
  return answered(market, {
    category,
    list: page.flatMap((listing) => tiersOf(category, listing)),
    nextPageCursor: last === undefined ? '' : encodeURIComponent(`lastsymbol=${last.name}`),
  })
})

const isContract = (category: Category): category is 'linear' | 'inverse' =>
  category === 'linear' || category === 'inverse'

function tiersOf(category: 'linear' | 'inverse', { name }: Listing): readonly unknown[] {
  const { unit, tiers } = TABLES[category]
  let deduction = 0
  return tiers.map(({ upTo, maintenance, leverage }, i) => {
    const below = tiers[i - 1]
    if (below !== undefined) deduction += below.upTo * (maintenance - below.maintenance)
    return {
      id: i + 1,
      symbol: name,
      riskLimitValue: String(upTo),
      maintenanceMargin: trimmed(maintenance * unit, 6),
      initialMargin: trimmed(unit / leverage, 6),
      isLowestRisk: i === 0 ? 1 : 0,
      maxLeverage: leverage.toFixed(2),
      mmDeduction: below === undefined ? '' : trimmed(deduction, 8),
    }
  })
}
