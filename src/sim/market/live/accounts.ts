import type { Random } from '../../../core/random.ts'

/** One account's position in one perpetual. */
export interface Account {
  readonly id: string
  /** Lots; negative where short. */
  lots: number
  /** Average entry price of what is held; 0 where nothing is. */
  entry: number
  readonly leverage: number
  readonly margin: 'isolated' | 'cross'
  /** Relative size of this account's trades. */
  readonly size: number
}

const LEVERAGES = [3, 5, 10, 20, 25, 50]
/** Maintenance margin, share of the position's value. */
export const MAINTENANCE = 0.005

/** Accounts with nothing in them yet: a few large, many small. */
export function newAccounts(count: number, book: string, random: Random): Account[] {
  return Array.from({ length: count }, (_, i) => ({
    id: accountId(`${book}/${i}`),
    lots: 0,
    entry: 0,
    leverage: LEVERAGES[Math.floor(random.uniform() * LEVERAGES.length)] as number,
    margin: random.uniform() < 0.6 ? 'isolated' : 'cross',
    size: i < count / 5 ? 5 : 1,
  }))
}

/** A name like an address, the same for the same text. */
function accountId(text: string): string {
  let [a, b] = [2_166_136_261, 3_141_592_653]
  let hex = ''
  for (let round = 0; hex.length < 40; round++) {
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 16_777_619)
      b = Math.imul(b ^ (a >>> 7) ^ round, 2_246_822_519)
    }
    hex += (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0')
  }
  return `0x${hex.slice(0, 40)}`
}

/** Adds lots bought (or sold, negative) at a price to an account. */
export function fill(account: Account, lots: number, price: number): void {
  const before = account.lots
  const after = before + lots
  const grows = before === 0 || Math.sign(before) === Math.sign(lots)
  if (grows) account.entry = (account.entry * Math.abs(before) + price * Math.abs(lots)) / Math.abs(after)
  else if (after === 0) account.entry = 0
  else if (Math.sign(after) !== Math.sign(before)) account.entry = price
  account.lots = after
}

/** The mark price at which an account is liquidated; 0 where it holds nothing. Linear, isolated. */
export function liquidationPrice({ lots, entry, leverage }: Account): number {
  if (lots === 0) return 0
  return lots > 0 ? (entry * (1 - 1 / leverage)) / (1 - MAINTENANCE) : (entry * (1 + 1 / leverage)) / (1 + MAINTENANCE)
}

/** The price at which its margin is gone. */
export const bankruptcyPrice = ({ lots, entry, leverage }: Account): number =>
  lots > 0 ? entry * (1 - 1 / leverage) : entry * (1 + 1 / leverage)

/** Open interest of accounts whose positions sum to nothing: what all longs hold, one side. */
export const longLots = (accounts: readonly Pick<Account, 'lots'>[]): number =>
  accounts.reduce((sum, { lots }) => sum + Math.max(0, lots), 0)

/** The rate that follows from how accounts lean: what longs hold by their leverage, less what shorts do, over all that is held. */
export function fundingRate(accounts: readonly Pick<Account, 'lots' | 'leverage'>[]): number {
  const lean = accounts.reduce((sum, { lots, leverage }) => sum + lots / leverage, 0)
  const whole = Math.max(1, longLots(accounts))
  return Math.round(0.0001 * (1 + lean / whole) * 1e8) / 1e8
}
