import { expect, it } from 'vitest'
import { askDoors, openSession } from '../../../../test/support/askDoors.ts'
import { ruin } from '../../../../test/support/doors.ts'
import { shapeDifferences } from '../../../../test/support/sameShape.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import { fixture, fixtureNames } from '../../../../test/support/wire.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { bitget } from './bitget.ts'
import type { Arg } from './dialects.ts'

const { world } = simulatedWorld({ venues: ['bitget'], assets: 2, rate: 1, minutesBefore: 490 })
const market = world.venues.get('bitget') as VenueMarket
const perp = market.listing('perp', 'BTCUSDT')!
const rest = (address: string): unknown => askDoors(bitget, market, address).body
const spot = (door: string): unknown => rest(`/api/v2/spot/market/${door}`)
const mix = (door: string): unknown => rest(`/api/v2/mix/market/${door}`)
const BTC = 'productType=USDT-FUTURES&symbol=BTCUSDT'

type Message = Readonly<Record<string, unknown>>

/** What a fresh socket sends of a subscription in some seconds in which a long and a short are liquidated. */
function subscribed(path: string, arg: Arg, seconds = 20): readonly Message[] {
  const session = openSession(bitget, market, path)
  session.message(JSON.stringify({ op: 'subscribe', args: [arg] }))
  for (let second = 0; second < seconds; second++) {
    ruin(market, perp)
    world.advanceTo(market.now() + 1000)
    session.tick(market.now())
  }
  return session.sent as Message[]
}

const [V2, V3] = ['/v2/ws/public', '/v3/ws/public']

const channel = (instType: string, name: string, instId = 'BTCUSDT'): readonly Message[] =>
  subscribed(V2, { instType, channel: name, instId })
/** For so long that something is traded in the midst of a candle. */
const candles = (instType: string): readonly Message[] =>
  subscribed(V2, { instType, channel: 'candle1m', instId: 'BTCUSDT' }, 60)
const liquidations = (): readonly Message[] => subscribed(V3, { instType: 'usdt-futures', topic: 'liquidation' })

/** A message of a kind, of those that were sent. */
const of = (action: 'snapshot' | 'update', messages: readonly Message[]): unknown =>
  messages.findLast((each) => each['action'] === action)

interface Compared {
  /** The payload that is sent. */
  readonly sent: () => unknown
  /** Where it differs from the example, and why. */
  readonly differs?: Readonly<Record<string, string>>
}

/** The notes of these refusals kept code and text only; the rest is as in every other refusal. */
const ENVELOPE = {
  'data: not documented': 'left out by the note',
  'requestTime: not documented': 'left out by the note',
}

/** Every documented example, by its file, and what is sent in its place. */
const COMPARED: Readonly<Record<string, Compared>> = {
  'all-time-rest': { sent: () => rest('/api/v2/public/time') },
  'spot-instrument-rest': { sent: () => rest('/api/v2/spot/public/symbols') },
  'spot-candle-rest': { sent: () => spot('candles?symbol=BTCUSDT&granularity=1min') },
  'spot-candle-history': {
    sent: () => spot(`history-candles?symbol=BTCUSDT&granularity=1min&endTime=${market.now()}`),
  },
  'spot-ticker-rest': { sent: () => spot('tickers') },
  'spot-trade-rest': { sent: () => spot('fills?symbol=BTCUSDT') },
  'spot-trade-history': { sent: () => spot('fills-history?symbol=BTCUSDT') },
  'perp-instrument-rest': { sent: () => mix('contracts?productType=usdt-futures') },
  'perp-candle-rest': { sent: () => mix(`candles?${BTC}&granularity=1m`) },
  'perp-candle-history': { sent: () => mix(`history-candles?${BTC}&granularity=1H`) },
  'perp-ticker-rest': { sent: () => mix('tickers?productType=USDT-FUTURES') },
  'perp-price-rest': { sent: () => mix(`symbol-price?${BTC}`) },
  'perp-trade-rest': { sent: () => mix(`fills?${BTC}`) },
  'perp-trade-history': { sent: () => mix(`fills-history?${BTC}`) },
  'perp-trade-history-captured': { sent: () => mix(`fills-history?${BTC}&limit=1`) },
  'perp-openInterest-rest': { sent: () => mix(`open-interest?${BTC}`) },
  'perp-funding-rest': { sent: () => mix('current-fund-rate?productType=USDT-FUTURES') },
  'perp-fundingTime-rest': { sent: () => mix(`funding-time?${BTC}`) },
  'perp-funding-history': { sent: () => mix(`history-fund-rate?${BTC}`) },
  'perp-positioning-account': { sent: () => mix('account-long-short?symbol=BTCUSDT') },
  'perp-positioning-account-captured': { sent: () => mix('account-long-short?symbol=BTCUSDT&period=15m') },
  'perp-positioning-position': { sent: () => mix('position-long-short?symbol=BTCUSDT') },
  'perp-positioning-longShort': { sent: () => mix('long-short?symbol=BTCUSDT&period=1h') },
  'perp-riskTier-rest': { sent: () => mix(`query-position-lever?${BTC}`) },

  'spot-trade-socket': { sent: () => of('update', channel('SPOT', 'trade')) },
  'spot-candle-socket': { sent: () => of('update', candles('SPOT')) },
  'spot-ticker-socket': { sent: () => of('snapshot', channel('SPOT', 'ticker')) },
  'perp-trade-socket': { sent: () => of('snapshot', channel('USDT-FUTURES', 'trade')) },
  'perp-candle-socket': { sent: () => of('snapshot', channel('USDT-FUTURES', 'candle12H')) },
  'perp-ticker-socket': { sent: () => of('snapshot', channel('USDT-FUTURES', 'ticker')) },
  'perp-trade-socket-v3': {
    sent: () => of('snapshot', subscribed(V3, { instType: 'usdt-futures', topic: 'publicTrade', symbol: 'BTCUSDT' })),
  },
  'perp-liquidation-socket': { sent: () => of('update', liquidations()) },

  'error-badProductType': { sent: () => mix('tickers?productType=NOPE-FUTURES') },
  'error-badSymbol': { sent: () => mix('ticker?productType=USDT-FUTURES&symbol=NOPEUSDT') },
  'error-badSymbol-v3': { sent: () => rest('/api/v3/market/liquidations?category=USDT-FUTURES&symbol=NOPEUSDT') },
  'error-pageOutOfRange': { sent: () => mix(`history-fund-rate?${BTC}&pageNo=101`), differs: ENVELOPE },
  'error-rateLimited': { sent: () => bitget.rate.refuse(1000, '/api/v2/public/time').body },
  'error-symbolRemoved': { sent: () => mix('ticker?productType=COIN-FUTURES&symbol=BTCUSDU26'), differs: ENVELOPE },
  'error-v1Gone': { sent: () => rest('/api/mix/v1/market/tickers') },
  'error-socketParam': { sent: () => channel('USDT-FUTURES', 'books50')[0] },
  'error-socketUnknown': { sent: () => channel('USDT-FUTURES', 'books', 'NOPEUSDT')[0] },
  'error-socketUnknown-v3': {
    sent: () => subscribed(V3, { instType: 'usdt-futures', topic: 'books', symbol: 'NOPEUSDT' })[0],
  },
}

