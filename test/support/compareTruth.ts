import { CoverageBook, type Gap, type Lane } from '../../src/desk/jobs/collect/coverageBook.ts'
import type { SimVenue } from '../../src/sim/market/live/listings.ts'
import type { Listing } from '../../src/sim/market/live/listing.ts'
import { DOORS, type SimVenues } from '../../src/sim/servers/simVenues.ts'
import type { Store } from '../../src/store/open.ts'
import { readCoverage } from '../../src/store/queries/readCoverage.ts'

/** What one lane of one instrument came to. */
export interface LaneResult {
  readonly venue: SimVenue
  readonly market: string
  readonly instrument: string
  readonly lane: string
  readonly truth: number
  readonly stored: number
  /** True records that are not stored, and whether a reported gap holds them. */
  readonly missing: readonly { readonly at: number; readonly inGap: boolean }[]
  /** Stored records that are not true. */
  readonly invented: number
  readonly gaps: readonly Gap[]
}

interface Item {
  readonly at: number
  readonly key: string
  /** An amount that may differ by rounding, relative. */
  readonly amount?: number
}

/** What has happened is sent this much later at most: a bar when it has closed, a liquidation with those of its second. */
const LATE_MS: Readonly<Record<string, number>> = { 'candle/1m': 60_000, liquidation: 3_000 }

/** Venues write amounts of linear contracts exactly; those of inverse ones are derived, or rounded. */
const TOLERANCE = { none: 1e-6, linear: 1e-6, inverse: 2e-2 } as const

/**
 * Holds the store against the truth, lane by lane: trades and liquidations by id or value, minute candles by value.
 * @param until - what happened after it is not looked at
 */
export async function compareTruth(store: Store, venues: SimVenues, until: number): Promise<readonly LaneResult[]> {
  const book = new CoverageBook(await readCoverage(store))
  const results: LaneResult[] = []
  for (const lane of book.lanes()) {
    const listing = venues.world.venues
      .get(lane.venue as SimVenue)
      ?.listing(lane.market as 'spot' | 'perp', lane.instrument)
    const truth = listing === undefined ? undefined : truthOf(venues, listing, lane.lane)
    if (listing === undefined || truth === undefined) continue
    const begin = book.covered(lane)[0]?.from ?? Infinity
    // A bar belongs to what has happened when it has closed.
    const last = until - (LATE_MS[lane.lane] ?? 0)
    const lookedAt = ({ at }: Item): boolean => at >= begin && at <= last
    const stored = (await storedOf(store, lane)).filter(lookedAt)
    results.push(compared({ lane, listing, truth: truth.filter(lookedAt), stored, gaps: book.gaps(lane) }))
  }
  return results
}

interface Compared {
  readonly lane: Lane
  readonly listing: Listing
  readonly truth: readonly Item[]
  readonly stored: readonly Item[]
  readonly gaps: readonly Gap[]
}

function compared({ lane, listing, truth, stored, gaps }: Compared): LaneResult {
  const isGap = (at: number): boolean => gaps.some(({ from, to }) => at >= from && at < to)
  const found = new Map(stored.map((each) => [each.key, each]))
  const known = new Map(truth.map((each) => [each.key, each]))
  const tolerance = TOLERANCE[listing.contract]
  const isSame = (a: Item, b: Item | undefined): boolean =>
    b !== undefined && Math.abs((a.amount ?? 0) - (b.amount ?? 0)) <= tolerance * Math.abs(a.amount ?? 0) + 1e-7
  return {
    venue: lane.venue as SimVenue,
    market: lane.market,
    instrument: lane.instrument,
    lane: lane.lane,
    truth: known.size,
    stored: found.size,
    missing: [...known.values()]
      .filter((each) => !isSame(each, found.get(each.key)))
      .map(({ at }) => ({ at, inGap: isGap(at) })),
    invented: [...found.values()].filter((each) => !isSame(each, known.get(each.key))).length,
    gaps,
  }
}

function truthOf(venues: SimVenues, listing: Listing, lane: string): readonly Item[] | undefined {
  const market = venues.world.venues.get(listing.venue as SimVenue)
  if (market === undefined) return undefined
  if (lane === 'trade') {
    const doors = DOORS[listing.venue as SimVenue]
    return market.trades(listing).flatMap((trade) => {
      const ids = doors.tradeIds?.(trade) ?? [doors.tradeId(listing, trade)]
      return ids.map((key) => ({ at: trade.at, key }))
    })
  }
  if (lane === 'liquidation') return market.liquidations(listing).map((each) => bySecond(listing.venue, each))
  if (lane === 'candle/1m') {
    const bars = market.candles(listing, { stepMs: 60_000, from: market.startAt, to: market.now() - 60_000 })
    return bars.map((bar) => ({
      at: bar.at,
      key: [bar.at, bar.open, bar.high, bar.low, bar.close].join(' '),
      amount: bar.units,
    }))
  }
  return undefined
}

/** Some venues cut a liquidation's time to the second, and Binance sends one of a second: that one is there can be compared. */
function bySecond(venue: string, { at, position }: { readonly at: number; readonly position: string }): Item {
  const second = Math.floor(at / 1000) * 1000
  return { at: second, key: venue === 'binance' ? String(second) : `${second} ${position}` }
}

async function storedOf(store: Store, { venue, market, instrument, lane }: Lane): Promise<readonly Item[]> {
  const params = { venue, market, instrument }
  const where = 'venue = {venue:String} and market = {market:String} and instrument = {instrument:String}'
  if (lane === 'trade') {
    const sql = `select at, tradeId from trade final where ${where}`
    const { columns } = await store.engine.select(sql, { at: 'number', tradeId: 'text' }, { params })
    return columns.tradeId.map((key, i) => ({ at: columns.at[i] as number, key }))
  }
  if (lane === 'liquidation') {
    const sql = `select at, position from liquidation final where ${where}`
    const { columns } = await store.engine.select(sql, { at: 'number', position: 'text' }, { params })
    return columns.position.map((position, i) => bySecond(venue, { at: columns.at[i] as number, position }))
  }
  const shape = {
    at: 'number',
    open: 'number',
    high: 'number',
    low: 'number',
    close: 'number',
    volume: 'number',
  } as const
  const sql = `select at, open, high, low, close, volume from candle final where ${where} and interval = '1m'`
  const { length, columns: c } = await store.engine.select(sql, shape, { params })
  return Array.from({ length }, (_, i) => ({
    at: c.at[i] as number,
    key: [c.at[i], c.open[i], c.high[i], c.low[i], c.close[i]].join(' '),
    amount: c.volume[i] as number,
  }))
}
