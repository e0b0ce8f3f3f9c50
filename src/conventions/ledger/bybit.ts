import type { Convention, Evidence, OpenInterestRule } from '../convention.ts'

const DOCS = 'https://github.com/bybit-exchange/docs/blob'

/** A page of the venue's documentation as it stood at a commit. */
const page = (path: string, says: string, { commit, date } = NOW): Evidence => ({
  says,
  address: `${DOCS}/${commit}/docs/${path}.mdx`,
  seen: `commit ${commit.slice(0, 7)} of ${date}`,
})

const NOW = { commit: '072c197d0c11b4d9a88d1dd0c7b9d7ca8ea3a996', date: '2026-07-24' }
const BOTH_SIDES_SAID = { commit: '5802d3ed8a3477f1a1ffc4d9df96990276039ce5', date: '2023-11-14' }
const BEFORE_SINGLE = { commit: '94639e0da61742adb0d171839e44bf66f60f5e30', date: '2026-03-16' }
const OLD_LIQUIDATIONS = { commit: '1190f5447665ff36558648a7a8c9000012e6608b', date: '2025-02-20' }

/** The venue added a one-sided number beside the two-sided one. */
const SINGLE_FROM = '2026-06-11'

const UNITS = {
  linear: { countedIn: 'units', unit: 'in the base coin that the name says' },
  inverse: { countedIn: 'quote', unit: 'in USD' },
} as const

type Contract = keyof typeof UNITS

/**
 * Open interest is two-sided throughout, and the same field is read before and after: the one-sided number that came later is
 * rounded, so half of the older one is exact.
 */
function twoSided(
  field: 'open_interest' | 'open_interest_history',
  contract: Contract,
  span: Pick<Convention, 'from' | 'to' | 'standing' | 'evidence'> & { readonly short: string; readonly said: string },
): Convention {
  const { countedIn, unit } = UNITS[contract]
  const rule: OpenInterestRule = { of: 'open interest', countedIn, sides: 'two' }
  const { short, said, ...dated } = span
  const meaning = `Longs and shorts together, ${unit}${said}.`
  return {
    id: `bybit/${field}/${contract}-${short}`,
    venue: 'bybit',
    field,
    contracts: [contract],
    meaning,
    rule,
    ...dated,
  }
}

const SINGLE_EVIDENCE = [
  page('v5/market/open-interest', 'openInterest is the sum of both sides, singleOpenInterest the single side'),
  page('v5/market/open-interest', 'a printed row has 63910691 and 31955346: the single side is rounded'),
  page('changelog/v5', 'singleOpenInterest is added to tickers and open interest on 2026-06-11'),
]
const BESIDE_SINGLE = {
  short: 'two-sided-beside-single',
  from: SINGLE_FROM,
  said: '; singleOpenInterest beside it is half of it, rounded',
  standing: 'documented',
} as const

function histories(contract: Contract): readonly Convention[] {
  const field = 'open_interest_history'
  const units = page('v5/market/open-interest', 'the unit of BTCUSD (inverse) is USD, of BTCUSDT (linear) BTC')
  return [
    twoSided(field, contract, {
      short: 'two-sided-unsaid',
      to: BOTH_SIDES_SAID.date,
      said: '; the page did not say so yet',
      standing: 'inferred',
      evidence: [
        units,
        page(
          'v5/market/open-interest',
          'the words "sum of both sides" come into the page as a better description',
          BOTH_SIDES_SAID,
        ),
      ],
    }),
    twoSided(field, contract, {
      short: 'two-sided',
      from: BOTH_SIDES_SAID.date,
      to: SINGLE_FROM,
      said: '; no one-sided number beside it',
      standing: 'documented',
      evidence: [
        units,
        page('v5/market/open-interest', 'the value is the sum of both sides', BOTH_SIDES_SAID),
        page('v5/market/open-interest', 'the value is the sum of both sides', BEFORE_SINGLE),
      ],
    }),
    twoSided(field, contract, { ...BESIDE_SINGLE, evidence: [units, ...SINGLE_EVIDENCE] }),
  ]
}

function tickers(contract: Contract, units: Evidence): readonly Convention[] {
  const field = 'open_interest'
  return [
    twoSided(field, contract, {
      short: 'two-sided',
      to: SINGLE_FROM,
      said: '; no one-sided number beside it',
      standing: 'inferred',
      evidence: [
        units,
        page('v5/market/open-interest', 'the history of the same number is the sum of both sides', BEFORE_SINGLE),
      ],
    }),
    twoSided(field, contract, {
      ...BESIDE_SINGLE,
      evidence: [units, page('v5/market/tickers', 'openInterest is of both sides'), ...SINGLE_EVIDENCE],
    }),
  ]
}

