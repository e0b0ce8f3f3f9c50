import { HOUR_MS, MINUTE_MS } from '../../../src/core/instant.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { fill, type Account } from '../../../src/sim/market/live/accounts.ts'
import type { SimCandle } from '../../../src/sim/market/live/candleTape.ts'
import type { Listing } from '../../../src/sim/market/live/listing.ts'
import { portableExp, portableNormal } from '../../../src/sim/market/portableMath.ts'
import type { Cause, Moves } from './cause.ts'
import { CausedMarket, type Forced, type Held, type Perp } from './causedMarket.ts'
import { emptyAccount, holdersOf } from './holders.ts'
import { drawPlan, type Plan } from './plan.ts'
import type { Traded, TradedBook } from './tradedBook.ts'

export interface EpisodeSpec {
  readonly seed: string
  /** What is meant to move the price; what did is told by the episode. */
  readonly meant: Cause
  readonly direction: 1 | -1
  /** A whole hour. */
  readonly startAt: number
  /** Price of a coin. */
  readonly price: number
  /** Spot and linear perpetuals of one asset. */
  readonly listings: readonly Listing[]
}

/** What happened on one instrument. */
export interface EpisodeBook {
  readonly listing: Listing
  readonly trades: readonly Traded[]
  /** Whole hours. */
  readonly hours: readonly SimCandle[]
  readonly held: readonly Held[]
  readonly forced: readonly Forced[]
}

/** A stretch of trading of which it is known who moved the price. */
export interface Episode {
  readonly plan: Plan
  readonly meant: Cause
  readonly direction: 1 | -1
  /** Who moved the price after the first hour. */
  readonly moves: Moves
  /** Open of the last hour. An hour of ordinary trading comes first, then the hours of the plan. */
  readonly last: number
  readonly books: readonly EpisodeBook[]
}

const ROUND_MS = 15 * MINUTE_MS
const ROUNDS_A_DAY = 96
const JOINERS = 6

/**
 * An episode: ordinary trading on all books, and agents who trade because they want to or must. Orders move prices,
 * prices close positions, and all that venues publish is made of the trades.
 */
export function simulateEpisode({ seed, meant, direction, startAt, price, listings }: EpisodeSpec): Episode {
  const random = seededRandom(seed)
  const plan = drawPlan(meant, random)
  const shares = drawShares([...new Set(listings.map(({ venue }) => venue))], random.uniform)
  const crowded = direction > 0 ? 'short' : 'long'
  const market = new CausedMarket({ plan, listings, shares, startAt, price, crowded, random })
  const agents = new Agents(market, meant, direction)
  const rounds = ((plan.hours + 1) * HOUR_MS) / ROUND_MS
  for (let round = 0; round < rounds; round++) {
    const at = startAt + round * ROUND_MS
    market.noteHeld(at)
    market.begin(at, at + ROUND_MS)
    if (at === startAt + HOUR_MS) market.startCounting()
    agents.trade(round - HOUR_MS / ROUND_MS)
    market.settle()
  }
  const end = startAt + rounds * ROUND_MS
  const seen = ({ listing, trades, hours }: TradedBook, perp?: Perp): EpisodeBook => {
    return { listing, trades, hours, held: perp?.held ?? [], forced: perp?.forced ?? [] }
  }
  return {
    plan,
    meant,
    direction,
    moves: market.moves,
    last: end - HOUR_MS,
    books: [...market.spot.map((book) => seen(book)), ...market.perps.map((perp) => seen(perp.book, perp))],
  }
}

/** The first venue is usually the largest. */
function drawShares(venues: readonly string[], uniform: () => number): ReadonlyMap<string, number> {
  const normal = portableNormal(uniform)
  const sizes = venues.map((_, i) => portableExp(0.4 * normal()) / (i + 1))
  const all = sizes.reduce((sum, size) => sum + size, 0)
  return new Map(venues.map((venue, i) => [venue, (sizes[i] as number) / all]))
}

/** Everybody who trades in an episode. */
class Agents {
  readonly #market: CausedMarket
  readonly #plan: Plan
  readonly #meant: Cause
  readonly #direction: 1 | -1
  readonly #normal: () => number
  /** What is done of the agents' orders in each round, share of all. */
  readonly #schedule: readonly number[]
  /** Who joins on each perpetual: those who hold with borrowed money, and both sides of what attention opens. */
  readonly #joiners: ReadonlyMap<
    Perp,
    { readonly led: readonly Account[]; readonly long: readonly Account[]; readonly short: readonly Account[] }
  >

  constructor(market: CausedMarket, meant: Cause, direction: 1 | -1) {
    this.#market = market
    this.#plan = market.plan
    this.#meant = meant
    this.#direction = direction
    this.#normal = portableNormal(market.random.uniform)
    this.#schedule = this.#drawSchedule()
    this.#joiners = new Map(market.perps.map((perp) => [perp, this.#newJoiners(perp)]))
  }

