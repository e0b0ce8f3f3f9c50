import { seededRandom } from '../../../core/random.ts'
import { portableExp, portableNormal } from '../portableMath.ts'
import { drawHabits, type Habits } from './habits.ts'
import { Makers } from './makers.ts'
import { marginTable, type MarginRow } from './marginTable.ts'
import { marketPrice, MINUTES_A_DAY, wander, type MarketPrice } from './marketPrice.ts'
import { newPosition } from './newPosition.ts'
import { OpenPositions } from './openPositions.ts'
import { fateOf, settle, type Position } from './position.ts'

/** A position that the venue ended. */
export interface Forced {
  readonly side: 'long' | 'short'
  readonly margin: 'isolated' | 'cross'
  readonly coins: number
  /** What it was ended at. */
  readonly price: number
}

/** What happened in one minute: its price, and what traded at it. */
export interface Minute {
  readonly price: number
  /** Coins that traded, and of them what takers bought. */
  readonly volume: number
  readonly bought: number
  readonly forced: readonly Forced[]
}

/** What is due for a position at a minute. */
interface Due {
  readonly position: Position
  readonly act: 'end' | 'part' | 'grow'
}

/** More do not arrive in a minute, whatever is going on. */
const MOST_ARRIVALS = 6
const MOST_EXCITEMENT = 5
/** Share of what makers hold against each other that they trade away in a minute. */
const EVENING = 0.01
/** Deviation of the logarithm of what quick traders turn over in a minute. */
const CHURN_DEVIATION = 0.8

/** One perpetual and all who hold it, minute by minute. Every coin that one is long, another is short. */
export class PositionMarket {
  readonly habits: Habits
  readonly open = new OpenPositions()
  readonly makers: Makers
  readonly #table: readonly MarginRow[]
  readonly #random: { readonly uniform: () => number; readonly normal: () => number }
  readonly #price: MarketPrice
  readonly #interest: () => number
  readonly #due = new Map<number, Due[]>()
  #minute = 0
  #long = 0
  #push = 0
  #volume = 0
  #bought = 0

  constructor(seed: string) {
    const { uniform } = seededRandom(`${seed}/market`)
    const normal = portableNormal(uniform)
    this.habits = drawHabits(seed)
    this.#random = { uniform, normal }
    this.#table = marginTable(this.habits.maintenance, this.habits.smallUsd)
    this.#price = marketPrice(this.habits, normal, uniform)
    this.#interest = wander(this.habits.interest, normal)
    this.makers = new Makers(this.habits.makers, uniform)
  }

  /** Coins that all longs hold, which is what all shorts hold. */
  get openInterest(): number {
    return this.#long + this.makers.long()
  }

