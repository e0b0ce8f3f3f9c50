/** The venues that are read live, in the order in which they are shown. */
export const VENUES = ['binance', 'bybit', 'okx', 'gate', 'bitget', 'hyperliquid'] as const
export type Venue = (typeof VENUES)[number]

/** Who publishes sums over venues, whose parts are not told. */
export const VENDORS = ['messari'] as const
export type Vendor = (typeof VENDORS)[number]

/** True for who publishes sums over venues rather than a market of its own. */
export const isVendor = (name: string): name is Vendor => (VENDORS as readonly string[]).includes(name)
