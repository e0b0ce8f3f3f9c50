import { instant } from '../../src/core/instant.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import type { Mapped } from '../../src/sources/source.ts'
import { contextOf, fixture, made } from './wire.ts'

/** After every documented example. */
export const LATER = instant(4_000_000_000_000)

export const gatePerp = (instrument: string, fields: Partial<Instrument> = {}): Instrument =>
  made('gate', { instrument, asset: instrument.split('_')[0]!, contractSize: 0.0001, fundingHours: 8, ...fields })

export const gateSpot = (instrument: string): Instrument =>
  made('gate', { instrument, market: 'spot', contract: 'none', asset: instrument.split('_')[0]! })

export const btc = gatePerp('BTC_USDT')
export const eth = gatePerp('ETH_USDT', { contractSize: 0.01 })
export const inverse = gatePerp('BTC_USD', { contract: 'inverse', contractSize: 1, quote: 'USD' })

/** Lists the instruments that Gate's documented examples speak of. */
export const gateContext = contextOf('gate', [
  btc,
  eth,
  inverse,
  ...['GT_USDT', 'TLOS_BTC', 'BTC3L_USDT'].map((pair) => gateSpot(pair)),
])

/** The fields that name the series of BTC_USDT. */
export const BTC_KEY = { venue: 'gate', market: 'perp', instrument: 'BTC_USDT' }

export const payload = (name: string): unknown => fixture('gate', name).payload

/** What a socket message holds, where it holds anything. */
export const resultIn = (message: unknown): unknown =>
  (message as { readonly result?: unknown } | null | undefined)?.result
export const resultOf = (name: string): unknown => resultIn(payload(name))

export const rowsOf = ({ rows }: Mapped): readonly unknown[] => rows.map(({ row }) => row)
