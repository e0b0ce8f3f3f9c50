import { HOUR_MS, MINUTE_MS } from '../../../src/core/instant.ts'
import type { Account } from '../../../src/sim/market/live/accounts.ts'
import { Book, type SimTrade } from '../../../src/sim/market/live/book.ts'
import { unitsOf, valueOf, type Listing } from '../../../src/sim/market/live/listing.ts'
import { listingsOf, SIM_VENUES, type SimVenue } from '../../../src/sim/market/live/listings.ts'
import { pastOf } from '../../../src/sim/market/live/past.ts'
import { VenueMarket } from '../../../src/sim/market/live/venueMarket.ts'
import { HOLDERS, liquidationsFrom, rounded, tradesFrom, truthOf, WORLD, type TradeTruth } from './truth.ts'

/** Minutes that pass in the world, and how long a tick of its clock is. */
export const MINUTES = 66
const TICK_MS = 20_000
/** How long before a day begins the world does, so that funding is paid in it. */
const BEFORE_MIDNIGHT_MS = HOUR_MS

/** The markets of all venues, in which one truth happens and nothing else. */
export interface TruthWorld {
  readonly startAt: number
  readonly markets: ReadonlyMap<SimVenue, VenueMarket>
  /** Lets everything happen, telling of the passing of time. */
  run(onTick: (now: number) => Promise<void>): Promise<void>
  now(): number
}

/**
 * A world whose midnight is a given one.
 * @param heldTimes - how much of the true positions the accounts of a venue hold, where it is not all: what a venue would serve
 *   that counted other sides than it does
 */
export function truthWorld(midnight: number, heldTimes: Partial<Readonly<Record<SimVenue, number>>> = {}): TruthWorld {
  const startAt = midnight - BEFORE_MIDNIGHT_MS
  const books: Told[] = []
  const markets = new Map(
    SIM_VENUES.map((venue) => {
      const spec = { seed: 'truth', startAt, pastHours: 24 }
      const past = new Map(WORLD.map((asset) => [asset.asset, pastOf(asset, spec)] as const))
      const market = new VenueMarket(venue, startAt, past)
      for (const listing of listingsOf(venue, WORLD, startAt)) {
        const book = quietBook(listing, market, startAt)
        book.accounts.splice(0, Infinity, ...accountsOf(listing, heldTimes[venue] ?? 1))
        market.add(book)
        books.push(new Told(book, market, startAt))
      }
      return [venue, market] as const
    }),
  )
  let now = startAt
  const advance = (ms: number): void => {
    now = ms
    for (const market of markets.values()) market.advanceTo(ms)
    for (const book of books) book.fillSnapshots()
  }
  return {
    startAt,
    markets,
    now: () => now,
    run: async (onTick) => {
      const due = books.flatMap((book) => book.due()).toSorted((a, b) => a.at - b.at)
      for (let tick = startAt; tick <= startAt + MINUTES * MINUTE_MS; tick += TICK_MS) {
        while (due[0] !== undefined && due[0].at < tick) {
          const { at, happen } = due.shift() as Due
          if (at !== now) advance(at)
          happen()
        }
        advance(tick)
        await onTick(tick)
      }
    },
  }
}

/** A book in which nothing happens by itself. */
const quietBook = (listing: Listing, market: VenueMarket, startAt: number): Book =>
  new Book({
    listing,
    latent: { at: () => truthOf(listing.asset).mark },
    startAt,
    rate: 1e-12,
    meanLots: 1,
    seed: 'truth',
    emit: (event) => market.emit(event),
  })

/** Lots in so many coins of the asset, at the mark. */
function lotsIn(listing: Listing, coins: number): number {
  const { mark } = truthOf(listing.asset)
  const lots = coins / (listing.contract === 'inverse' ? listing.lot / mark : listing.lot * listing.unitCoins)
  const whole = Math.round(lots)
  if (Math.abs(lots - whole) > 1e-12 * whole) throw new RangeError(`${listing.venue} ${listing.name} has no ${coins}`)
  return whole
}

