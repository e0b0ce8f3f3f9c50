/** Ids of the world's assets, as the publisher's list of coins has them. */
const ID_LIST = `
  BTC bitcoin
  ETH ethereum
  SOL solana
  XRP ripple
  DOGE dogecoin
  BNB binancecoin
  SUI sui
  ADA cardano
  LINK chainlink
  AVAX avalanche-2
  LTC litecoin
  TRX tron
  PEPE pepe
  AAVE aave
  UNI uniswap
  NEAR near
  APT aptos
  DOT polkadot
  FIL filecoin
  ARB arbitrum
  OP optimism
  INJ injective-protocol
  TIA celestia
  SEI sei-network
  WIF dogwifcoin
  BONK bonk
  FARTCOIN fartcoin
  TRUMP official-trump
  HYPE hyperliquid
  ENA ethena
  ONDO ondo-finance
  RENDER render-token
  FET fetch-ai
  TAO bittensor
  KAS kaspa
  ICP internet-computer
  ATOM cosmos
  ETC ethereum-classic
  ZEREBRO zerebro
  NEIROETH neiro-on-eth
`

/** Assets by the publisher's ids. */
export const ASSET_OF_ID: ReadonlyMap<string, string> = new Map(
  ID_LIST.trim()
    .split('\n')
    .map((line) => line.trim().split(' ') as [string, string])
    .map(([asset, id]) => [id, asset]),
)
