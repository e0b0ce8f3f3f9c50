import type { BookEvent, SimLiquidation, SimTrade } from '../../market/live/book.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Line, Send, SocketSession } from '../door.ts'
import { firstIndex } from '../firstIndex.ts'
import { listed } from './asked.ts'
import { readControl, TOO_MANY } from './control.ts'
import { DAY } from './intervals.ts'
import {
  aggTradeMessage,
  forceOrderMessage,
  forceOrderOfAll,
  klineMessage,
  markPriceMessage,
  miniTickerMessage,
  tickerMessage,
  tradeMessages,
} from './messages.ts'
import { topicOf, type Place, type Topic } from './topics.ts'

/** The paths of both hosts, which are one here: `/ws` and `/stream` are spot's, though futures once had the same. */
const PATHS: readonly (readonly [path: string, place: Place])[] = [
  ['', 'spot'],
  ['/market', 'market'],
  ['/public', 'public'],
  ['/private', 'private'],
]

interface Limits {
  /** Messages a second of the machine's clock that a client may send. */
  readonly messages: number
  readonly streams: number
  readonly pingMs: number
}

const SPOT: Limits = { messages: 5, streams: 1024, pingMs: 20_000 }
/** Two pages name 1024 and 200 streams. */
const FUTURES: Limits = { messages: 10, streams: 200, pingMs: 180_000 }
/** A liquidation that is to be told: of each instrument the latest of a second, when that is over. */
interface Forced {
  readonly listing: Listing
  readonly liquidation: SimLiquidation
}

const secondOf = ({ liquidation }: Forced): number => Math.floor(liquidation.at / 1_000)
/** A connection lives for a day. */
const LIFE = DAY
/** The code of the socket protocol for a policy that was broken. */
const POLICY = 1008

/** A session at one of the paths; streams can be named behind the path or in its query. */
export function connect(url: string, send: Send, market: VenueMarket, line: Line): SocketSession | undefined {
  const [path = '', query = ''] = url.split('?')
  for (const [prefix, place] of PATHS) {
    for (const envelope of ['ws', 'stream'] as const) {
      const base = `${prefix}/${envelope}`
      if (path !== base && !path.startsWith(`${base}/`)) continue
      const session = new Session({ place, envelope }, send, market, line)
      const inQuery = new URLSearchParams(query).get('streams') ?? ''
      session.add([...path.slice(base.length + 1).split('/'), ...inQuery.split('/')].filter((stream) => stream !== ''))
      return session
    }
  }
  return undefined
}

class Session implements SocketSession {
  readonly #place: Place
  readonly #limits: Limits
  readonly #send: Send
  readonly #market: VenueMarket
  readonly #line: Line
  /** Every stream that was acknowledged, and what it carries, if anything. */
  readonly #streams = new Map<string, Topic | undefined>()
  /** The latest liquidation of each instrument in each second that is still to be told, oldest first. */
  #forced: readonly Forced[] = []
  /** How many trades an instrument had when a stream of all tickers last told it. */
  readonly #told = new Map<string, number>()
  readonly #opened: number
  #isCombined: boolean
  #ticked: number
  #received: number[] = []

  constructor(
    { place, envelope }: { readonly place: Place; readonly envelope: 'ws' | 'stream' },
    send: Send,
    market: VenueMarket,
    line: Line,
  ) {
    this.#place = place
    this.#limits = place === 'spot' ? SPOT : FUTURES
    this.#isCombined = envelope === 'stream'
    this.#send = send
    this.#market = market
    this.#line = line
    this.#opened = market.now()
    this.#ticked = market.now()
  }

  add(streams: readonly string[]): void {
    for (const stream of streams) this.#streams.set(stream, topicOf(stream, this.#place))
  }

