import type { Instrument } from '../../../records/instrument.ts'
import type { MappedRow } from '../../../sources/source.ts'
import { excerptOf, type WireFault } from '../../../sources/wire/wireFault.ts'
import { IdChain, type Hole, type Numbered } from './idChain.ts'
import type { Run } from './idRuns.ts'
import { laneKey } from './lanes.ts'
import type { LiveLanes } from './liveLanes.ts'
import { countsTrades, numberOf, sayNumbers, stretchOf } from './numberedTrades.ts'
import type { VenueCoverage } from './venueCoverage.ts'

export interface TradeChainOptions {
  /** A collected instrument by market and name. */
  readonly find: (market: string, name: string) => Instrument | undefined
  readonly lanes: LiveLanes
  readonly coverage: VenueCoverage
  /** Told that something is to be asked for. */
  readonly onMissed: () => void
}

/**
 * Where a venue counts its trades (Binance its aggregates, OKX its matches, Gate its fills on spot), each one says whether any was
 * missed before it. The first after a break: if none was, nothing has to be asked for. Any other: the time between the two trades
 * beside the hole is taken out of what is covered, though its connection is well, and is asked for like any other gap. Only what is
 * lost before the very first trade that is held of an instrument (or the first after a day) has no number before it to tell.
 *
 * Elsewhere a trade that is lost on a connection that is well is not found. Ids of Bybit on spot, of Gate's contracts and of Bitget
 * rise, but leave numbers out by themselves; those of Bybit's contracts and of Hyperliquid have no order. Of these venues only the
 * sum could tell: what traded in a minute against the volume of its candle, which comes by another door. Nobody does that sum here,
 * as candles count by rules of their own (block trades, trades of the insurance fund), and a difference would be no proof. What
 * there is instead: a feed that says nothing is given up, and with it what it may have missed.
 */
export class TradeChain {
  readonly #options: TradeChainOptions
  #chain = new IdChain()
  /** Made once: trades come by the ten thousand. */
  readonly #keys = new WeakMap<Instrument, string>()

  constructor(options: TradeChainOptions) {
    this.#options = options
  }

  /** Begins behind the last trades held, by `market/instrument`. */
  begin(last: ReadonlyMap<string, Numbered>): void {
    this.#chain = new IdChain(last)
  }

  /** A trade that a feed brought. @returns what it says of one before it that never came */
  see(mapped: MappedRow): WireFault | undefined {
    const { find, lanes } = this.#options
    const { row } = mapped
    const now = numberOf(mapped)
    const is = find(String(row['market']), String(row['instrument']))
    if (is === undefined || !countsTrades(is, now.at)) return undefined
    const link = this.#chain.see(this.#keyOf(is), now)
    const isFirst = lanes.isFirstTrade(is)
    if (typeof link !== 'object') {
      if (isFirst && link !== 'first') this.#coverBreak(is)
      return undefined
    }
    const why = this.#miss(is, link)
    // What is missing behind a break is no fault of the venue.
    return isFirst
      ? undefined
      : { channel: `${is.market} trade`, what: 'missing', path: 'tradeId', why, raw: excerptOf(row) }
  }

  /** Trades of an instrument that counts them were asked for, and came without a hole within each run; in order. */
  fetched(is: Instrument, runs: readonly Run[]): void {
    const key = this.#keyOf(is)
    for (const { first, last } of runs) {
      const link = this.#chain.see(key, first)
      if (typeof link === 'object') this.#miss(is, link)
      this.#chain.see(key, last)
    }
  }

  #keyOf(is: Instrument): string {
    const known = this.#keys.get(is)
    if (known !== undefined) return known
    const key = laneKey(is.market, is.instrument)
    this.#keys.set(is, key)
    return key
  }

  /** Takes a hole out of what is covered. @returns what is missing, in words */
  #miss(is: Instrument, hole: Hole): string {
    const { coverage, onMissed } = this.#options
    const { from, to } = stretchOf(hole)
    const why = `${sayNumbers(hole)} never came`
    coverage.put({ ...rowOf(is), way: 'missed', since: from, until: to, ended: why })
    onMissed()
    return why
  }

  /** Nothing was missed between the last that is covered and the session that has just begun. */
  #coverBreak(is: Instrument): void {
    const { lanes, coverage } = this.#options
    const lane = { venue: is.venue, market: is.market, lane: 'trade', instrument: is.instrument }
    const until = lanes.tradesSince(is)
    if (until === undefined) return
    const held = coverage.book.covered(lane).findLast(({ to }) => to <= until)
    // What was missed before the break is still to be asked for.
    const isBroken = coverage.book.missed(lane).some(({ to }) => held !== undefined && to > held.to)
    if (held === undefined || held.to === until || isBroken) return
    coverage.put({ ...rowOf(is), way: 'history', since: held.to, until, ended: '' })
  }
}

const rowOf = ({ venue, market, instrument }: Instrument) => ({
  venue,
  market,
  lane: 'trade',
  feed: instrument,
  members: instrument,
})
