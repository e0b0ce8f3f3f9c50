import type { Random } from '../../../src/core/random.ts'
import { bankruptcyPrice, fill, type Account } from '../../../src/sim/market/live/accounts.ts'
import type { Listing } from '../../../src/sim/market/live/listing.ts'
import { portableLog } from '../../../src/sim/market/portableMath.ts'
import type { Mover, Moves } from './cause.ts'
import { heldLots, holdersOf, isLiquidated, newHolders, type Holders } from './holders.ts'
import type { Plan } from './plan.ts'
import { TradedBook, type Traded } from './tradedBook.ts'

/** A position closed by the venue. */
export interface Forced {
  readonly at: number
  readonly position: 'long' | 'short'
  readonly lots: number
  readonly fillPrice: number
  readonly bankruptcyPrice: number
}

/** Open interest of one perpetual at an instant: lots on one side. */
export interface Held {
  readonly at: number
  readonly lots: number
  readonly mark: number
}

/** One venue's perpetual. */
export interface Perp {
  readonly book: TradedBook
  readonly holders: Holders
  readonly forced: Forced[]
  readonly held: Held[]
}

/** An order of an agent who must trade. */
export interface AgentOrder {
  readonly takerBuy: boolean
  readonly lots: number
  readonly taker: Account
  /** Who moves the price by it; arbitrageurs move it nowhere, since they trade both ways. */
  readonly mover?: Mover
}

/** A maker, and how much of an order it meets. */
interface Met {
  readonly account: Account
  readonly lots: number
}

export interface MarketInputs {
  readonly plan: Plan
  readonly listings: readonly Listing[]
  /** Share of the whole that is traded and held on a venue. */
  readonly shares: ReadonlyMap<string, number>
  readonly startAt: number
  readonly price: number
  /** The side that the agents' orders are against. */
  readonly crowded: 'long' | 'short'
  readonly random: Random
}

/** A gap between books, in log units, that is worth an arbitrageur's while. */
const WORTH_WHILE = 5e-4
/** What makers close of the gap that is left. */
const REQUOTED = 0.95
/** Times that liquidations set off others in one round. */
const MOST_WAVES = 20

/** Spot and perpetuals of one asset on several venues: whose orders move which price, and who holds what. */
export class CausedMarket {
  readonly plan: Plan
  readonly spot: readonly TradedBook[]
  readonly perps: readonly Perp[]
  readonly moves: Moves = { leverage: 0, spot: 0, forced: 0, closing: 0, ordinary: 0, news: 0 }
  readonly random: Random
  readonly #depth: number
  #now: number
  #end = Infinity

  constructor({ plan, listings, shares, startAt, price, crowded, random }: MarketInputs) {
    this.plan = plan
    this.random = random
    this.#now = startAt
    this.#depth = plan.spotDepth + plan.perpDepth
    const bookOf = (listing: Listing, depth: number): TradedBook => {
      const share = shares.get(listing.venue) as number
      return new TradedBook(listing, {
        share,
        depth: depth * share,
        logMid: portableLog(price * listing.unitCoins),
      })
    }
    this.spot = listings.filter(({ market }) => market === 'spot').map((each) => bookOf(each, plan.spotDepth))
    this.perps = listings
      .filter(({ market }) => market === 'perp')
      .map((listing) => {
        const book = bookOf(listing, plan.perpDepth)
        const lots = book.lotsOf(plan.openInterest * book.share)
        const holders = newHolders(plan, { lots, price: book.mid, crowded }, random)
        return { book, holders, forced: [], held: [] }
      })
  }

  /** A round begins, which ends before another instant. */
  begin(at: number, end: number): void {
    this.#now = at
    this.#end = end
  }

  /** Some moment later in the round. */
  moment(mostMs: number): number {
    this.#now = Math.min(this.#now + 1 + Math.floor(this.random.uniform() * mostMs), this.#end - 1)
    return this.#now
  }

  /** Writes down what is held everywhere. */
  noteHeld(at: number): void {
    for (const { book, holders, held } of this.perps) {
      held.push({ at, lots: heldLots(holders), mark: book.mid })
    }
  }

  /** News: makers move all quotes alike, without a trade. */
  requote(logMove: number): void {
    this.moves.news += logMove
    for (const book of this.#books()) {
      book.logMid += logMove
      book.logWorth += logMove
    }
  }

  /** From here on it is counted who moves the price. */
  startCounting(): void {
    for (const mover of Object.keys(this.moves) as Mover[]) this.moves[mover] = 0
  }

  /** Ordinary orders of both sides. */
  takeBoth(book: TradedBook, bought: number, sold: number): readonly Traded[] {
    const at = [this.moment(2000), this.moment(2000)] as const
    return this.#crediting('ordinary', book, () => book.takeBoth(at, book.lotsOf(bought), book.lotsOf(sold)))
  }

