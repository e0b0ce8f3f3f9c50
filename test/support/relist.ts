import type { WorldAsset } from '../../src/sim/market/live/assets.ts'
import { Book } from '../../src/sim/market/live/book.ts'
import { commonIncrements, latentPrice } from '../../src/sim/market/live/latentPrice.ts'
import type { Listing } from '../../src/sim/market/live/listing.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'

/** Lists something on a running market: it has traded since the market's start, and nobody was told. */
export function list(market: VenueMarket, listing: Listing, asset: WorldAsset): void {
  const { startAt } = market
  let isListed = false
  const book = new Book({
    listing,
    latent: latentPrice({ ...asset, startAt, seed: 'listed', common: commonIncrements('listed') }),
    startAt,
    rate: 2,
    meanLots: 5,
    seed: 'listed',
    emit: (event) => {
      if (isListed) market.emit(event)
    },
  })
  book.advanceTo(market.now())
  isListed = true
  market.add(book)
}
