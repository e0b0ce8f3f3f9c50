import { deflateRawSync } from 'node:zlib'
import type { BookEvent, SimTrade } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Counting } from '../counting.ts'
import type { Line, Send, SocketSession } from '../door.ts'
import { candleRow, runningCandle } from './candles.ts'
import { clearinghouseState } from './clearinghouse.ts'
import { context, contexts, marksAndMids, mids, type MarkAndMid } from './contexts.ts'
import { newestFills } from './fills.ts'
import { topicOf, type Topic } from './topics.ts'
import { tradeRow } from './trades.ts'
import { listed } from './universe.ts'

/** Trades that the first message after subscribing replays. */
const REPLAYED = 30
/** Topics and addresses that one client may have. The words of the refusal are not documented. */
const TOPICS = 1000
const USERS = 10
/** The connection ends when the server has sent nothing for so long by the machine's clock. */
const SILENCE_MS = 60_000

/** How often a topic is pushed, ms of the market's clock. How often the state of an account is, is not documented. */
const RHYTHM: Readonly<Record<Topic['type'], number>> = {
  trades: Infinity,
  userFills: Infinity,
  candle: 1_000,
  activeAssetCtx: 1_000,
  fastAssetCtxs: 1_000,
  clearinghouseState: 1_000,
  allMids: 5_000,
  allDexsAssetCtxs: 13_600,
}

export interface Connection {
  readonly path: string
  readonly send: Send
  readonly market: VenueMarket
  readonly line: Line
  readonly counting: Counting
}

/** A session at the one path. */
export const connect = (connection: Connection): SocketSession | undefined =>
  connection.path.split('?')[0] === '/ws' ? new Session(connection) : undefined

interface Subscription {
  readonly topic: Topic
  pushedAt: number
  /** What was pushed last, where only changes are. */
  last: string
}

class Session implements SocketSession {
  readonly #connection: Connection
  readonly #market: VenueMarket
  readonly #subscriptions = new Map<string, Subscription>()
  /** Trades since the last block, by coins that are subscribed to. */
  readonly #trades = new Map<string, { readonly listing: Listing; readonly trades: SimTrade[] } | undefined>()
  /** Fills since the last block, by addresses that are subscribed to. */
  readonly #fills = new Map<string, number>()
  readonly #marks = new Map<string, MarkAndMid>()
  #isBlockOpen = false
  #sentAt = performance.now()

  constructor(connection: Connection) {
    this.#connection = connection
    this.#market = connection.market
  }

