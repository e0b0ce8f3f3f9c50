import { MAINTENANCE } from '../../market/live/accounts.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { forContract } from './asked.ts'
import { success } from './envelope.ts'

/** Leverage allowed up to a value of the position in the quote coin. */
const TIERS: readonly (readonly [endUnit: number, leverage: number])[] = [
  [1e7, 50],
  [1e8, 25],
  [1e9, 10],
  [1e12, 3],
]

/** Tiers of one contract, by rising level. Every account of this world keeps the same margin, whatever its leverage. */
export const queryPositionLever = (ask: Ask, market: VenueMarket): Answer =>
  forContract(ask, market, (listing) =>
    success(
      market,
      TIERS.map(([endUnit, leverage], i) => ({
        symbol: listing.name,
        level: String(i + 1),
        startUnit: String(TIERS[i - 1]?.[0] ?? 0),
        endUnit: String(endUnit),
        leverage: String(leverage),
        keepMarginRate: String(MAINTENANCE),
      })),
    ),
  )
