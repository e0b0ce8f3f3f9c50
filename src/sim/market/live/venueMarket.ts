import type { Candles } from '../../../core/candles.ts'
import { HOUR_MS } from '../../../core/instant.ts'
import type { Book, BookEvent, SimFunding, SimLiquidation, SimSnapshot, SimTrade } from './book.ts'
import { joinBars, type SimCandle } from './candleTape.ts'
import { unitsOf, type Listing } from './listing.ts'
import type { SimVenue } from './listings.ts'

/** What can be seen of an instrument at a glance. Prices of one unit, quantities in units and in the quote. */
export interface SimTicker {
  readonly last: number
  readonly mark: number
  readonly index: number
  readonly bid: number
  readonly ask: number
  readonly open24h: number
  readonly high24h: number
  readonly low24h: number
  readonly units24h: number
  readonly quoteValue24h: number
  readonly lots24h: number
  readonly trades24h: number
}

const DAY = 24 * HOUR_MS

/** One venue's market, as a server of that venue needs to see it. All lists are oldest first. */
export class VenueMarket {
  readonly venue: SimVenue
  readonly startAt: number
  readonly #books = new Map<string, Book>()
  readonly #past: ReadonlyMap<string, Candles>
  readonly #listeners = new Set<(event: BookEvent) => void>()
  readonly #removed = new Set<string>()
  #now: number

  constructor(venue: SimVenue, startAt: number, past: ReadonlyMap<string, Candles>) {
    this.venue = venue
    this.startAt = startAt
    this.#now = startAt
    this.#past = past
  }

  add(book: Book): void {
    this.#books.set(key(book.listing.market, book.listing.name), book)
  }

  /** Takes an instrument off the list: it vanishes as a delisted one does. */
  remove(market: Listing['market'], name: string): void {
    this.#books.delete(key(market, name))
    this.#removed.add(key(market, name))
  }

  /** Whether an instrument was once on the list and is no more. */
  wasRemoved(market: Listing['market'], name: string): boolean {
    const id = key(market, name)
    return this.#removed.has(id) && !this.#books.has(id)
  }

