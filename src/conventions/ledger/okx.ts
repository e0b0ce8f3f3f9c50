import type { Convention, Evidence, RatioRule } from '../convention.ts'

const DOCS = 'https://www.okx.com/docs-v5/en/'

const docs = (anchor: string, seen: string, says: string): Evidence => ({
  says,
  address: `${DOCS}#${anchor}`,
  seen: `documentation as of ${seen}`,
})

const SWAPS = ['linear', 'inverse'] as const

const sidesUnsaid = docs(
  'public-data-rest-api-get-open-interest',
  '2026-07-09',
  'oi is in contracts, oiCcy in coins, oiUsd in USD; whether longs and shorts are both counted is not said',
)
const historyColumns = docs(
  'trading-statistics-rest-api-get-contract-open-interest-history',
  '2026-07-20',
  'a row is time, contracts, coins, USD; whether its time opens or closes the period is not said',
)
const neiro: Evidence = {
  says: 'an answer of NEIRO-USDT-SWAP: oi 14546007, oiCcy 14546007000 (1000 coins a contract), oiUsd 30921319.84032',
  address: 'https://github.com/ccxt/ccxt/issues/23969',
  seen: 'answer of 2024-10-12',
}
const linearCapture: Evidence = {
  says: 'an answer of BTC-USDT-SWAP: oiCcy 21254.19 is oi 2125419 times 0.01',
  address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/okx.js',
  seen: 'answer of 2022-09-24',
}
const inverseCapture: Evidence = {
  says: 'candles of an inverse swap: 628 contracts, 2.5819 coins, 62800 USD at about 24330',
  address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/okx.js',
  seen: 'rows of 2023-03-16',
}

const openInterest: readonly Convention[] = [
  {
    id: 'okx/open_interest/contracts',
    venue: 'okx',
    field: 'open_interest',
    contracts: ['linear'],
    meaning:
      'Contracts (oi), each worth ctVal x ctMult coins; the value is oiUsd, in dollars also where the quote is USDT.',
    rule: { of: 'open interest', countedIn: 'contracts', sides: 'unknown' },
    standing: 'unknown',
    evidence: [sidesUnsaid, neiro, linearCapture],
  },
  {
    id: 'okx/open_interest/coins-inverse',
    venue: 'okx',
    field: 'open_interest',
    contracts: ['inverse'],
    meaning: 'Coins (oiCcy), since oi counts contracts of so many USD; the value is oiUsd.',
    rule: { of: 'open interest', countedIn: 'coins', sides: 'unknown' },
    standing: 'unknown',
    evidence: [sidesUnsaid],
  },
  {
    id: 'okx/open_interest_history/contracts',
    venue: 'okx',
    field: 'open_interest_history',
    contracts: ['linear'],
    meaning: 'Contracts, as now; a row counts as known when the five minutes that begin at its time are over.',
    rule: { of: 'open interest', countedIn: 'contracts', sides: 'unknown' },
    standing: 'unknown',
    evidence: [historyColumns],
  },
  {
    id: 'okx/open_interest_history/coins-inverse',
    venue: 'okx',
    field: 'open_interest_history',
    contracts: ['inverse'],
    meaning: 'Coins, as now; a row counts as known when the five minutes that begin at its time are over.',
    rule: { of: 'open interest', countedIn: 'coins', sides: 'unknown' },
    standing: 'unknown',
    evidence: [historyColumns],
  },
]

const instruments = docs(
  'public-data-rest-api-get-instruments',
  '2026-07-09',
  'ctVal is the face value of a contract in ctValCcy: base for linear, USD for inverse; ctMult multiplies it; ctType decides',
)

const candleColumns = docs(
  'order-book-trading-market-data-get-candlesticks',
  '2026-01-15',
  'vol is base (SPOT) or contracts (SWAP), volCcy is quote (SPOT) or base (SWAP), volCcyQuote is quote; confirm 1 is closed',
)
const utcBars = docs(
  'order-book-trading-market-data-get-candlesticks',
  '2026-01-15',
  'bars of 6H and longer open by UTC+8; with utc behind the name (1Dutc) by UTC+0; 1m to 4H have no such pair',
)

