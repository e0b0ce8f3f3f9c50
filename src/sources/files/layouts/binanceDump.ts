import { dumpName } from '../fileName.ts'
import type { Binding, Head } from './layout.ts'

/** What the name of a Binance public dump tells, or the caller has said instead. */
export function binanceDump(head: Head): Pick<Binding, 'venue' | 'market' | 'instrument' | 'interval'> {
  const name = dumpName(head.stem)
  const instrument = head.instrument ?? name?.instrument
  const interval = name?.what !== undefined && /^\d/.test(name.what) ? name.what : undefined
  return {
    venue: 'binance',
    ...(instrument === undefined ? {} : { instrument }),
    ...(interval === undefined ? {} : { interval }),
    ...(instrument !== undefined && /_(PERP|\d{6})$/.test(instrument) ? { market: 'perp' as const } : {}),
  }
}

/** True for coin-margined contracts (`BTCUSD_PERP`, `BTCUSD_240628`), whose dumps count contracts, not coins. */
export const isCoinMargined = (instrument: string | undefined): boolean =>
  instrument !== undefined && /USD_(PERP|\d{6})$/.test(instrument)