  message(text: string): void {
    const asked = parsed(text)
    if (asked.method === 'ping') return this.#send({ channel: 'pong' })
    const topic = topicOf(asked.subscription, this.#market)
    if (asked.method !== 'subscribe' && asked.method !== 'unsubscribe') return this.#unreadable(text)
    if (topic === 'unknown coin') return this.#connection.line.close(1006)
    if (topic === 'unreadable') return this.#unreadable(text)
    if (asked.method === 'subscribe') this.#subscribe(topic)
    else this.#unsubscribe(topic)
  }

  event(event: BookEvent): void {
    if (event.is !== 'trade') return
    const { listing, trade } = event
    if (this.#trades.has(listing.name)) {
      const block = this.#trades.get(listing.name)
      if (block === undefined) this.#trades.set(listing.name, { listing, trades: [trade] })
      else block.trades.push(trade)
      this.#openBlock()
    }
    if (this.#fills.size === 0) return
    for (const user of [trade.taker, trade.maker]) {
      const count = this.#fills.get(user)
      if (count === undefined) continue
      this.#fills.set(user, count + 1)
      this.#openBlock()
    }
  }

  tick(now: number): void {
    if (performance.now() - this.#sentAt > SILENCE_MS) return this.#connection.line.close(1006)
    for (const subscription of this.#subscriptions.values()) {
      if (now - subscription.pushedAt >= RHYTHM[subscription.topic.type]) this.#push(subscription)
    }
  }

  #subscribe(topic: Topic): void {
    const key = JSON.stringify(topic)
    if (this.#subscriptions.has(key)) return this.#error(`Already subscribed: ${key}`)
    if (this.#subscriptions.size >= TOPICS) return this.#error(`Cannot subscribe to more than ${TOPICS} topics`)
    if ('user' in topic && this.#usersWith(topic.user) > USERS) {
      return this.#error(`Cannot track more than ${USERS} users`)
    }
    const subscription = { topic, pushedAt: this.#market.now(), last: '' }
    this.#subscriptions.set(key, subscription)
    this.#send({ channel: 'subscriptionResponse', data: { method: 'subscribe', subscription: topic } })
    this.#push(subscription)
  }

  #unsubscribe(topic: Topic): void {
    const key = JSON.stringify(topic)
    if (!this.#subscriptions.delete(key)) return this.#error(`Already unsubscribed: ${key}`)
    if (topic.type === 'trades') this.#trades.delete(topic.coin)
    if (topic.type === 'userFills') this.#fills.delete(topic.user)
    if (topic.type === 'fastAssetCtxs') this.#marks.clear()
    this.#send({ channel: 'subscriptionResponse', data: { method: 'unsubscribe', subscription: topic } })
  }

  #usersWith(user: string): number {
    const topics = [...this.#subscriptions.values()].map(({ topic }) => topic)
    return new Set([user, ...topics.flatMap((topic) => ('user' in topic ? [topic.user] : []))]).size
  }

  #push(subscription: Subscription): void {
    const { topic } = subscription
    subscription.pushedAt = this.#market.now()
    switch (topic.type) {
      case 'trades':
        return this.#replay(topic.coin)
      case 'userFills':
        return this.#snapshot(topic.user)
      case 'candle':
        return this.#candle(subscription, topic)
      case 'activeAssetCtx':
        return this.#data(topic.type, {
          coin: topic.coin,
          ctx: context(this.#market, topic.coin, this.#connection.counting),
        })
      case 'fastAssetCtxs':
        return this.#changedMarks()
      case 'clearinghouseState':
        return this.#data(topic.type, {
          dex: '',
          user: topic.user,
          clearinghouseState: clearinghouseState(this.#market, topic.user),
        })
      case 'allMids':
        return this.#data(topic.type, { mids: mids(this.#market) })
      case 'allDexsAssetCtxs':
        return this.#data(topic.type, { ctxs: [['', contexts(this.#market, this.#connection.counting)]] })
      default:
        topic satisfies never
    }
  }

  /** The newest trades, with no mark that they are old. Nothing comes where none are. */
  #replay(coin: string): void {
    this.#trades.set(coin, undefined)
    const listing = listed(this.#market, coin)
    if (listing !== undefined) this.#sendTrades(listing, this.#market.trades(listing).slice(-REPLAYED))
  }

  #snapshot(user: string): void {
    this.#fills.set(user, 0)
    this.#data('userFills', { isSnapshot: true, user, fills: newestFills(this.#market, user) })
  }

  /**
   * The running bar, whole, when it has changed. Whether it comes once more after its end is not known: here it does not, so
   * that the last trades of a bar may be in no message.
   */
  #candle(subscription: Subscription, { coin, interval }: { readonly coin: string; readonly interval: string }): void {
    const listing = listed(this.#market, coin)
    const bar = listing && runningCandle(this.#market, listing, interval)
    if (listing === undefined || bar === undefined) return
    const data = candleRow(listing, interval, bar)
    const text = JSON.stringify(data)
    if (text === subscription.last) return
    subscription.last = text
    this.#data('candle', data)
  }

  /** First everything, then what has changed: base64 of raw deflate of JSON. */
  #changedMarks(): void {
    const changed: Record<string, Partial<MarkAndMid>> = {}
    for (const [coin, is] of Object.entries(marksAndMids(this.#market))) {
      const was = this.#marks.get(coin)
      this.#marks.set(coin, is)
      if (was?.markPx === is.markPx && was.midPx === is.midPx) continue
      changed[coin] = {
        ...(was?.markPx === is.markPx ? {} : { markPx: is.markPx }),
        ...(was !== undefined && was.midPx === is.midPx ? {} : { midPx: is.midPx }),
      }
    }
    if (Object.keys(changed).length === 0) return
    this.#data('fastAssetCtxs', deflateRawSync(JSON.stringify(changed)).toString('base64'))
  }

  /** What happens at once is one block: it is sent when all of it is there. */
  #openBlock(): void {
    if (this.#isBlockOpen) return
    this.#isBlockOpen = true
    queueMicrotask(() => this.#closeBlock())
  }

  #closeBlock(): void {
    this.#isBlockOpen = false
    for (const [coin, block] of this.#trades) {
      if (block === undefined) continue
      this.#trades.set(coin, undefined)
      this.#sendTrades(block.listing, block.trades)
    }
    for (const [user, count] of this.#fills) {
      if (count === 0) continue
      this.#fills.set(user, 0)
      this.#data('userFills', { user, fills: newestFills(this.#market, user, count) })
    }
  }

  #sendTrades(listing: Listing, trades: readonly SimTrade[]): void {
    if (trades.length === 0) return
    const rows = trades.map((trade) => tradeRow(listing, trade))
    this.#data('trades', rows)
  }

  #unreadable(text: string): void {
    this.#error(`Error parsing JSON into valid websocket request: ${text}`)
  }

  #error(text: string): void {
    this.#data('error', text)
  }

  #data(channel: string, data: unknown): void {
    this.#send({ channel, data })
  }

  #send(message: unknown): void {
    this.#sentAt = performance.now()
    this.#connection.send(message)
  }
}

function parsed(text: string): { readonly method?: unknown; readonly subscription?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
