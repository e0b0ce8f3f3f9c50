import { HOUR_MS } from '../../../core/instant.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { numberOf } from '../answers.ts'
import type { Answer, Ask } from '../door.ts'
import { BARS, moved, openOf, type Bar } from './bars.ts'
import { named } from './names.ts'
import { pxText, volumesOf } from './quantities.ts'
import { rowsOf, unknownInstrument, missing, wrong } from './refusals.ts'

/** `market/candles` reaches back so many bars, whatever their length. */
const REACH = 1440
const MOST = 300
/** Lengths that sockets and statistics have but these doors have not. */
const SOCKET_ONLY = ['5D', '5Dutc']

/** A bar of any length. */
export interface OkxCandle {
  readonly at: number
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly units: number
  readonly quoteValue: number
  readonly isClosed: boolean
}

/** The latest bars: the first of them runs still. */
export const candles = (ask: Ask, market: VenueMarket): Answer =>
  page(ask, market, (bar, now) => ({ from: moved(bar, openOf(bar, now), 1 - REACH), to: now + 1 }))

/** Bars that have closed, as far back as there are any. */
export const historyCandles = (ask: Ask, market: VenueMarket): Answer =>
  page(ask, market, (bar, now) => ({ from: -Infinity, to: openOf(bar, now) }))

type Reach = (bar: Bar, now: number) => { readonly from: number; readonly to: number }

/** Bars newer than `before` and older than `after`, neither included; of more than `limit` the newest, newest first. */
function page({ query }: Ask, market: VenueMarket, reach: Reach): Answer {
  const instId = query.get('instId')
  if (instId === null) return missing('instId')
  const listing = named(market, instId)
  if (listing === undefined) return unknownInstrument()
  const name = query.get('bar') ?? '1m'
  const bar = SOCKET_ONLY.includes(name) ? undefined : BARS.get(name)
  if (bar === undefined) return wrong('bar')
  const limit = Math.min(numberOf(query, 'limit', 100), MOST)
  const reached = reach(bar, market.now())
  const to = Math.min(reached.to, numberOf(query, 'after', Infinity))
  const newest = openOf(bar, to - 1)
  const from = Math.max(reached.from, numberOf(query, 'before', -Infinity) + 1, moved(bar, newest, 1 - limit))
  if (!(limit > 0) || Number.isNaN(from)) return wrong('limit')
  return rowsOf(
    candlesOf(market, listing, bar, { from, to })
      .toReversed()
      .map((candle) => candleRow(listing, candle)),
  )
}

/** A row: opening, four prices, three volumes, and whether it is finished. */
export const candleRow = (listing: Listing, candle: OkxCandle): readonly string[] => [
  String(candle.at),
  pxText(listing, candle.open),
  pxText(listing, candle.high),
  pxText(listing, candle.low),
  pxText(listing, candle.close),
  ...volumesOf(listing, candle),
  candle.isClosed ? '1' : '0',
]

/** Bars that open in [from, to), oldest first; the last may be running. The first is left out where its beginning is not known. */
export function candlesOf(
  market: VenueMarket,
  listing: Listing,
  bar: Bar,
  { from, to }: { readonly from: number; readonly to: number },
): readonly OkxCandle[] {
  const partMs = bar.is === 'fixed' && bar.stepMs < HOUR_MS ? bar.stepMs : HOUR_MS
  const end = moved(bar, openOf(bar, to - 1), 1)
  const groups = new Map<number, SimCandle[]>()
  for (const part of market.candles(listing, { stepMs: partMs, from, to: Math.min(end, market.now() + 1) })) {
    const open = openOf(bar, part.at)
    const group = groups.get(open)
    if (group === undefined) groups.set(open, [part])
    else group.push(part)
  }
  return [...groups]
    .filter(([open, parts]) => open >= from && open < to && parts[0]?.at === open)
    .map(([open, parts]) => joined(open, parts, moved(bar, open, 1) <= market.now()))
}

function joined(at: number, parts: readonly SimCandle[], isClosed: boolean): OkxCandle {
  const [first, last] = [parts[0] as SimCandle, parts.at(-1) as SimCandle]
  return {
    at,
    open: first.open,
    high: Math.max(...parts.map(({ high }) => high)),
    low: Math.min(...parts.map(({ low }) => low)),
    close: last.close,
    units: parts.reduce((sum, { units }) => sum + units, 0),
    quoteValue: parts.reduce((sum, { quoteValue }) => sum + quoteValue, 0),
    isClosed,
  }
}
