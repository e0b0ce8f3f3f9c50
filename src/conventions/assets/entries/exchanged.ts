import type { WrittenEntry } from '../assetEntry.ts'
import { UNISWAP_TOKENS } from './evidence.ts'

const INTO_FET =
  'https://webseahelp.zendesk.com/hc/en-us/articles/10004857895439-Announcement-on-Supporting-the-Merge-of-Fetch-ai-FET-Ocean-Protocol-OCEAN-and-SingularityNET-AGIX-Tokens'

/** Assets that can be changed for another at a fixed count, and are still assets of their own. */
export const EXCHANGED: readonly WrittenEntry[] = [
  {
    // 24,000 for one, less a penalty that grows since September 2025: the two are not one price.
    id: 'MKR',
    name: 'Maker',
    contracts: [{ chain: 'ethereum', address: '0x9f8F72aA9304c8B593d555F12eF6589cC3A579A2', evidence: UNISWAP_TOKENS }],
    became: {
      asset: 'SKY',
      at: '2025-09-18',
      coins: 24_000,
      evidence: 'https://www.newton.co/blog/blog-maker-to-sky-mkr-migration',
    },
    delisted: [
      {
        venue: 'bitget',
        market: 'spot',
        instrument: 'MKRUSDT',
        at: '2025-08-29',
        evidence: 'https://yoyo.ilark.io/cmc-ai/maker/price-analysis',
      },
    ],
  },
  {
    id: 'SKY',
    name: 'Sky',
    contracts: [{ chain: 'ethereum', address: '0x56072C95FAA701256059aa122697B133aDEd9279', evidence: UNISWAP_TOKENS }],
  },
  {
    id: 'AGIX',
    name: 'SingularityNET',
    became: { asset: 'FET', at: '2024-07-01', coins: 0.43335, evidence: INTO_FET },
    delisted: [
      {
        venue: 'okx',
        market: 'spot',
        instrument: 'AGIX-USDT',
        at: '2024-07-01T08:00Z',
        evidence: 'https://www.ukcamo.com/16373.html',
      },
    ],
  },
  {
    id: 'OCEAN',
    name: 'Ocean Protocol',
    contracts: [{ chain: 'ethereum', address: '0x967da4048cD07aB37855c090aAF366e4ce1b9F48', evidence: UNISWAP_TOKENS }],
    became: { asset: 'FET', at: '2024-07-01', coins: 0.433226, evidence: INTO_FET },
  },
  {
    id: 'FET',
    name: 'Artificial Superintelligence Alliance, once Fetch.ai',
    contracts: [{ chain: 'ethereum', address: '0xaea46A60368A7bD060eec7DF8CBa43b7EF41Ad85', evidence: UNISWAP_TOKENS }],
  },
  {
    id: 'BTTOLD',
    name: 'BitTorrent, the token before the BitTorrent Chain',
    // Exchanges were asked to change over between these two days.
    tickers: [
      {
        ticker: 'BTT',
        to: '2021-12-12',
        evidence: 'https://medium.com/@BitTorrent/launch-of-bttc-mainnet-and-btt-redenomination-plan-2eacfe26d22',
      },
    ],
    became: {
      asset: 'BTT',
      at: '2021-12-12',
      coins: 1000,
      evidence: 'https://medium.com/@BitTorrent/launch-of-bttc-mainnet-and-btt-redenomination-plan-2eacfe26d22',
    },
  },
  { id: 'BTT', name: 'BitTorrent' },
  {
    id: 'OMNI',
    name: 'Omni Network',
    contracts: [{ chain: 'ethereum', address: '0x36E66fbBce51e4cD5bd3C62B637Eb411b18949D4', evidence: UNISWAP_TOKENS }],
    became: {
      asset: 'NOM',
      at: '2025-09-26T10:00Z',
      coins: 75,
      evidence: 'https://phemex.com/vi/announcements/phemex-will-support-the-omni-token-swap-and-rebranding-to-nom',
    },
  },
  {
    id: 'NOM',
    name: 'Nomina',
    contracts: [{ chain: 'ethereum', address: '0x6e6F6d696e61decd6605bD4a57836c5DB6923340', evidence: UNISWAP_TOKENS }],
  },
  {
    id: 'MC',
    name: 'Merit Circle',
    contracts: [{ chain: 'ethereum', address: '0x949D48EcA67b17269629c7194F4b727d4Ef9E5d6', evidence: UNISWAP_TOKENS }],
    became: {
      asset: 'BEAM',
      at: '2023-10-26',
      coins: 100,
      evidence: 'https://meritcircle.gitbook.io/merit-circle/usdbeam-token/migration/migration-faq',
    },
  },
  {
    id: 'LEND',
    name: 'Aave, the token before AAVE',
    became: {
      asset: 'AAVE',
      at: '2020-10-10',
      coins: 0.01,
      evidence:
        'https://aws.okx.com/fr/help/okx-to-support-the-token-migration-from-lend-to-aave-lend-trading-suspensions-on-oct-10',
    },
    delisted: [
      {
        venue: 'okx',
        market: 'spot',
        instrument: 'LEND-USDT',
        at: '2020-10-10T09:00Z',
        evidence:
          'https://aws.okx.com/fr/help/okx-to-support-the-token-migration-from-lend-to-aave-lend-trading-suspensions-on-oct-10',
      },
    ],
  },
  {
    id: 'AAVE',
    name: 'Aave',
    contracts: [{ chain: 'ethereum', address: '0x7Fc66500c84A76Ad7e9c93437bFc5Ac33E2DDaE9', evidence: UNISWAP_TOKENS }],
  },
  {
    id: 'VEN',
    name: 'VeChain, the token before the mainnet',
    became: {
      asset: 'VET',
      at: '2018-07-24',
      coins: 100,
      evidence:
        'https://ethereumworldnews.com/binance-completes-vechain-ven-token-swap-to-vet-and-airdrops-100-million-vtho/',
    },
  },
  { id: 'VET', name: 'VeChain' },
]