  /** What everybody does in one round; before the agents' hours it is below 0. */
  trade(round: number): void {
    const { news } = this.#plan
    this.#market.requote((news / Math.sqrt(ROUNDS_A_DAY)) * this.#normal())
    this.#tradeOrdinarily()
    for (const perp of this.#market.perps) this.#churn(perp, round % 2 === 0 ? 'open' : 'close')
    if (round < 0) return
    this.#act(this.#schedule[round] ?? 0)
    for (const perp of this.#market.perps) this.#open(perp, this.#plan.attention * (this.#schedule[round] ?? 0))
  }

  /** Those who trade without a plan, on both sides of every book. */
  #tradeOrdinarily(): void {
    const { spot, perps } = this.#market
    const { spotTurnover, perpTurnover } = this.#plan
    const ofSpot = this.#normal()
    for (const book of spot) this.#takeBoth(book, spotTurnover, ofSpot)
    const ofPerps = this.#normal()
    for (const { book, holders } of perps) {
      for (const { takerBuy, lots, price } of this.#takeBoth(book, perpTurnover, ofPerps)) {
        fill(holders.dayTraders, takerBuy ? lots : -lots, price)
        fill(holders.maker, takerBuy ? -lots : lots, price)
      }
    }
  }

  #takeBoth(book: TradedBook, turnover: number, common: number): readonly Traded[] {
    const usd = ((turnover * book.share) / ROUNDS_A_DAY) * portableExp(0.5 * this.#normal() - 0.125)
    const lean = this.#plan.imbalance * Math.sqrt(ROUNDS_A_DAY) * (0.7 * common + 0.7 * this.#normal())
    const bought = (usd / 2) * (1 + Math.max(-0.9, Math.min(0.9, lean)))
    return this.#market.takeBoth(book, bought, usd - bought)
  }

  /** Holders open and close for reasons of their own, in turns. */
  #churn(perp: Perp, what: 'open' | 'close'): void {
    const { random, plan } = this.#market
    const usd = plan.openInterest * perp.book.share * plan.churn * (2 / ROUNDS_A_DAY)
    const lots = perp.book.lotsOf(usd * portableExp(0.5 * this.#normal() - 0.125))
    const long = holdersOf(perp.holders, 'long', random).next().value
    const short = holdersOf(perp.holders, 'short', random).next().value
    if (long === undefined || short === undefined) return
    if (what === 'open') this.#exchange(perp, long, short, lots)
    else this.#exchange(perp, short, long, Math.min(lots, long.lots, -short.lots))
  }

  /** New positions on both sides, whoever crosses the spread. */
  #open(perp: Perp, share: number): void {
    const joiners = this.#joiners.get(perp)
    const [long, short] = [this.#oneOf(joiners?.long ?? []), this.#oneOf(joiners?.short ?? [])]
    if (long === undefined || short === undefined) return
    const usd = this.#plan.openInterest * perp.book.share * share
    const bought = Math.max(0, Math.min(1, 0.5 + 0.2 * this.#normal()))
    this.#exchange(perp, long, short, perp.book.lotsOf(usd * bought), true)
    this.#exchange(perp, long, short, perp.book.lotsOf(usd * (1 - bought)), false)
  }

  #exchange(
    perp: Perp,
    buyer: Account,
    seller: Account,
    lots: number,
    takerBuy = this.#market.random.uniform() < 0.5,
  ): void {
    if (lots <= 0) return
    const [taker, maker] = takerBuy ? [buyer, seller] : [seller, buyer]
    this.#market.exchange(perp, { takerBuy, lots, taker, mover: 'ordinary' }, [{ account: maker, lots }])
  }

  /** The agents that the episode is about. */
  #act(share: number): void {
    const { spot, perps } = this.#market
    const { move, perpDepth, spotDepth, leverageShare } = this.#plan
    const usd = move * (perpDepth + spotDepth) * share
    if (usd <= 0) return
    const takerBuy = this.#direction > 0
    if (this.#meant === 'closing') {
      for (const perp of perps) this.#market.close(perp, takerBuy ? 'short' : 'long', usd * perp.book.share)
      return
    }
    for (const perp of perps) {
      const taker = this.#oneOf(this.#joiners.get(perp)?.led ?? [])
      const lots = perp.book.lotsOf(usd * leverageShare * perp.book.share)
      if (taker !== undefined) this.#market.takePerp(perp, { takerBuy, lots, taker, mover: 'leverage' })
    }
    for (const book of spot) this.#market.takeSpot(book, takerBuy, usd * (1 - leverageShare) * book.share, 'spot')
  }

  #oneOf(accounts: readonly Account[]): Account | undefined {
    return accounts[Math.floor(this.#market.random.uniform() * accounts.length)]
  }

  #drawSchedule(): readonly number[] {
    const { hours, begins, lasts } = this.#plan
    const rounds = (hours * HOUR_MS) / ROUND_MS
    const [first, end] = [Math.floor(begins * rounds), Math.ceil((begins + lasts) * rounds)]
    const weights = Array.from({ length: rounds }, (_, i) =>
      i >= first && i < end ? portableExp(0.7 * this.#normal()) : 0,
    )
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    return weights.map((weight) => weight / all)
  }

  #newJoiners(perp: Perp) {
    const { random } = this.#market
    const some = (low: number, high: number): readonly Account[] =>
      Array.from({ length: JOINERS }, () => emptyAccount(low + (high - low) * random.uniform()))
    const joiners = { led: some(3, 20), long: some(1.2, 6), short: some(1.2, 6) }
    perp.holders.crowd.push(...joiners.led, ...joiners.long, ...joiners.short)
    return joiners
  }
}
