import type { Venue } from '../records/venues.ts'
import { binance } from './binance/binance.ts'
import { bybit } from './bybit/bybit.ts'
import { okx } from './okx/okx.ts'
import { gate } from './gate/gate.ts'
import { bitget } from './bitget/bitget.ts'
import { hyperliquid } from './hyperliquid/hyperliquid.ts'
import type { VenueSource } from './source.ts'

/** The venues that can be collected. */
export const SOURCES: Readonly<Record<Venue, VenueSource>> = { binance, bybit, okx, gate, bitget, hyperliquid }
