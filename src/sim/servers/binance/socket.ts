import type { BookEvent } from '../../market/live/book.ts'
import { MINUTE } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Send, SocketSession } from '../door.ts'
import { aggTradeMessage, forceOrderMessage, klineMessage, markPriceMessage, tickerMessage } from './messages.ts'

/** Which market a path serves, and whether messages come in an envelope. On the old path of futures nothing comes. */
const PATHS: Readonly<Record<string, { readonly market: 'spot' | 'perp' | 'silent'; readonly combined: boolean }>> = {
  '/ws': { market: 'spot', combined: false },
  '/stream': { market: 'spot', combined: true },
  '/market/ws': { market: 'perp', combined: false },
  '/market/stream': { market: 'perp', combined: true },
  '/public/ws': { market: 'silent', combined: false },
  '/public/stream': { market: 'silent', combined: true },
}

/** A session at one of the paths; streams can be named behind the path or in its query. */
export function connect(url: string, send: Send, market: VenueMarket): SocketSession | undefined {
  const [path = '', query = ''] = url.split('?')
  const known = Object.keys(PATHS).find((each) => path === each || path.startsWith(`${each}/`))
  if (known === undefined) return undefined
  const session = new Session(PATHS[known] as (typeof PATHS)[string], send, market)
  const inPath = path.slice(known.length + 1)
  const inQuery = new URLSearchParams(query).get('streams') ?? ''
  session.add([inPath, ...inQuery.split('/')].filter((stream) => stream !== ''))
  return session
}

class Session implements SocketSession {
  readonly #where: { readonly market: 'spot' | 'perp' | 'silent'; readonly combined: boolean }
  readonly #send: Send
  readonly #market: VenueMarket
  readonly #streams = new Set<string>()
  /** When each instrument's last liquidation was sent: one a second is. */
  readonly #lastForced = new Map<string, number>()
  #minute: number

  constructor(
    where: { readonly market: 'spot' | 'perp' | 'silent'; readonly combined: boolean },
    send: Send,
    market: VenueMarket,
  ) {
    this.#where = where
    this.#send = send
    this.#market = market
    this.#minute = Math.floor(market.now() / MINUTE)
  }

  add(streams: readonly string[]): void {
    for (const stream of streams) this.#streams.add(stream)
  }

  message(text: string): void {
    let asked: { method?: unknown; params?: unknown; id?: unknown }
    try {
      asked = JSON.parse(text) as typeof asked
    } catch {
      return this.#send({ code: 3, msg: 'Invalid JSON: expected value at line 1 column 1' })
    }
    const params = Array.isArray(asked.params) ? asked.params.map(String) : []
    switch (asked.method) {
      case 'SUBSCRIBE':
        this.add(params)
        return this.#send({ result: null, id: asked.id })
      case 'UNSUBSCRIBE':
        for (const stream of params) this.#streams.delete(stream)
        return this.#send({ result: null, id: asked.id })
      case 'LIST_SUBSCRIPTIONS':
        return this.#send({ result: [...this.#streams], id: asked.id })
      default:
        return this.#send({
          code: 2,
          msg: `Invalid request: unknown variant ${String(asked.method)}, expected one of \`SUBSCRIBE\`, \`UNSUBSCRIBE\`, \`LIST_SUBSCRIPTIONS\`, \`SET_PROPERTY\`, \`GET_PROPERTY\` at line 1 column 28`,
        })
    }
  }

  event(event: BookEvent): void {
    const { listing } = event
    if (listing.market !== this.#where.market) return
    const now = this.#market.now()
    if (event.is === 'trade') this.#push(`${lower(listing)}@aggTrade`, () => aggTradeMessage(listing, event.trade, now))
    else if (now - (this.#lastForced.get(listing.name) ?? -Infinity) >= 1000) {
      this.#lastForced.set(listing.name, now)
      const message = (): unknown => forceOrderMessage(listing, event.liquidation)
      this.#push(`${lower(listing)}@forceOrder`, message)
      this.#push('!forceOrder@arr', message)
    }
  }

  tick(now: number): void {
    const minute = Math.floor(now / MINUTE)
    for (const listing of this.#listings()) {
      const name = lower(listing)
      if (this.#streams.has(`${name}@kline_1m`)) {
        const bars = this.#market.candles(listing, { stepMs: MINUTE, from: this.#minute * MINUTE, to: now + 1 })
        for (const bar of bars) {
          const isClosed = bar.at + MINUTE <= minute * MINUTE
          this.#push(`${name}@kline_1m`, () => klineMessage(listing, bar, isClosed, now))
        }
      }
      this.#push(`${name}@ticker`, () => tickerMessage(listing, this.#market))
      for (const stream of [`${name}@markPrice`, `${name}@markPrice@1s`]) {
        this.#push(stream, () => markPriceMessage(listing, this.#market))
      }
    }
    for (const stream of ['!markPrice@arr', '!markPrice@arr@1s']) {
      this.#push(stream, () => this.#listings().map((listing) => markPriceMessage(listing, this.#market)))
    }
    this.#push('!ticker@arr', () => this.#listings().map((listing) => tickerMessage(listing, this.#market)))
    this.#minute = minute
  }

  #listings(): readonly Listing[] {
    return this.#market.listings.filter(({ market }) => market === this.#where.market)
  }

  #push(stream: string, message: () => unknown): void {
    if (!this.#streams.has(stream)) return
    this.#send(this.#where.combined ? { stream, data: message() } : message())
  }
}

const lower = ({ name }: Listing): string => name.toLowerCase()
