import { afterEach, describe, expect, it, vi } from 'vitest'
import { askDoors, openSession } from '../../../../test/support/askDoors.ts'
import { MINUTE_MS } from '../../../core/instant.ts'
import { WORLD_ASSETS } from '../../market/live/assets.ts'
import { newWorld } from '../../market/live/world.ts'
import { okx } from './okx.ts'

interface Message {
  readonly id?: string
  readonly event?: string
  readonly code?: string
  readonly arg?: { readonly channel: string; readonly instId?: string }
  readonly data?: readonly (Readonly<Record<string, string>> & readonly string[])[]
}

/** A market with one session on it that has subscribed; both go on second by second. */
function watching(place: string, ...args: readonly object[]) {
  const startAt = Date.UTC(2026, 0, 1, 10)
  const assets = WORLD_ASSETS.slice(0, 1)
  const world = newWorld({ seed: 'sockets', assets, venues: ['okx'], startAt, rate: 2, pastHours: 24 })
  world.advanceTo(startAt + 10 * MINUTE_MS + 3_210)
  const market = world.venues.get('okx')!
  const session = openSession(okx, market, `/ws/v5/${place}`)
  const sent = session.sent as (Message | string)[]
  const say = (op: string, each: readonly object[], id?: string): void =>
    session.message(JSON.stringify({ ...(id === undefined ? {} : { id }), op, args: each }))
  const pass = (seconds: number): void => {
    for (let i = 0; i < seconds; i++) {
      world.advanceTo(world.now() + 1000)
      session.tick(world.now())
    }
  }
  const pushes = (channel: string): readonly Message[] =>
    sent.filter((each): each is Message => typeof each !== 'string' && each.arg?.channel === channel && 'data' in each)
  const codes = (): readonly (string | undefined)[] =>
    sent.flatMap((each) => (typeof each !== 'string' && each.event === 'error' ? [each.code] : []))
  if (args.length > 0) say('subscribe', args)
  return { market, session, sent, say, pass, pushes, codes }
}

const swap = { instId: 'BTC-USDT-SWAP' }
const times = (messages: readonly Message[]): readonly number[] => messages.map(({ data }) => Number(data![0]!['ts']))
const gaps = (at: readonly number[]): readonly number[] => at.slice(1).map((each, i) => each - at[i]!)

describe('trades', () => {
  it('are pushed match by match with ids that rise by one, and by taker with the last id and how many', () => {
    const all = watching('business', { channel: 'trades-all', ...swap })
    const added = watching('public', { channel: 'trades', ...swap })
    all.pass(60)
    added.pass(60)
    const ids = all.pushes('trades-all').map(({ data }) => Number(data![0]!['tradeId']))
    expect(ids.length).toBeGreaterThan(60)
    expect(ids).toEqual(ids.map((_, i) => ids[0]! + i))
    const covered = added.pushes('trades').flatMap(({ data }) => {
      const [last, count] = [Number(data![0]!['tradeId']), Number(data![0]!['count'])]
      return Array.from({ length: count }, (_, i) => last - count + 1 + i)
    })
    expect(covered).toEqual(covered.map((_, i) => covered[0]! + i))
  })

  it('are those of the REST doors: same id, same size', () => {
    const { market, pass, pushes } = watching('business', { channel: 'trades-all', ...swap })
    pass(30)
    const answer = askDoors(okx, market, '/api/v5/market/trades?instId=BTC-USDT-SWAP&limit=20')
    const { data } = answer.body as { data: unknown[] }
    expect(
      pushes('trades-all')
        .slice(-20)
        .map((push) => push.data![0])
        .toReversed(),
    ).toEqual(data)
  })
})