/** Examples of the third generation's sockets. */
const OF_THIRD: ReadonlySet<string> = new Set(['perp-liquidation-socket', 'perp-trade-socket-v3'])

/** Examples that nothing is sent in place of, and why. */
const NOT_SENT: Readonly<Record<string, string>> = {
  'perp-liquidation-rest': 'holds no answer; compared below with what readers of the page say of its shape',
  'perp-funding-rest-documented': 'as it was before the interval',
  'inverse-instrument-rest': 'inverse contracts are not simulated; their rows are not documented',
  'inverse-ticker-rest': 'inverse contracts are not simulated',
  'perp-candle-v3': 'of the third generation liquidations and trades of the sockets only',
  'perp-candle-socket-v3': 'of the third generation liquidations and trades of the sockets only',
  'perp-funding-v3': 'of the third generation liquidations and trades of the sockets only',
  'perp-openInterest-v3': 'of the third generation liquidations and trades of the sockets only',
  'perp-ticker-v3': 'of the third generation liquidations and trades of the sockets only',
  'perp-ticker-socket-v3': 'of the third generation liquidations and trades of the sockets only',
  'perp-trade-v3': 'of the third generation liquidations and trades of the sockets only',
  'error-forbidden': 'only as a fault that is put on the venue',
  'error-maintenance': 'only as a fault that is put on the venue',
  'error-socketLimit': 'holds no message; its codes are tested with the sockets',
}

const without = (message: unknown, ...keys: readonly string[]): Message =>
  Object.fromEntries(Object.entries(message as Message).filter(([key]) => !keys.includes(key)))

const differencesOf = (example: unknown, sent: unknown): readonly string[] =>
  [...new Set(shapeDifferences(example, sent).map((each) => each.replaceAll(/\[\d+\]/g, '[]')))].toSorted()

it.each(Object.entries(COMPARED))('sends what %s documents', (name, { sent, differs = {} }) => {
  const { payload } = fixture('bitget', name)
  const actual = sent() as { readonly data?: unknown }
  expect(differencesOf(payload, actual)).toEqual(Object.keys(differs).toSorted())
  if (Array.isArray(actual.data)) expect(actual.data).not.toHaveLength(0)
  // Errors word for word: all but their times and the ids of connections.
  if (name.startsWith('error-')) {
    expect(actual).toMatchObject(without(payload, 'requestTime', 'data', 'connId'))
  }
})

it('passes over no example but those that are named', () => {
  const passed = fixtureNames('bitget').filter((name) => !(name in COMPARED))
  expect(passed.toSorted()).toEqual(Object.keys(NOT_SENT).toSorted())
})

it('sends liquidations over REST in the form that readers of the page give', () => {
  liquidations()
  const row = { symbol: '', side: '', price: '', amount: '', ts: '' }
  const example = { code: '', msg: '', requestTime: 1, data: { list: [row], cursor: '' } }
  const sent = rest('/api/v3/market/liquidations?category=USDT-FUTURES')
  expect(shapeDifferences(example, sent)).toEqual([])
  expect((sent as { data: { list: unknown[] } }).data.list).not.toHaveLength(0)
})

it.each(fixtureNames('bitget').filter((name) => name.includes('-socket') && name in COMPARED))(
  'acknowledges as %s documents, an argument at a time',
  (name) => {
    const { request, replies } = fixture('bitget', name)
    if (replies === undefined) return
    const session = openSession(bitget, market, OF_THIRD.has(name) ? V3 : V2)
    session.message(JSON.stringify(request))
    expect(shapeDifferences(replies['subscribed'], session.sent[0])).toEqual([])
    expect(session.sent[0]).toMatchObject(without(replies['subscribed'], 'connId'))
    session.message(String(replies['ping']))
    expect(session.sent.at(-1)).toBe(replies['pong'])
  },
)
