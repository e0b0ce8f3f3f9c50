import type { Convention, Evidence } from '../convention.ts'

const page = (says: string): Evidence => ({
  says,
  address: 'https://www.gate.com/docs/developers/apiv4/en/futures',
  seen: 'page of 2026-05-27, API v4.106.88',
})

const spotPage = (says: string): Evidence => ({
  says,
  address: 'https://www.gate.com/docs/developers/apiv4/en/spot',
  seen: 'page of 2026-05-27, API v4.106.88',
})

const spotSocket = (says: string): Evidence => ({
  says,
  address: 'https://www.gate.com/docs/developers/apiv4/ws/en/',
  seen: 'page of early 2025, changelog until 2025-02-10',
})

const socket = (says: string, seen = 'page of 2026-05-27, changelog until 2026-04-14'): Evidence => ({
  says,
  address: 'https://www.gate.com/docs/developers/futures/ws/zh_CN',
  seen,
})

const sdk = (says: string, file: string): Evidence => ({
  says,
  address: `https://github.com/gateio/gateapi-python/blob/744afea/docs/${file}`,
  seen: '744afea of 2025-07-31',
})

const ccxt = (says: string): Evidence => ({
  says,
  address: 'https://github.com/ccxt/ccxt/blob/v4.5.84/js/src/gate.js',
  seen: 'ccxt 4.5.84',
})

const mappers = (says: string, seen: string): Evidence => ({
  says,
  address:
    'https://github.com/tardis-dev/tardis-node/blob/c1d73fb54c8cb785bd0a05c36189e24fb289065a/test/mappers.test.ts',
  seen,
})

const btcCapture = (says: string): Evidence => ({
  says,
  address:
    'https://github.com/JKorf/GateIo.Net/blob/c318496/GateIo.Net.UnitTests/Subscriptions/Futures/SubscribeToContractStatsUpdates.txt',
  seen: 'captured 2025-03-24',
})

const SWAPPED = '2025-07-31'

const swapped = (says: string): Evidence => ({
  says,
  address: 'https://github.com/gateio/gateapi-python/blob/3838f4d/docs/ContractStat.md',
  seen: '3838f4d of 2021-01-08, unchanged until 2025-07-22',
})

const ALL_SENT = '2026-08-20'