  /** Lets a minute pass. */
  next(): Minute {
    const { habits } = this
    const price = this.#price.next(this.#push) * (1 + habits.tradeNoise * this.#random.normal())
    this.#minute++
    this.#volume = this.#bought = 0
    const forced = this.#trigger(price)
    for (const { position, act } of this.#due.get(this.#minute) ?? []) this.#act(position, act, price)
    this.#due.delete(this.#minute)
    for (let coming = this.#arrivals(); coming > 0; coming--) this.#arrive(price)
    this.#trade(this.makers.even(EVENING), this.#random.uniform())
    this.#trade(this.#churned(), 0.3 + 0.4 * this.#random.uniform())
    this.#push = this.#pushOf(forced)
    return { price, volume: this.#volume, bought: this.#bought, forced }
  }

  #arrivals(): number {
    const { standing, hold, quickHold, quickShare, excitement } = this.habits
    const hours = (each: Habits['hold']): number => each.median * portableExp((each.deviation * each.deviation) / 2)
    const minutes = 60 * (quickShare * hours(quickHold) + (1 - quickShare) * hours(hold))
    const excited = Math.min(MOST_EXCITEMENT, this.#price.unrest ** excitement)
    const mean = Math.min(MOST_ARRIVALS, (standing / minutes) * excited * portableExp(this.#interest()))
    return Math.floor(mean + this.#random.uniform())
  }

  #arrive(price: number): void {
    const opening = newPosition(this.habits, this.#table, { price, move: this.#move() }, this.#random)
    const { position } = opening
    settle(position, this.#table)
    this.open.add(position)
    this.#fill(position.side * position.coins, 'free')
    if (position.side > 0) this.#long += position.coins
    this.#plan(opening.minutes, { position, act: 'end' })
    if (opening.partAt !== undefined) this.#plan(opening.partAt, { position, act: 'part' })
    if (opening.growAt !== undefined) this.#plan(opening.growAt, { position, act: 'grow' })
  }

  /** The return over the traders' look-back, in its usual deviations. */
  #move(): number {
    const { lookBackHours, dailyVolatility } = this.habits
    const { logs } = this.#price
    const minutes = Math.round(60 * lookBackHours)
    const now = logs.at(-1) as number
    const then = logs[Math.max(0, logs.length - 1 - minutes)] as number
    return (now - then) / (dailyVolatility * Math.sqrt(minutes / MINUTES_A_DAY))
  }

  #plan(inMinutes: number, due: Due): void {
    const at = this.#minute + Math.max(1, inMinutes)
    const others = this.#due.get(at)
    if (others === undefined) this.#due.set(at, [due])
    else others.push(due)
  }

  #act(position: Position, act: Due['act'], price: number): void {
    if (position.place < 0) return
    if (act === 'end') this.#end(position, 'free')
    else if (act === 'part') this.#change(position, -position.coins * (0.2 + 0.5 * this.#random.uniform()), price)
    else this.#change(position, position.coins * (0.2 + 0.8 * this.#random.uniform()), price)
  }

  /** Adds to a position, or closes a part of it; what stands behind it changes in step. */
  #change(position: Position, coins: number, price: number): void {
    const after = position.coins + coins
    if (coins > 0) position.entry = (position.entry * position.coins + price * coins) / after
    position.collateral *= after / position.coins
    position.coins = after
    settle(position, this.#table)
    this.open.changed(position)
    if (position.side > 0) this.#long += coins
    this.#fill(position.side * coins, 'free')
  }

  #end(position: Position, how: 'free' | 'forced'): void {
    this.open.remove(position)
    if (position.side > 0) this.#long -= position.coins
    this.#fill(-position.side * position.coins, how)
  }

  /** Ends, or helps, whatever the price has reached. */
  #trigger(price: number): readonly Forced[] {
    const forced: Forced[] = []
    for (const position of this.open.reached(price)) {
      const fate = fateOf(position, price)
      if (fate === 'liquidated') forced.push(forcedAt(position, price))
      if (fate === 'rescued') this.#rescue(position)
      if (fate === 'nothing' || fate === 'rescued') this.open.changed(position)
      else this.#end(position, fate === 'liquidated' ? 'forced' : 'free')
    }
    return forced
  }

  #rescue(position: Position): void {
    position.rescues--
    position.collateral *= 1.3 + 1.2 * this.#random.uniform()
    settle(position, this.#table)
  }

  /** A trader buys so many coins (sells, where negative) from a maker. What is forced takes; others take or wait. */
  #fill(coins: number, how: 'free' | 'forced'): void {
    this.makers.take(-coins)
    const takes = how === 'forced' || this.#random.uniform() < this.habits.takerShare
    this.#trade(Math.abs(coins), takes === coins > 0 ? 1 : 0)
  }

  #trade(coins: number, shareBought: number): void {
    this.#volume += coins
    this.#bought += coins * shareBought
  }

  #churned(): number {
    const busy = this.#price.unrest * portableExp(CHURN_DEVIATION * (this.#random.normal() - CHURN_DEVIATION / 2))
    return (this.habits.churn / MINUTES_A_DAY) * busy * this.openInterest
  }

  /** What forced trades do to the log price of the next minute. */
  #pushOf(forced: readonly Forced[]): number {
    if (forced.length === 0) return 0
    const sold = forced.reduce((sum, { side, coins }) => sum + (side === 'long' ? coins : -coins), 0)
    return (-this.habits.impact * sold) / (this.openInterest + Math.abs(sold))
  }
}

const forcedAt = ({ side, margin, coins }: Position, price: number): Forced => ({
  side: side > 0 ? 'long' : 'short',
  margin,
  coins,
  price,
})
