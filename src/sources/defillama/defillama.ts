import { MINUTE_MS } from '../../core/instant.ts'
import type { Publisher } from '../publisher.ts'
import type { Published, PublisherLink } from '../publisherLink.ts'

/**
 * DefiLlama's open interface. It names no limit; ten questions a minute are more than a history of every venue needs. The answer of
 * a large venue has years of days with hundreds of coins each.
 */
export const defillama: Publisher = {
  name: 'defillama',
  base: 'https://api.llama.fi',
  budget: { limit: 10, windowMs: MINUTE_MS },
  maxBytes: 256 * 1024 ** 2,
  timeoutMs: 2 * MINUTE_MS,
  proof: { path: '/tvl/bybit', as: 'json', isAnswer: (json) => typeof json === 'number' },
}

/** Venues whose wallets are counted there, by the names it has for them. */
export const WALLET_VENUES = {
  binance: 'binance-cex',
  bybit: 'bybit',
  okx: 'okx',
  gate: 'gate',
  bitget: 'bitget',
} as const
export type WalletVenue = keyof typeof WALLET_VENUES

/** Everything in the known wallets of a venue, day by day. */
export const fetchWallets = ({ ask }: PublisherLink, venue: WalletVenue): Promise<Published> =>
  ask(`/protocol/${WALLET_VENUES[venue]}`)