const traded: readonly Convention[] = [
  {
    id: 'okx/contract_size/ctval',
    venue: 'okx',
    field: 'contract_size',
    contracts: SWAPS,
    meaning:
      'One contract is ctVal x ctMult: of the coin where ctType is linear, of USD where it is inverse; the name decides nothing.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      instruments,
      docs(
        'overview-general-info',
        '2026-07-09',
        'BTC-USD_UM-SWAP is linear and stands beside the inverse BTC-USD-SWAP, both with underlying BTC-USD',
      ),
    ],
  },
  {
    id: 'okx/candle/spot-volume',
    venue: 'okx',
    field: 'candle',
    contracts: ['none'],
    meaning:
      'vol is in units of the base, volCcy and volCcyQuote in the quote; 1D opens at 16:00 UTC, 1Dutc at 00:00 UTC.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'not given', dayEnds: '16:00Z' },
    standing: 'documented',
    evidence: [
      candleColumns,
      utcBars,
      {
        says: 'the documented push of candle1D opens at 1629993600000, which is 2021-08-26 16:00 UTC; volCcy equals volCcyQuote',
        address: 'https://www.okx.com/docs-v5/zh/#order-book-trading-market-data-ws-candlesticks-channel',
        seen: 'documentation as of 2026-07-10',
      },
    ],
  },
  {
    id: 'okx/candle/swap-volume',
    venue: 'okx',
    field: 'candle',
    contracts: SWAPS,
    meaning:
      'vol counts contracts, volCcy units of the base, volCcyQuote the quote; 1D opens at 16:00 UTC, 1Dutc at 00:00 UTC.',
    rule: { of: 'candle', volumeIn: 'contracts', takerVolume: 'not given', dayEnds: '16:00Z' },
    standing: 'documented',
    evidence: [candleColumns, utcBars, inverseCapture],
  },
  {
    id: 'okx/taker_volume/not-in-candles',
    venue: 'okx',
    field: 'taker_volume',
    meaning:
      'Candles do not tell what takers bought; of swaps the taker ratio has it for five minutes, else trades do.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [candleColumns],
  },
  {
    id: 'okx/trade/spot-units',
    venue: 'okx',
    field: 'trade',
    contracts: ['none'],
    meaning:
      'One record for each match, in units of the base, with the side of the taker; ids are one apart within an instrument.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'units', ids: 'consecutive' },
    standing: 'documented',
    evidence: trades(),
  },
  {
    id: 'okx/trade/swap-contracts',
    venue: 'okx',
    field: 'trade',
    contracts: SWAPS,
    meaning:
      'One record for each match, in contracts, with the side of the taker; ids are one apart within an instrument.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'contracts', ids: 'consecutive' },
    standing: 'documented',
    evidence: trades(),
  },
]

function trades(): readonly Evidence[] {
  return [
    docs(
      'order-book-trading-market-data-get-trades',
      '2026-06-29',
      'side is the side of the taker; sz is in the base currency (SPOT) or in contracts (SWAP)',
    ),
    docs(
      'order-book-trading-market-data-ws-all-trades-channel',
      '2026-08-09',
      'exactly one match in each message; the channel trades adds up the matches of a taker order instead',
    ),
    docs(
      'order-book-trading-market-data-ws-trades-channel',
      '2026-07-22',
      'tradeId 123 with count 3 stands for 121, 122 and 123; that no id is ever skipped is not promised',
    ),
  ]
}

const liquidation: Convention = {
  id: 'okx/liquidation/order-side',
  venue: 'okx',
  field: 'liquidation',
  contracts: SWAPS,
  meaning:
    'Contracts; the side is that of the closing order, the price that of the deal with the liquidation account; not all are sent.',
  rule: { of: 'liquidation', side: 'order', price: 'bankruptcy', countedIn: 'contracts', feed: 'unknown' },
  standing: 'documented',
  evidence: [
    docs(
      'public-data-websocket-liquidation-orders-channel',
      '2026-07-21',
      'side is that of the order, posSide the position, bkPx the price with the liquidation account, sz contracts; not all, not in order',
    ),
    {
      says: 'a recorder drops the first message of a connection as a repetition of what happened before',
      address:
        'https://github.com/tardis-dev/tardis-node/blob/c1d73fb54c8cb785bd0a05c36189e24fb289065a/src/mappers/okex.ts',
      seen: 'commit c1d73fb',
    },
  ],
}