  emit(event: BookEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  /** Tells every trade and liquidation from now on; the answer ends it. */
  subscribe(listener: (event: BookEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  advanceTo(ms: number): void {
    this.#now = ms
    for (const book of this.#books.values()) book.advanceTo(ms)
  }

  now(): number {
    return this.#now
  }

  get listings(): readonly Listing[] {
    return [...this.#books.values()].map(({ listing }) => listing)
  }

  listing(market: Listing['market'], name: string): Listing | undefined {
    return this.#books.get(key(market, name))?.listing
  }

  trades(listing: Listing): readonly SimTrade[] {
    return this.#book(listing).trades
  }

  liquidations(listing: Listing): readonly SimLiquidation[] {
    return this.#book(listing).liquidations
  }

  /** Every five minutes, on the grid. */
  snapshots(listing: Listing): readonly SimSnapshot[] {
    return this.#book(listing).snapshots
  }

  snapshot(listing: Listing): SimSnapshot {
    return this.#book(listing).snapshot(this.#now)
  }

  fundings(listing: Listing): readonly SimFunding[] {
    return this.#book(listing).fundings
  }

  /** The rate expected next, and when it is paid. */
  expectedFunding(listing: Listing): { readonly rate: number; readonly at: number } {
    const step = listing.fundingHours * HOUR_MS
    return { rate: this.#book(listing).expectedFunding(), at: (Math.floor(this.#now / step) + 1) * step }
  }

  positions(listing: Listing): Book['accounts'] {
    return this.#book(listing).accounts
  }

  /** Bars that open in [from, to). Before the world's start there are hours only; the last bar may be running. */
  candles(
    listing: Listing,
    { stepMs, from, to }: { readonly stepMs: number; readonly from: number; readonly to: number },
  ): readonly SimCandle[] {
    const { tape } = this.#book(listing)
    if (stepMs < HOUR_MS) return tape.bars(stepMs, from, to)
    const [first, end] = [from, to].map((ms) => Math.ceil(ms / stepMs) * stepMs) as [number, number]
    const hours = [...this.#pastHours(listing, first, end), ...tape.bars(HOUR_MS, first, end)]
    return stepMs === HOUR_MS ? hours : joinedBy(stepMs, hours)
  }

  /** Where the mark price stands. */
  mark(listing: Listing): number {
    return this.#book(listing).mark
  }

  /** Where the mark price stood at an instant from the start on; between nodes five seconds apart it goes straight. */
  markAt(listing: Listing, ms: number): number {
    return this.#book(listing).markAt(Math.min(ms, this.#now))
  }

  ticker(listing: Listing): SimTicker {
    const book = this.#book(listing)
    const bars = this.candles(listing, { stepMs: HOUR_MS, from: this.#now - DAY, to: this.#now + 1 })
    const { last, mark } = book
    const sum = (field: 'units' | 'quoteValue' | 'lots' | 'trades'): number =>
      bars.reduce((total, bar) => total + bar[field], 0)
    return {
      last,
      mark,
      index: mark,
      bid: Number((last - listing.tick).toFixed(listing.priceDecimals)),
      ask: Number((last + listing.tick).toFixed(listing.priceDecimals)),
      open24h: bars[0]?.open ?? last,
      high24h: Math.max(last, ...bars.map(({ high }) => high)),
      low24h: Math.min(last, ...bars.map(({ low }) => low)),
      units24h: sum('units'),
      quoteValue24h: sum('quoteValue'),
      lots24h: sum('lots'),
      trades24h: sum('trades'),
    }
  }

  /** When the first bar of a length can open: hours before the world's start are kept, what is shorter is not. */
  firstOpen(listing: Listing, stepMs: number): number {
    return stepMs < HOUR_MS ? this.startAt : (this.#past.get(listing.asset)?.start ?? this.startAt)
  }

  #pastHours(listing: Listing, from: number, to: number): readonly SimCandle[] {
    const past = this.#past.get(listing.asset)
    if (past === undefined) return []
    const bars: SimCandle[] = []
    const end = Math.min(to, this.startAt)
    for (let at = Math.max(Math.ceil(from / HOUR_MS) * HOUR_MS, past.start); at < end; at += HOUR_MS) {
      bars.push(pastHour(listing, past, (at - past.start) / HOUR_MS))
    }
    return bars
  }

  #book(listing: Listing): Book {
    const book = this.#books.get(key(listing.market, listing.name))
    if (book === undefined) throw new RangeError(`"${listing.name}" is not listed`)
    return book
  }
}

const key = (market: string, name: string): string => `${market}/${name}`

/** Hours joined to longer bars; the first is left out where its beginning is missing. */
function joinedBy(stepMs: number, hours: readonly SimCandle[]): readonly SimCandle[] {
  const bars: SimCandle[] = []
  const perBar = stepMs / HOUR_MS
  for (let i = hours.findIndex(({ at }) => at % stepMs === 0); i >= 0 && i < hours.length; i += perBar) {
    const bar = joinBars(hours.slice(i, i + perBar), stepMs)
    if (bar !== undefined) bars.push(bar)
  }
  return bars
}

function pastHour(listing: Listing, past: Candles, hour: number): SimCandle {
  const price = (column: Float64Array): number =>
    Number(((column[hour] as number) * listing.unitCoins).toFixed(listing.priceDecimals))
  const [open, close] = [price(past.open), price(past.close)]
  const units = (past.volume[hour] ?? 0) / listing.unitCoins
  return {
    at: past.start + hour * HOUR_MS,
    stepMs: HOUR_MS,
    open,
    high: Math.max(open, close, price(past.high)),
    low: Math.min(open, close, price(past.low)),
    close,
    units,
    quoteValue: past.quoteVolume[hour] ?? 0,
    trades: past.trades[hour] ?? 0,
    takerBuyUnits: (past.takerBuyVolume[hour] ?? 0) / listing.unitCoins,
    takerBuyQuoteValue: past.takerBuyQuoteVolume[hour] ?? 0,
    lots: Math.round(units / unitsOf(listing, 1, close)),
  }
}