  /** An order on spot. */
  takeSpot(book: TradedBook, takerBuy: boolean, usd: number, mover?: Mover): void {
    const lots = book.lotsOf(usd)
    if (lots <= 0) return
    this.#crediting(mover, book, () => book.take({ at: this.moment(2000), takerBuy, lots }))
  }

  /** An order on a perpetual: a share of it meets holders who take their profit, the rest makers. */
  takePerp(perp: Perp, order: AgentOrder, profitTaking = this.plan.profitTaking): void {
    const { takerBuy, lots, taker } = order
    if (lots <= 0) return
    const met: Met[] = []
    let wanted = Math.round(lots * profitTaking)
    if (wanted > 0) {
      for (const account of holdersOf(perp.holders, takerBuy ? 'long' : 'short', this.random)) {
        const some = Math.min(wanted, Math.abs(account.lots))
        if (some <= 0) break
        if (account !== taker) met.push({ account, lots: some })
        wanted -= some
      }
    }
    const left = lots - met.reduce((sum, each) => sum + each.lots, 0)
    this.exchange(perp, order, [...met, { account: perp.holders.maker, lots: left }])
  }

  /** One trade of a taker, which moves the price, with whoever it meets. */
  exchange({ book }: Perp, { takerBuy, lots, taker, mover }: AgentOrder, met: readonly Met[]): void {
    const { price } = this.#crediting(mover, book, () => book.take({ at: this.moment(1500), takerBuy, lots }))
    const sign = takerBuy ? 1 : -1
    fill(taker, sign * lots, price)
    for (const maker of met) if (maker.lots > 0) fill(maker.account, -sign * maker.lots, price)
  }

  /** Holders of one side close so many dollars of it. */
  close(perp: Perp, position: 'long' | 'short', usd: number): void {
    let wanted = perp.book.lotsOf(usd)
    for (const taker of holdersOf(perp.holders, position, this.random)) {
      const lots = Math.min(wanted, Math.abs(taker.lots))
      if (lots <= 0) return
      this.takePerp(perp, { takerBuy: position === 'short', lots, taker, mover: 'closing' })
      wanted -= lots
    }
  }

  /** Books come together, and whose margin is gone is closed, until nothing more follows. */
  settle(): void {
    for (let wave = 0; wave < MOST_WAVES; wave++) {
      this.#link()
      const fallen: { readonly perp: Perp; readonly account: Account }[] = []
      for (const perp of this.perps) {
        const { mid } = perp.book
        for (const account of perp.holders.crowd) if (isLiquidated(account, mid)) fallen.push({ perp, account })
      }
      if (fallen.length === 0) return
      for (const { perp, account } of fallen) this.#liquidate(perp, account)
    }
  }

  #liquidate(perp: Perp, account: Account): void {
    const [isLong, lots] = [account.lots > 0, Math.abs(account.lots)]
    if (lots === 0) return
    const position = isLong ? 'long' : 'short'
    const usd = perp.book.valueOf(lots)
    const gone = bankruptcyPrice(account)
    this.takePerp(perp, { takerBuy: !isLong, lots, taker: account, mover: 'forced' })
    const fillPrice = perp.book.trades.at(-1)?.price ?? perp.book.mid
    perp.forced.push({ at: this.#now, position, lots, fillPrice, bankruptcyPrice: gone })
    this.close(perp, position, usd * this.plan.panic)
  }

  /** Arbitrageurs trade a share of every gap away on both sides of it, makers follow with their quotes. */
  #link(): void {
    const books = this.#books()
    const depth = books.reduce((sum, book) => sum + book.depth, 0)
    const common = books.reduce((sum, book) => sum + book.depth * book.logMid, 0) / depth
    for (const book of books) {
      const gap = book.logMid - common
      if (Math.abs(gap) < WORTH_WHILE) continue
      const [takerBuy, usd] = [gap < 0, Math.abs(gap) * book.depth * this.plan.arbitrage]
      const perp = this.perps.find((each) => each.book === book)
      if (perp === undefined) this.takeSpot(book, takerBuy, usd)
      else this.takePerp(perp, { takerBuy, lots: book.lotsOf(usd), taker: perp.holders.arbitrageur }, 0)
    }
    for (const book of books) book.logMid += REQUOTED * (common - book.logMid)
  }

  #books(): readonly TradedBook[] {
    return [...this.spot, ...this.perps.map(({ book }) => book)]
  }

  /** Trades on a book, and counts by how much the price of all books is moved. */
  #crediting<T>(mover: Mover | undefined, book: TradedBook, trade: () => T): T {
    const before = book.logMid
    const traded = trade()
    if (mover !== undefined) this.moves[mover] += ((book.logMid - before) * book.depth) / this.#depth
    return traded
  }
}
