import { CoverageBook, type Gap, type Lane } from '../../src/desk/jobs/collect/coverageBook.ts'
import type { Venue } from '../../src/records/venues.ts'
import type { Listing } from '../../src/sim/market/live/listing.ts'
import type { SimVenue } from '../../src/sim/market/live/listings.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import type { SimVenues } from '../../src/sim/servers/simVenues.ts'
import type { Store } from '../../src/store/open.ts'
import { readCoverage } from '../../src/store/queries/readCoverage.ts'
import type { Item } from './lanes/item.ts'
import { pollMsOf, servedAfterMs } from './lanes/laneSource.ts'
import { lackingReadings, SLACK_MS, untrueReadings } from './lanes/readings.ts'
import { readStoredLanes } from './lanes/storedLanes.ts'
import { differences, truthOf } from './lanes/worldLanes.ts'
import { WorldPast } from './lanes/worldPast.ts'

/** What one lane of one instrument came to. */
export interface LaneResult {
  readonly venue: Venue
  readonly market: string
  readonly instrument: string
  readonly lane: string
  /** True records; of what is asked for every so often, stored ones that are true. */
  readonly truth: number
  readonly stored: number
  /** True records that are not stored, and whether a reported gap holds them. */
  readonly missing: readonly { readonly at: number; readonly inGap: boolean }[]
  /** Stored records that are not true. */
  readonly invented: readonly Item[]
  readonly gaps: readonly Gap[]
  /** Where it tells of the moment only: how often it is asked for. */
  readonly pollMs?: number
}

export interface CompareOptions {
  /** Readings of the moment are asked for at least this often, whatever their source says. */
  readonly mostPollMs?: number
  /** The lanes that are compared; all unless said. */
  readonly only?: (lane: Lane) => boolean
}

/** A liquidation is sent with those of its second, so much later at most. */
const LIQUIDATION_MS = 3_000

/**
 * Holds the store against the truth, lane by lane, for all lanes of which anything is covered: trades by their ids, liquidations by
 * their seconds; candles, open interest, ratios and funding of the past by their values; readings of the moment (open interest,
 * expected funding, tickers) by what was true at their time, and by there being one at least every two polls.
 * @param until - what happened after it is not looked at
 */
export async function compareTruth(
  store: Store,
  venues: SimVenues,
  until: number,
  { mostPollMs = Infinity, only = () => true }: CompareOptions = {},
): Promise<readonly LaneResult[]> {
  const book = new CoverageBook(await readCoverage(store))
  const lanes = book.lanes().filter(only)
  const storedOf = await readStoredLanes(store, {
    venues: new Set(lanes.map(({ venue }) => venue)),
    kinds: new Set(lanes.map(({ lane }) => lane.split('/')[0] as string)),
  })
  const pasts = new Map<Listing, WorldPast>()
  const pastOf = (market: VenueMarket, listing: Listing): WorldPast => {
    const past = pasts.get(listing) ?? new WorldPast(market, listing, market.startAt)
    pasts.set(listing, past)
    return past
  }
  return lanes.flatMap((lane) => {
    const venue = lane.venue as SimVenue
    const market = venues.world.venues.get(venue)
    const listing = market?.listing(lane.market as 'spot' | 'perp', lane.instrument)
    const begin = book.covered(lane)[0]?.from
    // What has vanished is not known to the world any more.
    if (market === undefined || listing === undefined || begin === undefined) return []
    const named = { venue, market: lane.market, lane: lane.lane }
    const last = until - (lane.lane === 'liquidation' ? LIQUIDATION_MS : servedAfterMs(named))
    const pollMs = pollMsOf(named)
    // An answer covers from when it came, which may be a little after the time that it tells.
    const first = begin - (pollMs === undefined ? 0 : SLACK_MS)
    const lookedAt = ({ at }: Item): boolean => at >= first && at <= last
    const all = storedOf(lane)
    const stored = all.filter(lookedAt)
    const of = { lane, stored, gaps: book.gaps(lane) }
    const truth = truthOf(market, listing, lane.lane)
    if (truth !== undefined) {
      const known = new Set(truth.items.filter(lookedAt).map(({ key }) => key)).size
      return [resultOf({ ...of, truth: known }, differences(truth, all, lookedAt))]
    }
    if (pollMs === undefined) return []
    const everyMs = Math.min(pollMs, mostPollMs)
    const covered = book.covered(lane).filter(({ from }) => from <= last)
    const untrue = untrueReadings(pastOf(market, listing), listing, lane.lane, stored)
    const lacking = lackingReadings(
      stored,
      covered.map(({ from, to }) => ({ from, to: Math.min(to, last) })),
      everyMs,
    )
    const missing = lacking.map((at) => ({ at, key: '' }))
    const result = resultOf({ ...of, truth: stored.length - untrue.length }, { missing, invented: untrue })
    return [{ ...result, pollMs: everyMs }]
  })
}

interface Of {
  readonly lane: Lane
  readonly truth: number
  readonly stored: readonly Item[]
  readonly gaps: readonly Gap[]
}

function resultOf(
  { lane, truth, stored, gaps }: Of,
  { missing, invented }: ReturnType<typeof differences>,
): LaneResult {
  const isGap = (at: number): boolean => gaps.some(({ from, to }) => at >= from && at < to)
  const { venue, market, instrument } = lane
  return {
    venue: venue as Venue,
    market,
    instrument,
    lane: lane.lane,
    truth,
    stored: new Set(stored.map(({ key }) => key)).size,
    missing: missing.map(({ at }) => ({ at, inGap: isGap(at) })),
    invented,
    gaps,
  }
}
