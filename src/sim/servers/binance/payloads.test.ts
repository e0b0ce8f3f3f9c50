import { expect, it } from 'vitest'
import { askDoors, openSession } from '../../../../test/support/askDoors.ts'
import { ruin } from '../../../../test/support/doors.ts'
import { shapeDifferences } from '../../../../test/support/sameShape.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import { fixture, fixtureNames } from '../../../../test/support/wire.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { binance } from './binance.ts'

const { world } = simulatedWorld({ venues: ['binance'], rate: 2, minutesBefore: 600 })
const market = world.venues.get('binance') as VenueMarket
const perp = market.listing('perp', 'BTCUSDT')!
const rest = (address: string): unknown => askDoors(binance, market, address).body

/** What a fresh socket sends of a stream in some seconds in which a long and a short are liquidated. */
function pushed(path: string, stream: string): unknown {
  const session = openSession(binance, market, path)
  session.message(JSON.stringify({ method: 'SUBSCRIBE', params: [stream], id: 1 }))
  for (let second = 0; second < 6; second++) {
    ruin(market, perp)
    world.advanceTo(market.now() + 1000)
    session.tick(market.now())
  }
  expect(session.sent.length, stream).toBeGreaterThan(1)
  return session.sent.at(-1)
}

const replied = (path: string, message: unknown): unknown => {
  const session = openSession(binance, market, path)
  session.message(typeof message === 'string' ? message : JSON.stringify(message))
  return session.sent.at(-1)
}

interface Compared {
  /** The payload that is sent. */
  readonly sent: () => unknown
  /** Where it differs from the example, and why. */
  readonly differs?: Readonly<Record<string, string>>
  /** What the document has besides the example. */
  readonly documented?: (example: unknown) => unknown
}

const TEXT_ON_PAGE = { '[].timestamp: number, documented as text': 'text on the page only; answers have a number' }

