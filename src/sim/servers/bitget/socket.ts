import type { BookEvent } from '../../market/live/book.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { Line, Send, SocketSession } from '../door.ts'
import { V2, V3, type Arg, type Dialect, type SocketRefusal } from './dialects.ts'
import { SocketLimits } from './socketLimits.ts'
import type { Push, Topic } from './topics.ts'

const PATHS: Readonly<Record<string, Dialect>> = { '/v2/ws/public': V2, '/v3/ws/public': V3 }

/** A connection that ends without a word. */
const CUT = 1006

/** How a connection is made: what it speaks over, and by which clock the client is measured. */
export interface Connection {
  readonly send: Send
  readonly market: VenueMarket
  readonly line: Line
  readonly counting: Counting
  /** The machine's clock, ms. */
  readonly clock: () => number
}

/** A session at one of the two paths. */
export function connect(url: string, connection: Connection): SocketSession | undefined {
  const dialect = PATHS[url.split('?')[0] ?? '']
  return dialect === undefined ? undefined : new Session(dialect, connection)
}

class Session implements SocketSession {
  readonly #dialect: Dialect
  readonly #connection: Connection
  readonly #limits: SocketLimits
  readonly #connId: string
  /** By what was asked for, and those that want trades by listing. */
  readonly #topics = new Map<string, Topic>()
  readonly #byListing = new Map<Listing, Set<Topic>>()

  constructor(dialect: Dialect, connection: Connection) {
    this.#dialect = dialect
    this.#connection = connection
    this.#limits = new SocketLimits(connection.clock())
    this.#connId = digestDigits(String(connection.clock()), 10)
  }

  message(text: string): void {
    const now = this.#connection.clock()
    if (!this.#limits.allowsMessage(now, Buffer.byteLength(text))) {
      this.#refuse({ code: 30007, msg: 'request over limit,connection close' })
      return this.#connection.line.close(1008)
    }
    if (text === 'ping') {
      this.#limits.ping(now)
      return this.#connection.send('pong')
    }
    const { op, args } = parsed(text)
    if (op === undefined) return this.#refuse({ code: 30002, msg: 'illegal request' })
    if (op !== 'subscribe' && op !== 'unsubscribe') return this.#refuse({ code: 30003, msg: 'invalid op' })
    if (args.length > this.#dialect.mostArgs) return this.#connection.line.close(CUT)
    for (const arg of args)
      if (op === 'subscribe') this.#add(arg)
      else this.#remove(arg)
  }

  event(event: BookEvent): void {
    if (event.is === 'trade') {
      for (const topic of this.#byListing.get(event.listing) ?? []) topic.trade?.(event.trade)
    } else for (const topic of this.#topics.values()) topic.liquidated?.(event)
  }

  tick(now: number): void {
    if (this.#limits.isLost(this.#connection.clock())) return this.#connection.line.close(CUT)
    for (const topic of this.#topics.values()) if (this.#isListed(topic)) topic.tick?.(now)
  }

  /** What was taken off the list falls silent. */
  #isListed({ listing }: Topic): boolean {
    return listing === undefined || this.#connection.market.listing(listing.market, listing.name) === listing
  }

  #add(arg: Arg): void {
    const { clock } = this.#connection
    if (!this.#limits.allowsAsk(clock(), this.#topics.size)) {
      return this.#refuse({ code: 30006, msg: 'too many requests' }, { arg, op: 'subscribe' })
    }
    const topic = this.#dialect.open(arg, this.#connection, this.#pushFor(arg))
    if ('code' in topic) return this.#refuse(topic, { arg, op: 'subscribe' })
    this.#forget(arg)
    this.#topics.set(keyOf(arg), topic)
    if (topic.listing !== undefined) {
      const others = this.#byListing.get(topic.listing) ?? new Set()
      this.#byListing.set(topic.listing, others.add(topic))
    }
    this.#connection.send(this.#dialect.event('subscribe', arg, this.#connId))
    topic.begin?.()
  }

  #remove(arg: Arg): void {
    this.#forget(arg)
    this.#connection.send(this.#dialect.event('unsubscribe', arg, this.#connId))
  }

  #forget(arg: Arg): void {
    const topic = this.#topics.get(keyOf(arg))
    if (topic === undefined) return
    this.#topics.delete(keyOf(arg))
    if (topic.listing !== undefined) this.#byListing.get(topic.listing)?.delete(topic)
  }

  #pushFor(arg: Arg): Push {
    const { send, market } = this.#connection
    return (action, data) => send({ action, arg, data, ts: market.now() })
  }

  #refuse(refused: SocketRefusal, asked: { readonly arg?: Arg; readonly op?: unknown } = {}): void {
    this.#connection.send(this.#dialect.error(refused, asked, this.#connId))
  }
}

const keyOf = (arg: Arg): string => JSON.stringify(Object.entries(arg).toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** The operation and its arguments; no operation where the text is no message. */
function parsed(text: string): { readonly op: unknown; readonly args: readonly Arg[] } {
  try {
    const { op, args } = JSON.parse(text) as { op?: unknown; args?: unknown }
    const isList = Array.isArray(args) && args.every((arg) => typeof arg === 'object' && arg !== null)
    return { op: isList ? op : undefined, args: isList ? (args as readonly Arg[]) : [] }
  } catch {
    return { op: undefined, args: [] }
  }
}