describe('rhythms', () => {
  it('are a hundred milliseconds at least between tickers, each with the last price', () => {
    const { pass, pushes } = watching('public', { channel: 'tickers', ...swap })
    pass(60)
    const at = times(pushes('tickers'))
    expect(at.length).toBeGreaterThan(60)
    expect(Math.min(...gaps(at))).toBeGreaterThanOrEqual(100)
  })

  it('are three seconds of open interest where it changed', () => {
    const { pass, pushes } = watching('public', { channel: 'open-interest', ...swap })
    pass(120)
    const at = times(pushes('open-interest'))
    expect(at.length).toBeGreaterThan(10)
    expect(Math.min(...gaps(at))).toBeGreaterThanOrEqual(3000)
    expect(new Set(pushes('open-interest').map(({ data }) => data![0]!['oi'])).size).toBeGreaterThan(3)
  })

  it('are thirty to ninety seconds of funding', () => {
    const { pass, pushes } = watching('public', { channel: 'funding-rate', ...swap })
    pass(900)
    const found = gaps(times(pushes('funding-rate')))
    expect(found.length).toBeGreaterThan(8)
    expect(Math.min(...found)).toBeGreaterThanOrEqual(30_000)
    expect(Math.max(...found)).toBeLessThanOrEqual(91_000)
  })

  it('are two hundred milliseconds to ten seconds of mark prices', () => {
    const { pass, pushes } = watching('public', { channel: 'mark-price', ...swap })
    pass(120)
    const found = gaps(times(pushes('mark-price')))
    expect(Math.min(...found)).toBeGreaterThanOrEqual(200)
    expect(Math.max(...found)).toBeLessThanOrEqual(10_000)
  })

  it('are a second of candles; each is finished once, before the next', () => {
    const { pass, pushes } = watching('business', { channel: 'candle1m', ...swap })
    pass(200)
    const rows = pushes('candle1m').map(({ data }) => data![0]!)
    const finished = rows.filter((row) => row[8] === '1').map(([ts]) => Number(ts))
    expect(finished.length).toBeGreaterThanOrEqual(3)
    expect(gaps(finished)).toEqual(finished.slice(1).map(() => MINUTE_MS))
    for (const ts of finished) {
      const after = rows.slice(rows.findIndex((row) => Number(row[0]) === ts && row[8] === '1') + 1)
      expect(Number(after[0]![0])).toBe(ts + MINUTE_MS)
    }
  })
})

describe('liquidations', () => {
  /** So many accounts far under water at one trade, which liquidates them. */
  function ruined(count: number) {
    const watch = watching('public')
    const listing = watch.market.listing('perp', 'BTC-USDT-SWAP')!
    const stop = watch.market.subscribe((event) => {
      if (event.listing !== listing) return
      stop()
      for (let i = 0; i < count; i++) {
        const account = watch.market.positions(listing)[i]!
        account.lots = i % 2 === 0 ? 31 + i : -31 - i
        account.entry = watch.market.mark(listing) * (i % 2 === 0 ? 2 : 0.4)
      }
    })
    watch.pass(10)
    return { ...watch, listing, liquidations: () => watch.market.liquidations(listing) }
  }

  it('of before come first in one message, the last few of an instrument in one entry', () => {
    const { say, pushes, liquidations } = ruined(6)
    expect(liquidations()).toHaveLength(6)
    say('subscribe', [{ channel: 'liquidation-orders', instType: 'SWAP' }], '7')
    const [first, ...others] = pushes('liquidation-orders')
    expect(others).toEqual([])
    expect(first!.id).toBe('7')
    const details = first!.data![0]!['details'] as unknown as Readonly<Record<string, string>>[]
    expect(details.map(({ ts }) => Number(ts))).toEqual(
      liquidations()
        .slice(-3)
        .map(({ at }) => at),
    )
  })

  it('name the side of the order, the position or net, contracts and the price of the bankruptcy', () => {
    const { say, pushes, liquidations } = ruined(6)
    say('subscribe', [{ channel: 'liquidation-orders', instType: 'SWAP' }])
    const details = pushes('liquidation-orders')[0]!.data![0]!['details'] as unknown as Record<string, string>[]
    for (const [i, truth] of liquidations().slice(-3).entries()) {
      expect(details[i]).toMatchObject({
        side: truth.position === 'long' ? 'sell' : 'buy',
        sz: String(truth.lots),
        bkPx: String(truth.bankruptcyPrice),
      })
      expect(['net', truth.position]).toContain(details[i]!['posSide'])
    }
  })

  it('send nothing first where nothing happened before', () => {
    const { sent } = watching('public', { channel: 'liquidation-orders', instType: 'SWAP' })
    expect(sent).toHaveLength(1)
  })

  it('of other kinds there are none', () => {
    const { say, pushes, codes } = ruined(2)
    say('subscribe', [
      { channel: 'liquidation-orders', instType: 'FUTURES' },
      { channel: 'liquidation-orders', instId: 'BTC-USDT-SWAP' },
    ])
    expect(pushes('liquidation-orders')).toEqual([])
    expect(codes()).toEqual(['60018'])
  })
})

