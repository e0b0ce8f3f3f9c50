import { seededRandom, type Random } from '../../../core/random.ts'
import { portableExp, portableLog, portableNormal } from '../portableMath.ts'
import {
  bankruptcyPrice,
  fill,
  fundingRate,
  liquidationPrice,
  longLots,
  newAccounts,
  type Account,
} from './accounts.ts'
import { CandleTape } from './candleTape.ts'
import type { LatentPrice } from './latentPrice.ts'
import { unitsOf, valueOf, type Listing } from './listing.ts'

/** One trade: one taker against one maker at one price. */
export interface SimTrade {
  /** Counts the trades of the book, from 1. */
  readonly seq: number
  readonly at: number
  readonly price: number
  readonly lots: number
  readonly takerBuy: boolean
  readonly taker: string
  readonly maker: string
  /** Single fills that venues with aggregate trades join: their first number, and how many. */
  readonly firstFill: number
  readonly fills: number
}

export interface SimLiquidation {
  readonly seq: number
  readonly at: number
  readonly position: 'long' | 'short'
  readonly lots: number
  readonly fillPrice: number
  readonly bankruptcyPrice: number
  readonly account: string
}

/** How accounts stood at one instant; lots one-sided. */
export interface SimSnapshot {
  readonly at: number
  readonly mark: number
  readonly longLots: number
  readonly longAccounts: number
  readonly shortAccounts: number
  /** The fifth of the accounts with the largest margin. */
  readonly topLongAccounts: number
  readonly topShortAccounts: number
  readonly topLongLots: number
  readonly topShortLots: number
  /** Lots and units that takers bought and sold since the snapshot before. */
  readonly boughtLots: number
  readonly soldLots: number
}

export interface SimFunding {
  readonly at: number
  readonly rate: number
  readonly mark: number
}

export type BookEvent =
  | { readonly is: 'trade'; readonly listing: Listing; readonly trade: SimTrade }
  | { readonly is: 'liquidation'; readonly listing: Listing; readonly liquidation: SimLiquidation }

export interface BookInputs {
  readonly listing: Listing
  readonly latent: LatentPrice
  readonly startAt: number
  /** Trades a second, on average. */
  readonly rate: number
  /** Lots of an ordinary trade. */
  readonly meanLots: number
  readonly seed: string
  readonly emit: (event: BookEvent) => void
}

const ACCOUNTS = 30
const SNAPSHOT_MS = 300_000
const HOUR = 3_600_000
/** Trades kept; older ones can be asked for no more. */
const KEPT_TRADES = 60_000

/** One instrument of one venue: who trades, who holds what, and all that can be seen of it. */
export class Book {
  readonly listing: Listing
  readonly trades: SimTrade[] = []
  readonly liquidations: SimLiquidation[] = []
  readonly snapshots: SimSnapshot[] = []
  readonly fundings: SimFunding[] = []
  readonly tape: CandleTape
  readonly accounts: Account[]
  readonly #inputs: BookInputs
  readonly #random: Random
  readonly #normal: () => number
  #seq = 0
  #fills = 0
  #nextAt: number
  #nextSnapshot: number
  #bought = 0
  #sold = 0
  #now: number

