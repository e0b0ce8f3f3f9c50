import type { Convention, Evidence } from '../convention.ts'

const DOCS = 'https://hyperliquid.gitbook.io/hyperliquid-docs'
const SDK = 'https://github.com/hyperliquid-dex/hyperliquid-python-sdk/blob/7ee976d123b1e04295e4a1e37a424ca6a13bef88'
const PROBES =
  'https://github.com/nemanull/arbitrage-observatory/blob/132aa9944b03f1c2dbc830f5ee205d2528779ea6/docs/profiles/hyperliquid'

/** A page of the venue, as it was stored; the pages carry no dates. */
const page = (path: string, says: string): Evidence => ({
  says,
  address: `${DOCS}/${path}`,
  seen: 'a stored copy whose newest example is of late 2025',
})

/** Probes of the venue by a third party. */
const probe = (file: string, says: string): Evidence => ({
  says,
  address: `${PROBES}/${file}`,
  seen: 'probed on 2026-09-24',
})

/** What is known of what Hyperliquid's numbers mean; perpetuals of the first dex. */
export const hyperliquid: readonly Convention[] = [
  {
    id: 'hyperliquid/open_interest/sides-unknown',
    venue: 'hyperliquid',
    field: 'open_interest',
    meaning:
      'Counted in units of the name (kPEPE: thousands of PEPE); whether one or both sides are counted is disputed.',
    rule: { of: 'open interest', countedIn: 'units', sides: 'unknown' },
    standing: 'unknown',
    evidence: [
      page('for-developers/api/info-endpoint/perpetuals', 'gives openInterest and says neither its unit nor its sides'),
      probe('rest.md', 'coins of the name, not USD'),
      {
        says: 'sums longs and shorts: 14 billion USD shown are nearer 7; the same post is wrong of Bybit',
        address: 'https://lunarcrush.ai/html/post/tweet/1948000004552974607',
        seen: '2025-07-23',
      },
      {
        says: 'counts both sides where Binance counts a pair once',
        address:
          'https://hk.blockchain.news/flashnews/crucial-insight-for-traders-hyperliquid-double-counts-open-interest-compared-to-binance',
        seen: '2025-07-16',
      },
      {
        says: "rebuilds open interest from fills, says that it equals the venue's number, and that this is the sum of all longs and all shorts",
        address: 'https://docs.hydromancer.xyz/readme/rest-api/market-data/openinteresthistory',
        seen: 'page, undated; no rows were seen with it',
      },
      {
        says: 'books openInterest x markPx unhalved in a collection whose rule is one side; not said to be measured',
        address:
          'https://github.com/DefiLlama/dimension-adapters/blob/02e6ef1d4c186f09a6e0c86dbf02bd921a3621ab/helpers/hyperliquid.ts',
        seen: 'commit 02e6ef1',
      },
    ],
  },
  {
    id: 'hyperliquid/contract_size/one-unit',
    venue: 'hyperliquid',
    field: 'contract_size',
    meaning: 'One contract is one unit of the name; every size is in units, and settled in USDC.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      page('trading/contract-specifications', 'one contract is one unit of the asset; collateral is USDC'),
      probe('websocket.md', 'sizes are units of the name, on every channel'),
    ],
  },
  {
    id: 'hyperliquid/candle/units',
    venue: 'hyperliquid',
    field: 'candle',
    meaning: 'Volume in units of the name; no quote volume and no taker volume; bars without trades are flat bars.',
    rule: { of: 'candle', volumeIn: 'units', takerVolume: 'not given', dayEnds: '00:00Z' },
    standing: 'documented',
    evidence: [
      page('for-developers/api/websocket/subscriptions', 'v is volume in base units; no other volume is in a candle'),
      {
        says: 'bars of 1h begin on whole hours of UTC',
        address: `${SDK}/tests/cassettes/info_test/test_get_candles_snapshot.yaml`,
        seen: 'recorded on 2023-07-17',
      },
    ],
  },
  {
    id: 'hyperliquid/taker_volume/from-trades',
    venue: 'hyperliquid',
    field: 'taker_volume',
    meaning: 'Not given by candles; only a sum over trades has it, and trades are served live only.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      page('for-developers/api/websocket/subscriptions', 'a candle has no taker volume; a trade has its side'),
    ],
  },
  {
    id: 'hyperliquid/trade/fill',
    venue: 'hyperliquid',
    field: 'trade',
    meaning: 'Every fill by itself; B means that the taker bought; tid is a hash that neither counts nor rises.',
    rule: { of: 'trade', grain: 'fill', countedIn: 'units', ids: 'opaque' },
    standing: 'documented',
    evidence: [
      page('for-developers/api/notation', 'side is that of the aggressor, B bid or A ask'),
      page(
        'for-developers/api/websocket/subscriptions',
        'tid is a 50-bit hash of the order ids of buyer and seller; with coin and time it is unique; users are [buyer, seller]',
      ),
    ],
  },
  {
    id: 'hyperliquid/liquidation/by-account-only',
    venue: 'hyperliquid',
    field: 'liquidation',
    meaning:
      'No market-wide feed: a liquidation is marked in the fills of the two accounts only, so none is collected.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      page('for-developers/api/websocket/subscriptions', 'liquidation stands in the fills of a user, of both users'),
      page('for-developers/api/info-endpoint', 'fills are served for one user at a time, the newest 2000'),
    ],
  },
  {
    id: 'hyperliquid/position/signed-units',
    venue: 'hyperliquid',
    field: 'position',
    meaning:
      'Signed size in units of the name, prices per unit, margin in USDC; of a cross position the liquidation price holds while the rest of the account stands still.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      page('for-developers/api/notation', 'szi is signed, positive for a long'),
      page('for-developers/api/info-endpoint/perpetuals', 'positions of any address, with liquidationPx'),
    ],
  },
  {
    id: 'hyperliquid/funding/eight-hourly',
    venue: 'hyperliquid',
    field: 'funding',
    to: '2023-06-08T01:00Z',
    meaning: 'The rate is for eight hours and is paid each eight hours; longs pay where it is positive.',
    rule: { of: 'note' },
    standing: 'measured',
    evidence: [
      {
        says: 'one row each eight hours until 2023-06-08 00:00 UTC, one each hour from 01:00; 0.0001 falls to 0.0000125',
        address: `${SDK}/tests/cassettes/info_test/test_get_funding_history[None].yaml`,
        seen: 'recorded on 2023-07-17',
      },
    ],
  },
  {
    id: 'hyperliquid/funding/hourly',
    venue: 'hyperliquid',
    field: 'funding',
    from: '2023-06-08T01:00Z',
    meaning:
      'The rate is for one hour, an eighth of the eight-hour rate, paid each hour; longs pay where it is positive.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      page('trading/funding', 'paid every hour, at one eighth of the computed rate; capped at 4 % an hour'),
      probe('rest.md', 'the rate follows from the premium by the formula of one hour in 24 of 24 rows'),
    ],
  },
  {
    id: 'hyperliquid/symbol/as-listed',
    venue: 'hyperliquid',
    field: 'symbol',
    meaning: 'The name as listed, its case kept: a lower-case k is a thousand tokens a unit; spot pairs are @index.',
    rule: { of: 'note' },
    standing: 'documented',
    evidence: [
      page('for-developers/api/info-endpoint', 'perps are named as in meta, spot PURR/USDC or by @index'),
      probe('rest.md', 'kPEPE, kSHIB, kBONK, kLUNC, kFLOKI, kNEIRO and the delisted kDOGS are per 1,000 tokens'),
    ],
  },
  {
    id: 'hyperliquid/socket/replay-then-live',
    venue: 'hyperliquid',
    field: 'socket',
    meaning:
      'Each subscription first repeats the newest 30 trades; a coin not listed ends the connection without a word.',
    rule: { of: 'note' },
    standing: 'measured',
    evidence: [
      {
        says: 'the first message after each subscription held the last 30 trades, without a mark',
        address:
          'https://github.com/Pythia-Invest/pythia-agent/blob/8c97c8d8e840e227c4e0c5569acea3e54e3e2ca0/docs/sources/hyperliquid.md',
        seen: 'measured on 2026-09-28',
      },
      probe('websocket.md', 'an unknown coin, or one in another case, closes the connection with 1006 and no message'),
    ],
  },
]
