import { expect, it } from 'vitest'
import { askDoors } from '../../../../test/support/askDoors.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { bitget, bitgetDoors } from './bitget.ts'
import { DOORS } from './rest.ts'
import { tradeId } from './tradeId.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const { world } = simulatedWorld({ venues: ['bitget'], assets: 2, rate: 2, minutesBefore: 110, pastHours: 15 * 24 })
const market = world.venues.get('bitget') as VenueMarket
const [pair, perp] = [market.listing('spot', 'BTCUSDT')!, market.listing('perp', 'BTCUSDT')!]

interface Body {
  readonly code: string
  readonly data: readonly (Readonly<Record<string, string>> & readonly string[])[]
}

const ask = (address: string, doors = bitget) => {
  const { status, body } = askDoors(doors, market, address)
  return { status, ...(body as Body) }
}
const mix = (door: string) => ask(`/api/v2/mix/market/${door}`)
const spot = (door: string) => ask(`/api/v2/spot/market/${door}`)
const BTC = 'productType=USDT-FUTURES&symbol=BTCUSDT'

it('gives ids as the venue does: time and number of captured trades', () => {
  expect(tradeId({ at: 1_692_073_521_588, seq: 241_665 })).toBe('1075199767891652609')
  expect(tradeId({ at: 1_750_413_820_344, seq: 40_961 })).toBe('1319896716324937729')
})

it('brings a hundred of the newest trades, whatever is asked for', () => {
  const { data } = mix(`fills?${BTC}&limit=1000`)
  expect(data.map((row) => row['tradeId'])).toEqual(market.trades(perp).slice(-100).toReversed().map(tradeId))
  expect(spot('fills?symbol=BTCUSDT&limit=500').data).toHaveLength(100)
})

it('walks back by idLessThan to the first trade, none twice, none left out', () => {
  const seen: string[] = []
  for (let below = ''; ; below = `&idLessThan=${seen.at(-1)}`) {
    const { data } = mix(`fills-history?${BTC}&limit=1000${below}`)
    if (data.length === 0) break
    seen.push(...data.map((row) => row['tradeId']!))
  }
  expect(seen).toEqual(market.trades(perp).map(tradeId).toReversed())
  expect(seen.length).toBeGreaterThan(2000)
})

it('brings trades of a window, both ends in it, and refuses one of more than seven days', () => {
  const [start, end] = [market.now() - 20 * MINUTE, market.now() - 10 * MINUTE]
  const { data } = spot(`fills-history?symbol=BTCUSDT&limit=1000&startTime=${start}&endTime=${end}`)
  const truth = market.trades(pair).filter(({ at }) => at >= start && at <= end)
  expect(data.map((row) => row['tradeId'])).toEqual(truth.map(tradeId).toReversed())
  const week = 7 * 24 * HOUR
  expect(mix(`fills-history?${BTC}&startTime=0&endTime=${week + 1}`)).toMatchObject({ status: 400, code: '40020' })
  expect(mix(`fills-history?${BTC}&startTime=0&endTime=${week}`)).toMatchObject({ status: 200, data: [] })
})

it('has the running bar among recent candles and closed ones only in history', () => {
  const running = String(Math.floor(market.now() / MINUTE) * MINUTE)
  expect(mix(`candles?${BTC}&granularity=1m`).data.at(-1)![0]).toBe(running)
  const { data } = mix(`history-candles?${BTC}&granularity=1m`)
  expect(data.at(-1)![0]).toBe(String(Number(running) - MINUTE))
  expect(data).toHaveLength(100)
})

it('takes endTime of history as the end of open times, with one row more where it passes an edge', () => {
  const edge = Math.floor(market.now() / MINUTE) * MINUTE - 10 * MINUTE
  const opens = (endTime: number): readonly number[] =>
    mix(`history-candles?${BTC}&granularity=1m&limit=5&startTime=0&endTime=${endTime}`).data.map(([at]) => Number(at))
  const five = [5, 4, 3, 2, 1].map((ago) => edge - ago * MINUTE)
  expect(opens(edge)).toEqual(five)
  expect(opens(edge + 1)).toEqual([...five, edge])
})

it('brings recent candles from startTime on, the newest of them where they are too many', () => {
  const from = Math.floor(market.now() / MINUTE) * MINUTE - 20 * MINUTE
  const opens = (query: string): readonly number[] =>
    spot(`candles?symbol=BTCUSDT&granularity=1min&startTime=${from}${query}`).data.map(([at]) => Number(at))
  expect(opens('')[0]).toBe(from)
  expect(opens('')).toHaveLength(21)
  expect(opens(`&endTime=${from + 5 * MINUTE}&limit=3`)).toEqual([2, 3, 4].map((i) => from + i * MINUTE))
})

it.each([
  ['beyond the depth of recent candles', 'candles?granularity=1m&endTime=1700000000000'],
  ['of a name of the other market', 'candles?granularity=1min'],
  ['of a name that every object has', 'candles?granularity=constructor'],
])('answers an empty list %s', (_, door) =>
  expect(mix(`${door}&${BTC}`)).toMatchObject({ status: 200, code: '00000', data: [] }),
)