/** Every documented example, by its file, and what is sent in its place. */
const COMPARED: Readonly<Record<string, Compared>> = {
  'perp-time-rest': { sent: () => rest('/fapi/v1/time') },
  'spot-time-rest': { sent: () => rest('/api/v3/time') },
  'perp-instrument-rest': {
    sent: () => rest('/fapi/v1/exchangeInfo'),
    differs: {
      'symbols[].OrderType: missing': 'so on the page only; answers and the official client have orderTypes',
      'symbols[].orderTypes: not documented': 'see OrderType',
    },
  },
  'spot-instrument-rest': {
    sent: () => rest('/api/v3/exchangeInfo'),
    differs: {
      'rateLimits[].count: missing': "made up by the example's generator",
      'symbols[].filters[].priceExponent: missing': "made up by the example's generator",
      'sors: missing': 'optional: for venues with smart order routing',
    },
    // Beside PRICE_FILTER, LOT_SIZE of filters.md (binance-spot-api-docs, commit a5e0bc3).
    documented: (example) => {
      const { symbols, ...rest } = example as { symbols: readonly { filters: readonly object[] }[] }
      const lots = { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '100000.0', stepSize: '0.001' }
      return { ...rest, symbols: symbols.map((each) => ({ ...each, filters: [...each.filters, lots] })) }
    },
  },
  'perp-candle-rest': { sent: () => rest('/fapi/v1/klines?symbol=BTCUSDT&interval=1m') },
  'spot-candle-rest': { sent: () => rest('/api/v3/klines?symbol=BTCUSDT&interval=1m') },
  'perp-trade-rest': { sent: () => rest('/fapi/v1/aggTrades?symbol=BTCUSDT') },
  'spot-trade-rest': { sent: () => rest('/api/v3/aggTrades?symbol=BTCUSDT') },
  'perp-ticker-rest': { sent: () => rest('/fapi/v1/ticker/24hr?symbol=BTCUSDT') },
  'spot-ticker-rest': { sent: () => rest('/api/v3/ticker/24hr?symbol=BTCUSDT') },
  'spot-ticker-rest-all': { sent: () => rest('/api/v3/ticker/24hr') },
  'spot-ticker-rest-mini': { sent: () => rest('/api/v3/ticker/24hr?type=MINI&symbols=["BTCUSDT","ETHUSDT"]') },
  'perp-openInterest-rest': { sent: () => rest('/fapi/v1/openInterest?symbol=BTCUSDT') },
  'perp-openInterest-history': {
    sent: () => rest('/futures/data/openInterestHist?symbol=BTCUSDT&period=5m'),
    differs: { '[].CMCCirculatingSupply: missing': 'optional; coins of this world have no supply' },
  },
  'perp-openInterest-history-captured': {
    sent: () => rest('/futures/data/openInterestHist?symbol=BTCUSDT&period=5m'),
  },
  'perp-openInterest-history-page': {
    sent: () => rest('/futures/data/openInterestHist?symbol=BTCUSDT&period=5m'),
    differs: TEXT_ON_PAGE,
  },
  'perp-positioning-global-accounts': {
    sent: () => rest('/futures/data/globalLongShortAccountRatio?symbol=BTCUSDT&period=5m'),
  },
  'perp-positioning-global-accounts-captured': {
    sent: () => rest('/futures/data/globalLongShortAccountRatio?symbol=BTCUSDT&period=1h'),
  },
  'perp-positioning-top-accounts': {
    sent: () => rest('/futures/data/topLongShortAccountRatio?symbol=BTCUSDT&period=5m'),
    differs: TEXT_ON_PAGE,
  },
  'perp-positioning-top-positions': {
    sent: () => rest('/futures/data/topLongShortPositionRatio?symbol=BTCUSDT&period=5m'),
    differs: TEXT_ON_PAGE,
  },
  'perp-positioning-taker': {
    sent: () => rest('/futures/data/takerlongshortRatio?symbol=BTCUSDT&period=5m'),
    differs: TEXT_ON_PAGE,
  },
  'perp-funding-history-rateType': { sent: () => rest('/fapi/v1/fundingRate?symbol=BTCUSDT') },
  'perp-funding-info': { sent: () => rest('/fapi/v1/fundingInfo') },
  'perp-funding-info-captured': { sent: () => rest('/fapi/v1/fundingInfo') },
  'perp-markPrice-rest': { sent: () => rest('/fapi/v1/premiumIndex?symbol=BTCUSDT') },

  'perp-trade-socket': { sent: () => pushed('/market/ws', 'btcusdt@aggTrade') },
  'spot-trade-socket': { sent: () => pushed('/ws', 'btcusdt@aggTrade') },
  'perp-candle-socket': { sent: () => pushed('/market/ws', 'btcusdt@kline_1m') },
  'perp-candle-socket-captured': { sent: () => pushed('/market/ws', 'btcusdt@kline_1h') },
  'spot-candle-socket': { sent: () => pushed('/ws', 'btcusdt@kline_1m') },
  'perp-ticker-socket': { sent: () => pushed('/market/ws', 'btcusdt@ticker') },
  'perp-ticker-socket-all': { sent: () => pushed('/market/ws', '!ticker@arr') },
  'spot-ticker-socket': { sent: () => pushed('/ws', 'btcusdt@ticker') },
  'spot-ticker-socket-mini': { sent: () => pushed('/ws', 'btcusdt@miniTicker') },
  'perp-markPrice-socket': { sent: () => pushed('/market/ws', 'btcusdt@markPrice@1s') },
  'perp-markPrice-socket-all': { sent: () => pushed('/market/ws', '!markPrice@arr@1s') },
  'perp-liquidation-socket': { sent: () => pushed('/market/ws', 'btcusdt@forceOrder') },
  'perp-liquidation-socket-captured': { sent: () => pushed('/market/ws', 'btcusdt@forceOrder') },
  'perp-liquidation-socket-captured-long': { sent: () => pushed('/market/ws', 'btcusdt@forceOrder') },
  'perp-liquidation-socket-all': { sent: () => pushed('/market/ws', '!forceOrder@arr') },
  'perp-envelope-socket-combined': { sent: () => pushed('/market/stream', 'btcusdt@aggTrade') },

  'error-bad-symbol': { sent: () => rest('/fapi/v1/klines?symbol=NONE&interval=1m') },
  'error-bad-interval': { sent: () => rest('/fapi/v1/klines?symbol=BTCUSDT&interval=1s') },
  'error-bad-limit': { sent: () => rest('/fapi/v1/klines?symbol=BTCUSDT&interval=1m&limit=1501') },
  'error-start-after-end': { sent: () => rest('/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=2&endTime=1') },
  'error-window-too-long': { sent: () => rest('/fapi/v1/aggTrades?symbol=BTCUSDT&startTime=0&endTime=3600001') },
  'error-too-old': { sent: () => rest('/futures/data/openInterestHist?symbol=BTCUSDT&period=5m&startTime=1') },
  'error-rate-limited': { sent: () => binance.rate.refuse(1000, 'spot').body },
}

/** Examples that nothing is sent in place of, and why. */
const NOT_SENT: Readonly<Record<string, string>> = {
  'perp-markPrice-rest-captured': "times as text are the client's own reading",
  'perp-funding-history': 'as it was before rateType',
  'perp-funding-history-all': 'as it was before rateType',
  'spot-ticker-socket-all': 'ended on 2026-03-26',
  'spot-envelope-socket-combined': 'of a server that is about to end; the envelope is compared below',
  'perp-control-socket': 'compared below, message by message',
  'spot-control-socket': 'compared below, message by message',
  'cm-liquidation-socket': 'COIN-M is not simulated',
  'error-banned': 'only as a fault that is put on the venue',
  'error-firewall': 'only as a fault that is put on the venue',
  'error-geo-block': 'only as a fault that is put on the venue',
  'error-overloaded': 'only as a fault that is put on the venue',
  'error-timeout': 'only as a fault that is put on the venue',
}