const funding: Convention = {
  id: 'okx/funding/realized',
  venue: 'okx',
  field: 'funding',
  contracts: SWAPS,
  meaning:
    'A fraction, longs pay where it is positive: fundingRate is expected at fundingTime, realizedRate of the history was paid.',
  rule: { of: 'note' },
  standing: 'documented',
  evidence: [
    docs(
      'public-data-rest-api-get-funding-rate',
      '2026-07-09',
      'fundingRate is a forecast; the interval is nextFundingTime - fundingTime, 8, 6, 4, 2 or 1 hours, and may change',
    ),
    docs('public-data-rest-api-get-funding-rate-history', '2026-07-09', 'realizedRate is the rate that was paid'),
  ],
}

interface RatioEntry {
  readonly field: 'long_short_accounts' | 'top_accounts' | 'top_positions' | 'taker_ratio'
  readonly meaning: string
  readonly definition: string
  readonly evidence: Evidence
}

const ratio = ({ field, meaning, definition, evidence }: RatioEntry): Convention => ({
  id: `okx/${field}/${field === 'taker_ratio' ? 'sell-first' : 'long-over-short'}`,
  venue: 'okx',
  field,
  contracts: SWAPS,
  meaning,
  rule: { of: 'ratio', value: 'long over short', definition } satisfies RatioRule,
  standing: 'documented',
  evidence: [evidence],
})

const ratios: readonly Convention[] = [
  ratio({
    field: 'long_short_accounts',
    meaning: 'Accounts that are net long over accounts that are net short, all of one contract.',
    definition: 'all accounts with a position in the contract, counted by account',
    evidence: docs(
      'trading-statistics-rest-api-get-contract-long-short-ratio',
      '2026-07-20',
      'one number, long accounts over short accounts; the page calls it a position ratio once, the heading and the field do not',
    ),
  }),
  ratio({
    field: 'top_accounts',
    meaning: 'Long over short accounts of the top traders; served from 2024-03-22 on.',
    definition: 'the 5 % of accounts with the largest open position value, counted by account',
    evidence: docs(
      'trading-statistics-rest-api-get-top-traders-contract-long-short-ratio',
      '2026-07-20',
      'top traders are the 5 % with the largest open position value',
    ),
  }),
  ratio({
    field: 'top_positions',
    meaning: 'Long over short positions of the top traders; served from 2024-03-22 on.',
    definition: 'the 5 % of accounts with the largest open position value, weighted by position',
    evidence: docs(
      'trading-statistics-rest-api-get-top-traders-contract-long-short-ratio-by-position',
      '2026-07-20',
      'long positions over short positions of the 5 % with the largest open position value',
    ),
  }),
  ratio({
    field: 'taker_ratio',
    meaning:
      'What takers bought over what they sold; the row names the sold volume first, in coins where unit 0 is asked for.',
    definition: 'taker buy volume over taker sell volume of one contract, in coins',
    evidence: docs(
      'trading-statistics-rest-api-get-contract-taker-volume',
      '2026-07-20',
      'a row is time, sell volume, buy volume; unit is 0 for coins, 1 for contracts (the default), 2 for U, and is not in the answer',
    ),
  }),
]

const names: readonly Convention[] = [
  {
    id: 'okx/symbol/underlying',
    venue: 'okx',
    field: 'symbol',
    meaning:
      'BASE-QUOTE, with -SWAP behind it for a swap; base and quote of a swap are in uly, since baseCcy and quoteCcy are empty.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      docs(
        'public-data-rest-api-get-instruments',
        '2026-07-09',
        'baseCcy and quoteCcy are filled for SPOT only; uly and instFamily for contracts',
      ),
    ],
  },
  {
    id: 'okx/socket/business',
    venue: 'okx',
    field: 'socket',
    meaning:
      'Candles and single matches come on /ws/v5/business, all else on /ws/v5/public; the ping is the text ping.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      docs(
        'error-code-websocket-public',
        '2026-07-06',
        'a channel on the wrong path is refused with 64001, 64002 or 60008',
      ),
      docs(
        'overview-websocket-connect',
        '2026-07-06',
        'the server closes after 30 s without data; ping and pong are texts',
      ),
    ],
  },
]

/** What OKX's numbers mean. */
export const okx: readonly Convention[] = [...openInterest, ...traded, liquidation, funding, ...ratios, ...names]
