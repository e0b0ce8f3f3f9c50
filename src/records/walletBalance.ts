import { z } from 'zod'
import { instantField, notNegative, symbol, text, type RecordSpec } from './record.ts'

const schema = z.object({
  /** Whose wallets: `binance`. */
  venue: symbol(),
  asset: symbol(),
  /** Who counted them: `defillama`; `file` where only a file is known. */
  source: symbol(),
  at: instantField(),
  knownAt: instantField(),
  /** Coins in the wallets that the source knows of: a lower bound, which jumps when a wallet is added. */
  coins: notNegative(),
  /** What the source says of its list, in its words; empty where it says nothing. */
  remark: text(),
})

/** Coins of an asset in the known wallets of a venue. */
export type WalletBalance = z.infer<typeof schema>

export const walletBalance = {
  name: 'walletBalance',
  schema,
  series: ['venue', 'asset', 'source'],
  partition: 'none',
} as const satisfies RecordSpec
