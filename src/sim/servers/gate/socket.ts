import type { BookEvent, SimLiquidation } from '../../market/live/book.ts'
import type { SimCandle } from '../../market/live/candleTape.ts'
import type { Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { digestDigits } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { Line, Send, SocketSession } from '../door.ts'
import { contractNamed, contracts, settleOf } from './asked.ts'
import { socketRow as statsRow, windowAt } from './contractStats.ts'
import { socketRow as liquidationRow } from './liquidations.ts'
import {
  contractCandle,
  contractInfo,
  contractTrade,
  isClosed,
  pong,
  reply,
  spotCandle,
  spotTrade,
  update,
} from './messages.ts'
import { ALL, isError, keyOf, readRequest, topicsOf, type Place, type Request, type Topic } from './subscriptions.ts'
import { contractTicker, spotTicker } from './tickers.ts'
import { SIZE_HEADER, sizeForm, type SizeForm } from './written.ts'

/** Every how many milliseconds a channel says something. For contracts only liquidations are documented. */
const RHYTHM = { tickers: 1000, candlesticks: 2000, contract_stats: 10_000, public_liquidates: 1000 } as const
/** So many liquidations of a contract are told at once. */
const LIQUIDATIONS_AT_ONCE = 20
/** Of so many bars, one is not told to have closed: the message may be missing, and who waits for it waits for ever. */
const UNTOLD = 16

/** Where sockets are; contracts settled in BTC are served where no settlement is named. */
const PATHS: Readonly<Record<string, Place>> = {
  '/ws/v4': 'spot',
  '/v4/ws': 'btc',
  '/v4/ws/btc': 'btc',
  '/v4/ws/usdt': 'usdt',
}

interface Connection {
  readonly send: Send
  readonly market: VenueMarket
  readonly line: Line
  readonly counting: Counting
}

/** A session at one of the paths. The binary form is not served. */
export function connect(url: string, connection: Connection): SocketSession | undefined {
  const place = PATHS[(url.split('?')[0] as string).replace(/\/$/, '')]
  return place === undefined ? undefined : new Session(place, connection)
}

class Session implements SocketSession {
  readonly #place: Place
  readonly #send: Send
  readonly #market: VenueMarket
  readonly #counting: Counting
  readonly #sizes: SizeForm
  readonly #id: string
  readonly #topics = new Map<string, Topic>()
  /** Liquidations of each contract that are still to be told. */
  readonly #liquidations = new Map<Listing, SimLiquidation[]>()
  #ticked: number

  constructor(place: Place, { send, market, line, counting }: Connection) {
    this.#place = place
    this.#send = send
    this.#market = market
    this.#counting = counting
    this.#sizes = sizeForm(line.header(SIZE_HEADER))
    this.#id = digestDigits(`${place} ${market.now()} ${line.header('sec-websocket-key') ?? ''}`, 16)
    this.#ticked = market.now()
  }

  message(text: string): void {
    const request = readRequest(text)
    if (request === undefined) {
      return this.#reply({ channel: '', event: '', payload: [] }, { code: 1, message: 'invalid argument struct' })
    }
    if (request.channel === `${this.#place === 'spot' ? 'spot' : 'futures'}.ping`) {
      return this.#send(pong(this.#place, this.#market.now()))
    }
    switch (request.event) {
      case 'subscribe':
        return this.#subscribe(request)
      case 'unsubscribe':
        return this.#unsubscribe(request)
      default:
        return this.#reply(request, { code: 1, message: 'invalid argument struct' })
    }
  }

  event(event: BookEvent): void {
    const { listing } = event
    if (placeOf(listing) !== this.#place) return
    if (event.is === 'liquidation') return this.#liquidated(listing, event.liquidation)
    const now = this.#market.now()
    if (this.#place !== 'spot') {
      if (!this.#topics.has(keyOf('futures.trades', listing.name))) return
      return this.#send(update('futures.trades', now, [contractTrade(listing, event.trade, this.#sizes)]))
    }
    for (const channel of ['spot.trades', 'spot.trades_v2']) {
      if (!this.#topics.has(keyOf(channel, listing.name))) continue
      this.#send(update(channel, now, spotTrade(listing, event.trade)))
    }
  }

  tick(now: number): void {
    const before = this.#ticked
    this.#ticked = now
    const isDue = (everyMs: number): boolean => Math.floor(now / everyMs) !== Math.floor(before / everyMs)
    for (const topic of this.#topics.values()) {
      const listing = this.#listing(topic.name)
      if (listing === undefined) continue
      if (topic.is === 'tickers' && isDue(RHYTHM.tickers)) this.#ticker(topic.channel, listing)
      if (topic.is === 'candlesticks') this.#candles(listing, topic, { before, isDue: isDue(RHYTHM.candlesticks) })
      if (topic.is === 'contract_stats' && isDue(RHYTHM.contract_stats)) this.#stats(listing, topic)
    }
    if (isDue(RHYTHM.public_liquidates)) for (const listing of this.#liquidations.keys()) this.#tell(listing)
  }

  #subscribe(request: Request): void {
    const found = topicsOf(request, this.#place, this.#market)
    if (isError(found)) return this.#reply(request, found)
    this.#reply(request)
    for (const [key, topic] of found) {
      this.#topics.set(key, topic)
      if (topic.is === 'contract_info') this.#contractInfo(topic.name)
    }
  }

  #unsubscribe(request: Request): void {
    const { channel, payload } = request
    if (channel === 'futures.contract_stats' && payload[0] === 'unsub_all') {
      for (const [key, topic] of this.#topics) if (topic.channel === channel) this.#topics.delete(key)
      return this.#reply(request)
    }
    const found = topicsOf(request, this.#place, this.#market)
    if (isError(found)) return this.#reply(request, found)
    for (const [key] of found) this.#topics.delete(key)
    this.#reply(request)
  }

  #reply(request: Request, error?: Parameters<typeof reply>[2]): void {
    const from = { place: this.#place, now: this.#market.now(), connection: this.#id }
    this.#send(reply(request, from, error))
  }

  #contractInfo(name: string): void {
    const settle = this.#place === 'btc' ? 'btc' : 'usdt'
    const listings = name === ALL ? contracts(this.#market, settle) : [this.#listing(name)]
    for (const listing of listings) {
      if (listing !== undefined) this.#send(contractInfo(listing, this.#market.now()))
    }
  }

  #ticker(channel: string, listing: Listing): void {
    const result =
      this.#place === 'spot'
        ? spotTicker(listing, this.#market)
        : [{ ...contractTicker(listing, this.#market, this.#counting), quanto_base_rate: '' }]
    this.#send(update(channel, this.#market.now(), result))
  }

  /** Bars that closed since the last tick, and the running one where it is its time. */
  #candles(
    listing: Listing,
    topic: Extract<Topic, { is: 'candlesticks' }>,
    { before, isDue }: { readonly before: number; readonly isDue: boolean },
  ): void {
    const now = this.#market.now()
    const from = topic.interval.floor(before)
    if (!isDue && from === topic.interval.floor(now)) return
    const bars = topic.interval
      .bars(this.#market, listing, from, now + 1)
      .filter((bar) => (isClosed(bar, now) ? !isUntold(listing, bar) : isDue))
    if (bars.length === 0) return
    if (this.#place === 'spot') {
      for (const bar of bars) this.#send(update(topic.channel, now, spotCandle(listing, bar, topic.label, now)))
      return
    }
    const form = this.#sizes
    this.#send(
      update(
        topic.channel,
        now,
        bars.map((bar) => contractCandle(listing, bar, topic, { now, form })),
      ),
    )
  }

  /** The window that runs, as far as it is known. */
  #stats(listing: Listing, { channel, stepMs }: Extract<Topic, { is: 'contract_stats' }>): void {
    const now = this.#market.now()
    const window = windowAt(this.#market, listing, Math.floor(now / stepMs) * stepMs, stepMs)
    this.#send(update(channel, now, [statsRow(listing, window, this.#sizes, this.#counting)]))
  }

  #liquidated(listing: Listing, liquidation: SimLiquidation): void {
    const channel = 'futures.public_liquidates'
    if (!this.#topics.has(keyOf(channel, listing.name)) && !this.#topics.has(keyOf(channel, ALL))) return
    const waiting = this.#liquidations.get(listing) ?? []
    this.#liquidations.set(listing, waiting)
    waiting.push(liquidation)
    if (waiting.length >= LIQUIDATIONS_AT_ONCE) this.#tell(listing)
  }

  #tell(listing: Listing): void {
    const rows = (this.#liquidations.get(listing) ?? []).map((each) => liquidationRow(listing, each, this.#sizes))
    this.#liquidations.delete(listing)
    this.#send(update('futures.public_liquidates', this.#market.now(), rows))
  }

  #listing(name: string): Listing | undefined {
    const market = this.#market
    return this.#place === 'spot' ? market.listing('spot', name) : contractNamed({ market, settle: this.#place }, name)
  }
}

const placeOf = (listing: Listing): Place => (listing.market === 'spot' ? 'spot' : settleOf(listing))

const isUntold = ({ name }: Listing, { at }: SimCandle): boolean =>
  Number(digestDigits(`${name} ${at}`, 6)) % UNTOLD === 0
