/** A liquidation of one BTC contract at Bybit; its id makes it one of its kind. */
export const liquidationRow = (id: number, at: number): Readonly<Record<string, unknown>> => ({
  venue: 'bybit',
  market: 'perp',
  instrument: 'BTCUSDT',
  at,
  knownAt: at,
  liquidationId: String(id),
  position: 'long',
  publishedSide: 'buy',
  price: 100,
  published: 1,
  coins: 1,
  quoteValue: 100,
  convention: 'bybit/liquidation/all',
})
