import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { listenTo, postTo } from '../../../../test/support/doorClient.ts'
import { simulatedWorld } from '../../../../test/support/simulated.ts'
import { HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import { serveVenue, type VenueServer } from '../venueServer.ts'
import { hyperliquid } from './hyperliquid.ts'

interface Row {
  readonly t: number
  readonly T: number
  readonly o: string
  readonly h: string
  readonly c: string
  readonly v: string
  readonly n: number
  readonly tid: number
  readonly time: number
  readonly px: string
  readonly coin: string
  readonly users: readonly string[]
  readonly fundingRate: string
  readonly premium: string
  readonly startPosition: string
  readonly side: 'A' | 'B'
  readonly sz: string
}

// More than 5000 minutes with few trades: some minutes have none.
const { world } = simulatedWorld({ venues: ['hyperliquid'], assets: 3, rate: 0.02, minutesBefore: 5100 })
const market = world.venues.get('hyperliquid')!
const BTC = market.listing('perp', 'BTC')!

const ask = (body: unknown): unknown => postTo(hyperliquid, market, { path: '/info', body }).body
const rows = (body: unknown): readonly Row[] => ask(body) as readonly Row[]
const bars = (interval: string, startTime: number, endTime?: number): readonly Row[] =>
  rows({ type: 'candleSnapshot', req: { coin: 'BTC', interval, startTime, endTime } })

describe('candles', () => {
  it('hold every bar that overlaps the asked time, the running one too', () => {
    const hour = Math.floor(world.now() / HOUR_MS) * HOUR_MS
    const inside = bars('1h', hour - 2 * HOUR_MS + 7, hour - 1).map(({ t }) => t)
    expect(inside).toEqual([hour - 2 * HOUR_MS, hour - HOUR_MS])
    const last = bars('1h', hour - 5, world.now() + HOUR_MS)
    expect(last.map(({ t }) => t)).toEqual([hour - HOUR_MS, hour])
    expect(last[1]!.T).toBeGreaterThan(world.now())
  })

  it('are the newest 5000, oldest first, whatever the start says', () => {
    const all = bars('1m', 0)
    expect(all).toHaveLength(5000)
    expect(all.at(-1)!.t).toBe(Math.floor(world.now() / MINUTE_MS) * MINUTE_MS)
    expect(all.every(({ t }, i) => t === all[0]!.t + i * MINUTE_MS)).toBe(true)
  })

  it('are flat where nothing traded', () => {
    const quiet = bars('1m', 0).filter(({ n }) => n === 0)
    expect(quiet.length).toBeGreaterThan(100)
    expect(quiet.every(({ o, h, c, v }) => v === '0.0' && o === h && h === c)).toBe(true)
  })

  it('of months begin on the first of the month', () => {
    const months = bars('1M', 0)
    for (const { t, T } of months) {
      expect(new Date(t).toISOString()).toMatch(/-01T00:00:00\.000Z$/)
      expect(new Date(T + 1).toISOString()).toMatch(/-01T00:00:00\.000Z$/)
    }
  })
})

describe('trades', () => {
  it('over REST are the last ten, whatever else is asked', () => {
    const found = rows({ type: 'recentTrades', coin: 'BTC', limit: 500, startTime: 0 })
    const truth = market.trades(BTC).slice(-10)
    expect(found.map(({ tid }) => String(tid))).toEqual(truth.map((trade) => hyperliquid.tradeId(BTC, trade)))
    for (const [i, { users, px }] of found.entries()) {
      const { taker, maker, takerBuy, price } = truth[i]!
      expect(users).toEqual(takerBuy ? [taker, maker] : [maker, taker])
      expect(px).toBe(`${price}.0`)
    }
  })

  it('have ids below 2^50 that repeat in no coin and order nothing', () => {
    const ids = market.listings.flatMap((listing) =>
      market.trades(listing).map((trade) => Number(hyperliquid.tradeId(listing, trade))),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect(Math.max(...ids)).toBeLessThan(2 ** 50)
    expect(ids.filter((id, i) => i > 0 && id > ids[i - 1]!).length / ids.length).toBeCloseTo(0.5, 1)
  })

  it('on the socket are thirty old ones, then all new ones, block by block', async () => {
    const session = listenTo(hyperliquid, market, '/ws')
    session.message('{"method":"subscribe","subscription":{"type":"trades","coin":"BTC"}}')
    const newest = market.trades(BTC).at(-1)!.seq
    for (let i = 0; i < 20; i++) {
      world.advanceTo(world.now() + 60_000)
      await Promise.resolve()
    }
    const messages = session.heard.slice(1) as readonly { readonly channel: string; readonly data: readonly Row[] }[]
    expect(messages[0]!.data).toHaveLength(30)
    const truth = market.trades(BTC).filter(({ seq }) => seq > newest - 30)
    expect(messages.flatMap(({ data }) => data.map(({ tid }) => String(tid)))).toEqual(
      truth.map((trade) => hyperliquid.tradeId(BTC, trade)),
    )
    expect(messages.every(({ channel, data }) => channel === 'trades' && data.length > 0)).toBe(true)
  })
})

describe('funding', () => {
  it('is stamped 1 to 118 ms after its hour and follows from its premium', () => {
    const found = rows({ type: 'fundingHistory', coin: 'BTC', startTime: 0 })
    const paid = market.fundings(BTC)
    expect(found.map(({ fundingRate }) => Number(fundingRate))).toEqual(paid.map(({ rate }) => rate))
    for (const [i, { time, fundingRate, premium }] of found.entries()) {
      expect(time - paid[i]!.at).toBeGreaterThanOrEqual(1)
      expect(time - paid[i]!.at).toBeLessThanOrEqual(118)
      const pulled = Math.min(0.0005, Math.max(-0.0005, 0.0001 - Number(premium)))
      expect((Number(premium) + pulled) / 8).toBeCloseTo(Number(fundingRate), 9)
    }
  })

  it('comes in pages of the oldest 500 rows, both ends included', () => {
    const [first, second] = rows({ type: 'fundingHistory', coin: 'BTC', startTime: 0 })
    const asked = { type: 'fundingHistory', coin: 'BTC', startTime: first!.time, endTime: second!.time }
    expect(rows(asked).map(({ time }) => time)).toEqual([first!.time, second!.time])
    const longer = simulatedWorld({ venues: ['hyperliquid'], assets: 1, rate: 0.0001, minutesBefore: 510 * 60 })
    const body = { type: 'fundingHistory', coin: 'BTC', startTime: 0 }
    const page = postTo(hyperliquid, longer.world.venues.get('hyperliquid')!, { path: '/info', body }).body
    expect(page).toHaveLength(500)
  })
})

describe('accounts', () => {
  it('are worth their dollars and what they hold; an isolated one is liquidated where maintenance is left', () => {
    for (const account of market.positions(BTC).filter(({ lots }) => lots !== 0)) {
      const state = ask({ type: 'clearinghouseState', user: account.id.toUpperCase().replace('0X', '0x') }) as State
      const { szi, leverage, liquidationPx, maxLeverage } = state.assetPositions[0]!.position
      const { accountValue, totalRawUsd } = state.marginSummary
      const held = Number(szi) * market.mark(BTC)
      expect(Number(totalRawUsd) + held).toBeCloseTo(Number(accountValue), 4)
      if (leverage.type !== 'isolated') continue
      const atTheEnd = Number(leverage.rawUsd) + Number(szi) * Number(liquidationPx)
      const maintenance = (Math.abs(Number(szi)) * Number(liquidationPx)) / maxLeverage / 2
      expect(atTheEnd).toBeCloseTo(maintenance, 4)
    }
  })

  it('that nobody has hold nothing', () =>
    expect(ask({ type: 'clearinghouseState', user: `0x${'0'.repeat(40)}` })).toMatchObject({
      assetPositions: [],
      marginSummary: { accountValue: '0.0' },
    }))

  it('have their fills by time, both ends included, each knowing what was held before it', () => {
    const { id, lots } = market.positions(BTC)[1]!
    const all = rows({ type: 'userFills', user: id })
    const [newest, second] = all
    const asked = { type: 'userFillsByTime', user: id, startTime: second!.time, endTime: newest!.time }
    expect(rows(asked)).toEqual(all.slice(0, 2))
    const after = Number(newest!.startPosition) + (newest!.side === 'B' ? 1 : -1) * Number(newest!.sz)
    expect(after).toBeCloseTo(lots * BTC.lot, 9)
    for (const [i, fill] of all.slice(1).entries()) {
      const held = Number(fill.startPosition) + (fill.side === 'B' ? 1 : -1) * Number(fill.sz)
      expect(held).toBeCloseTo(Number(all[i]!.startPosition), 9)
    }
  })
})

interface State {
  readonly assetPositions: readonly {
    readonly position: {
      readonly szi: string
      readonly leverage: { readonly type: string; readonly rawUsd?: string }
      readonly liquidationPx: string
      readonly maxLeverage: number
    }
  }[]
  readonly marginSummary: { readonly accountValue: string; readonly totalRawUsd: string }
}

describe('a coin that is taken off the list', () => {
  it('keeps its place with nulls, is acknowledged, and sends nothing', () => {
    const other = simulatedWorld({ venues: ['hyperliquid'], assets: 4 }).world.venues.get('hyperliquid')!
    const answer = (body: unknown): unknown => postTo(hyperliquid, other, { path: '/info', body }).body
    type Answer = readonly [
      { readonly universe: readonly { readonly name: string; readonly isDelisted?: true }[] },
      readonly { readonly midPx: string | null; readonly openInterest: string; readonly markPx: string }[],
    ]
    const [before, contextsBefore] = answer({ type: 'metaAndAssetCtxs' }) as Answer
    other.remove('perp', 'ETH')
    const [after, contexts] = answer({ type: 'metaAndAssetCtxs' }) as Answer
    const place = before.universe.findIndex(({ name }) => name === 'ETH')
    expect(after.universe.map(({ name }) => name)).toEqual(before.universe.map(({ name }) => name))
    expect(after.universe[place]).toMatchObject({ isDelisted: true })
    const { markPx } = contextsBefore[place]!
    expect(contexts[place]).toMatchObject({ midPx: null, openInterest: '0.0', markPx })
    const session = listenTo(hyperliquid, other, '/ws')
    session.message('{"method":"subscribe","subscription":{"type":"trades","coin":"ETH"}}')
    expect(session.heard).toHaveLength(1)
    expect(session.isCut()).toBe(false)
  })
})

describe('a socket', () => {
  const open = () => listenTo(hyperliquid, market, '/ws')
  const subscribe = (subscription: object): string => JSON.stringify({ method: 'subscribe', subscription })

  it('takes no name in the wrong case', () => {
    for (const coin of ['btc', 'xyz:BTC']) {
      const session = open()
      session.message(subscribe({ type: 'activeAssetCtx', coin }))
      expect(session.isCut()).toBe(true)
    }
  })

  it('tells of ten addresses and no more', () => {
    const session = open()
    for (const { id } of market.positions(BTC).slice(0, 11)) session.message(subscribe({ type: 'userFills', user: id }))
    expect(session.heard.filter((message) => (message as { channel: string }).channel === 'userFills')).toHaveLength(10)
    expect(session.heard.at(-1)).toMatchObject({ channel: 'error' })
  })

  it('sends the running bar when it has changed, and not once more after its end', () => {
    const session = open()
    session.message(subscribe({ type: 'candle', coin: 'BTC', interval: '1m' }))
    session.heard.length = 0
    world.advanceTo(Math.ceil(world.now() / MINUTE_MS) * MINUTE_MS + 1)
    session.tick(world.now())
    session.tick(world.now() + 1000)
    expect(session.heard).toHaveLength(1)
    expect(session.heard[0]).toMatchObject({ data: { t: Math.floor(world.now() / MINUTE_MS) * MINUTE_MS } })
  })

  describe('by the clock of the machine', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
    afterEach(() => void vi.useRealTimers())

    it('is cut when it has sent nothing for a minute, and a ping keeps it', () => {
      const [kept, left] = [open(), open()]
      vi.advanceTimersByTime(59_000)
      kept.message('{"method":"ping"}')
      vi.advanceTimersByTime(2_000)
      for (const session of [kept, left]) session.tick(world.now())
      expect([kept.isCut(), left.isCut()]).toEqual([false, true])
    })
  })
})

describe('the server', () => {
  let server: VenueServer
  beforeEach(async () => void (server = await serveVenue(hyperliquid, market)))
  afterEach(() => server.close())

  const post = (body: unknown): Promise<Response> =>
    fetch(`http://127.0.0.1:${server.port}/info`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('refuses beyond 1200 a minute with 429, null and no time to wait', async () => {
    // 20 and 83 for the rows: eleven such answers are 1133, three more questions of 20 are 1193.
    for (let i = 0; i < 11; i++) {
      const body = { type: 'candleSnapshot', req: { coin: 'BTC', interval: '1m', startTime: 0 } }
      expect(await (await post(body)).json()).toHaveLength(5000)
    }
    for (let i = 0; i < 3; i++) expect((await post({ type: 'meta' })).status).toBe(200)
    for (let i = 0; i < 3; i++) expect((await post({ type: 'exchangeStatus' })).status).toBe(200)
    const refused = await post({ type: 'exchangeStatus' })
    expect(refused.status).toBe(429)
    expect(await refused.text()).toBe('null')
    expect(refused.headers.get('retry-after')).toBeNull()
  })

  it('cuts a connection that names an unknown coin, with all that is on it', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`)
    await once(socket, 'open')
    socket.send('{"method":"subscribe","subscription":{"type":"trades","coin":"NOPE"}}')
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1006)
  })
})
