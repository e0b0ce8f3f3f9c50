import { MINUTE_MS, SECOND_MS } from '../../core/instant.ts'
import type { Publisher } from '../publisher.ts'
import type { Published, PublisherLink } from '../publisherLink.ts'
import * as wire from './wire.ts'

/** Days of history that are served without a key. */
export const MOST_DAYS = 365
/** Days of history that come hour by hour. */
export const HOURLY_DAYS = { least: 2, most: 90 } as const
/** Coins that one question for the present tells of at most. */
export const MOST_COINS = 250

/** CoinGecko without a key: 5 to 15 questions a minute, as many as it can bear at the time; the least is kept to. */
export const coingecko: Publisher = {
  name: 'coingecko',
  base: 'https://api.coingecko.com/api/v3',
  budget: { limit: 5, windowMs: MINUTE_MS },
  maxBytes: 16 * 1024 ** 2,
  timeoutMs: 30 * SECOND_MS,
  proof: { path: '/ping', as: 'json', isAnswer: (json) => wire.ping.safeParse(json).success },
}

/** Price, market cap and turnover of a coin at the begin of each of the last days. */
export const fetchHistory = ({ ask }: PublisherLink, coin: string, days: number): Promise<Published> =>
  ask(`/coins/${encodeURIComponent(coin)}/market_chart`, { vs_currency: 'usd', days, interval: 'daily' })

/**
 * The same at hours: of two days at least, for one day comes every five minutes, and of 90 at most, for more come as days.
 * @see QUIRKS.md - points of hours
 */
export const fetchHours = ({ ask }: PublisherLink, coin: string, days: number): Promise<Published> =>
  ask(`/coins/${encodeURIComponent(coin)}/market_chart`, {
    vs_currency: 'usd',
    days: Math.min(HOURLY_DAYS.most, Math.max(HOURLY_DAYS.least, days)),
  })

/** Price, market cap and supply of coins now, in one answer. */
export const fetchNow = ({ ask }: PublisherLink, coins: readonly string[]): Promise<Published> =>
  ask('/coins/markets', { vs_currency: 'usd', ids: coins.join(), per_page: MOST_COINS, precision: 'full' })
