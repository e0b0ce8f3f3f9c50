import type { Candles } from '../../../core/candles.ts'
import { HOUR_MS } from '../../../core/instant.ts'
import type { WorldAsset } from './assets.ts'
import { Book, type BookEvent } from './book.ts'
import { commonIncrements, latentPrice } from './latentPrice.ts'
import { valueOf } from './listing.ts'
import { listingsOf, SIM_VENUES, type SimVenue } from './listings.ts'
import { pastOf } from './past.ts'
import { VenueMarket } from './venueMarket.ts'

export interface WorldSpec {
  readonly seed: string
  readonly assets: readonly WorldAsset[]
  readonly venues?: readonly SimVenue[]
  /** A whole hour: from here on trades happen one by one. */
  readonly startAt: number
  /** Trades a second of the busiest asset's perpetual on one venue; others have fewer. */
  readonly rate: number
  /** Hours of candles before the start. */
  readonly pastHours: number
  /** Hourly candles of assets whose past is given; they end at the start. */
  readonly past?: ReadonlyMap<string, Candles>
}

/** Many venues over the same prices: everything that happens in it happens by the seed. */
export interface World {
  readonly venues: ReadonlyMap<SimVenue, VenueMarket>
  now(): number
  /** Lets everything happen that happens up to an instant. */
  advanceTo(ms: number): void
}

/** Trades that an asset has compared with the busiest, as a power of its turnover. */
const SPREAD = 0.35

/** A world at its start. */
export function newWorld(spec: WorldSpec): World {
  const { seed, assets, startAt, rate, venues = SIM_VENUES } = spec
  const common = commonIncrements(seed)
  const latent = new Map(
    assets.map((asset) => [asset.asset, latentPrice({ ...asset, startAt, seed, common })] as const),
  )
  const past = new Map(
    assets.map((asset) => [asset.asset, spec.past?.get(asset.asset) ?? pastOf(asset, spec)] as const),
  )
  const busiest = Math.max(...assets.map(({ dayVolume }) => dayVolume))
  const made = new Map(
    venues.map((venue) => {
      const market = new VenueMarket(venue, startAt, past)
      for (const listing of listingsOf(venue, assets, startAt)) {
        const asset = assets.find((each) => each.asset === listing.asset) as WorldAsset
        const tradesASecond = rate * (asset.dayVolume / busiest) ** SPREAD * (listing.market === 'spot' ? 0.6 : 1)
        const meanLots = meanLotsOf(asset, tradesASecond, valueOf(listing, 1, asset.price * listing.unitCoins))
        const emit = (event: BookEvent): void => market.emit(event)
        market.add(
          new Book({
            listing,
            latent: latent.get(listing.asset) as ReturnType<typeof latentPrice>,
            startAt,
            rate: tradesASecond,
            meanLots,
            seed,
            emit,
          }),
        )
      }
      return [venue, market] as const
    }),
  )
  let at = startAt
  return {
    venues: made,
    now: () => at,
    advanceTo: (ms) => {
      at = ms
      for (const market of made.values()) market.advanceTo(ms)
    },
  }
}

/** So many lots a trade that a day has about the asset's turnover, but never less than a few. */
function meanLotsOf({ dayVolume }: WorldAsset, tradesASecond: number, lotValue: number): number {
  return Math.max(3, dayVolume / 24 / (HOUR_MS / 1000) / tradesASecond / lotValue / 2)
}
