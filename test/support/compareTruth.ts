import { CoverageBook, type Gap } from '../../src/desk/jobs/collect/coverageBook.ts'
import type { Coverage } from '../../src/records/coverage.ts'
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
}

/** Holds the store against the truth, lane by lane: trades and liquidations by id or value, minute candles by value. */
export async function compareTruth(store: Store, venues: SimVenues, frozenAt: number): Promise<readonly LaneResult[]> {
  const rows = await readCoverage(store)
  const book = new CoverageBook(rows)
  const results: LaneResult[] = []
  for (const { venue, market, lane, instrument } of book.lanes()) {
    const server = venues.world.venues.get(venue as SimVenue)
    const listing = server?.listing(market as 'spot' | 'perp', instrument)
    if (server === undefined || listing === undefined) continue
    const truth = truthOf(venues, venue as SimVenue, listing, lane)
    if (truth === undefined) continue
    const stored = new Map((await storedOf(store, { venue, market, instrument }, lane)).map((each) => [each.key, each]))
    const gaps = book.gaps({ venue, market, lane, instrument })
    const begin = book.covered({ venue, market, lane, instrument })[0]?.from ?? Infinity
    const due = truth.filter(({ at }) => at >= begin && at <= frozenAt)
    const isGap = (at: number): boolean => gaps.some(({ from, to }) => at >= from && at < to)
    const known = new Set(truth.map(({ key }) => key))
    results.push({
      venue: venue as SimVenue,
      market,
      instrument,
      lane,
      truth: due.length,
      stored: stored.size,
      missing: due.filter(({ key }) => !stored.has(key)).map(({ at }) => ({ at, inGap: isGap(at) })),
      invented: [...stored.keys()].filter((key) => !known.has(key)).length,
      gaps,
    })
  }
  return results
}

function truthOf(venues: SimVenues, venue: SimVenue, listing: Listing, lane: string): readonly Item[] | undefined {
  const market = venues.world.venues.get(venue)
  if (market === undefined) return undefined
  if (lane === 'trade') {
    const doors = DOORS[venue]
    return market.trades(listing).flatMap((trade) => {
      const ids = doors?.tradeIds?.(trade) ?? [doors?.tradeId(listing, trade) ?? '']
      return ids.map((key) => ({ at: trade.at, key }))
    })
  }
  if (lane === 'liquidation') {
    return market.liquidations(listing).map(({ at, position }) => ({ at, key: `${at} ${position}` }))
  }
  if (lane === 'candle/1m') {
    const bars = market.candles(listing, { stepMs: 60_000, from: market.startAt, to: market.now() - 60_000 })
    return bars.map((bar) => ({
      at: bar.at,
      key: [bar.at, bar.open, bar.high, bar.low, bar.close, rounded(bar.units)].join(' '),
    }))
  }
  return undefined
}

const rounded = (value: number): string => value.toPrecision(9)

async function storedOf(
  store: Store,
  { venue, market, instrument }: Pick<Coverage, 'venue' | 'market'> & { readonly instrument: string },
  lane: string,
): Promise<readonly Item[]> {
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
    return columns.position.map((position, i) => ({ at: columns.at[i] as number, key: `${columns.at[i]} ${position}` }))
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
    key: [c.at[i], c.open[i], c.high[i], c.low[i], c.close[i], rounded(c.volume[i] as number)].join(' '),
  }))
}
