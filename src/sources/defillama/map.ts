import { DAY_MS, SECOND_MS, type InstantMs } from '../../core/instant.ts'
import { onOneLine } from '../../net/onOneLine.ts'
import { walletBalance } from '../../records/walletBalance.ts'
import type { DayPrice } from '../publisher.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/** Whose wallets, and which coins in them. */
export interface WalletContext {
  readonly venue: string
  /** Canonical ids with the symbols that are counted as each. */
  readonly symbols: Readonly<Record<string, readonly string[]>>
  /** When it was asked. */
  readonly now: InstantMs
}

/** Rows of all assets, and the prices at which each was counted. */
export interface MappedWallets extends Mapped {
  readonly prices: ReadonlyMap<string, readonly DayPrice[]>
}

/** So much is kept of what the publisher says of its list. */
const REMARK = 300

/**
 * Coins of assets in the known wallets of a venue, out of `protocol`. A count stands at its own time; one of 00:00 may have been made
 * some hours later and is known when its day ends, or when it was asked if that was earlier. An asset that a count does not name is a
 * gap there, never 0.
 * @returns rows; and for each asset the dollars a coin that its counts were valued at, as closes of the days that end with them
 */
export function mapWallets(json: unknown, { venue, symbols, now }: WalletContext): MappedWallets {
  const mapping = new Mapping('protocol')
  const prices = new Map<string, DayPrice[]>()
  mapping.read(wire.protocol, json, [], ({ category, methodology = '', tokens, tokensInUsd }) => {
    if (category !== 'CEX') return mapping.impossible('category', `"${category}" is no exchange`, category)
    const remark = onOneLine(methodology).slice(0, REMARK)
    const valued = new Map(tokensInUsd.map((each) => [each.date, each.tokens]))
    const seen = new Set<number>()
    for (const [i, { date, tokens: amounts }] of tokens.entries()) {
      if (seen.has(date)) mapping.impossible(`tokens[${i}].date`, 'is there twice', date)
      seen.add(date)
      const at = date * SECOND_MS
      for (const [asset, names] of Object.entries(symbols)) {
        const coins = summed(amounts, names)
        if (coins === undefined) continue
        const knownAt = Math.max(at, Math.min(at + DAY_MS, now))
        mapping.keep(walletBalance, { venue, asset, source: 'defillama', at, knownAt, coins, remark }, { date, coins })
        const usd = summed(valued.get(date) ?? {}, names)
        if (usd === undefined || !(coins > 0) || at % DAY_MS !== 0) continue
        const known = prices.get(asset) ?? []
        known.push({ at: at - DAY_MS, price: usd / coins })
        prices.set(asset, known)
      }
    }
  })
  return { ...mapping.done(), prices }
}

/** The sum over symbols; undefined where none of them is there. */
function summed(amounts: Readonly<Record<string, number>>, names: readonly string[]): number | undefined {
  const found = names.flatMap((name) => amounts[name] ?? [])
  return found.length === 0 ? undefined : found.reduce((sum, each) => sum + each, 0)
}