  constructor(inputs: BookInputs) {
    const { listing, latent, startAt, seed } = inputs
    this.#inputs = inputs
    this.listing = listing
    this.#random = seededRandom(`${seed}/${listing.venue}/${listing.market}/${listing.name}`)
    this.#normal = portableNormal(this.#random.uniform)
    this.tape = new CandleTape(startAt, this.#toTick(latent.at(startAt) * listing.unitCoins))
    this.accounts = newAccounts(ACCOUNTS, `${seed}/${listing.venue}/${listing.name}`, this.#random)
    this.#now = startAt
    this.#nextAt = startAt + this.#wait()
    this.#nextSnapshot = Math.ceil(startAt / SNAPSHOT_MS) * SNAPSHOT_MS
    if (listing.market === 'perp') this.#openPositions()
  }

  /** Where the mark price stands. */
  get mark(): number {
    return this.markAt(this.#now)
  }

  /** Where the mark price stood, or will stand, at an instant from the start on. */
  markAt(ms: number): number {
    return this.#toTick(this.#inputs.latent.at(ms) * this.listing.unitCoins)
  }

  get last(): number {
    return this.trades.at(-1)?.price ?? this.mark
  }

  /** Lets everything happen that happens up to an instant. */
  advanceTo(ms: number): void {
    for (;;) {
      const at = Math.min(this.#nextAt, this.#nextSnapshot)
      if (at > ms) break
      this.#now = at
      if (at === this.#nextSnapshot) this.#snap(at)
      else this.#trade(at)
    }
    this.#now = ms
    this.tape.reach(ms)
  }

  /** How the accounts stand now. */
  snapshot(at: number): SimSnapshot {
    const { accounts, mark } = this
    const margin = ({ lots, leverage }: Account): number => Math.abs(lots) / leverage
    const top = accounts.toSorted((a, b) => margin(b) - margin(a)).slice(0, Math.ceil(accounts.length / 5))
    const longs = (some: readonly Account[]): number => some.filter(({ lots }) => lots > 0).length
    const shorts = (some: readonly Account[]): number => some.filter(({ lots }) => lots < 0).length
    return {
      at,
      mark,
      longLots: longLots(accounts),
      longAccounts: longs(accounts),
      shortAccounts: shorts(accounts),
      topLongAccounts: longs(top),
      topShortAccounts: shorts(top),
      topLongLots: longLots(top),
      topShortLots: top.reduce((sum, { lots }) => sum + Math.max(0, -lots), 0),
      boughtLots: this.#bought,
      soldLots: this.#sold,
    }
  }

  /** The rate that would be paid next. */
  expectedFunding(): number {
    return fundingRate(this.accounts)
  }

  #snap(at: number): void {
    this.snapshots.push(this.snapshot(at))
    this.#bought = 0
    this.#sold = 0
    this.#nextSnapshot = at + SNAPSHOT_MS
    const { market, fundingHours } = this.listing
    if (market === 'perp' && at % (fundingHours * HOUR) === 0) {
      this.fundings.push({ at, rate: this.expectedFunding(), mark: this.mark })
    }
  }

  #trade(at: number): void {
    const mark = this.mark
    const takerBuy = this.#random.uniform() < 0.5
    const lots = Math.max(1, Math.round(this.#inputs.meanLots * portableExp(this.#normal() - 0.5)))
    const price = Math.max(this.listing.tick, mark + (takerBuy ? 1 : -1) * this.listing.tick)
    const [taker, maker] = this.#pickTwo(takerBuy)
    this.#execute({ at, price: this.#toTick(price), lots: lots * Math.max(taker.size, 1), takerBuy }, taker, maker)
    if (this.listing.market === 'perp') this.#liquidate(at)
    this.#nextAt = at + this.#wait()
  }

  /** Accounts that hold much of a side rather take the other. */
  #pickTwo(takerBuy: boolean): readonly [Account, Account] {
    const pick = (buys: boolean): Account => {
      const two = [0, 0].map(() => this.accounts[Math.floor(this.#random.uniform() * ACCOUNTS)] as Account)
      const [a, b] = two as [Account, Account]
      return a.lots < b.lots === buys ? a : b
    }
    const taker = pick(takerBuy)
    for (;;) {
      const maker = pick(!takerBuy)
      if (maker !== taker) return [taker, maker]
    }
  }

  #execute(
    order: { readonly at: number; readonly price: number; readonly lots: number; readonly takerBuy: boolean },
    taker: Account,
    maker: Account,
  ): void {
    const { listing } = this
    const { at, price, lots, takerBuy } = order
    if (listing.market === 'perp') {
      fill(taker, takerBuy ? lots : -lots, price)
      fill(maker, takerBuy ? -lots : lots, price)
    }
    if (takerBuy) this.#bought += lots
    else this.#sold += lots
    const fills = 1 + Math.floor(this.#random.uniform() * 3)
    const trade = {
      seq: ++this.#seq,
      at,
      price,
      lots,
      takerBuy,
      taker: taker.id,
      maker: maker.id,
      firstFill: this.#fills + 1,
      fills,
    }
    this.#fills += fills
    this.trades.push(trade)
    if (this.trades.length > 2 * KEPT_TRADES) this.trades.splice(0, KEPT_TRADES)
    this.tape.add({
      at,
      price,
      lots,
      takerBuy,
      units: unitsOf(listing, lots, price),
      quoteValue: valueOf(listing, lots, price),
    })
    this.#inputs.emit({ is: 'trade', listing, trade })
  }

  #liquidate(at: number): void {
    const mark = this.mark
    for (const account of this.accounts) {
      const limit = liquidationPrice(account)
      if (account.lots === 0 || (account.lots > 0 ? mark > limit : mark < limit)) continue
      const [isLong, lots] = [account.lots > 0, Math.abs(account.lots)]
      const liquidation: SimLiquidation = {
        seq: this.liquidations.length + 1,
        at,
        position: isLong ? 'long' : 'short',
        lots,
        fillPrice: mark,
        bankruptcyPrice: this.#toTick(bankruptcyPrice(account)),
        account: account.id,
      }
      const maker = this.accounts.find((each) => each !== account && each.lots * account.lots <= 0) ?? account
      if (maker === account) continue
      this.#execute({ at, price: mark, lots, takerBuy: !isLong }, account, maker)
      this.liquidations.push(liquidation)
      this.#inputs.emit({ is: 'liquidation', listing: this.listing, liquidation })
    }
  }

  #openPositions(): void {
    const price = this.mark
    for (let i = 0; i + 1 < ACCOUNTS; i += 2) {
      const [a, b] = [this.accounts[i] as Account, this.accounts[i + 1] as Account]
      const lots = Math.max(1, Math.round(this.#inputs.meanLots * 40 * this.#random.uniform()))
      const isLong = this.#random.uniform() < 0.5
      fill(a, isLong ? lots : -lots, price)
      fill(b, isLong ? -lots : lots, price)
    }
  }

  /** Milliseconds to the next trade, at least one so that no two share their time by chance alone. */
  #wait(): number {
    const mean = 1000 / this.#inputs.rate
    return Math.max(1, Math.round(-portableLog(1 - this.#random.uniform()) * mean))
  }

  #toTick(price: number): number {
    const { tick, priceDecimals } = this.listing
    return Number((Math.max(1, Math.round(price / tick)) * tick).toFixed(priceDecimals))
  }
}
