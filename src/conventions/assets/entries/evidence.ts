const trustWallet = (commit: string, path: string): string =>
  `https://github.com/trustwallet/assets/blob/${commit}/blockchains/${path}/info.json`
const ccxt = (venue: string): string => `https://github.com/ccxt/ccxt/blob/v4.5.84/ts/src/${venue}.ts`

/** Addresses that several statements lean on. */
export const UNISWAP_TOKENS =
  'https://github.com/Uniswap/default-token-list/blob/49f39bd7e83fbf311c5ffa3e153d4ad146a60214/src/tokens/mainnet.json'
/** Names of Hyperliquid that begin with a k. */
export const HYPERLIQUID_KILO =
  'https://github.com/tardis-dev/tardis-node/blob/c1d73fb54c8cb785bd0a05c36189e24fb289065a/src/mappers/hyperliquid.ts'
/** All perpetuals of Bybit by name, 2026-07. */
export const BYBIT_PERPS =
  'https://github.com/bybit-exchange/docs/blob/072c197d0c11b4d9a88d1dd0c7b9d7ca8ea3a996/docs/v5/market/fee-group-info.mdx'
/** Names that ccxt found to clash, by venue: `commonCurrencies`. */
export const CCXT = {
  bingx: ccxt('bingx'),
  bitfinex: ccxt('bitfinex'),
  bitget: ccxt('bitget'),
  gate: ccxt('gate'),
  htx: ccxt('htx'),
  hyperliquid: ccxt('hyperliquid'),
  kraken: ccxt('kraken'),
  kucoin: ccxt('kucoin'),
  mexc: ccxt('mexc'),
} as const
export const TRUST_WALLET = {
  NEIRO: trustWallet(
    '230644cacd57b68d3cc63ad09bb63ed13fd4fe49',
    'ethereum/assets/0x812Ba41e071C7b7fA4EBcFB62dF5F45f6fA853Ee',
  ),
  NEIROETH: trustWallet(
    '0362c4d1941026ccbb7b9603041019ae87b9d725',
    'ethereum/assets/0xEE2a03Aa6Dacf51C18679C516ad5283d8E7C2637',
  ),
  SPX6900: trustWallet(
    '0634b7264846a63574e2075891a55315dcb1e8e7',
    'ethereum/assets/0xE0f63A424a4439cBE457D80E4f4b51aD25b2c56C',
  ),
  RENDER: trustWallet(
    '5d5515a339e3a9b9c604e48fd920d0ec798ac2cb',
    'solana/assets/rndrizKT3MK1iimdxRdWabcF7Zg7AR5T4nud4EkHBof',
  ),
  ZEREBRO: trustWallet(
    '0f6f0136ba92095dd9b0e3dde1c773adb4b0af91',
    'solana/assets/8x5VqbHA8D7NkD52uNuS5nnt3PwA8pLD34ymskeSo2Wn',
  ),
} as const
