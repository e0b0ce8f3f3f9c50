import type { Convention, Evidence } from '../convention.ts'

const CLIENT =
  'https://github.com/binance/binance-connector-js/blob/a9de9a99bb4e1bd796e1ccf96088514064cc0b7e/clients/derivatives-trading-usds-futures'
const CLIENT_SEEN = 'official client, commit a9de9a9 of 2026-07-24'
const SPOT =
  'https://github.com/binance/binance-spot-api-docs/blob/a5e0bc3ddc0fd7e6bb696849323b74423fa3a54d/rest-api.md'
const SPOT_SEEN = 'documents of the venue, commit a5e0bc3 of 2026-07-21'

const ofRest = (says: string): Evidence => ({
  says,
  address: `${CLIENT}/src/rest-api/modules/market-data-api.ts`,
  seen: CLIENT_SEEN,
})
const ofSockets = (says: string): Evidence => ({
  says,
  address: `${CLIENT}/src/websocket-streams/modules/market-api.ts`,
  seen: CLIENT_SEEN,
})
const ofSpot = (says: string): Evidence => ({ says, address: SPOT, seen: SPOT_SEEN })
const ofIssue = (says: string, number: number, seen: string): Evidence => ({
  says,
  address: `https://github.com/binance/binance-public-data/issues/${number}`,
  seen,
})

/** The label of five-minute rows, which open interest and all ratios share. */
const LABEL = ofIssue(
  'The venue describes the label of a row as the end of its period; a row was seen to come 6 s after its label and to ' +
    'stay as it was. The label of the dump, not of this door, moved to the start of the period on 2026-06-25',
  491,
  'issue of 2026-06, and a poll by others on 2026-09-12',
)