function accountsOf(listing: Listing, times: number): readonly Account[] {
  const { held, mark } = truthOf(listing.asset)
  return HOLDERS.map(([share, leverage], i) => ({
    id: `0x${Buffer.from(`${listing.name}/${i}`).toString('hex').padStart(40, '0').slice(-40)}`,
    lots: Math.sign(share) * lotsIn(listing, rounded(Math.abs(share) * held * times)),
    entry: rounded(mark * listing.unitCoins),
    leverage,
    margin: 'isolated',
    size: 1,
  }))
}

/** Something that happens to a book at an instant. */
interface Due {
  readonly at: number
  readonly happen: () => void
}

/** A book that is told the truth. */
class Told {
  readonly #book: Book
  readonly #market: VenueMarket
  readonly #startAt: number
  #fills = 0
  #filled = 0
  #from = -Infinity

  constructor(book: Book, market: VenueMarket, startAt: number) {
    this.#book = book
    this.#market = market
    this.#startAt = startAt
  }

  /** All that is to happen to it. */
  due(): readonly Due[] {
    const truth = truthOf(this.#book.listing.asset)
    const trades = tradesFrom(this.#startAt, MINUTES - 2, truth)
    const traded = trades.map((trade) => ({ at: trade.at, happen: () => this.#trade(trade) }))
    if (this.#book.listing.market === 'spot') return traded
    return [...traded, ...this.#liquidations()]
  }

  /** Snapshots count what takers did since the one before; of trades that are told the book does not know. */
  fillSnapshots(): void {
    const { snapshots, trades } = this.#book
    for (; this.#filled < snapshots.length; this.#filled++) {
      const snapshot = snapshots[this.#filled]!
      const inside = trades.filter(({ at }) => at >= this.#from && at < snapshot.at)
      const sum = (isBuy: boolean): number =>
        inside.filter(({ takerBuy }) => takerBuy === isBuy).reduce((total, { lots }) => total + lots, 0)
      snapshots[this.#filled] = { ...snapshot, boughtLots: sum(true), soldLots: sum(false) }
      this.#from = snapshot.at
    }
  }

  #trade({ at, coins, steps, takerBuy }: TradeTruth): void {
    const { listing, trades, tape, accounts } = this.#book
    const price = priceOf(listing, steps)
    const lots = lotsIn(listing, coins)
    const fills = 1 + (trades.length % 3)
    const [taker, maker] = [accounts[0]!.id, accounts[3]!.id]
    const trade: SimTrade = {
      seq: trades.length + 1,
      at,
      price,
      lots,
      takerBuy,
      taker,
      maker,
      firstFill: this.#fills + 1,
      fills,
    }
    this.#fills += fills
    trades.push(trade)
    const [units, quoteValue] = [unitsOf(listing, lots, price), valueOf(listing, lots, price)]
    tape.add({ at, price, lots, takerBuy, units, quoteValue })
    this.#market.emit({ is: 'trade', listing, trade })
  }

  #liquidations(): readonly Due[] {
    const { listing, liquidations, accounts } = this.#book
    const price = priceOf(listing, 0)
    return liquidationsFrom(this.#startAt, truthOf(listing.asset)).map(({ at, position, coins }, i) => ({
      at,
      happen: () => {
        const [lots, account] = [lotsIn(listing, coins), accounts[position === 'long' ? 0 : 3]!.id]
        const liquidation = { seq: i + 1, at, position, lots, fillPrice: price, bankruptcyPrice: price, account }
        liquidations.push(liquidation)
        this.#market.emit({ is: 'liquidation', listing, liquidation })
      },
    }))
  }
}

/** A price of one unit, so many steps from the mark; inverse contracts trade at the mark, where dollars are whole coins. */
function priceOf({ asset, contract, unitCoins, priceDecimals }: Listing, steps: number): number {
  const { mark, step } = truthOf(asset)
  const price = contract === 'inverse' ? mark : mark + steps * step
  return Number((price * unitCoins).toFixed(priceDecimals))
}
