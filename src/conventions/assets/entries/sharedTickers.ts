import type { WrittenEntry } from '../assetEntry.ts'
import { BYBIT_PERPS, CCXT, HYPERLIQUID_KILO, TRUST_WALLET, UNISWAP_TOKENS } from './evidence.ts'

/** Binance says which of the two its perpetual is, with both contract addresses. */
const BINANCE_NEIRO = 'https://binance.com/square/post/13611143152594'
/** Bybit's spot pair stood at 0.02965 where Binance's stood at 0.0002666. */
const BYBIT_NEIRO = 'https://github.com/ccxt/ccxt/issues/25500'
/** 14,546,007,000 coins were worth 30.9 million dollars: 0.0021 a coin, the price of First Neiro that day. */
const OKX_NEIRO = 'https://github.com/ccxt/ccxt/issues/23969'
const NEIROETH_DELISTED = 'https://www.binance.bh/en-AE/square/post/30237372663689'
const LUNA_ON_BINANCE = 'https://coincodex.com/article/15017/luna-jumps-50-on-binance-terra-20-listing'
const TERRA_RENAMED =
  'https://bitcoinnewsworld.com/index.php/2022/05/26/binance-will-support-the-terra-network-airdrop/'
const BEAM_DOCUMENTATION = 'https://meritcircle.gitbook.io/merit-circle/usdbeam-token/merit-circle-usdmc'
const HEIMA = 'https://www.bitget.com/support/articles/12560603822009'

