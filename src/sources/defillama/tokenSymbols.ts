/**
 * Symbols under which the coins of an asset stand there. A symbol is no identity: only assets whose ticker is theirs alone among
 * large coins are here, and prices have the last word wherever candles are held. Ether is counted as `ETH` where a wallet is read by
 * address and as `WETH` where by the coin's own name. A claim on a coin (WBTC, stETH) is not that coin.
 */
export const TOKEN_SYMBOLS: Readonly<Record<string, readonly string[]>> = {
  AAVE: ['AAVE'],
  ADA: ['ADA'],
  APT: ['APT'],
  ARB: ['ARB'],
  ATOM: ['ATOM'],
  AVAX: ['AVAX'],
  BCH: ['BCH'],
  BNB: ['BNB'],
  BTC: ['BTC'],
  DOGE: ['DOGE'],
  DOT: ['DOT'],
  ETC: ['ETC'],
  ETH: ['ETH', 'WETH'],
  FIL: ['FIL'],
  HBAR: ['HBAR'],
  LINK: ['LINK'],
  LTC: ['LTC'],
  NEAR: ['NEAR'],
  OP: ['OP'],
  PEPE: ['PEPE'],
  SHIB: ['SHIB'],
  SOL: ['SOL'],
  SUI: ['SUI'],
  TON: ['TON'],
  TRX: ['TRX'],
  UNI: ['UNI'],
  XLM: ['XLM'],
  XRP: ['XRP'],
}