/** What Gate's numbers mean. */
export const gate: readonly Convention[] = [
  {
    id: 'gate/contract_size/multiplier',
    venue: 'gate',
    field: 'contract_size',
    contracts: ['linear'],
    meaning: 'A contract is `quanto_multiplier` coins: 0.0001 for BTC_USDT.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      page('quanto_multiplier is what one contract stands for, in units of the underlying'),
      mappers(
        '155496714 contracts x 0.0001 = 15549 BTC, the volume_24h_base of the same message',
        'captured 2023-03-01',
      ),
    ],
  },
  {
    id: 'gate/contract_size/one-usd',
    venue: 'gate',
    field: 'contract_size',
    contracts: ['inverse'],
    meaning: 'A contract of BTC_USD is 1 USD; its `quanto_multiplier` of "0" is no number to multiply by.',
    rule: { of: 'note' },
    standing: 'inferred',
    evidence: [
      ccxt('reads a multiplier of 0 as 1'),
      btcCapture('open_interest 22883730 and open_interest_usd 22883730 at a mark price of 87746.16'),
    ],
  },
  {
    id: 'gate/open_interest/long-positions',
    venue: 'gate',
    field: 'open_interest',
    meaning: 'Contracts held long, `position_size` of the contract list: one side.',
    rule: { of: 'open interest', countedIn: 'contracts', sides: 'one' },
    standing: 'documented',
    evidence: [
      page('position_size is the total size of long positions'),
      sdk('position_size: current total long position size', 'Contract.md'),
    ],
  },
  {
    id: 'gate/open_interest_history/unknown-sides',
    venue: 'gate',
    field: 'open_interest_history',
    meaning:
      'Contracts at the end of a window, `open_interest` of contract_stats; how many sides it counts is told nowhere.',
    rule: { of: 'open interest', countedIn: 'contracts', sides: 'unknown' },
    standing: 'unknown',
    evidence: [
      sdk('open_interest is the total open interest in contracts; sides are not mentioned', 'ContractStat.md'),
      ccxt('2851725 contracts x 10 x mark price 0.34619 = 9872386.7775, the open_interest_usd of the same row'),
    ],
  },
  {
    id: 'gate/candle/spot',
    venue: 'gate',
    field: 'candle',
    contracts: ['none'],
    meaning: 'Volume in coins and in the quote; no taker side and no count; days end at 00:00 UTC.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'not given', dayEnds: '00:00Z' },
    standing: 'documented',
    evidence: [
      spotPage('columns: begin, quote volume, close, high, low, open, base volume, closed; the time zone is utc0'),
      {
        says: 'a row of eight columns in which the second over the close is the seventh',
        address:
          'https://github.com/JKorf/GateIo.Net/blob/29d1782d3c32cd7c40e175c49cf814242d7770f3/GateIo.Net.UnitTests/Endpoints/Spot/ExchangeData/GetKlines.txt',
        seen: 'captured 2024-06-01',
      },
    ],
  },
  {
    id: 'gate/candle/linear',
    venue: 'gate',
    field: 'candle',
    contracts: ['linear'],
    meaning: 'Volume in contracts, `sum` in the quote; trades of the insurance fund and of deleveraging are not in it.',
    rule: { of: 'candle', volumeIn: 'contracts', takerVolume: 'not given', dayEnds: '00:00Z' },
    standing: 'documented',
    evidence: [
      page('v is the volume in contracts, sum the volume in the quote; the time zone is utc0 unless asked otherwise'),
      sdk('internal trades are not included in candlesticks', 'FuturesTrade.md'),
    ],
  },
  {
    id: 'gate/candle/inverse',
    venue: 'gate',
    field: 'candle',
    contracts: ['inverse'],
    meaning: 'Volume in contracts of 1 USD; coins are made at the middle of the bar, off by half its range at most.',
    rule: { of: 'candle', volumeIn: 'contracts', takerVolume: 'not given', dayEnds: '00:00Z' },
    standing: 'inferred',
    evidence: [page('v is the volume in contracts; the doors of both settlements have one form')],
  },
  {
    id: 'gate/taker_volume/not-in-candles',
    venue: 'gate',
    field: 'taker_volume',
    meaning:
      'Candles do not tell what takers bought; of contracts a window of contract_stats does, in contracts, else trades do.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      spotPage('columns: begin, quote volume, close, high, low, open, base volume, closed'),
      page('candlesticks of contracts: t, v, c, h, l, o, sum'),
      page('contract_stats has long_taker_size and short_taker_size since 2026-04-27'),
    ],
  },
  {
    id: 'gate/trade/spot',
    venue: 'gate',
    field: 'trade',
    contracts: ['none'],
    meaning:
      'Every fill by itself, in coins, side of the taker; ids are those of one market (`sequence_id`, on sockets `id_market`).',
    rule: { of: 'trade', grain: 'fill', countedIn: 'units', ids: 'consecutive' },
    standing: 'documented',
    evidence: [
      spotSocket('side is the taker side; id_market is consecutive within one market and stands since 2025-01-08'),
      spotPage('sequence_id is consecutive within one market'),
    ],
  },
  {
    id: 'gate/trade/perp',
    venue: 'gate',
    field: 'trade',
    contracts: ['linear', 'inverse'],
    meaning:
      'Every fill by itself, in contracts, negative where the taker sold; without the header for decimals cut to whole ones. ' +
      'Ids rise by one, but internal trades are left out here.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'contracts', ids: 'ascending' },
    standing: 'documented',
    evidence: [
      socket(
        'size above 0: the taker bought, below: sold; is_internal: taken over by the insurance fund or deleveraging',
      ),
      socket(
        'with X-Gate-Size-Decimal: 1 sizes may have decimals, without it they are whole',
        'changelog of 2025-12-09',
      ),
      mappers('three fills of one order: ids 13654526, 13654527, 13654528', 'captured 2021-03-01'),
    ],
  },
  {
    id: 'gate/liquidation/order-sampled',
    venue: 'gate',
    field: 'liquidation',
    to: ALL_SENT,
    meaning:
      'The liquidating order: negative sells, so a long was closed; at the price of the order. The socket sent one a contract ' +
      'and second; REST is not said to have left any out.',
    rule: { of: 'liquidation', side: 'order', price: 'order', countedIn: 'contracts', feed: 'one a second' },
    standing: 'documented',
    evidence: [
      socket('public_liquidates pushes at most one order a contract and second'),
      page(
        'liq_orders: size is the position, order_size the order, 600 and -600 in the example; order_price is its price',
      ),
    ],
  },
  {
    id: 'gate/liquidation/order',
    venue: 'gate',
    field: 'liquidation',
    from: ALL_SENT,
    meaning: 'The liquidating order: negative sells, so a long was closed; at the price of the order. All are sent.',
    rule: { of: 'liquidation', side: 'order', price: 'order', countedIn: 'contracts', feed: 'complete' },
    standing: 'documented',
    evidence: [
      socket('all orders of a contract within a second come as one list, or twenty at once', 'page of 2026-08-20'),
      page(
        'liq_orders: size is the position, order_size the order, 600 and -600 in the example; order_price is its price',
      ),
    ],
  },
  {
    id: 'gate/funding/interval',
    venue: 'gate',
    field: 'funding',
    meaning: 'Share of the position for one interval of the contract, which the row does not tell; longs pay above 0.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [page('funding_rate is a ratio; funding_interval of the contract is in seconds')],
  },
  {
    id: 'gate/long_short_accounts/described-otherwise',
    venue: 'gate',
    field: 'long_short_accounts',
    to: SWAPPED,
    meaning:
      'Users long over users short, `lsr_account`, by its name: the documents called it the ratio of taker sizes.',
    rule: { of: 'ratio', value: 'long over short', definition: 'users who hold a position, long over short' },
    standing: 'inferred',
    evidence: [
      swapped('lsr_account: long/short taker size ratio'),
      sdk('lsr_account: long/short position user ratio; no change of values is announced', 'ContractStat.md'),
    ],
  },
  {
    id: 'gate/long_short_accounts/users',
    venue: 'gate',
    field: 'long_short_accounts',
    from: SWAPPED,
    meaning: 'Users long over users short, `lsr_account`.',
    rule: { of: 'ratio', value: 'long over short', definition: 'users who hold a position, long over short' },
    standing: 'documented',
    evidence: [sdk('lsr_account: long/short position user ratio', 'ContractStat.md')],
  },
  {
    id: 'gate/top_accounts/large',
    venue: 'gate',
    field: 'top_accounts',
    meaning: 'Large holders, accounts long over accounts short, `top_lsr_account`; who is large is told nowhere.',
    rule: {
      of: 'ratio',
      value: 'long over short',
      definition: 'accounts of large holders, long over short; the venue does not say who is one',
    },
    standing: 'documented',
    evidence: [page('top_lsr_account; since 2026-04-27 with top_long_account and top_short_account')],
  },
  {
    id: 'gate/top_positions/large',
    venue: 'gate',
    field: 'top_positions',
    meaning: 'Large holders, size long over size short, `top_lsr_size`; who is large is told nowhere.',
    rule: {
      of: 'ratio',
      value: 'long over short',
      definition: 'positions of large holders by size, long over short; the venue does not say who is one',
    },
    standing: 'documented',
    evidence: [page('top_lsr_size; since 2026-04-27 with top_long_size and top_short_size')],
  },
  {
    id: 'gate/taker_ratio/described-otherwise',
    venue: 'gate',
    field: 'taker_ratio',
    to: SWAPPED,
    meaning: 'Takers bought over sold, `lsr_taker`, by its name: the documents called it the ratio of accounts.',
    rule: { of: 'ratio', value: 'long over short', definition: 'contracts bought by takers over contracts sold' },
    standing: 'inferred',
    evidence: [
      swapped('lsr_taker: long/short account number ratio'),
      sdk('lsr_taker: long/short taker ratio; no change of values is announced', 'ContractStat.md'),
    ],
  },
  {
    id: 'gate/taker_ratio/contracts',
    venue: 'gate',
    field: 'taker_ratio',
    from: SWAPPED,
    meaning: 'Takers bought over sold in a window, `lsr_taker`.',
    rule: { of: 'ratio', value: 'long over short', definition: 'contracts bought by takers over contracts sold' },
    standing: 'documented',
    evidence: [sdk('lsr_taker: long/short taker ratio', 'ContractStat.md')],
  },
  {
    id: 'gate/symbol/underscore',
    venue: 'gate',
    field: 'symbol',
    meaning: 'Coin, underscore, quote: BTC_USDT on both markets; only the inverse contract is in USD.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [spotPage('id ETH_USDT, base ETH, quote USDT'), page('name BTC_USDT')],
  },
  {
    id: 'gate/socket/settlements',
    venue: 'gate',
    field: 'socket',
    meaning:
      'One address for spot, one path for each settlement of contracts; questions carry a time near the venue’s.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      socket('addresses end in usdt or btc; without one it is btc'),
      spotSocket('the time of a question may be 60 s off at most'),
    ],
  },
]
