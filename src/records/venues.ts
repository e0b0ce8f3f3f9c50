/** The venues that are read live, in the order in which they are shown. */
export const VENUES = ['binance', 'bybit', 'okx', 'gate', 'bitget', 'hyperliquid'] as const
export type Venue = (typeof VENUES)[number]
