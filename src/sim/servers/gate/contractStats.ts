import type { SimLiquidation, SimSnapshot } from '../../market/live/book.ts'
import { MINUTE } from '../../market/live/candleTape.ts'
import { unitsOf, valueOf, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import { countedLots, type Counting } from '../counting.ts'
import type { Answer } from '../door.ts'
import { firstIndex } from '../firstIndex.ts'
import { contractOf, isRefused, pageOf, spanOf, type Asked } from './asked.ts'
import { DAY, HOUR } from './intervals.ts'
import { BEYOND_RETENTION, badParameter } from './refusals.ts'
import { price, seconds, size, type SizeForm } from './written.ts'

/** Windows of a minute are the socket's alone: the world looks at accounts every five minutes. */
export const SOCKET_WINDOWS: Readonly<Record<string, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': HOUR,
  '4h': 4 * HOUR,
  '8h': 8 * HOUR,
  '1d': DAY,
  '3d': 3 * DAY,
  '7d': 7 * DAY,
}
const RETENTION = 180 * DAY

/** What a window holds: how accounts stood at its end, or stand now, and what happened in it. */
export interface Window {
  readonly at: number
  readonly end: SimSnapshot
  readonly boughtLots: number
  readonly soldLots: number
  readonly liquidations: readonly SimLiquidation[]
}

/** Open interest, ratios and liquidations by windows, oldest first; the last one is still running. */
export function contractStats(asked: Asked): Answer {
  const { query, market, sizes, counting } = asked
  const listing = contractOf(asked)
  if (isRefused(listing)) return listing
  const stepMs = SOCKET_WINDOWS[query.get('interval') ?? '5m']
  if (stepMs === undefined || stepMs === MINUTE) return badParameter('interval', query.get('interval'))
  const page = pageOf(query, 30)
  if (isRefused(page)) return page
  const span = spanOf(query)
  if (isRefused(span)) return span
  if (span.from !== -Infinity && span.from < market.now() - RETENTION) return BEYOND_RETENTION
  const windows = windowsFrom(market, listing, { stepMs, from: span.from, limit: page.limit })
  return ok(windows.map((window) => restRow(listing, window, sizes, counting)))
}

function windowsFrom(
  market: VenueMarket,
  listing: Listing,
  { stepMs, from, limit }: { readonly stepMs: number; readonly from: number; readonly limit: number },
): readonly Window[] {
  const running = Math.floor(market.now() / stepMs) * stepMs
  const oldest = Math.floor((market.startAt - 1) / stepMs) * stepMs
  const wanted = from === -Infinity ? running - (limit - 1) * stepMs : Math.ceil(from / stepMs) * stepMs
  const windows: Window[] = []
  for (let at = Math.max(wanted, oldest); at <= running && windows.length < limit; at += stepMs) {
    windows.push(windowAt(market, listing, at, stepMs))
  }
  return windows
}

/** The window that opens then; what it says ends now where it is not over. */
export function windowAt(market: VenueMarket, listing: Listing, at: number, stepMs: number): Window {
  const snapshots = within(market.snapshots(listing), at, at + stepMs)
  const isRunning = at + stepMs > market.now()
  const last = snapshots.at(-1)
  const parts = isRunning || last === undefined ? [...snapshots, market.snapshot(listing)] : snapshots
  const takers = stepMs < 5 * MINUTE ? takersSince(market, listing, at) : takersOf(parts)
  const liquidations = market.liquidations(listing)
  const first = firstIndex(liquidations, (each) => each.at < at)
  const end = firstIndex(liquidations, (each) => each.at < at + stepMs)
  return { at, end: parts.at(-1) as SimSnapshot, ...takers, liquidations: liquidations.slice(first, end) }
}

/** Snapshots after one instant up to another: what they say of takers lies between. */
function within(snapshots: readonly SimSnapshot[], after: number, until: number): readonly SimSnapshot[] {
  return snapshots.slice(
    firstIndex(snapshots, ({ at }) => at <= after),
    firstIndex(snapshots, ({ at }) => at <= until),
  )
}

type Takers = Pick<Window, 'boughtLots' | 'soldLots'>

const takersOf = (parts: readonly Takers[]): Takers => ({
  boughtLots: parts.reduce((sum, { boughtLots }) => sum + boughtLots, 0),
  soldLots: parts.reduce((sum, { soldLots }) => sum + soldLots, 0),
})

function takersSince(market: VenueMarket, listing: Listing, since: number): Takers {
  const trades = market.trades(listing)
  const inside = trades.slice(firstIndex(trades, ({ at }) => at < since))
  return takersOf(
    inside.map(({ takerBuy, lots }) => ({ boughtLots: takerBuy ? lots : 0, soldLots: takerBuy ? 0 : lots })),
  )
}

/** 0 where there is nothing to divide by, which is no ratio. */
const ratio = (long: number, short: number): number => (short === 0 ? 0 : long / short)

/** A row as the socket has it: fewer fields, one of them no text. */
export function socketRow(listing: Listing, window: Window, form: SizeForm, counting: Counting) {
  const { end } = window
  const mark = end.mark
  const open = countedLots(end.longLots, counting)
  const [long, short] = (['long', 'short'] as const).map((position) => liquidated(listing, window, position)) as [
    Liquidated,
    Liquidated,
  ]
  return {
    time: seconds(window.at),
    contract: listing.name,
    lsr_taker: ratio(window.boughtLots, window.soldLots),
    lsr_account: ratio(end.longAccounts, end.shortAccounts),
    long_liq_size: size(long.lots, form),
    long_liq_amount: long.amount,
    long_liq_usd: long.usd,
    short_liq_size: size(short.lots, form),
    short_liq_amount: short.amount,
    short_liq_usd: short.usd,
    open_interest: size(open, form),
    open_interest_usd: valueOf(listing, open, mark),
    mark_price: price(listing, mark),
    top_lsr_account: ratio(end.topLongAccounts, end.topShortAccounts),
    top_lsr_size: ratio(end.topLongLots, end.topShortLots),
  }
}

function restRow(listing: Listing, window: Window, form: SizeForm, counting: Counting) {
  const { contract: _, ...row } = socketRow(listing, window, form, counting)
  const { end } = window
  return {
    ...row,
    top_lsr_size: form === 'text' ? String(row.top_lsr_size) : row.top_lsr_size,
    long_liq_usd_new: row.long_liq_usd,
    short_liq_usd_new: row.short_liq_usd,
    top_long_size: size(end.topLongLots, form),
    top_short_size: size(end.topShortLots, form),
    long_taker_size: size(window.boughtLots, form),
    short_taker_size: size(window.soldLots, form),
    top_long_account: size(end.topLongAccounts, form),
    top_short_account: size(end.topShortAccounts, form),
    long_users: size(end.longAccounts, form),
    short_users: size(end.shortAccounts, form),
  }
}

interface Liquidated {
  readonly lots: number
  readonly amount: number
  readonly usd: number
}

/** Positions of one side that were closed by force, at the mark price of the window's end. */
function liquidated(listing: Listing, { end, liquidations }: Window, position: 'long' | 'short'): Liquidated {
  const lots = liquidations.filter((each) => each.position === position).reduce((sum, each) => sum + each.lots, 0)
  return { lots, amount: unitsOf(listing, lots, end.mark), usd: valueOf(listing, lots, end.mark) }
}
