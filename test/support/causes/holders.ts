import type { Random } from '../../../src/core/random.ts'
import { fill, liquidationPrice, longLots, type Account } from '../../../src/sim/market/live/accounts.ts'
import { portableExp, portableLog, portableNormal } from '../../../src/sim/market/portableMath.ts'
import type { Plan } from './plan.ts'

/** Who holds positions on one perpetual. Those without a liquidation price have margin enough for anything. */
export interface Holders {
  /** Ordinary holders, and those that join them. */
  readonly crowd: Account[]
  readonly maker: Account
  readonly dayTraders: Account
  readonly arbitrageur: Account
}

const PAIRS = 120
/**
 * Leverage, the whole of an account's margin counted: of those with much of it, with little, and of the crowd. Of large
 * positions in BTC and ETH on Hyperliquid in February 2026 a move of 5 % would have closed 0.5 to 4 % by force, of 10 %
 * 1 to 14, of 20 % 10 to 32.
 */
const LEVERAGES = { ordinary: [1.2, 6], daring: [5, 40], crowd: [10, 40] } as const
/** Standard deviation of the price at which ordinary holders entered, and at which the crowd did, log units. */
const ENTRIES = { ordinary: 0.04, crowd: 0.007 }

/**
 * Holders of one perpetual before anything happens: as many lots long as short.
 * @param lots - held on one side
 * @param price - of one unit
 * @param crowded - the side on which the plan's crowd stands
 */
export function newHolders(
  plan: Plan,
  { lots, price, crowded }: { readonly lots: number; readonly price: number; readonly crowded: 'long' | 'short' },
  random: Random,
): Holders {
  const normal = portableNormal(random.uniform)
  const logUniform = ([low, high]: readonly [number, number]): number =>
    low * portableExp(random.uniform() * portableLog(high / low))
  const side = (sign: 1 | -1, isCrowded: boolean): Account[] => {
    const sizes = Array.from({ length: PAIRS }, () => portableExp(0.7 * normal()))
    const [all, early] = [sum(sizes), isCrowded ? plan.crowd : 0]
    let before = 0
    return sizes.map((size) => {
      const isCrowd = before < early
      before += size / all
      const kind = isCrowd ? 'crowd' : random.uniform() < plan.daring ? 'daring' : 'ordinary'
      const account = emptyAccount(logUniform(LEVERAGES[kind]))
      const entry = price * portableExp(normal() * (isCrowd ? ENTRIES.crowd : ENTRIES.ordinary))
      fill(account, sign * Math.max(1, Math.round((lots * size) / all)), entry)
      // Who would be liquidated already is not there: they entered now.
      if (isLiquidated(account, price)) account.entry = price
      return account
    })
  }
  const crowd = [...side(1, crowded === 'long'), ...side(-1, crowded === 'short')]
  const [maker, dayTraders, arbitrageur] = [emptyAccount(1), emptyAccount(1), emptyAccount(1)]
  const held = Math.round(lots * 0.02 * normal())
  if (held !== 0) fill(dayTraders, held, price)
  const rest = -sum([...crowd, dayTraders].map((account) => account.lots))
  if (rest !== 0) fill(maker, rest, price)
  return { crowd, maker, dayTraders, arbitrageur }
}

/** An account without a position. */
export const emptyAccount = (leverage: number): Account => ({
  id: '',
  lots: 0,
  entry: 0,
  leverage,
  margin: 'isolated',
  size: 1,
})

/** True where the venue closes a position at this price. */
export function isLiquidated(account: Account, price: number): boolean {
  if (account.lots === 0) return false
  const limit = liquidationPrice(account)
  return account.lots > 0 ? price <= limit : price >= limit
}

/** Lots held on one side, by all. */
export const heldLots = ({ crowd, maker, dayTraders, arbitrageur }: Holders): number =>
  longLots([...crowd, maker, dayTraders, arbitrageur])

/** Those who hold one side, from one of them by chance on. */
export function* holdersOf({ crowd }: Holders, position: 'long' | 'short', random: Random): Generator<Account> {
  const sign = position === 'long' ? 1 : -1
  const first = Math.floor(random.uniform() * crowd.length)
  for (let i = 0; i < crowd.length; i++) {
    const account = crowd[(first + i) % crowd.length] as Account
    if (Math.sign(account.lots) === sign) yield account
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