  message(text: string): void {
    if (this.#isFlooded()) return this.#line.close(POLICY)
    const asked = readControl(text, this.#place)
    switch (asked.is) {
      case 'error':
        return this.#send(asked.reply)
      case 'SUBSCRIBE':
        if (new Set([...this.#streams.keys(), ...asked.streams]).size > this.#limits.streams)
          return this.#send(TOO_MANY)
        this.add(asked.streams)
        return this.#send({ result: null, id: asked.id })
      case 'UNSUBSCRIBE':
        for (const stream of asked.streams) this.#streams.delete(stream)
        return this.#send({ result: null, id: asked.id })
      case 'LIST_SUBSCRIPTIONS':
        return this.#send({ result: [...this.#streams.keys()], id: asked.id })
      case 'SET_PROPERTY':
        this.#isCombined = asked.combined
        return this.#send({ result: null, id: asked.id })
      case 'GET_PROPERTY':
        return this.#send({ result: this.#isCombined, id: asked.id })
    }
  }

  event(event: BookEvent): void {
    const { listing } = event
    if ((listing.market === 'spot') !== (this.#place === 'spot')) return
    if (event.is === 'liquidation') return this.#force({ listing, liquidation: event.liquidation })
    const [now, name] = [this.#market.now(), listing.name.toLowerCase()]
    this.#push(`${name}@aggTrade`, () => [aggTradeMessage(listing, event.trade, now)])
    this.#push(`${name}@trade`, () => tradeMessages(listing, event.trade, now))
  }

  tick(now: number): void {
    const before = this.#ticked
    this.#ticked = now
    if (now - this.#opened >= LIFE) return this.#line.close(POLICY)
    const isDue = (everyMs: number): boolean => Math.floor(now / everyMs) !== Math.floor(before / everyMs)
    if (isDue(this.#limits.pingMs)) this.#line.ping()
    for (const [stream, topic] of this.#streams) {
      if (topic === undefined || topic.everyMs === 0) continue
      if (topic.of === 'candles') this.#push(stream, () => this.#candles(topic, before, isDue(topic.everyMs)))
      else if (isDue(topic.everyMs)) this.#push(stream, () => this.#timed(stream, topic))
    }
    this.#forced = this.#forced.filter((each) => !this.#isOver(each))
  }

  /** The last of a second takes the place of those before it. */
  #force(forced: Forced): void {
    const second = secondOf(forced)
    const others = this.#forced.filter((each) => each.listing !== forced.listing || secondOf(each) !== second)
    this.#forced = [...others, forced]
  }

  /** Whether the second of a liquidation is over, so that no other can take its place. */
  #isOver(forced: Forced): boolean {
    return secondOf(forced) < Math.floor(this.#market.now() / 1_000)
  }

  /** What a stream says by the clock. */
  #timed(stream: string, topic: Exclude<Topic, { of: 'candles' }>): readonly unknown[] {
    if (topic.of === 'all') return this.#ofAll(stream, topic.kind)
    const listing = this.#listing(topic.name)
    if (listing === undefined) return []
    switch (topic.kind) {
      case 'ticker':
        return [tickerMessage(listing, this.#market)]
      case 'miniTicker':
        return [miniTickerMessage(listing, this.#market)]
      case 'markPrice':
        return [markPriceMessage(listing, this.#market)]
      case 'forceOrder':
        return this.#forced
          .filter((each) => each.listing === listing && this.#isOver(each))
          .map(({ liquidation }) => forceOrderMessage(listing, liquidation))
      case 'aggTrade':
      case 'trade':
        return []
    }
  }

  #ofAll(stream: string, kind: 'ticker' | 'miniTicker' | 'markPrice' | 'forceOrder'): readonly unknown[] {
    if (kind === 'forceOrder') {
      return this.#forced
        .filter((each) => this.#isOver(each))
        .map(({ listing, liquidation }) => forceOrderOfAll(listing, liquidation))
    }
    const all = listed(this.#market, this.#place === 'spot' ? 'spot' : 'perp')
    if (kind === 'markPrice') return [all.map((listing) => markPriceMessage(listing, this.#market))]
    const message = kind === 'ticker' ? tickerMessage : miniTickerMessage
    const changed = all.filter((listing) => this.#hasChanged(stream, listing))
    return changed.length === 0 ? [] : [changed.map((listing) => message(listing, this.#market))]
  }

  #hasChanged(stream: string, listing: Listing): boolean {
    const key = `${stream}/${listing.name}`
    const seq = this.#market.trades(listing).at(-1)?.seq ?? 0
    const isNew = this.#told.get(key) !== seq
    this.#told.set(key, seq)
    return isNew
  }

  /** Candles that closed since the last tick, each once, and the running one where it is its time. */
  #candles(topic: Extract<Topic, { of: 'candles' }>, before: number, isDue: boolean): readonly unknown[] {
    const listing = this.#listing(topic.name)
    if (listing === undefined) return []
    const now = this.#market.now()
    return topic.interval
      .bars(this.#market, listing, topic.interval.floor(before), now + 1)
      .map((bar) => ({ bar, state: bar.at + bar.stepMs <= now ? 'closed' : 'running' }) as const)
      .filter(({ state }) => state === 'closed' || isDue)
      .map(({ bar, state }) =>
        klineMessage(listing, { bar, state, interval: topic.id, ends: this.#endsOf(listing, bar) }, now),
      )
  }

  /** The first and the last trade of a bar that are kept. */
  #endsOf(listing: Listing, bar: SimCandle): readonly SimTrade[] {
    const trades = this.#market.trades(listing)
    const [begin, end] = [bar.at, bar.at + bar.stepMs].map((ms) => firstIndex(trades, ({ at }) => at < ms))
    return begin === end ? [] : [trades[Number(begin)] as SimTrade, trades[Number(end) - 1] as SimTrade]
  }

  #listing(name: string): Listing | undefined {
    return this.#market.listing(this.#place === 'spot' ? 'spot' : 'perp', name)
  }

  #push(stream: string, messages: () => readonly unknown[]): void {
    if (this.#streams.get(stream) === undefined) return
    for (const data of messages()) this.#send(this.#isCombined ? { stream, data } : data)
  }

  #isFlooded(): boolean {
    const now = performance.now()
    this.#received = [...this.#received.filter((at) => at > now - 1000), now]
    return this.#received.length > this.#limits.messages
  }
}
