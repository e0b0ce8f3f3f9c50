import { convention } from '../../../conventions/ledger.ts'
import { instant } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { MappedRow } from '../../../sources/source.ts'
import { excerptOf, type WireFault } from '../../../sources/wire/wireFault.ts'
import { IdChain } from './idChain.ts'
import { laneKey } from './lanes.ts'
import type { LiveLanes } from './liveLanes.ts'
import type { VenueCoverage } from './venueCoverage.ts'

export interface TradeChainOptions {
  /** A collected instrument by market and name. */
  readonly find: (market: string, name: string) => Instrument | undefined
  readonly lanes: LiveLanes
  readonly coverage: VenueCoverage
}

/**
 * Where a venue counts its trades, the first one after a break says whether any was missed: if not, nothing has to be asked for.
 * One that is missing in the middle of a session is told.
 */
export class TradeChain {
  readonly #options: TradeChainOptions
  #chain = new IdChain()
  /** When a number was found missing last, by the trade behind it. */
  readonly #brokenAt = new Map<string, number>()

  constructor(options: TradeChainOptions) {
    this.#options = options
  }

  /** Begins behind the last ids held, by `market/instrument`. */
  begin(last: ReadonlyMap<string, number>): void {
    this.#chain = new IdChain(last)
  }

  /** A trade that a feed brought. @returns what it says of one before it that never came */
  see({ row }: MappedRow): WireFault | undefined {
    const { find, lanes } = this.#options
    const [market, instrument] = [String(row['market']), String(row['instrument'])]
    const key = laneKey(market, instrument)
    const link = this.#chain.see(key, String(row['tradeId']))
    const is = find(market, instrument)
    if (is === undefined || !countsTrades(is, Number(row['at']))) return undefined
    const isFirst = lanes.isFirstTrade(is)
    if (link === 'gap') this.#brokenAt.set(key, Number(row['at']))
    if (isFirst && (link === 'next' || link === 'old')) this.#coverBreak(is)
    if (isFirst || link !== 'gap') return undefined
    const why = `a number is missing before "${String(row['tradeId'])}"`
    return { channel: `${market} trade`, what: 'missing', path: 'tradeId', why, raw: excerptOf(row) }
  }

  /** Nothing was missed between the last that is covered and the session that has just begun. */
  #coverBreak(is: Instrument): void {
    const { lanes, coverage } = this.#options
    const lane = { venue: is.venue, market: is.market, lane: 'trade', instrument: is.instrument }
    const until = lanes.tradesSince(is)
    if (until === undefined) return
    const held = coverage.book.covered(lane).findLast(({ to }) => to <= until)
    // What was missing before the break is still to be asked for.
    if (held === undefined || (this.#brokenAt.get(laneKey(is.market, is.instrument)) ?? -Infinity) >= held.to) return
    const { venue, market } = is
    const members = is.instrument
    const stretch = { way: 'history' as const, since: held.to, until, ended: '' }
    coverage.put({ venue, market, lane: lane.lane, feed: members, members, ...stretch })
  }
}

/** True where the ledger knows that the venue counts the trades of an instrument up by one. */
function countsTrades({ venue, contract }: Instrument, at: number): boolean {
  const { rule } = convention({ venue, field: 'trade', contract, at: instant(at), rule: 'trade' })
  return rule.ids === 'consecutive'
}
