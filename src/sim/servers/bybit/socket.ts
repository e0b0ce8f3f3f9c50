import { randomUUID } from 'node:crypto'
import type { BookEvent } from '../../market/live/book.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Send, SocketSession } from '../door.ts'
import { CandleFeed } from './candleFeed.ts'
import { CATEGORIES, categoryOf, type Category } from './category.ts'
import type { Feed } from './feed.ts'
import { LiquidationFeed } from './liquidationFeed.ts'
import { TickerFeed } from './tickerFeed.ts'
import { topicOf, type Channel, type Topic } from './topics.ts'
import { TradeFeed } from './tradeFeed.ts'

/** Topics that one request on spot may hold. */
const MOST_SPOT_TOPICS = 10
/** Characters that the topics of a connection may have. */
const MOST_CHARACTERS = 21_000

/** A session on the public socket of one category. */
export function connect(url: string, send: Send, market: VenueMarket): SocketSession | undefined {
  const [path] = url.split('?')
  const category = CATEGORIES.find((each) => path === `/v5/public/${each}`)
  return category === undefined ? undefined : new Session(category, send, market)
}

/** What a client says. */
interface Request {
  readonly op?: unknown
  readonly req_id?: unknown
  readonly args?: unknown
}

class Session implements SocketSession {
  readonly #category: Category
  readonly #send: Send
  readonly #market: VenueMarket
  readonly #connection = randomUUID()
  readonly #topics = new Map<string, Topic>()
  readonly #feeds: Readonly<Record<Channel, Feed>>
  readonly #allFeeds: readonly Feed[]
  #isFlushSoon = false

  constructor(category: Category, send: Send, market: VenueMarket) {
    this.#category = category
    this.#send = send
    this.#market = market
    this.#feeds = {
      publicTrade: new TradeFeed(send, market),
      kline: new CandleFeed(send, market),
      tickers: new TickerFeed(send, market, category === 'spot' ? 50 : 100),
      allLiquidation: new LiquidationFeed(send),
    }
    this.#allFeeds = Object.values(this.#feeds)
  }

  message(text: string): void {
    const request = parsed(text)
    switch (request.op) {
      case 'ping':
        return this.#reply(request, { success: true, ret_msg: 'pong' })
      case 'subscribe':
        return this.#subscribe(request)
      case 'unsubscribe':
        return this.#unsubscribe(request)
      default:
        return this.#send({
          success: false,
          ret_msg: 'error:invalid op',
          conn_id: this.#connection,
          request: { op: request.op ?? '', args: request.args ?? null },
        })
    }
  }

  event(event: BookEvent): void {
    if (this.#topics.size === 0 || categoryOf(event.listing) !== this.#category) return
    let waits = false
    for (const feed of this.#allFeeds) waits = feed.note(event) || waits
    if (waits) this.#flushSoon()
  }

  tick(now: number): void {
    for (const feed of this.#allFeeds) feed.tick(now)
  }

  /** Once the market stands still again: in the midst of its moving, some instruments are ahead of others. */
  #flushSoon(): void {
    if (this.#isFlushSoon) return
    this.#isFlushSoon = true
    queueMicrotask(() => {
      this.#isFlushSoon = false
      for (const feed of this.#allFeeds) feed.flush(this.#market.now())
    })
  }

  /** All topics of a request or none: one that is wrong costs the others too. */
  #subscribe(request: Request): void {
    const names = topicNames(request)
    const fault = this.#faultOf(names)
    if (fault !== undefined) return this.#reply(request, { success: false, ret_msg: fault })
    const topics = names.flatMap((name) => topicOf(name, this.#category, this.#market) ?? [])
    for (const topic of topics) this.#topics.set(topic.name, topic)
    this.#reply(request, { success: true, ret_msg: this.#category === 'spot' ? 'subscribe' : '' })
    for (const topic of topics) this.#feeds[topic.channel].add(topic)
  }

  #faultOf(names: readonly string[]): string | undefined {
    if (this.#category === 'spot' && names.length > MOST_SPOT_TOPICS) return `args size >${MOST_SPOT_TOPICS}`
    const characters = [...this.#topics.keys(), ...names].reduce((sum, { length }) => sum + length, 0)
    if (characters > MOST_CHARACTERS) return `error:args characters >${MOST_CHARACTERS}`
    for (const name of names) {
      if (this.#topics.has(name)) return `error:already subscribed,topic:${name}`
      if (topicOf(name, this.#category, this.#market) === undefined) return `error:handler not found,topic:${name}`
    }
    return undefined
  }

  #unsubscribe(request: Request): void {
    for (const name of topicNames(request)) {
      const topic = this.#topics.get(name)
      if (topic !== undefined) this.#feeds[topic.channel].remove(topic)
      this.#topics.delete(name)
    }
    this.#reply(request, { success: true, ret_msg: this.#category === 'spot' ? 'unsubscribe' : '' })
  }

  /** The request's own name comes back; where it had none, contracts say so by empty text and spot by nothing. */
  #reply({ op, req_id }: Request, says: { readonly success: boolean; readonly ret_msg: string }): void {
    const name = typeof req_id === 'string' || typeof req_id === 'number' ? String(req_id) : undefined
    const named = name !== undefined ? { req_id: name } : this.#category === 'spot' ? {} : { req_id: '' }
    this.#send({ ...says, conn_id: this.#connection, ...named, op })
  }
}

const topicNames = ({ args }: Request): readonly string[] => (Array.isArray(args) ? args.map(String) : [])

function parsed(text: string): Request {
  try {
    const request: unknown = JSON.parse(text)
    return typeof request === 'object' && request !== null ? request : {}
  } catch {
    return {}
  }
}
