import type { WrittenEntry } from '../assetEntry.ts'
import { BYBIT_PERPS, HYPERLIQUID_KILO, TRUST_WALLET, UNISWAP_TOKENS } from './evidence.ts'

const kilo = (ticker: string) =>
  ({ ticker, venue: 'hyperliquid', market: 'perp', multiplier: 1000, evidence: HYPERLIQUID_KILO }) as const
const WHY_AND_CHEEMS = 'https://binance.com/el/square/post/16709686255801'

/** Assets so cheap that venues quote a thousand or a million of them at once, and others of the seed note. */
export const IN_MULTIPLES: readonly WrittenEntry[] = [
  {
    id: 'PEPE',
    name: 'Pepe',
    contracts: [{ chain: 'ethereum', address: '0x6982508145454Ce325dDbE47a25d4ec3d2311933', evidence: UNISWAP_TOKENS }],
    tickers: [
      kilo('PEPE'),
      { ticker: 'PEPE', venue: 'bybit', market: 'perp', multiplier: 1000, evidence: BYBIT_PERPS },
    ],
  },
  {
    id: 'SHIB',
    name: 'Shiba Inu',
    contracts: [{ chain: 'ethereum', address: '0x95aD61b0a150d79219dCF64E1E6Cc01f0B64C4cE', evidence: UNISWAP_TOKENS }],
    tickers: [
      kilo('SHIB'),
      { ticker: 'SHIB', venue: 'bybit', market: 'perp', multiplier: 1000, evidence: BYBIT_PERPS },
    ],
  },
  { id: 'BONK', name: 'Bonk', tickers: [kilo('BONK')] },
  {
    id: 'FLOKI',
    name: 'Floki',
    contracts: [{ chain: 'ethereum', address: '0xcf0C122c6b73ff809C693DB761e7BaeBe62b6a2E', evidence: UNISWAP_TOKENS }],
    tickers: [kilo('FLOKI')],
  },
  { id: 'DOGS', name: 'Dogs', tickers: [kilo('DOGS')] },
  {
    id: 'BABYDOGE',
    name: 'Baby Doge Coin',
    tickers: [
      {
        ticker: 'BABYDOGE',
        venue: 'binance',
        market: 'perp',
        multiplier: 1_000_000,
        evidence: 'https://binance.com/square/post/13611143152594',
      },
    ],
  },
  {
    id: 'CHEEMS',
    name: 'Cheems',
    tickers: [{ ticker: 'CHEEMS', venue: 'binance', market: 'perp', multiplier: 1000, evidence: WHY_AND_CHEEMS }],
  },
  {
    id: 'WHY',
    name: 'Why',
    tickers: [{ ticker: 'WHY', venue: 'binance', market: 'perp', multiplier: 1000, evidence: WHY_AND_CHEEMS }],
  },
  {
    id: 'ZEREBRO',
    name: 'Zerebro',
    contracts: [
      { chain: 'solana', address: '8x5VqbHA8D7NkD52uNuS5nnt3PwA8pLD34ymskeSo2Wn', evidence: TRUST_WALLET.ZEREBRO },
    ],
  },
]