it('begins long bars at midnight of UTC+8, and of UTC where their name says so', () => {
  const hoursOf = (granularity: string): readonly number[] =>
    mix(`candles?${BTC}&granularity=${granularity}`).data.map(([at]) => (Number(at) / HOUR) % 24)
  expect(new Set(hoursOf('1D'))).toEqual(new Set([16]))
  expect(new Set(hoursOf('1Dutc'))).toEqual(new Set([0]))
  expect(new Set(hoursOf('6H'))).toEqual(new Set([4, 10, 16, 22]))
  expect(new Set(hoursOf('6Hutc'))).toEqual(new Set([0, 6, 12, 18]))
})

it('joins hours to a day of UTC+8', () => {
  const [at, open, high, low, close] = mix(`candles?${BTC}&granularity=1D`).data.at(-2)!
  const hours = market.candles(perp, { stepMs: HOUR, from: Number(at), to: Number(at) + 24 * HOUR })
  expect([open, high, low, close].map(Number)).toEqual([
    hours[0]!.open,
    Math.max(...hours.map((hour) => hour.high)),
    Math.min(...hours.map((hour) => hour.low)),
    hours.at(-1)!.close,
  ])
})

it.each([
  ['a family left out', 'tickers', '40019'],
  ['a symbol left out', 'open-interest?productType=USDT-FUTURES', '40019'],
  ['a symbol of the first generation', 'fills?productType=USDT-FUTURES&symbol=BTCUSDT_UMCBL', '40034'],
  ['a symbol of another family', 'fills?productType=USDC-FUTURES&symbol=BTCUSDT', '40034'],
  ['a page below the first', `history-fund-rate?${BTC}&pageNo=0`, '40808'],
  ['candles of more than ninety days', `candles?${BTC}&granularity=1H&startTime=0&endTime=7776000001`, '40020'],
  ['a period that is none', 'account-long-short?symbol=BTCUSDT&period=7m', '40020'],
])('refuses %s', (_, door, code) => expect(mix(door)).toMatchObject({ status: 400, code }))

it('refuses history of spot without its end', () =>
  expect(spot('history-candles?symbol=BTCUSDT&granularity=1min')).toMatchObject({ status: 400, code: '40019' }))

it('lists no inverse contracts, and says that the list is fine', () =>
  expect(mix('contracts?productType=COIN-FUTURES')).toMatchObject({ status: 200, code: '00000', data: [] }))

it('says of a contract taken off the list that it was removed', () => {
  market.remove('perp', 'ETHUSDT')
  expect(mix('ticker?productType=USDT-FUTURES&symbol=ETHUSDT')).toMatchObject({ status: 400, code: '40309' })
})

it('counts open interest on one side or on both, in the ticker too', () => {
  const both = bitgetDoors('both sides')
  const { data } = ask(`/api/v2/mix/market/open-interest?${BTC}`, both) as unknown as {
    data: { openInterestList: readonly { size: string }[] }
  }
  const { longLots } = market.snapshot(perp)
  expect(Number(data.openInterestList[0]!.size)).toBeCloseTo(2 * longLots * perp.lot, 9)
  const [row] = ask('/api/v2/mix/market/tickers?productType=USDT-FUTURES', both).data
  expect(Number(row!['holdingAmount'])).toBeCloseTo(2 * longLots * perp.lot, 9)
  expect(Number(mix('tickers?productType=USDT-FUTURES').data[0]!['holdingAmount'])).toBeCloseTo(longLots * perp.lot, 9)
})

it('pages liquidations of the family by a cursor, newest first', () => {
  for (const account of market.positions(perp)) account.entry *= account.lots > 0 ? 3 : 0.3
  world.advanceTo(market.now() + 30_000)
  const seen: string[] = []
  for (let cursor = ''; ;) {
    const { data } = ask(`/api/v3/market/liquidations?category=USDT-FUTURES&limit=4&cursor=${cursor}`) as unknown as {
      data: { list: readonly { ts: string }[]; cursor: string }
    }
    seen.push(...data.list.map(({ ts }) => ts))
    if (data.cursor === '') break
    cursor = data.cursor
  }
  expect(seen.toSorted()).toEqual(
    market
      .liquidations(perp)
      .map(({ at }) => String(at))
      .toSorted(),
  )
  expect(seen).toEqual(seen.toSorted().toReversed())
  expect(seen.length).toBeGreaterThan(5)
})

it('allows each door its own asks a second, and tells what is left', () => {
  const { weigh, allow, headers } = bitget.rate
  const limitOf = (path: string): number => {
    const query = new URLSearchParams()
    const { counter } = weigh({ method: 'GET', path, query, body: undefined, header: () => undefined })
    expect(allow(counter).windowMs).toBe(1000)
    expect(headers(1, counter)).toEqual({ 'x-mbx-used-remain-limit': String(allow(counter).limit - 1) })
    return allow(counter).limit
  }
  expect(limitOf('/api/v2/mix/market/fills')).toBe(20)
  expect(limitOf('/api/v2/mix/market/fills-history')).toBe(10)
  expect(limitOf('/api/v2/mix/market/account-long-short')).toBe(1)
  expect(limitOf('/api/v3/market/liquidations')).toBe(5)
  expect(DOORS.size).toBe(26)
})
