import type { Convention, Field, Lookup, Rule } from '../../src/conventions/convention.ts'
import { ledgerLookup } from '../../src/conventions/convention.ts'
import { instant, parseInstant, type InstantMs } from '../../src/core/instant.ts'
import type { Collected } from '../../src/records/coverage.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import { POSITIONING_MEASURES, type PositioningMeasure } from '../../src/records/positioning.ts'
import type { Venue } from '../../src/records/venues.ts'
import type { HistoryDoor, VenueSource } from '../../src/sources/source.ts'

/** That the ledger says, of all time, what a field of a venue means for a kind of contract. */
export type Need = Omit<Lookup, 'at'>

/** How a record is read: by which field, and by which kind of rule. */
function readingOf(kind: Collected, way: string, measure = ''): readonly [Field, Rule['of']] {
  switch (kind) {
    case 'candle':
    case 'ticker':
      return ['candle', 'candle']
    case 'trade':
      return ['trade', 'trade']
    case 'openInterest':
      return [way === 'history' ? 'open_interest_history' : 'open_interest', 'open interest']
    case 'liquidation':
      return ['liquidation', 'liquidation']
    case 'positioning':
      return [measure as Field, 'ratio']
    case 'funding':
    case 'position':
      return [kind, 'note']
  }
}

/** The measures of a door that does not name its own: Bybit has one, and Gate's rows hold all. */
const UNNAMED: Partial<Readonly<Record<Venue, readonly PositioningMeasure[]>>> = {
  bybit: ['long_short_accounts'],
  gate: POSITIONING_MEASURES,
}

const measuresOf = (venue: Venue, { measure }: HistoryDoor): readonly string[] =>
  measure === undefined ? (UNNAMED[venue] ?? []) : [measure]

/** What is read from files only: the dump of statistics is labelled as no answer is, and a vendor's sums are of no contract. */
export const FILE_NEEDS: readonly Need[] = [
  { venue: 'binance', field: 'metrics_label', contract: 'linear', rule: 'label' },
  { venue: 'messari', field: 'open_interest_history', contract: 'none', rule: 'open interest' },
]

/**
 * Everything that must be known of what a source reads, by what it says that it reads of these instruments: of each record what it
 * counts, and besides what a name, a contract, a taker's volume and a silent socket mean, and where liquidations are that are not read.
 */
export function needsOf(source: VenueSource, instruments: readonly Instrument[]): readonly Need[] {
  const { venue, polls, history, feeds, accounts } = source
  const needs = new Map<string, Need>()
  const need = ({ contract }: Instrument, field: Field, rule: Rule['of']): void => {
    needs.set(`${field} ${contract} ${rule}`, { venue, field, contract, rule })
  }
  const readsLiquidations = [...polls, ...feeds].some(({ kinds }) => kinds.includes('liquidation'))
  for (const is of instruments) {
    const reads = ({ market, covers }: { market: string; covers: (is: Instrument) => boolean }): boolean =>
      market === is.market && covers(is)
    const kinds = new Set<Collected>()
    const read = (kind: Collected, way: string, measure?: string): void => {
      kinds.add(kind)
      need(is, ...readingOf(kind, way, measure))
    }
    for (const poll of polls.filter(reads)) for (const kind of poll.kinds) read(kind, 'now')
    for (const door of history.filter(reads)) {
      for (const measure of door.kind === 'positioning' ? measuresOf(venue, door) : ['']) {
        read(door.kind, 'history', measure)
      }
    }
    for (const feed of feeds.filter(reads)) for (const kind of feed.kinds) read(kind, 'socket')
    if (accounts?.market === is.market) read('position', 'accounts')
    need(is, 'symbol', 'note')
    if (feeds.some(reads)) need(is, 'socket', 'note')
    if (kinds.has('candle')) need(is, 'taker_volume', 'note')
    if (is.market === 'perp') need(is, 'contract_size', 'note')
    if (is.market === 'perp' && !readsLiquidations) need(is, 'liquidation', 'note')
  }
  return [...needs.values()]
}

/** Where a ledger can begin and end to say something: the instants at which any of its entries does, just before, and far off. */
export function turnsOf(ledger: readonly Convention[]): readonly InstantMs[] {
  const dated = ledger.flatMap(({ from, to }) =>
    [from, to].flatMap((day) => (day === undefined ? [] : parseInstant(day))),
  )
  const all = [parseInstant('2010-01-01'), ...dated.flatMap((at) => [at - 1, at]), parseInstant('2100-01-01')]
  return [...new Set(all)].toSorted((a, b) => a - b).map((at) => instant(at))
}

/** What a ledger does not say of what is needed: each need once, at the first instant at which it is not met. */
export function holesIn(
  ledger: readonly Convention[],
  needs: readonly Need[],
  instants: readonly InstantMs[],
): readonly string[] {
  const lookUp = ledgerLookup(ledger)
  return needs.flatMap((need) => {
    for (const at of instants) {
      try {
        lookUp({ ...need, at })
      } catch (error) {
        return [(error as Error).message]
      }
    }
    return []
  })
}
