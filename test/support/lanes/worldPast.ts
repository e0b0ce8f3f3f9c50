import { DAY_MS, HOUR_MS } from '../../../src/core/instant.ts'
import { fundingRate, longLots } from '../../../src/sim/market/live/accounts.ts'
import type { SimTrade } from '../../../src/sim/market/live/book.ts'
import { NODE_MS } from '../../../src/sim/market/live/latentPrice.ts'
import { unitsOf, type Listing } from '../../../src/sim/market/live/listing.ts'
import type { VenueMarket } from '../../../src/sim/market/live/venueMarket.ts'
import { firstIndex } from '../../../src/sim/servers/firstIndex.ts'

/** What could be seen of an instrument at one instant. */
export interface Standing {
  /** Coins that all longs hold, which is what all shorts hold. */
  readonly coins: number
  /** The rate expected to be paid next. */
  readonly rate: number
  /** Prices of one unit; the last one is not known before anything was traded. */
  readonly last: number | undefined
  readonly mark: number
  /** Units traded since the first whole hour within a day. */
  readonly units24h: number
}

/** After one trade, until the next. */
interface Stood {
  readonly at: number
  readonly last: number | undefined
  readonly longLots: number
  readonly rate: number
  /** Units traded since the world began. */
  readonly units: number
}

/**
 * How an instrument of a simulated world stood in the past. The world remembers trades, and every change of a position is one; so
 * from how accounts stand now it follows how they stood before.
 */
export class WorldPast {
  readonly #market: VenueMarket
  readonly #listing: Listing
  readonly #stood: readonly Stood[]
  /** By their first and last: on the hour itself a day has one more of them. */
  readonly #hours = new Map<string, number>()

  /** @param since - what was before is not asked about */
  constructor(market: VenueMarket, listing: Listing, since: number) {
    this.#market = market
    this.#listing = listing
    this.#stood = stoodSince(market, listing, since)
  }

  at(ms: number): Standing {
    const { unitCoins, lot, contract } = this.#listing
    const { last, longLots: lots, rate } = this.#afterTrades(ms)
    const mark = this.#market.markAt(this.#listing, ms)
    const coins = contract === 'inverse' ? (lots * lot) / mark : lots * lot * unitCoins
    return { coins, rate, last, mark, units24h: this.#units24h(ms) }
  }

  /**
   * How it stood at both ends of a stretch, before and after every trade in it, and wherever the mark price may have turned: every
   * number of the time in between lies between those.
   */
  between(from: number, to: number): readonly Standing[] {
    const first = firstIndex(this.#stood, ({ at }) => at <= from)
    const end = firstIndex(this.#stood, ({ at }) => at <= to)
    const trades = this.#stood.slice(first, end).flatMap(({ at }) => [at - 1, at])
    return [from, ...trades, ...this.#turns(from, to), to].map((ms) => this.at(ms))
  }

  #turns(from: number, to: number): readonly number[] {
    const { startAt } = this.#market
    const first = Math.ceil((from - startAt) / NODE_MS)
    const many = Math.max(0, Math.floor((to - startAt) / NODE_MS) - first + 1)
    return Array.from({ length: many }, (_, i) => startAt + (first + i) * NODE_MS)
  }

  #afterTrades(ms: number): Stood {
    const next = firstIndex(this.#stood, ({ at }) => at <= ms)
    return this.#stood[Math.max(0, next - 1)] as Stood
  }

  #units24h(ms: number): number {
    const hour = Math.floor(ms / HOUR_MS) * HOUR_MS
    const before = Math.ceil((ms - DAY_MS) / HOUR_MS) * HOUR_MS
    const inHour = this.#afterTrades(ms).units - this.#afterTrades(hour - 1).units
    return this.#wholeHours(before, hour) + inHour
  }

  #wholeHours(from: number, to: number): number {
    const key = `${from} ${to}`
    const known = this.#hours.get(key)
    if (known !== undefined) return known
    const bars = this.#market.candles(this.#listing, { stepMs: HOUR_MS, from, to })
    const units = bars.reduce((sum, bar) => sum + bar.units, 0)
    this.#hours.set(key, units)
    return units
  }
}

/** Undoes trade after trade. The first is how it stood before any of them. */
function stoodSince(market: VenueMarket, listing: Listing, since: number): readonly Stood[] {
  const all = market.trades(listing)
  // The hour in which it begins is counted from its beginning.
  const trades = all.slice(firstIndex(all, ({ at }) => at < Math.floor(since / HOUR_MS) * HOUR_MS))
  const accounts = market.positions(listing).map(({ id, lots, leverage }) => ({ id, lots, leverage }))
  const byId = new Map(accounts.map((each) => [each.id, each] as const))
  const stood: Stood[] = []
  let units = trades.reduce((sum, trade) => sum + unitsIn(listing, trade), 0)
  for (const trade of trades.toReversed()) {
    stood.push({ at: trade.at, last: trade.price, units, longLots: longLots(accounts), rate: fundingRate(accounts) })
    units -= unitsIn(listing, trade)
    if (listing.market === 'perp') {
      byId.get(trade.taker)!.lots -= trade.takerBuy ? trade.lots : -trade.lots
      byId.get(trade.maker)!.lots += trade.takerBuy ? trade.lots : -trade.lots
    }
  }
  const last = all[all.length - trades.length - 1]?.price
  stood.push({ at: -Infinity, last, units: 0, longLots: longLots(accounts), rate: fundingRate(accounts) })
  return stood.toReversed()
}

const unitsIn = (listing: Listing, { lots, price }: SimTrade): number => unitsOf(listing, lots, price)