/** Assets that share a ticker with something else, on another venue or at another time. */
export const SHARED_TICKERS: readonly WrittenEntry[] = [
  {
    id: 'NEIRO',
    name: 'First Neiro on Ethereum',
    contracts: [
      { chain: 'ethereum', address: '0x812Ba41e071C7b7fA4EBcFB62dF5F45f6fA853Ee', evidence: TRUST_WALLET.NEIRO },
    ],
    tickers: [
      { ticker: 'NEIRO', venue: 'binance', evidence: BINANCE_NEIRO },
      { ticker: 'NEIRO', venue: 'okx', market: 'perp', evidence: OKX_NEIRO },
      { ticker: 'NEIRO', venue: 'hyperliquid', market: 'perp', multiplier: 1000, evidence: HYPERLIQUID_KILO },
      { ticker: 'NEIROCTO', evidence: BYBIT_NEIRO },
      { ticker: 'NEIROCTO', venue: 'bybit', market: 'perp', multiplier: 1000, evidence: BYBIT_PERPS },
    ],
  },
  {
    id: 'NEIROETH',
    name: 'Neiro Ethereum',
    contracts: [
      { chain: 'ethereum', address: '0xEE2a03Aa6Dacf51C18679C516ad5283d8E7C2637', evidence: TRUST_WALLET.NEIROETH },
    ],
    tickers: [
      { ticker: 'NEIRO', venue: 'bybit', market: 'spot', evidence: BYBIT_NEIRO },
      { ticker: 'NEIROETH', venue: 'binance', market: 'perp', evidence: BINANCE_NEIRO },
    ],
    delisted: [
      { venue: 'bybit', market: 'perp', instrument: 'NEIROETHUSDT', at: '2025-09-09', evidence: NEIROETH_DELISTED },
      { venue: 'okx', market: 'perp', instrument: 'NEIROETH-USDT-SWAP', at: '2025-09-12', evidence: NEIROETH_DELISTED },
      { venue: 'binance', market: 'perp', instrument: 'NEIROETHUSDT', at: '2025-09-26', evidence: NEIROETH_DELISTED },
    ],
  },
  {
    // SPX alone is the S&P 500 index: a coin must not be taken for it.
    id: 'SPX6900',
    name: 'SPX6900',
    contracts: [
      { chain: 'ethereum', address: '0xE0f63A424a4439cBE457D80E4f4b51aD25b2c56C', evidence: TRUST_WALLET.SPX6900 },
    ],
    tickers: [
      { ticker: 'SPX', market: 'spot', evidence: TRUST_WALLET.SPX6900 },
      { ticker: 'SPX', market: 'perp', evidence: TRUST_WALLET.SPX6900 },
      { ticker: 'UUUSPX', venue: 'hyperliquid', market: 'spot', evidence: CCXT.hyperliquid },
    ],
  },
  {
    id: 'LUNC',
    name: 'Terra Classic',
    tickers: [
      { ticker: 'LUNC', venue: 'hyperliquid', market: 'perp', multiplier: 1000, evidence: HYPERLIQUID_KILO },
      { ticker: 'LUNA', venue: 'kraken', evidence: CCXT.kraken },
      { ticker: 'LUNA', venue: 'bitfinex', evidence: CCXT.bitfinex },
    ],
    formerly: [{ ticker: 'LUNA', at: '2022-05-28', coins: 1, to: '2022-05-28', evidence: TERRA_RENAMED }],
  },
  {
    id: 'LUNA',
    name: 'Terra 2.0',
    tickers: [
      { ticker: 'LUNA', venue: 'binance', from: '2022-05-28', evidence: LUNA_ON_BINANCE },
      { ticker: 'LUNA2', venue: 'kraken', evidence: CCXT.kraken },
      { ticker: 'LUNA2', venue: 'bitfinex', evidence: CCXT.bitfinex },
      { ticker: 'LUNA2', venue: 'bybit', market: 'perp', evidence: BYBIT_PERPS },
      {
        ticker: 'LUNA2',
        venue: 'binance',
        market: 'perp',
        evidence:
          'https://cryptovesti.ru/binance-futures-will-launch-usd%e2%93%88-m-luna2-perpetual-contracts-with-up-to-25x-leverage',
      },
    ],
  },
  {
    id: 'USTC',
    name: 'TerraClassicUSD',
    tickers: [{ ticker: 'TERRAUST', venue: 'bitfinex', evidence: CCXT.bitfinex }],
    formerly: [{ ticker: 'UST', at: '2022-05-26', coins: 1, evidence: TERRA_RENAMED }],
  },
  {
    id: 'USDT',
    name: 'Tether USD',
    tickers: [{ ticker: 'UST', venue: 'bitfinex', evidence: CCXT.bitfinex }],
  },
  {
    id: 'BEAM',
    name: 'Beam, the gaming network that was Merit Circle',
    contracts: [
      { chain: 'ethereum', address: '0x62D0A8458eD7719FDAF978fe5929C6D342B0bFcE', evidence: BEAM_DOCUMENTATION },
    ],
    tickers: [{ ticker: 'BEAMX', evidence: 'https://novadax.com.br/criptomoedas/beamx' }],
  },
  {
    id: 'BEAMPRIVACY',
    name: 'Beam, the Mimblewimble coin',
    // The other one did not exist before the day on which its tokens could be had.
    tickers: [{ ticker: 'BEAM', to: '2023-10-26', evidence: BEAM_DOCUMENTATION }],
    delisted: [
      {
        venue: 'binance',
        market: 'spot',
        instrument: 'BEAMUSDT',
        at: '2023-01-26',
        evidence:
          'https://thefederalnewswire.com/stories/639252330-beam-privacy-binance-has-made-the-decision-to-delist-beam-token-price-plummets',
      },
    ],
  },
  {
    id: 'HEI',
    name: 'Heima, once Litentry',
    formerly: [{ ticker: 'LIT', at: '2025-02-10T03:00Z', coins: 1, to: '2025-02-10T03:00Z', evidence: HEIMA }],
    delisted: [{ venue: 'bitget', market: 'spot', instrument: 'LITUSDT', at: '2025-02-10T03:00Z', evidence: HEIMA }],
  },
  {
    id: 'LIT',
    name: 'Lighter',
    contracts: [{ chain: 'ethereum', address: '0x232CE3bd40fCd6f80f3d55A522d03f25Df784Ee2', evidence: UNISWAP_TOKENS }],
    tickers: [{ ticker: 'LIT', from: '2025-12-23', evidence: 'https://www.odaily.news/en/newsflash/462503' }],
  },
  {
    id: 'TON',
    name: 'Toncoin',
    tickers: [{ ticker: 'TONCOIN', venue: 'bitget', evidence: CCXT.bitget }],
    formerly: [{ ticker: 'TONCOIN', at: '2022-04-20', coins: 1, evidence: 'https://www.btczu.com/okx/1.html' }],
  },
  {
    id: 'TRUMP',
    name: 'Official Trump',
    tickers: [{ ticker: 'TRUMPSOL', venue: 'bingx', evidence: CCXT.bingx }],
  },
  {
    id: 'TRUMPMAGA',
    name: 'MAGA',
    tickers: [{ ticker: 'TRUMP', venue: 'bingx', evidence: CCXT.bingx }],
  },
  {
    id: 'OMNICAT',
    name: 'OmniCat',
    tickers: [{ ticker: 'OMNI', venue: 'bingx', evidence: CCXT.bingx }],
  },
  {
    id: 'DEGENREBORN',
    name: 'Degen Reborn',
    tickers: [{ ticker: 'DEGEN', venue: 'bitget', evidence: CCXT.bitget }],
  },
  {
    id: 'ASTROPEPEX',
    name: 'AstroPepeX',
    tickers: [{ ticker: 'APX', venue: 'bitget', evidence: CCXT.bitget }],
  },
  {
    id: 'GAMECOM',
    name: 'Game.com',
    tickers: [
      { ticker: 'GTC', venue: 'gate', evidence: CCXT.gate },
      { ticker: 'GTC', venue: 'htx', evidence: CCXT.htx },
    ],
  },
  {
    id: 'GTC',
    name: 'Gitcoin',
    contracts: [{ chain: 'ethereum', address: '0xDe30da39c46104798bB5aA3fe8B9e0e1F348163F', evidence: UNISWAP_TOKENS }],
  },
  {
    id: 'BITCOINFILE',
    name: 'Bitcoin File',
    tickers: [
      { ticker: 'BIFI', venue: 'gate', evidence: CCXT.gate },
      { ticker: 'BIFI', venue: 'htx', evidence: CCXT.htx },
    ],
  },
  {
    id: 'VAIOT',
    name: 'Vaiot',
    tickers: [
      { ticker: 'VAI', venue: 'gate', evidence: CCXT.gate },
      { ticker: 'VAI', venue: 'kucoin', evidence: CCXT.kucoin },
    ],
  },
  {
    id: 'MPH',
    name: '88mph',
    tickers: [{ ticker: '88MPH', venue: 'gate', evidence: CCXT.gate }],
  },
  {
    id: 'MORPHER',
    name: 'Morpher',
    tickers: [{ ticker: 'MPH', venue: 'gate', evidence: CCXT.gate }],
  },
  {
    id: 'TRACO',
    name: 'Traco',
    tickers: [{ ticker: 'TRAC', venue: 'gate', evidence: CCXT.gate }],
  },
  {
    id: 'GAS',
    name: 'NeoGas',
    tickers: [{ ticker: 'GASNEO', venue: 'mexc', evidence: CCXT.mexc }],
  },
  {
    id: 'GASDAO',
    name: 'Gas DAO',
    tickers: [{ ticker: 'GAS', venue: 'mexc', evidence: CCXT.mexc }],
  },
  {
    id: 'GMT',
    name: 'STEPN',
    tickers: [{ ticker: 'STEPN', venue: 'mexc', evidence: CCXT.mexc }],
  },
  {
    id: 'GMTTOKEN',
    name: 'GMT Token',
    tickers: [{ ticker: 'GMT', venue: 'mexc', evidence: CCXT.mexc }],
  },
]