/** What Binance's numbers mean: spot, and USD-M perpetuals. */
export const binance: readonly Convention[] = [
  {
    id: 'binance/open_interest/units',
    venue: 'binance',
    field: 'open_interest',
    contracts: ['linear'],
    meaning: 'Units of the base asset (for 1000PEPEUSDT: thousands of PEPE); how many sides are counted is not said.',
    rule: { of: 'open interest', countedIn: 'units', sides: 'unknown' },
    standing: 'unknown',
    evidence: [
      ofRest('The present open interest of one symbol. Neither its unit nor its sides are named'),
      {
        says: 'An answer of early 2023, 23,522.24 for ETHUSDT_230331: a size in coins, not in USDT',
        address: 'https://github.com/ccxt/ccxt/pull/16976',
        seen: '2023-02-25',
      },
    ],
  },
  {
    id: 'binance/open_interest_history/units',
    venue: 'binance',
    field: 'open_interest_history',
    contracts: ['linear'],
    meaning:
      'sumOpenInterest in units of the base asset at the instant of the label, sumOpenInterestValue the same in the quote; ' +
      'how many sides are counted is not said.',
    rule: { of: 'open interest', countedIn: 'units', sides: 'unknown' },
    standing: 'unknown',
    evidence: [
      {
        says: 'A row of 2022-01-14: value over amount is 43,101, the price of a bitcoin on that day, so the amount is in coins',
        address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/binance.js',
        seen: 'ccxt 4.5.84',
      },
      ofRest('The latest month only. Its sides are not named'),
      LABEL,
    ],
  },
  {
    id: 'binance/contract_size/one-unit',
    venue: 'binance',
    field: 'contract_size',
    contracts: ['linear'],
    meaning: 'A USD-M contract is one unit of the base asset; there is no contract size.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'The list of contracts has a base asset and steps of quantity, and no field for a size of contract',
        address:
          'https://developers.binance.me/docs/derivatives/usds-margined-futures/market-data/rest-api/Exchange-Information',
        seen: 'page as of 2025',
      },
    ],
  },
  {
    id: 'binance/candle/spot',
    venue: 'binance',
    field: 'candle',
    contracts: ['none'],
    meaning:
      'Volume in the base asset, turnover in the quote asset; days end at 00:00 UTC unless another time zone is asked for.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'given', dayEnds: '00:00Z' },
    standing: 'documented',
    evidence: [ofSpot('The places of a row: volume, quote asset volume, taker buys of both; time zone 0 by default')],
  },
  {
    id: 'binance/candle/usd-m',
    venue: 'binance',
    field: 'candle',
    contracts: ['linear'],
    meaning:
      'Volume in the base asset, turnover in the quote asset; whether fills of the insurance fund and of automatic ' +
      'deleveraging are counted is not said.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'given', dayEnds: '00:00Z' },
    standing: 'documented',
    evidence: [
      {
        says: 'The places of a row: volume, quote asset volume, taker buy base and taker buy quote volume',
        address:
          'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Kline-Candlestick-Data',
        seen: 'page, undated',
      },
      ofIssue('A minute without trades has a candle too, with volume 0', 153, 'a maintainer, 2022'),
    ],
  },
  {
    id: 'binance/taker_volume/buys',
    venue: 'binance',
    field: 'taker_volume',
    meaning: 'Places 9 and 10 of a candle (V and Q on the socket) are what takers bought; what they sold is the rest.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      ofSpot('The names of the two places: taker buys in the base and in the quote asset'),
      {
        says: 'The same places on USD-M',
        address:
          'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Kline-Candlestick-Data',
        seen: 'page, undated',
      },
    ],
  },
  {
    id: 'binance/trade/order',
    venue: 'binance',
    field: 'trade',
    contracts: ['none'],
    meaning:
      'The fills of one taker order at one price are one trade; m true means that the buyer was the maker, so the taker sold.',
    rule: { of: 'trade', grain: 'aggregate', countedIn: 'units', ids: 'consecutive' },
    standing: 'documented',
    evidence: [
      ofSpot('One row joins what one taker order filled at one price at one time'),
      ofIssue('Aggregate ids of a symbol rise by one and begin at 0; the documents do not promise it', 85, '2022'),
    ],
  },
  {
    id: 'binance/trade/100ms',
    venue: 'binance',
    field: 'trade',
    contracts: ['linear'],
    meaning:
      'The fills of 100 ms at one price and one taking side are one trade. Fills of the insurance fund and of automatic ' +
      'deleveraging are left out; retail price improvement (RPI) is counted without a mark.',
    rule: { of: 'trade', grain: 'aggregate', countedIn: 'units', ids: 'consecutive' },
    standing: 'documented',
    evidence: [
      ofRest(
        'One row joins what was filled in 100 ms at one price by one side; it says what is left out, and that RPI is in',
      ),
      ofIssue('Aggregate ids of a symbol rise by one and begin at 1; the documents do not promise it', 85, '2022'),
      ofIssue('Four neighbours with ids that rise by one, while the ids of their fills have holes', 378, '2024-12-01'),
    ],
  },
  {
    id: 'binance/liquidation/last-of-a-second',
    venue: 'binance',
    field: 'liquidation',
    contracts: ['linear'],
    meaning:
      'The closing order: SELL closed a long. Value is the filled quantity at its average price. Of each symbol only the ' +
      'latest order of a second is sent, so sums are lower bounds.',
    rule: { of: 'liquidation', side: 'order', price: 'average fill', countedIn: 'units', feed: 'one a second' },
    standing: 'documented',
    evidence: [
      ofSockets('A snapshot each second: of several orders in it the last one is sent, without any nothing'),
      {
        says: 'A sell at 26,245.10 on average with a limit of 26,142.12: better than its limit, so ap is the fill and p is not',
        address: 'https://github.com/c9s/bbgo/pull/1232',
        seen: '2023-09-26',
      },
      ofIssue('No dump of liquidations is given any more', 361, '2024'),
    ],
  },
  {
    id: 'binance/funding/interval-rate',
    venue: 'binance',
    field: 'funding',
    contracts: ['linear'],
    to: '2026-07-24',
    meaning:
      'The share of the value of a position that is paid for one interval of its own (8, 4 or 1 hours, changing with time); ' +
      'longs pay where it is positive.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'The history of rates; times lie some milliseconds after the full hour',
        address:
          'https://developers.binance.me/docs/derivatives/usds-margined-futures/market-data/rest-api/Get-Funding-Rate-History',
        seen: 'page, before 2026-07-24',
      },
      {
        says: 'Intervals differ by symbol and change',
        address: 'https://github.com/freqtrade/freqtrade/issues/12583',
        seen: '2025',
      },
    ],
  },
  {
    id: 'binance/funding/regular-and-special',
    venue: 'binance',
    field: 'funding',
    contracts: ['linear'],
    from: '2026-07-24',
    meaning:
      'As before; besides, rows marked Special are charges of their own between the regular ones. They are kept without an ' +
      'interval, and must not be annualised.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'rateType is new in version 37.0.0',
        address: `${CLIENT}/CHANGELOG.md`,
        seen: CLIENT_SEEN,
      },
      ofRest('The history of rates, and the intervals of those contracts whose interval was changed'),
    ],
  },
  {
    id: 'binance/long_short_accounts/net-accounts',
    venue: 'binance',
    field: 'long_short_accounts',
    contracts: ['linear'],
    meaning:
      'Accounts that are net long over accounts that are net short; each account counts once, whatever its size.',
    rule: {
      of: 'ratio',
      value: 'long over short',
      definition: 'all accounts with a position, each counted once: net long over net short',
    },
    standing: 'documented',
    evidence: [
      ofRest('Long and short share of accounts, and their quotient'),
      {
        says: 'A row of 2024-09-20 whose quotient fits its shares: 0.4558 / 0.5442 = 0.8376',
        address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/binance.js',
        seen: 'ccxt 4.5.84',
      },
      LABEL,
    ],
  },
  {
    id: 'binance/top_accounts/top-fifth',
    venue: 'binance',
    field: 'top_accounts',
    contracts: ['linear'],
    meaning: 'The same among the fifth of users with the largest margin balance; each account counts once.',
    rule: {
      of: 'ratio',
      value: 'long over short',
      definition:
        'accounts of the 20 % of users with the largest margin balance, each counted once: net long over net short',
    },
    standing: 'documented',
    evidence: [ofRest('The proportion of net long and net short accounts of the top 20 % by margin balance'), LABEL],
  },
  {
    id: 'binance/top_positions/top-fifth',
    venue: 'binance',
    field: 'top_positions',
    contracts: ['linear'],
    meaning:
      'Long over short positions, by size, of the fifth of users with the largest margin balance; the shares are called ' +
      'longAccount and shortAccount all the same.',
    rule: {
      of: 'ratio',
      value: 'long over short',
      definition: 'positions by size of the 20 % of users with the largest margin balance: long over short',
    },
    standing: 'documented',
    evidence: [ofRest('The proportion of long and short positions of the top 20 % by margin balance'), LABEL],
  },
  {
    id: 'binance/taker_ratio/volume',
    venue: 'binance',
    field: 'taker_ratio',
    contracts: ['linear'],
    meaning:
      'What takers bought over what they sold in the five minutes that end at the label; the volumes are taken for units of ' +
      'the base asset.',
    rule: { of: 'ratio', value: 'long over short', definition: 'volume bought by takers over volume sold by takers' },
    standing: 'inferred',
    evidence: [
      {
        says: 'buyVol 387.33 and sellVol 248.503 of BTCUSDT in five minutes of 2020: sizes that fit coins, not USDT. No unit is named',
        address:
          'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api/Taker-BuySell-Volume',
        seen: 'page, undated',
      },
      LABEL,
    ],
  },
  {
    id: 'binance/metrics_label/end',
    venue: 'binance',
    field: 'metrics_label',
    contracts: ['linear'],
    to: '2026-06-25',
    meaning:
      'In the dump of statistics (metrics) a row of open interest and ratios is the reading at its label, its taker ratio that ' +
      'of the five minutes before. A file has the labels 00:05 to 24:00 of its day, which is what tells the two readings apart.',
    rule: { of: 'label', marks: 'end' },
    standing: 'measured',
    evidence: [
      ofIssue('Files before 2026-06-25 run from 00:05:00 to 00:00:00 of the next day', 491, 'issue of 2026-06'),
      {
        says:
          'The row 2025-07-01 00:05:00 of ETHUSDT values its open interest at 2486.1; the candle from 00:00 to 00:05 of that ' +
          'day closed at 2486.15',
        address:
          'https://github.com/binance/binance-public-data/blob/5c7f3197591c0d54d85dc43066226bc4c671d47a/README.md',
        seen: 'rows of both dumps in tests of a public repository; the address is the page that describes them',
      },
    ],
  },
  {
    id: 'binance/metrics_label/start',
    venue: 'binance',
    field: 'metrics_label',
    contracts: ['linear'],
    from: '2026-06-25',
    meaning:
      'In the dump of statistics (metrics) the label has moved to the start: a row is the reading five minutes after it. A file ' +
      'has the labels 00:00 to 23:55 of its day; the label 2026-06-25 00:00 is in two files, of which only this one moves it.',
    rule: { of: 'label', marks: 'start' },
    standing: 'measured',
    evidence: [
      ofIssue(
        'Files from 2026-06-25 on run from 00:00:00 to 23:55:00; one 00:00 label comes twice. The venue has not answered',
        491,
        'issue of 2026-06',
      ),
    ],
  },
  {
    id: 'binance/symbol/thousands',
    venue: 'binance',
    field: 'symbol',
    meaning:
      'A thousand or a million coins to the unit is part of the name of the base asset: 1000PEPE, 1MBABYDOGE; prices and ' +
      'quantities count such units.',
    rule: { of: 'note' },
    standing: 'inferred',
    evidence: [
      {
        says: 'The list of contracts has no field for a multiplier; quantities count the base asset, whatever its name',
        address:
          'https://developers.binance.me/docs/derivatives/usds-margined-futures/market-data/rest-api/Exchange-Information',
        seen: 'page as of 2025',
      },
    ],
  },
  {
    id: 'binance/socket/spot',
    venue: 'binance',
    field: 'socket',
    contracts: ['none'],
    meaning:
      'All channels of spot are on one path, /ws or /stream, their names in lower case; a connection is ended after 24 hours.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'Raw streams at /ws, combined ones at /stream; symbols in lower case; pings each 20 s; valid for 24 hours',
        address: SPOT.replace('rest-api.md', 'web-socket-streams.md'),
        seen: SPOT_SEEN,
      },
    ],
  },
  {
    id: 'binance/socket/one-path',
    venue: 'binance',
    field: 'socket',
    contracts: ['linear'],
    to: '2026-03-06',
    meaning: 'All channels of USD-M are on one path, /ws or /stream.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'The old addresses, and the day from which there are new ones',
        address:
          'https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Important-WebSocket-Change-Notice',
        seen: 'notice of 2026',
      },
    ],
  },
  {
    id: 'binance/socket/split-paths',
    venue: 'binance',
    field: 'socket',
    contracts: ['linear'],
    from: '2026-03-06',
    meaning:
      'Trades, candles, liquidations and tickers of USD-M come on /market, books on /public. On the wrong path, and on the old ' +
      'ones since 2026-04-23, subscriptions are acknowledged and nothing comes.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      {
        says: 'Which channel is on which path, and the days on which the old ones end',
        address:
          'https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/Important-WebSocket-Change-Notice',
        seen: 'notice of 2026',
      },
      ofIssue('Subscribed on the old path: acknowledged, then silence', 472, '2026'),
      {
        says: 'The same, found by comparing the sums of days',
        address: 'https://github.com/Tucsky/aggr/pull/444',
        seen: '2026-05',
      },
    ],
  },
]
