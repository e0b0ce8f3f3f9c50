import type { BookEvent } from '../../market/live/book.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { Line, Send, SocketSession } from '../door.ts'
import { placeOf, subjectOf, type ChannelArg, type Place } from './channels.ts'
import { feedOf, liquidationFeed, type Feed } from './feeds.ts'
import { invalidOp, invalidRequest, isNotOnBusiness, isOnBusiness, noSuchChannel, tooFrequent } from './notices.ts'

const PATHS: Readonly<Record<string, Place>> = { '/ws/v5/public': 'public', '/ws/v5/business': 'business' }

/** Requests on one connection in an hour of the machine's clock. */
const REQUESTS = 480
const HOUR_MS = 3_600_000
/** Silence of the server, ms of the machine's clock, after which it closes: a client in a quiet market must ping. */
const SILENCE_MS = 30_000
const MOST_BYTES = 65_536
const TOO_LONG = 1009
const NO_DATA = 4004

/** A session at one of the two public paths. */
export function connect(url: string, connection: Connection): SocketSession | undefined {
  const place = PATHS[url.split('?')[0] ?? '']
  return place === undefined ? undefined : new Session(place, connection)
}

/** What a session speaks over, and of what. */
interface Connection {
  readonly send: Send
  readonly market: VenueMarket
  readonly line: Line
  readonly counting: Counting
}

/** A subscription: to what, and what it sends. `about` is the instrument's name, undefined for all of a kind. */
interface Subscription {
  readonly about: string | undefined
  readonly feed: Feed
}

class Session implements SocketSession {
  readonly #place: Place
  readonly #market: VenueMarket
  readonly #line: Line
  readonly #counting: Counting
  readonly #send: Send
  readonly #connId: string
  readonly #subscriptions = new Map<string, Subscription>()
  readonly #feeds = new Map<string | undefined, readonly Feed[]>()
  #sentAt = performance.now()
  #requests = 0
  #hourEnds = 0

  constructor(place: Place, { send, market, line, counting }: Connection) {
    this.#place = place
    this.#market = market
    this.#line = line
    this.#counting = counting
    this.#connId = Number(digestDigits(`${place} ${performance.now()}`, 9))
      .toString(16)
      .padStart(8, '0')
    this.#send = (message) => {
      this.#sentAt = performance.now()
      send(message)
    }
  }

  message(text: string): void {
    if (text === 'ping') return this.#send('pong')
    if (text.length > MOST_BYTES) return this.#line.close(TOO_LONG)
    const asked = requestOf(text)
    if (asked === undefined) return this.#refuse(invalidRequest(text))
    if (asked.op !== 'subscribe' && asked.op !== 'unsubscribe') return this.#refuse(invalidOp(asked.op), asked.id)
    if (this.#isTooFrequent()) return this.#refuse(tooFrequent, asked.id)
    if (asked.args.length === 0) return this.#refuse(invalidRequest(text), asked.id)
    for (const arg of asked.args) {
      if (asked.op === 'subscribe') this.#subscribe(arg, asked.id)
      else this.#unsubscribe(arg, asked.id)
    }
    this.#index()
  }

  event(event: BookEvent): void {
    if (event.is === 'trade') {
      for (const { trade } of this.#feeds.get(event.listing.name) ?? []) trade?.(event.trade)
      return
    }
    for (const { liquidation } of this.#feeds.get(undefined) ?? []) liquidation?.(event.listing, event.liquidation)
  }

  tick(now: number): void {
    for (const { about, feed } of this.#subscriptions.values()) {
      if (about === undefined || this.#isListed(about)) feed.tick?.(now)
    }
    if (performance.now() - this.#sentAt > SILENCE_MS) this.#line.close(NO_DATA)
  }

  #subscribe(arg: ChannelArg, id: string | undefined): void {
    const place = placeOf(arg.channel)
    if (place === undefined) return this.#refuse(noSuchChannel(arg), id)
    if (place !== this.#place) return this.#refuse(place === 'business' ? isOnBusiness : isNotOnBusiness, id)
    const subject = subjectOf(arg, this.#market)
    if (subject === undefined) return this.#refuse(noSuchChannel(arg), id)
    this.#send({ ...named(id), event: 'subscribe', arg, connId: this.#connId })
    const isOfKind = subject === 'all of a kind'
    // The documented message of liquidations bears the id of its request; no other does.
    const head = isOfKind ? { ...named(id), arg } : { arg }
    const push = (data: readonly unknown[]): void => this.#send({ ...head, data })
    const of = { market: this.#market, counting: this.#counting, push }
    const feed = isOfKind ? liquidationFeed(arg, of.market, push) : feedOf(arg, subject, of)
    this.#subscriptions.set(keyOf(arg), { about: isOfKind ? undefined : subject.name, feed })
  }

  #unsubscribe(arg: ChannelArg, id: string | undefined): void {
    this.#subscriptions.delete(keyOf(arg))
    this.#send({ ...named(id), event: 'unsubscribe', arg, connId: this.#connId })
  }

  #refuse(notice: { readonly code: string; readonly msg: string }, id?: string): void {
    this.#send({ ...named(id), event: 'error', ...notice, connId: this.#connId })
  }

  #index(): void {
    this.#feeds.clear()
    for (const { about, feed } of this.#subscriptions.values()) {
      this.#feeds.set(about, [...(this.#feeds.get(about) ?? []), feed])
    }
  }

  #isListed(name: string): boolean {
    return (this.#market.listing('perp', name) ?? this.#market.listing('spot', name)) !== undefined
  }

  #isTooFrequent(): boolean {
    const now = performance.now()
    if (now >= this.#hourEnds) [this.#requests, this.#hourEnds] = [0, now + HOUR_MS]
    return ++this.#requests > REQUESTS
  }
}

const named = (id: string | undefined): { readonly id?: string } => (id === undefined ? {} : { id })

const keyOf = ({ channel, instId, instType }: ChannelArg): string => `${channel} ${instId ?? ''} ${instType ?? ''}`

interface Request {
  readonly id: string | undefined
  readonly op: string
  readonly args: readonly ChannelArg[]
}

/** A request with a list of channels; undefined where it is none. */
function requestOf(text: string): Request | undefined {
  const json = parsed(text)
  if (typeof json !== 'object' || json === null || !('op' in json) || !('args' in json)) return undefined
  const { op, args } = json
  if (typeof op !== 'string' || !Array.isArray(args) || !args.every(isChannelArg)) return undefined
  return { id: 'id' in json ? String(json.id) : undefined, op, args }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isChannelArg = (arg: unknown): arg is ChannelArg =>
  typeof arg === 'object' && arg !== null && 'channel' in arg && typeof arg.channel === 'string'