describe('a session', () => {
  afterEach(() => void vi.useRealTimers())

  it('refuses channels of the other path, and what there is not', () => {
    const of = (place: string, ...args: object[]): readonly unknown[] => watching(place, ...args).codes()
    expect(of('public', { channel: 'candle1m', ...swap }, { channel: 'trades-all', ...swap })).toEqual([
      '64001',
      '64001',
    ])
    expect(of('business', { channel: 'trades', ...swap })).toEqual(['64002'])
    expect(of('business', { channel: 'candle1h', ...swap })).toEqual(['60018'])
    expect(of('public', { channel: 'funding-rate', instId: 'BTC-USDT' })).toEqual(['60018'])
    expect(of('public', { channel: 'tickers' })).toEqual(['60018'])
  })

  it('goes on with the other arguments of a request of which one is refused', () => {
    const { sent, pass, pushes } = watching('public', { channel: 'no' }, { channel: 'trades', ...swap })
    expect(sent.map((each) => (each as Message).event)).toEqual(['error', 'subscribe'])
    pass(10)
    expect(pushes('trades').length).toBeGreaterThan(0)
  })

  it('sends nothing of what was given up', () => {
    const { say, pass, pushes } = watching('public', { channel: 'trades', ...swap })
    say('unsubscribe', [{ channel: 'trades', ...swap }])
    pass(10)
    expect(pushes('trades')).toEqual([])
  })

  it('is refused the 481st request of an hour, and heard again in the next', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { say, codes } = watching('public')
    for (let i = 0; i < 480; i++) say('subscribe', [{ channel: 'tickers', ...swap }])
    expect(codes()).toEqual([])
    say('subscribe', [{ channel: 'tickers', ...swap }])
    expect(codes()).toEqual(['60014'])
    vi.advanceTimersByTime(60 * MINUTE_MS)
    say('subscribe', [{ channel: 'tickers', ...swap }])
    expect(codes()).toEqual(['60014'])
  })

  it('is closed when nothing went out for thirty seconds; a ping keeps it open', () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { session } = watching('public')
    vi.advanceTimersByTime(29_000)
    session.message('ping')
    vi.advanceTimersByTime(29_000)
    session.tick(0)
    expect(session.closedWith()).toBeUndefined()
    vi.advanceTimersByTime(2_000)
    session.tick(0)
    expect(session.closedWith()).toBe(4004)
  })

  it('is closed when a request is too long', () => {
    const { say, session } = watching('public')
    say(
      'subscribe',
      Array.from({ length: 2000 }, () => ({ channel: 'tickers', ...swap })),
    )
    expect(session.closedWith()).toBe(1009)
  })

  it('is served at the two public paths only', () =>
    expect(okx.connect('/ws/v5/private', () => undefined, watching('public').market, lineOfNone)).toBeUndefined())

  const lineOfNone = { header: () => undefined, ping: () => undefined, close: () => undefined }
})
