import { HOUR_MS } from '../../../src/core/instant.ts'
import type { SimCandle } from '../../../src/sim/market/live/candleTape.ts'
import { unitsOf, valueOf, type Listing } from '../../../src/sim/market/live/listing.ts'
import { portableExp } from '../../../src/sim/market/portableMath.ts'

/** One trade: quantity in lots of the listing, price of one unit. */
export interface Traded {
  readonly at: number
  readonly price: number
  readonly lots: number
  readonly takerBuy: boolean
}

/** What somebody wants to trade at once. */
export interface Order {
  readonly at: number
  readonly takerBuy: boolean
  readonly lots: number
}

/** Where the price is so far from its worth, log units, twice as much is offered. */
const TWICE_OFFERED = 0.05

/**
 * The book of one instrument: who takes from it moves its price by what is taken over its depth. The further the price
 * is from where news alone would have it, the more is offered against the move.
 */
export class TradedBook {
  readonly listing: Listing
  readonly depth: number
  /** Share of its market's turnover that is traded here. */
  readonly share: number
  readonly trades: Traded[] = []
  /** Bars of the hours in which something traded. */
  readonly hours: SimCandle[] = []
  /** Logarithm of the price between bid and ask, and of where news alone would have it. */
  logMid: number
  logWorth: number
  readonly #scale: number
  #mid = NaN
  #computedAt = NaN

  constructor(listing: Listing, is: { readonly depth: number; readonly share: number; readonly logMid: number }) {
    this.listing = listing
    this.depth = is.depth
    this.share = is.share
    this.logMid = is.logMid
    this.logWorth = is.logMid
    this.#scale = 10 ** listing.priceDecimals
  }

  get mid(): number {
    if (this.#computedAt !== this.logMid) [this.#computedAt, this.#mid] = [this.logMid, portableExp(this.logMid)]
    return this.#mid
  }

  /** Lots of so many dollars. */
  lotsOf(usd: number): number {
    return Math.round(usd / this.valueOf(1))
  }

  /** Dollars of so many lots. */
  valueOf(lots: number): number {
    return valueOf(this.listing, lots, this.mid)
  }

  /** A taker's order: it moves the price, and is filled half way. */
  take({ at, takerBuy, lots }: Order): Traded {
    const moved = this.#impactOf(takerBuy ? lots : -lots)
    const traded = this.#trade({ at, takerBuy, lots }, this.logMid + moved / 2)
    this.logMid += moved
    return traded
  }

  /** Ordinary orders of both sides, none of which is large: only what one side has more moves the price. */
  takeBoth(at: readonly [number, number], bought: number, sold: number): readonly Traded[] {
    const { logMid } = this
    const both = [
      { at: at[0], takerBuy: true, lots: bought },
      { at: at[1], takerBuy: false, lots: sold },
    ].filter(({ lots }) => lots > 0)
    this.logMid += this.#impactOf(bought - sold)
    return both.map((order) => this.#trade(order, logMid))
  }

  #impactOf(lots: number): number {
    return this.valueOf(lots) / (this.depth * (1 + Math.abs(this.logMid - this.logWorth) / TWICE_OFFERED))
  }

  #trade({ at, takerBuy, lots }: Order, logMid: number): Traded {
    const { listing } = this
    const price = this.#toTick(portableExp(logMid) + (takerBuy ? 1 : -1) * listing.tick)
    const traded = { at, price, lots, takerBuy }
    this.trades.push(traded)
    this.#addToHour(traded)
    return traded
  }

  #addToHour({ at, price, lots, takerBuy }: Traded): void {
    const open = Math.floor(at / HOUR_MS) * HOUR_MS
    if (this.hours.at(-1)?.at !== open) this.hours.push(emptyHour(open, price))
    const bar = this.hours.at(-1) as SimCandle
    const [units, value] = [unitsOf(this.listing, lots, price), valueOf(this.listing, lots, price)]
    bar.high = Math.max(bar.high, price)
    bar.low = Math.min(bar.low, price)
    bar.close = price
    bar.units += units
    bar.quoteValue += value
    bar.trades++
    bar.lots += lots
    if (!takerBuy) return
    bar.takerBuyUnits += units
    bar.takerBuyQuoteValue += value
  }

  /** Ticks are powers of ten. */
  #toTick(price: number): number {
    return Math.max(1, Math.round(price * this.#scale)) / this.#scale
  }
}

const emptyHour = (at: number, price: number): SimCandle => ({
  at,
  stepMs: HOUR_MS,
  open: price,
  high: price,
  low: price,
  close: price,
  units: 0,
  quoteValue: 0,
  trades: 0,
  takerBuyUnits: 0,
  takerBuyQuoteValue: 0,
  lots: 0,
})
