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
  readonly onFault: (fault: WireFault) => void
}

/**
 * Where a venue counts its trades, the first one after a break says whether any was missed: if not, nothing has to be asked for.
 * One that is missing in the middle of a session is told.
 */
export class TradeChain {
  readonly #options: TradeChainOptions
  #chain = new IdChain()

  constructor(options: TradeChainOptions) {
    this.#options = options
  }

  /** Begins behind the last ids held, by `market/instrument`. */
  begin(last: ReadonlyMap<string, number>): void {
    this.#chain = new IdChain(last)
  }

  /** A trade that a feed brought. */
  see({ row }: MappedRow): void {
    const { find, lanes, onFault } = this.#options
    const [market, instrument] = [String(row['market']), String(row['instrument'])]
    const link = this.#chain.see(laneKey(market, instrument), String(row['tradeId']))
    const is = find(market, instrument)
    if (is === undefined || !countsTrades(is, Number(row['at']))) return
    const isFirst = lanes.isFirstTrade(is)
    if (isFirst && (link === 'next' || link === 'old')) this.#coverBreak(is)
    else if (!isFirst && link === 'gap') {
      const why = `a number is missing before "${String(row['tradeId'])}"`
      const [path, raw] = ['tradeId', excerptOf(row)]
      onFault({ channel: `${market} trade ${instrument}`, what: 'out of order', path, why, raw })
    }
  }

  /** Nothing was missed between the last that is covered and the session that has just begun. */
  #coverBreak(is: Instrument): void {
    const { lanes, coverage } = this.#options
    const lane = { venue: is.venue, market: is.market, lane: 'trade', instrument: is.instrument }
    const until = lanes.tradesSince(is)
    if (until === undefined) return
    const held = coverage.book.covered(lane).findLast(({ to }) => to <= until)
    if (held === undefined) return
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
