import { MAINTENANCE } from '../../market/live/accounts.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { familyOf, swaps } from './names.ts'
import { missing, oneOf, rowsOf, unknownInstrument, wrong } from './refusals.ts'

const MOST_FAMILIES = 5

/** Sizes in contracts. Every account of the simulated market fits into the first. */
const TIERS = [
  { minSz: '0', maxSz: '50000000', mmr: String(MAINTENANCE), imr: '0.01', maxLever: '100' },
  { minSz: '50000001', maxSz: '100000000', mmr: '0.01', imr: '0.02', maxLever: '50' },
  { minSz: '100000001', maxSz: '200000000', mmr: '0.02', imr: '0.04', maxLever: '25' },
] as const

/** The margin that swaps of up to five families ask for, by size. */
export function positionTiers({ query }: Ask, market: VenueMarket): Answer {
  const [instType, tdMode] = [query.get('instType'), query.get('tdMode')]
  const families = query.get('instFamily') ?? query.get('uly')
  if (instType === null) return missing('instType')
  if (tdMode === null) return missing('tdMode')
  if (instType !== 'SWAP') return instType === 'MARGIN' ? rowsOf([]) : wrong('instType')
  if (families === null) return oneOf('instFamily', 'uly')
  const names = families.split(',')
  if (names.length > MOST_FAMILIES) return wrong('instFamily')
  const found = swaps(market).filter((listing) => names.includes(familyOf(listing)))
  return found.length === 0 ? unknownInstrument() : rowsOf(found.flatMap(rowsFor))
}

const rowsFor = (listing: Listing): readonly unknown[] =>
  TIERS.map(({ minSz, maxSz, mmr, imr, maxLever }, i) => ({
    baseMaxLoan: '',
    imr,
    instId: '',
    maxLever,
    maxSz,
    minSz,
    mmr,
    optMgnFactor: '0',
    quoteMaxLoan: '',
    tier: String(i + 1),
    uly: familyOf(listing),
    instFamily: familyOf(listing),
  }))
