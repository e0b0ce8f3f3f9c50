import type { Convention, Evidence } from '../convention.ts'

const VENUE = 'bitget'
const CCXT: Evidence = {
  says: 'contract size is 1 and amounts are taken as base coins for every contract',
  address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/bitget.js',
  seen: '4.5.84',
}
const LIQUIDATION_CHANNEL = 'https://www.bitget.com/api-doc/uta/websocket/public/Liquidation-Channel'

/** What Bitget's numbers mean. */
export const bitget: readonly Convention[] = [
  {
    id: 'bitget/open_interest/base-coin',
    venue: VENUE,
    field: 'open_interest',
    meaning:
      'Open interest is holdingAmount of the tickers, in the base coin as the instrument names it; whether one side or both are counted is not documented.',
    rule: { of: 'open interest', countedIn: 'units', sides: 'unknown' },
    standing: 'unknown',
    evidence: [
      {
        says: 'the size of open interest is in the base coin; sides are not mentioned',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-Open-Interest',
        seen: 'copy of the page, example of 2023-09-27',
      },
      {
        says: 'holdingAmount is the same number: 7452.6421, and 7465.5938 in a ticker of the third generation nine minutes later',
        address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/bitget.js',
        seen: '4.5.84, captures of 2025-06-19',
      },
    ],
  },
  {
    id: 'bitget/contract_size/base-coin',
    venue: VENUE,
    field: 'contract_size',
    contracts: ['linear', 'inverse'],
    meaning: 'A contract is one base coin; sizeMultiplier is the step of an order, not the size of a contract.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'minTradeNum is in the base coin, sizeMultiplier the step that sizes are multiples of',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-All-Symbols-Contracts',
        seen: 'copy of the page, example of 2023-09-27',
      },
      CCXT,
    ],
  },
  {
    id: 'bitget/candle/base-then-quote',
    venue: VENUE,
    field: 'candle',
    contracts: ['none', 'linear'],
    meaning:
      'Column 5 is the volume in the base coin; that in the quote is column 6, on spot column 6 or 7, whichever fits the price. Nothing says that a bar is closed; bars from 6 hours on end at 16:00 UTC unless their name says utc.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'not given', dayEnds: '16:00Z' },
    standing: 'documented',
    evidence: [
      {
        says: 'open time, open, high, low, close, base volume, quote volume',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-Candle-Data',
        seen: 'example of 2023-09-28',
      },
      {
        says: 'base volume, then the volumes in USDT and in the quote, in either order by copy of the page; 6Hutc and longer beside 6H',
        address: 'https://www.bitget.com/api-doc/spot/market/Get-Candle-Data',
        seen: 'copies of 2024 to 2026',
      },
    ],
  },
  {
    id: 'bitget/candle/inverse-told-by-price',
    venue: VENUE,
    field: 'candle',
    contracts: ['inverse'],
    meaning:
      'Columns 5 and 6 are the volumes in the base coin and in the quote; which is which is contradictory and told by the bar: quote over base is a price.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'not given', dayEnds: '16:00Z' },
    standing: 'unknown',
    evidence: [
      {
        says: 'column 5 is the base volume, in all families',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-Candle-Data',
        seen: 'example of 2023-09-28',
      },
      {
        says: 'reads the base volume of inverse contracts from column 6',
        address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/bitget.js',
        seen: '4.5.84',
      },
    ],
  },
  {
    id: 'bitget/taker_volume/none',
    venue: VENUE,
    field: 'taker_volume',
    meaning: 'Candles hold no taker volume; it is computed from trades.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'seven columns, none of takers',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-Candle-Data',
        seen: 'example of 2023-09-28',
      },
    ],
  },
  {
    id: 'bitget/trade/base-coin',
    venue: VENUE,
    field: 'trade',
    contracts: ['none', 'linear'],
    meaning:
      'A trade is one fill, its size in the base coin, its side the taker’s. Ids rise and hold the time: without the last 22 bits they count milliseconds from 2015-07-01T04:45:20.677Z.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'units', ids: 'ascending' },
    standing: 'documented',
    evidence: [
      {
        says: 'rows come by falling tradeId; the amount is in the base coin',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-Fills-History',
        seen: 'copy of the page, example of 2023-09-28',
      },
      {
        says: 'taker orders only; isRPI and a link id tell fills of one order apart in the third generation',
        address: 'https://www.bitget.com/api-doc/uta/websocket/public/New-Trades-Channel',
        seen: 'copy of the page',
      },
      {
        says: 'the time in the id is that of the trade to the millisecond in all captures that give milliseconds, and in the same second in all that are cut',
        address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/bitget.js',
        seen: '4.5.84, captures of 2023 to 2025',
      },
    ],
  },
  {
    id: 'bitget/trade/inverse-base-coin',
    venue: VENUE,
    field: 'trade',
    contracts: ['inverse'],
    meaning: 'The size of an inverse trade is taken as base coins; the page of the second generation is silent.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'units', ids: 'ascending' },
    standing: 'inferred',
    evidence: [
      {
        says: 'sizes at bid and ask of BTCUSD are 0.5091 and 2.2694 at a price of 29904.5: base coins',
        address:
          'https://github.com/JKorf/Bitget.Net/blob/ed0db8fee507f31d8cc736b2b351d101c392fb4f/Bitget.Net.UnitTests/Endpoints/Futures/ExchangeData/GetTickers.txt',
        seen: 'example of 2023-09-27',
      },
      {
        says: 'the size is in the quote coin for COIN-FUTURES, on the sockets of the third generation',
        address: 'https://www.bitget.com/api-doc/uta/websocket/public/New-Trades-Channel',
        seen: 'copy of the page',
      },
    ],
  },
  {
    id: 'bitget/liquidation/all',
    venue: VENUE,
    field: 'liquidation',
    to: '2026-06-23',
    meaning:
      'Every liquidation; the side is that of the position; the unit of amount is contradictory and taken as documented, in the quote.',
    rule: { of: 'liquidation', side: 'position', price: 'bankruptcy', countedIn: 'quote', feed: 'complete' },
    standing: 'unknown',
    evidence: [
      {
        says: 'a push every 20 seconds with all liquidations; buy where a long was liquidated; amount in the quote coin',
        address: LIQUIDATION_CHANNEL,
        seen: 'copy from before 2026-06-23',
      },
    ],
  },
  {
    id: 'bitget/liquidation/largest-a-second',
    venue: VENUE,
    field: 'liquidation',
    from: '2026-06-23',
    meaning:
      'Of every second the largest long and the largest short of an instrument only, so sums are lower bounds; the side is that of the position; the unit of amount is contradictory and taken as documented, in the quote.',
    rule: { of: 'liquidation', side: 'position', price: 'bankruptcy', countedIn: 'quote', feed: 'one a second' },
    standing: 'unknown',
    evidence: [
      {
        says: 'a push a second with the largest long and the largest short of a symbol; buy where a long was liquidated; amount in the quote coin. Readers of the same numbers take them for base coins, and the example, 37.722858 at 89000, fits either',
        address: LIQUIDATION_CHANNEL,
        seen: 'copy from after 2026-06-23',
      },
    ],
  },
  {
    id: 'bitget/funding/for-one-interval',
    venue: VENUE,
    field: 'funding',
    contracts: ['linear', 'inverse'],
    meaning:
      'The rate is a fraction for one interval of 1, 2, 4 or 8 hours, which can change; a paid rate does not say for how long, the time since the one before it does.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'fundingRateInterval is 1, 2, 4 or 8 hours',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-Current-Funding-Rate',
        seen: 'copy of the page',
      },
      {
        says: 'a paid rate has symbol, rate and time',
        address: 'https://www.bitget.com/api-doc/contract/market/Get-History-Funding-Rate',
        seen: 'example of 2023-09-27',
      },
    ],
  },
  {
    id: 'bitget/top_accounts/large-holders',
    venue: VENUE,
    field: 'top_accounts',
    meaning: 'Shares of accounts that are long and short, over 5 minutes that begin at the time given.',
    rule: {
      of: 'ratio',
      value: 'shares',
      definition:
        'accounts that the venue calls active in English and large holders in Chinese; who counts as one is not said',
    },
    standing: 'inferred',
    evidence: [
      {
        says: 'active accounts in English; large holders in the Chinese title',
        address: 'https://www.bitget.com/api-doc/common/apidata/Account-Long-Short',
        seen: 'copies of the page, no date',
      },
      {
        says: 'the ratio is that of the shares divided by a hundred: 0.58 and 0.42 with 0.0138',
        address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/bitget.js',
        seen: '4.5.84, capture of 2024-10-19',
      },
    ],
  },
  {
    id: 'bitget/top_positions/large-holders',
    venue: VENUE,
    field: 'top_positions',
    meaning: 'Shares of positions that are long and short, over 5 minutes that begin at the time given.',
    rule: {
      of: 'ratio',
      value: 'shares',
      definition:
        'positions of accounts that the venue calls active in English and large holders in Chinese; who counts as one is not said',
    },
    standing: 'inferred',
    evidence: [
      {
        says: 'shares of 0.5061 and 0.4939 with a ratio of 0.0102; rows every 5 minutes',
        address:
          'https://github.com/thrasher-corp/gocryptotrader/blob/de588f6feb2cc794e569227b44232d468b881db8/exchanges/bitget/bitget_test.go',
        seen: 'capture of 2025-09-23',
      },
    ],
  },
  {
    id: 'bitget/symbol/base-quote',
    venue: VENUE,
    field: 'symbol',
    meaning:
      'BTCUSDT is a pair and a contract, so the market is part of a name; BTCUSD is the inverse contract of the second generation, called BTCUSD_CM in the third.',
    rule: { of: 'note' },
    standing: 'measured',
    evidence: [
      {
        says: 'symbols of all families, compared between the generations',
        address:
          'https://github.com/nemanull/arbitrage-observatory/blob/11c9ca51b511077317f4a095881c7fd96d5716c3/docs/profiles/bitget/rest.md',
        seen: 'measured 2026-09-15',
      },
    ],
  },
  {
    id: 'bitget/socket/acknowledged-is-not-served',
    venue: VENUE,
    field: 'socket',
    meaning:
      'A real symbol under the wrong type is acknowledged and stays silent; without the text ping for two minutes a connection is closed while data flows.',
    rule: { of: 'note' },
    standing: 'measured',
    evidence: [
      {
        says: 'acknowledged and silent; closed after 127 and 142 seconds without ping',
        address:
          'https://github.com/nemanull/arbitrage-observatory/blob/11c9ca51b511077317f4a095881c7fd96d5716c3/docs/profiles/bitget/websocket.md',
        seen: 'measured 2026-09-15',
      },
    ],
  },
]