const TICKER_UNITS = {
  linear: page(
    'v5/websocket/public/ticker',
    'the printed value is size times mark: 492373.72 * 66666.60 = 32824881841.75, so the size is in BTC',
  ),
  inverse: page(
    'v5/market/tickers',
    'the printed value is size over mark: 240113967 / 114898.43 = 2089.79, so the size is in USD',
  ),
}

const KLINE_UNITS = page(
  'v5/market/kline',
  'volume of linear contracts is in the base coin and turnover in the quote coin; on inverse ones it is the other way round',
)
const LIQUIDATION_PAGE = page(
  'v5/websocket/public/all-liquidation',
  'all liquidations are pushed; S is the side of the position, Buy where a long was liquidated; p is the bankruptcy price',
)
/** The day of the oldest message of the complete topic that is printed; it was announced on 2025-02-20. */
const ALL_FROM = '2025-02-14'

function liquidations(contract: Contract, unit: string): readonly Convention[] {
  const common = { venue: 'bybit', field: 'liquidation', contracts: [contract] } as const
  const countedIn = contract === 'linear' ? 'units' : 'contracts'
  const rule = { of: 'liquidation', side: 'position', price: 'bankruptcy', countedIn } as const
  return [
    {
      ...common,
      id: `bybit/liquidation/${contract}-one-a-second`,
      to: ALL_FROM,
      meaning: `At most one a second on the topic "liquidation", a lower bound; side of the position, bankruptcy price, ${unit}.`,
      rule: { ...rule, feed: 'one a second' },
      standing: 'documented',
      evidence: [
        page(
          'v5/websocket/public/liquidation',
          'at most one order a second and symbol; side of the position; bankruptcy price',
          OLD_LIQUIDATIONS,
        ),
        {
          says: 'where other venues say sell this one says buy: it names the position, not the order',
          address: 'https://github.com/bmoscon/cryptofeed/issues/985',
          seen: '2023-07-11',
        },
      ],
    },
    {
      ...common,
      id: `bybit/liquidation/${contract}-all`,
      from: ALL_FROM,
      meaning: `Every liquidation on the topic "allLiquidation"; side of the position, bankruptcy price and not that of a fill, ${unit}.`,
      rule: { ...rule, feed: 'complete' },
      standing: contract === 'linear' ? 'documented' : 'inferred',
      evidence: [
        LIQUIDATION_PAGE,
        page('changelog/v5', 'on 2025-02-20: a new topic with all liquidations of the venue'),
        KLINE_UNITS,
      ],
    },
  ]
}