const differencesOf = (example: unknown, sent: unknown): readonly string[] =>
  [...new Set(shapeDifferences(example, sent).map((each) => each.replaceAll(/\[\d+\]/g, '[]')))].toSorted()

it.each(Object.entries(COMPARED))('sends what %s documents', (name, { sent, differs = {}, documented }) => {
  const { payload } = fixture('binance', name)
  const actual = sent()
  expect(differencesOf(documented?.(payload) ?? payload, actual)).toEqual(Object.keys(differs).toSorted())
  if (Array.isArray(actual)) expect(actual).not.toHaveLength(0)
  if (name.startsWith('error-') && name !== 'error-rate-limited') expect(actual).toEqual(payload)
})

it('passes over no example but those that are named', () => {
  const passed = fixtureNames('binance').filter((name) => !name.startsWith('dump-') && !(name in COMPARED))
  expect(passed.toSorted()).toEqual(Object.keys(NOT_SENT).toSorted())
})

it('sends what is documented elsewhere in its form', () => {
  const mini = { e: '', E: 1, s: '', c: '', o: '', h: '', l: '', v: '', q: '', ps: '', st: 1 }
  const trade = { e: 'trade', E: 1, T: 1, s: '', t: 1, p: '', q: '', m: true }
  const found = [
    // MarketApiTest.test.ts of the official client, commit a9de9a9, where one message is a list in the stream of all.
    [mini, pushed('/market/ws', 'btcusdt@miniTicker')],
    [[mini], pushed('/market/ws', '!miniTicker@arr')],
    [[fixture('binance', 'spot-ticker-socket-mini').payload], pushed('/ws', '!miniTicker@arr')],
    // web-socket-streams.md of binance-spot-api-docs, commit a5e0bc3.
    [{ ...trade, M: true }, pushed('/ws', 'btcusdt@trade')],
    // Not on the page of futures; X after public clients.
    [{ ...trade, X: '' }, pushed('/public/ws', 'btcusdt@trade')],
    [[fixture('binance', 'perp-ticker-rest').payload], rest('/fapi/v1/ticker/24hr')],
    [[fixture('binance', 'perp-markPrice-rest').payload], rest('/fapi/v1/premiumIndex')],
    [fixture('binance', 'perp-liquidation-socket-all').payload, pushed('/market/ws', '!forceOrder@arr')],
    [{ stream: '', data: fixture('binance', 'spot-trade-socket').payload }, pushed('/stream', 'btcusdt@aggTrade')],
  ]
  for (const [example, sent] of found) expect(shapeDifferences(example, sent)).toEqual([])
})

interface Controls {
  readonly [name: string]: { readonly request: unknown; readonly reply: unknown }
}

it.each([
  ['spot-control-socket', '/ws'],
  ['perp-control-socket', '/market/ws'],
])('answers control messages as %s documents', (name, path) => {
  const session = openSession(binance, market, path)
  for (const { request, reply } of Object.values(fixture('binance', name).payload as Controls)) {
    session.message(JSON.stringify(request))
    expect(session.sent.at(-1)).toEqual(reply)
  }
})

it.each([
  ['spot-control-socket', '/ws'],
  ['perp-control-socket', '/market/ws'],
])('words errors as %s documents', (name, path) => {
  const wrong: readonly unknown[] = [
    { method: 'SET_PROPERTY', params: ['other', true], id: 7 },
    { method: 'SET_PROPERTY', params: ['combined', 'yes'], id: 7 },
    { method: 'GET_PROPERTY', params: [5], id: 7 },
    { method: 'SUBSCRIBE', params: [], id: 1.5 },
    { method: 'SUBSCRIB', params: [], id: 7 },
    { method: 'SUBSCRIBE', params: Array.from({ length: 1025 }, (_, i) => `a${i}@trade`), id: 7 },
    { params: [], id: 7 },
    'SUBSCRIBE',
  ]
  const { errors } = fixture('binance', name).replies as { errors: readonly { code: number; msg: string }[] }
  expect(errors).toHaveLength(wrong.length)
  for (const [i, error] of errors.entries()) {
    const msg: unknown = expect.stringMatching(patternOf(error.msg))
    expect(replied(path, wrong[i])).toEqual({ ...error, msg, ...('id' in error ? { id: 7 } : {}) })
  }
})

/** A documented text as a pattern: `%s` and places in a line stand for others. */
const patternOf = (text: string): RegExp =>
  new RegExp(`^${text.replaceAll(/[`.*+?()[\]]/g, String.raw`\$&`).replaceAll(/%s|\d+/g, String.raw`\w+`)}$`)
