import { HOUR_MS, MINUTE_MS } from '../../../src/core/instant.ts'
import type { SimSnapshot } from '../../../src/sim/market/live/book.ts'
import type { Listing } from '../../../src/sim/market/live/listing.ts'
import type { SimVenue } from '../../../src/sim/market/live/listings.ts'
import type { VenueMarket } from '../../../src/sim/market/live/venueMarket.ts'
import { DOORS } from '../../../src/sim/servers/simVenues.ts'
import { isSame, type Item, type Tolerance } from './item.ts'
import { bySecond } from './storedLanes.ts'

/** What truly happened of one instrument, and how far a venue's own writing of it may be off. */
export interface Truth {
  readonly items: readonly Item[]
  readonly tolerance: Tolerance
}

const GRID_MS = 5 * MINUTE_MS
const EXACT: Tolerance = { relative: 1e-6, absolute: 1e-9 }

/** The truth of a lane whose records have a past; undefined where it tells of the moment only, or the world does not know it. */
export function truthOf(market: VenueMarket, listing: Listing, lane: string): Truth | undefined {
  const [kind = '', measure = '', grid] = lane.split('/')
  switch (kind) {
    case 'trade':
      return { items: trades(market, listing), tolerance: EXACT }
    case 'liquidation': {
      const items = market.liquidations(listing).map(({ at, position }) => bySecond(listing.venue, at, position))
      return { items, tolerance: EXACT }
    }
    case 'candle':
      return { items: candles(market, listing, measure), tolerance: volumeTolerance(listing, measure) }
    case 'openInterest':
      return measure === '5m' ? { items: openInterest(market, listing), tolerance: EXACT } : undefined
    case 'funding':
      return measure === 'paid' ? { items: fundingPaid(market, listing), tolerance: EXACT } : undefined
    case 'positioning':
      return { items: positioning(market, listing, grid === undefined ? undefined : measure), tolerance: EXACT }
    default:
      return undefined
  }
}

function trades(market: VenueMarket, listing: Listing): readonly Item[] {
  const doors = DOORS[listing.venue as SimVenue]
  return market.trades(listing).flatMap((trade) => {
    const ids = doors.tradeIds?.(trade) ?? [doors.tradeId(listing, trade)]
    return ids.map((key) => ({ at: trade.at, key }))
  })
}

function candles(market: VenueMarket, listing: Listing, interval: string): readonly Item[] {
  const stepMs = interval === '1h' ? HOUR_MS : MINUTE_MS
  const from = market.firstOpen(listing, stepMs)
  return market.candles(listing, { stepMs, from, to: market.now() - stepMs }).map((bar) => ({
    at: bar.at,
    key: [bar.at, bar.open, bar.high, bar.low, bar.close].join(' '),
    numbers: { volume: bar.units },
  }))
}

/** Hours before the world's start are of no whole lots. Of inverse contracts units are made of the quote, or rounded. */
const volumeTolerance = ({ contract, lot }: Listing, interval: string): Tolerance =>
  contract === 'inverse'
    ? { relative: 2e-2, absolute: 1e-7 }
    : { relative: 1e-6, absolute: interval === '1h' ? lot : 1e-7 }

/** When a record of the grid stands that tells how accounts stood at a snapshot; undefined where the venue has none. */
function labelOf(venue: string, { at }: SimSnapshot, market: VenueMarket): number | undefined {
  // Gate names a window by its begin, and tells of its end.
  if (venue === 'gate') return at - GRID_MS
  // OKX tells only of a window of which all is known, which the first is not.
  return venue === 'okx' && at - GRID_MS < market.startAt ? undefined : at
}

/** Coins one-sided: the venue counts both sides or one, in coins, contracts or dollars; what is stored is said in coins. */
function openInterest(market: VenueMarket, listing: Listing): readonly Item[] {
  const { lot, unitCoins, contract } = listing
  return market.snapshots(listing).flatMap((snapshot) => {
    const at = labelOf(listing.venue, snapshot, market)
    const { longLots, mark } = snapshot
    const coins = contract === 'inverse' ? (longLots * lot) / mark : longLots * lot * unitCoins
    return at === undefined ? [] : [{ at, key: String(at), numbers: { coins } }]
  })
}

const fundingPaid = (market: VenueMarket, listing: Listing): readonly Item[] =>
  market.fundings(listing).map(({ at, rate }) => ({ at, key: String(at), numbers: { rate } }))

type Sides = readonly [long: number, short: number]

/** What each measure is a ratio of: accounts, accounts and lots of the fifth with the most margin, and lots that takers took. */
const SIDES: Readonly<Record<string, (snapshot: SimSnapshot) => Sides>> = {
  long_short_accounts: ({ longAccounts, shortAccounts }) => [longAccounts, shortAccounts],
  top_accounts: ({ topLongAccounts, topShortAccounts }) => [topLongAccounts, topShortAccounts],
  top_positions: ({ topLongLots, topShortLots }) => [topLongLots, topShortLots],
  taker_ratio: ({ boughtLots, soldLots }) => [boughtLots, soldLots],
}

/** Which measures one door tells together. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  bybit: ['long_short_accounts'],
  gate: Object.keys(SIDES),
}

/**
 * How venues write a ratio, by their documents: Binance with four digits, OKX and Gate with all, Bybit and Bitget as two shares of four
 * digits. Undefined where nobody is on one side and the venue then tells no ratio.
 */
const WRITTEN: Readonly<Record<string, (sides: Sides) => number | undefined>> = {
  binance: ([long, short]) => Number((long / Math.max(1, short)).toFixed(4)),
  okx: ([long, short]) => long / Math.max(1, short),
  gate: ([long, short]) => (short === 0 || long === 0 ? oneSided(long, short) : long / short),
  bybit: ofShares,
  bitget: ofShares,
}

const oneSided = (long: number, short: number): number | undefined => (long === 0 && short > 0 ? 0 : undefined)

function ofShares([long, short]: Sides): number | undefined {
  const share = Math.round((10_000 * long) / Math.max(1, long + short))
  return share === 10_000 ? undefined : share / (10_000 - share)
}

function positioning(market: VenueMarket, listing: Listing, measure: string | undefined): readonly Item[] {
  const { venue } = listing
  const measures = measure === undefined ? (TOGETHER[venue] ?? []) : [measure]
  return market.snapshots(listing).flatMap((snapshot) => {
    const at = labelOf(venue, snapshot, market)
    return measures.flatMap((name) => {
      const ratio = WRITTEN[venue]?.((SIDES[name] as (typeof SIDES)[string])(snapshot))
      return at === undefined || ratio === undefined ? [] : [{ at, key: `${at} ${name}`, numbers: { ratio } }]
    })
  })
}

/**
 * The true records that are not stored, and the stored ones that are not true.
 * @param lookedAt - what else there is may prove a record, but is not asked about
 */
export function differences(
  { items, tolerance }: Truth,
  stored: readonly Item[],
  lookedAt: (item: Item) => boolean,
): { readonly missing: readonly Item[]; readonly invented: readonly Item[] } {
  const found = new Map(stored.map((each) => [each.key, each]))
  const known = new Map(items.map((each) => [each.key, each]))
  return {
    missing: [...known.values()].filter((each) => lookedAt(each) && !isSame(each, found.get(each.key), tolerance)),
    invented: [...found.values()].filter((each) => {
      const truth = known.get(each.key)
      return lookedAt(each) && (truth === undefined || !isSame(truth, each, tolerance))
    }),
  }
}
