import { DAY_MS } from '../../../core/instant.ts'
import type { SimSnapshot } from '../../market/live/book.ts'
import { unitsOf, valueOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import { countedLots, type Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { BARS, moved, openOf, type Bar } from './bars.ts'
import { decimalText } from './decimalText.ts'
import { swaps } from './names.ts'
import { openInterestOf } from './quantities.ts'
import { illegalRange, missing, rowsOf, unknownInstrument, wrong } from './refusals.ts'

/** The latest rows of a period that can be reached, and how many of them a page holds. */
const REACH = 1440
const PAGE = 100

type Row = (snapshots: readonly SimSnapshot[], listing: Listing) => readonly string[]

/** `[ts, oi, oiCcy, oiUsd]` at the end of each period. */
export const openInterestHistory = (ask: Ask, market: VenueMarket, counting: Counting): Answer =>
  history(ask, market, (snapshots, listing) => {
    const { longLots, mark } = last(snapshots)
    return openInterestOf(listing, countedLots(longLots, counting), mark)
  })

/** `[ts, ratio]`: one number, long over short. */
export const accountRatio = (ask: Ask, market: VenueMarket): Answer =>
  history(ask, market, (snapshots) => ratio(last(snapshots).longAccounts, last(snapshots).shortAccounts))

export const topAccountRatio = (ask: Ask, market: VenueMarket): Answer =>
  history(ask, market, (snapshots) => ratio(last(snapshots).topLongAccounts, last(snapshots).topShortAccounts))

export const topPositionRatio = (ask: Ask, market: VenueMarket): Answer =>
  history(ask, market, (snapshots) => ratio(last(snapshots).topLongLots, last(snapshots).topShortLots))

/** `[ts, sold, bought]` in the unit that was asked for, which the answer does not name. */
export function takerVolume(ask: Ask, market: VenueMarket): Answer {
  const unit = ask.query.get('unit') ?? '1'
  const worth = UNITS[unit]
  if (worth === undefined) return wrong('unit')
  return history(ask, market, (snapshots, listing) =>
    (['soldLots', 'boughtLots'] as const).map((side) =>
      decimalText(
        snapshots.reduce((sum, snapshot) => sum + worth(listing, snapshot[side], snapshot.mark), 0),
        8,
      ),
    ),
  )
}

const UNITS: Readonly<Record<string, (listing: Listing, lots: number, price: number) => number>> = {
  '0': unitsOf,
  '1': (_, lots) => lots,
  '2': valueOf,
}

/** Rows newer than `begin` and older than `end`, neither included; of more than a page the newest, newest first. */
function history({ query }: Ask, market: VenueMarket, row: Row): Answer {
  const instId = query.get('instId')
  if (instId === null) return missing('instId')
  const listing = market.listing('perp', instId)
  if (listing === undefined) return unknownInstrument()
  const period = query.get('period') ?? '5m'
  const bar = PERIODS.includes(period) ? BARS.get(period) : undefined
  if (bar === undefined) return wrong('period')
  const limit = Math.min(numberOf(query, 'limit', PAGE), PAGE)
  const [begin, end] = [numberOf(query, 'begin', -Infinity), numberOf(query, 'end', Infinity)]
  if (!(limit > 0) || Number.isNaN(begin) || Number.isNaN(end)) return wrong('limit')
  const oldest = moved(bar, openOf(bar, market.now()), 1 - REACH)
  const found = periodsOf(market, listing, bar).filter(({ ts }) => ts > begin && ts < end && ts >= oldest)
  return rowsOf(
    found
      .slice(-limit)
      .toReversed()
      .map(({ ts, snapshots }) => [String(ts), ...row(snapshots, listing)]),
  )
}

/** Five minutes and more; each length that candles have but for the shortest. */
const PERIODS = [...BARS.keys()].filter((name) => name !== '1m' && name !== '3m')

interface Period {
  readonly ts: number
  readonly snapshots: readonly SimSnapshot[]
}

/** Periods that have ended, named by their end, with the snapshots in them; the first only where all of it is known. */
function periodsOf(market: VenueMarket, listing: Listing, bar: Bar): readonly Period[] {
  const all = market.snapshots(listing)
  const began = all[0]?.at ?? Infinity
  const groups = new Map<number, SimSnapshot[]>()
  for (const snapshot of all) {
    const ts = moved(bar, openOf(bar, snapshot.at - 1), 1)
    const group = groups.get(ts)
    if (group === undefined) groups.set(ts, [snapshot])
    else group.push(snapshot)
  }
  return [...groups]
    .map(([ts, snapshots]) => ({ ts, snapshots }))
    .filter(({ ts }) => moved(bar, ts, -1) >= began && ts <= market.now())
}

const last = (snapshots: readonly SimSnapshot[]): SimSnapshot => snapshots.at(-1) as SimSnapshot

const ratio = (long: number, short: number): readonly [string] => [decimalText(long / Math.max(1, short), 16)]

/** How far back statistics of a whole coin reach, by period. */
const COIN_REACH: Readonly<Record<string, number>> = { '5m': 2 * DAY_MS, '1H': 30 * DAY_MS, '1D': 180 * DAY_MS }

/** `[ts, open interest, volume]` in dollars over all contracts of a coin. */
export function coinOpenInterestVolume({ query }: Ask, market: VenueMarket, counting: Counting): Answer {
  const [ccy, period] = [query.get('ccy'), query.get('period') ?? '5m']
  if (ccy === null) return missing('ccy')
  const reachMs = COIN_REACH[period]
  const bar = BARS.get(period)
  if (reachMs === undefined || bar === undefined) return wrong('period')
  const listings = swaps(market).filter(({ base }) => base === ccy)
  if (listings.length === 0) return wrong('ccy')
  const [begin, end] = [numberOf(query, 'begin', -Infinity), numberOf(query, 'end', Infinity)]
  const oldest = market.now() - reachMs
  if (begin !== -Infinity && begin < oldest) return illegalRange()
  const sums = new Map<number, { held: number; traded: number }>()
  for (const listing of listings) {
    for (const { ts, snapshots } of periodsOf(market, listing, bar)) {
      if (ts < oldest || ts < begin || ts > end) continue
      const sum = sums.get(ts) ?? { held: 0, traded: 0 }
      sums.set(ts, sum)
      sum.held += valueOf(listing, countedLots(last(snapshots).longLots, counting), last(snapshots).mark)
      for (const { boughtLots, soldLots, mark } of snapshots)
        sum.traded += valueOf(listing, boughtLots + soldLots, mark)
    }
  }
  return rowsOf(
    [...sums]
      .sort(([a], [b]) => b - a)
      .map(([ts, { held, traded }]) => [String(ts), decimalText(held, 4), decimalText(traded, 4)]),
  )
}
