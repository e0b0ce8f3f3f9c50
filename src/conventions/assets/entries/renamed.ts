import type { WrittenEntry } from '../assetEntry.ts'
import { CCXT, TRUST_WALLET, UNISWAP_TOKENS } from './evidence.ts'

const POL_ON_BINANCE = 'https://coingape.com/binance-announces-matic-to-pol-token-swap-support-is-breakout-imminent'
const S_ON_BINANCE = 'https://binance.com/en-JP/square/post/17987822306257'
const KAIA_ON_BINANCE = 'https://www.binance.com/cs/square/post/14937325490873'
const RENDER_UPGRADE =
  'https://blocking.net/render-network-migrated-to-solana-offering-a-new-token-render-and-its-exchange-methods-and.html'

/** Assets that had another name; one coin of then is one coin of now, but where it says otherwise. */
export const RENAMED: readonly WrittenEntry[] = [
  {
    id: 'POL',
    name: 'Polygon',
    contracts: [{ chain: 'ethereum', address: '0x455e53CBB86018Ac2B8092FdCd39d8444aFFC3F6', evidence: UNISWAP_TOKENS }],
    formerly: [{ ticker: 'MATIC', at: '2024-09-10T03:00Z', coins: 1, evidence: POL_ON_BINANCE }],
    delisted: [
      { venue: 'binance', market: 'spot', instrument: 'MATICUSDT', at: '2024-09-10T03:00Z', evidence: POL_ON_BINANCE },
    ],
  },
  {
    id: 'S',
    name: 'Sonic',
    formerly: [{ ticker: 'FTM', at: '2025-01-13T03:00Z', coins: 1, evidence: S_ON_BINANCE }],
    delisted: [
      { venue: 'binance', market: 'spot', instrument: 'FTMUSDT', at: '2025-01-13T03:00Z', evidence: S_ON_BINANCE },
      {
        venue: 'okx',
        market: 'perp',
        instrument: 'FTM-USDT-SWAP',
        at: '2025-01-07T08:00Z',
        evidence: 'https://www.scallope.com/311.html',
      },
    ],
  },
  {
    id: 'A',
    name: 'Vaulta',
    formerly: [{ ticker: 'EOS', at: '2025-05-26', coins: 1, evidence: 'https://www.pptfa.com/7382.html' }],
    delisted: [
      {
        venue: 'okx',
        market: 'perp',
        instrument: 'EOS-USDT-SWAP',
        at: '2025-05-22T08:00Z',
        evidence: 'https://www.pptfa.com/7382.html',
      },
    ],
  },
  {
    id: 'RENDER',
    name: 'Render',
    contracts: [
      {
        chain: 'solana',
        address: 'rndrizKT3MK1iimdxRdWabcF7Zg7AR5T4nud4EkHBof',
        evidence: TRUST_WALLET.RENDER,
      },
    ],
    formerly: [{ ticker: 'RNDR', at: '2023-11-02', coins: 1, evidence: RENDER_UPGRADE }],
    delisted: [
      {
        venue: 'okx',
        market: 'perp',
        instrument: 'RNDR-USDT-SWAP',
        at: '2024-07-09T08:00Z',
        evidence: 'https://azc.news/okx-delists-rndr-futures-and-margin-trading-id24185',
      },
    ],
  },
  {
    id: 'KAIA',
    name: 'Kaia',
    formerly: [{ ticker: 'KLAY', at: '2024-10-28T03:00Z', coins: 1, evidence: KAIA_ON_BINANCE }],
    delisted: [
      { venue: 'binance', market: 'spot', instrument: 'KLAYUSDT', at: '2024-10-28T03:00Z', evidence: KAIA_ON_BINANCE },
    ],
  },
  {
    id: 'VIC',
    name: 'Viction',
    formerly: [
      {
        ticker: 'TOMO',
        at: '2023-11',
        coins: 1,
        evidence: 'https://forum.viction.xyz/t/viction-saigon-network-upgrade-proposal/2861',
      },
    ],
  },
  {
    id: 'COMBO',
    name: 'Combo',
    formerly: [
      {
        ticker: 'COCOS',
        at: '2023-05-29',
        coins: 1,
        evidence: 'https://goonus.io/en/plan-for-cocos-conversion-and-delisting-of-the-cocosvndc-futures-trading-pair/',
      },
    ],
  },
  {
    // One chain, before and after: only the unit that is counted in became a million times smaller.
    id: 'XEC',
    name: 'eCash',
    tickers: [{ ticker: 'BCHABC', venue: 'bitfinex', evidence: CCXT.bitfinex }],
    formerly: [
      {
        ticker: 'BCHA',
        at: '2021-07-01T12:00Z',
        coins: 1_000_000,
        evidence: 'https://reviews.bitcoinabc.org/rABCWEBe958f4cd75071e90c48e92c65ffe6b2025adf2db?diff=1',
      },
    ],
  },
  {
    id: 'BTC',
    name: 'Bitcoin',
    tickers: [
      { ticker: 'XBT', venue: 'kraken', evidence: CCXT.kraken },
      { ticker: 'XBT', venue: 'bitmex', evidence: 'https://blog.bitmex.com/terra-luna-2-0-listings/' },
    ],
  },
  {
    id: 'DOGE',
    name: 'Dogecoin',
    tickers: [{ ticker: 'XDG', venue: 'kraken', evidence: CCXT.kraken }],
  },
]