/** What Bybit's numbers mean. */
export const bybit: readonly Convention[] = [
  ...tickers('linear', TICKER_UNITS.linear),
  ...tickers('inverse', TICKER_UNITS.inverse),
  ...histories('linear'),
  ...histories('inverse'),
  {
    id: 'bybit/contract_size/linear',
    venue: 'bybit',
    field: 'contract_size',
    contracts: ['linear'],
    meaning:
      'Linear contracts are counted in the base coin that the name says, 1000PEPE in thousands; there is no contract size.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [KLINE_UNITS, TICKER_UNITS.linear],
  },
  {
    id: 'bybit/contract_size/inverse',
    venue: 'bybit',
    field: 'contract_size',
    contracts: ['inverse'],
    meaning: 'One inverse contract is one USD of the base coin, settled in that coin.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [KLINE_UNITS, TICKER_UNITS.inverse],
  },
  {
    id: 'bybit/candle/base-volume',
    venue: 'bybit',
    field: 'candle',
    contracts: ['none', 'linear'],
    meaning: 'Volume in the base coin, turnover in the quote; the newest row may be the open bar.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'not given', dayEnds: '00:00Z' },
    standing: 'documented',
    evidence: [
      KLINE_UNITS,
      page('faq', 'volume is in the coin of the quantity, turnover in the opposite one: BTC and USDT of BTCUSDT'),
    ],
  },
  {
    id: 'bybit/candle/inverse-quote-volume',
    venue: 'bybit',
    field: 'candle',
    contracts: ['inverse'],
    meaning: 'Volume in USD, turnover in the base coin; the newest row may be the open bar.',
    rule: { of: 'candle', volumeIn: 'quote', takerVolume: 'not given', dayEnds: '00:00Z' },
    standing: 'documented',
    evidence: [KLINE_UNITS],
  },
  {
    id: 'bybit/taker_volume/not-given',
    venue: 'bybit',
    field: 'taker_volume',
    meaning:
      'Candles carry neither taker volume nor a count of trades, and no door gives them: they come from trades only.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [page('v5/market/kline', 'a row is start, open, high, low, close, volume, turnover')],
  },
  {
    id: 'bybit/trade/spot-fills',
    venue: 'bybit',
    field: 'trade',
    contracts: ['none'],
    meaning:
      'Every fill by itself, block and retail price improvement fills with it, in the base coin; ids rise with holes.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'units', ids: 'ascending' },
    standing: 'inferred',
    evidence: [
      page(
        'v5/market/recent-trade',
        'isBlockTrade and isRPITrade mark such trades of the list; the unit is not written',
      ),
      page('faq', 'volume is in the coin of the quantity: BTC of BTCUSDT'),
      page('v5/websocket/public/trade', 'several messages may be sent for one seq; S is the side of the taker'),
    ],
  },
  {
    id: 'bybit/trade/linear-fills',
    venue: 'bybit',
    field: 'trade',
    contracts: ['linear'],
    meaning:
      'Every fill by itself, block and retail price improvement fills with it, in the base coin; ids have no order.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'units', ids: 'opaque' },
    standing: 'inferred',
    evidence: [
      page(
        'v5/websocket/public/trade',
        'the printed id is a UUID; S is the side of the taker; the unit is not written',
      ),
      KLINE_UNITS,
    ],
  },
  {
    id: 'bybit/trade/inverse-fills',
    venue: 'bybit',
    field: 'trade',
    contracts: ['inverse'],
    meaning: 'Every fill by itself, block and retail price improvement fills with it, in USD; ids have no order.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'quote', ids: 'opaque' },
    standing: 'inferred',
    evidence: [
      page(
        'v5/websocket/public/trade',
        'the printed id is a UUID; S is the side of the taker; the unit is not written',
      ),
      KLINE_UNITS,
    ],
  },
  ...liquidations('linear', 'in the base coin'),
  ...liquidations('inverse', 'in contracts of one USD'),
  {
    id: 'bybit/funding/fraction',
    venue: 'bybit',
    field: 'funding',
    contracts: ['linear', 'inverse'],
    meaning:
      'A fraction of the position per interval of that contract; intervals differ and change; longs pay where it is positive.',
    rule: { of: 'note' },
    standing: 'inferred',
    evidence: [
      page('v5/market/history-fund-rate', 'each symbol has an interval of its own; rows are of settled rates'),
      page('v5/market/tickers', 'fundingRate is the running rate; fundingIntervalHour its interval in whole hours'),
      page('v5/market/instrument', 'upperFundingRate of BTCUSDT is 0.00375, so rates are fractions'),
    ],
  },
  {
    id: 'bybit/long_short_accounts/shares',
    venue: 'bybit',
    field: 'long_short_accounts',
    contracts: ['linear', 'inverse'],
    meaning:
      'Shares of the accounts with a position that are long and short, whatever their size; of linear contracts those in USDT.',
    rule: {
      of: 'ratio',
      value: 'shares',
      definition: 'holders with a long position over holders with a short position, of all position holders',
    },
    standing: 'documented',
    evidence: [
      page('v5/market/long-short-ratio', 'long account ratio is holders with long positions over all holders'),
      page('v5/market/long-short-ratio', 'whether a stamp marks the begin or the end of its period is not said'),
    ],
  },
  {
    id: 'bybit/symbol/base-coin',
    venue: 'bybit',
    field: 'symbol',
    meaning:
      'Symbols are unique over linear and inverse; the base coin carries the multiplier (1000PEPE, SHIB1000); BTCPERP is in USDC.',
    rule: { of: 'note' },
    standing: 'inferred',
    evidence: [
      page('v5/account/instrument', 'a base coin 1000000BABYDOGE is printed'),
      page('v5/enum', 'contractType tells perpetuals from dated futures'),
    ],
  },
  {
    id: 'bybit/socket/by-request',
    venue: 'bybit',
    field: 'socket',
    meaning:
      'One address for each of spot, linear and inverse; one topic that is not known fails its whole request; the answer names only the id of the request.',
    rule: { of: 'note' },
    standing: 'measured',
    evidence: [
      page('v5/websocket/wss-authentication', 'spot takes 10 topics a request; ping every 20 s; req_id comes back'),
      {
        says: 'a request with one unknown topic gave 0 messages in 10 s, without it 34',
        address: 'https://github.com/mahmoud20138/OrderFlow-Analysis-Pro',
        seen: '2026-09-14',
      },
    ],
  },
]
