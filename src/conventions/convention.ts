import { DeskError } from '../core/errors.ts'
import { formatInstant, parseInstant, type InstantMs } from '../core/instant.ts'
import type { Instrument } from '../records/instrument.ts'
import type { OpenInterest } from '../records/openInterest.ts'
import type { Vendor, Venue } from '../records/venues.ts'

/** A field whose meaning differs from venue to venue. */
export const FIELDS = [
  'open_interest',
  'open_interest_history',
  'contract_size',
  'candle',
  'taker_volume',
  'trade',
  'liquidation',
  'position',
  'funding',
  'long_short_accounts',
  'top_accounts',
  'top_positions',
  'taker_ratio',
  'metrics_label',
  'symbol',
  'socket',
] as const
export type Field = (typeof FIELDS)[number]

/** What a statement rests on. */
export interface Evidence {
  /** What was found there, in our words. */
  readonly says: string
  readonly address: string
  /** Date or version of the source, as far as it tells. */
  readonly seen: string
}

/** How a number of open interest is read. */
export interface OpenInterestRule {
  readonly of: 'open interest'
  readonly countedIn: OpenInterest['countedIn']
  readonly sides: OpenInterest['sides']
}

/** How a liquidation message is read. */
export interface LiquidationRule {
  readonly of: 'liquidation'
  /** Whether the side it names is that of the closing order or of the closed position. */
  readonly side: 'order' | 'position'
  readonly price: 'fill' | 'average fill' | 'bankruptcy' | 'order'
  readonly countedIn: 'contracts' | 'units' | 'quote'
  /** Whether every liquidation is sent. A sampled feed's sum is a lower bound. */
  readonly feed: 'complete' | 'one a second' | 'unknown'
}

/** How a trade message is read. */
export interface TradeRule {
  readonly of: 'trade'
  /** Fills of one order at one price in one record, or every fill by itself. */
  readonly grain: 'aggregate' | 'fill'
  readonly countedIn: 'contracts' | 'units' | 'quote'
  readonly ids: 'consecutive' | 'ascending' | 'opaque'
}

/** How a candle is read. */
export interface CandleRule {
  readonly of: 'candle'
  readonly volumeIn: 'contracts' | 'units' | 'quote'
  readonly takerVolume: 'given' | 'not given'
  /** Where the venue's own daily bar ends; bars are always asked for at 00:00 UTC. */
  readonly dayEnds: '00:00Z' | '16:00Z'
}

/** How a positioning ratio is read. */
export interface RatioRule {
  readonly of: 'ratio'
  readonly value: 'long over short' | 'shares'
  /** Whose positions or trades are compared, in the venue's own definition. */
  readonly definition: string
}

/** How the label of a row of statistics in a dump is read. */
export interface LabelRule {
  readonly of: 'label'
  /** What the label marks of the five minutes that a row closes; the row is a reading at their end. */
  readonly marks: 'end' | 'start'
}

/** A meaning that changes no number. */
export interface NoteRule {
  readonly of: 'note'
}

export type Rule = OpenInterestRule | LiquidationRule | TradeRule | CandleRule | RatioRule | LabelRule | NoteRule

/** What one field of one venue means from one day to another, and what that rests on. */
export interface Convention {
  /** `bybit/open_interest/two-sided`. */
  readonly id: string
  readonly venue: Venue | Vendor
  readonly field: Field
  /** The contracts it holds for; all of them where it is not said. */
  readonly contracts?: readonly Instrument['contract'][]
  /** First day, and the first day on which it holds no more; from the venue's beginning and until now where not said. */
  readonly from?: string
  readonly to?: string
  /** One sentence. */
  readonly meaning: string
  readonly rule: Rule
  /** How sure it is. What is `unknown` is shown as unknown. */
  readonly standing: 'documented' | 'measured' | 'inferred' | 'unknown'
  readonly evidence: readonly Evidence[]
}

/** What to look up: a field of a venue, for a kind of contract, at an instant. */
export interface Lookup<R extends Rule['of'] = Rule['of']> {
  readonly venue: string
  readonly field: Field
  readonly contract: Instrument['contract']
  readonly at: InstantMs
  readonly rule: R
}

/** The same convention with its rule known. */
export type ConventionOf<R extends Rule['of']> = Convention & { readonly rule: Extract<Rule, { readonly of: R }> }

/**
 * A way to look up what holds for a field of a venue at an instant, quick enough to be asked for every trade.
 * @param ledger - all entries
 * @returns a function that gives the entry, and throws `MissingConventionError` where the ledger says nothing: such a number has no
 *   meaning here and is not kept
 * @example ledgerLookup(LEDGER)({ venue: 'bybit', field: 'open_interest', contract: 'linear', at, rule: 'open interest' }).rule.sides // 'two'
 */
export function ledgerLookup(
  ledger: readonly Convention[],
): <R extends Rule['of']>(lookup: Lookup<R>) => ConventionOf<R> {
  // Maps in maps: to join four names to one key for every trade costs more than to look four times.
  const venues: Nested<Nested<Nested<Nested<readonly Dated[]>>>> = new Map()
  const datedOf = (lookup: Lookup): readonly Dated[] => {
    const rules = within(within(within(venues, lookup.venue), lookup.field), lookup.contract)
    const known = rules.get(lookup.rule)
    if (known !== undefined) return known
    const entries = ledger.filter((entry) => concerns(entry, lookup)).map(dated)
    rules.set(lookup.rule, entries)
    return entries
  }
  return <R extends Rule['of']>(lookup: Lookup<R>): ConventionOf<R> => {
    const entry = datedOf(lookup).find(({ from, to }) => lookup.at >= from && lookup.at < to)
    if (entry === undefined) throw new MissingConventionError(lookup)
    return entry.convention as ConventionOf<R>
  }
}

type Nested<T> = Map<string, T>

/** The map at a name, made where there is none. */
function within<T>(maps: Nested<Nested<T>>, name: string): Nested<T> {
  const known = maps.get(name)
  if (known !== undefined) return known
  const made: Nested<T> = new Map()
  maps.set(name, made)
  return made
}

/** An entry with the instants from and until which it holds. */
interface Dated {
  readonly convention: Convention
  readonly from: number
  readonly to: number
}

const dated = (convention: Convention): Dated => ({
  convention,
  from: convention.from === undefined ? -Infinity : parseInstant(convention.from),
  to: convention.to === undefined ? Infinity : parseInstant(convention.to),
})

/**
 * True where an entry holds at an instant.
 * @example holdsAt({ ...entry, from: '2026-06-11' }, parseInstant('2026-06-10')) // false
 */
export function holdsAt(entry: Convention, at: InstantMs): boolean {
  const { from, to } = dated(entry)
  return at >= from && at < to
}

const concerns = (entry: Convention, { venue, field, contract, rule }: Lookup): boolean =>
  entry.venue === venue &&
  entry.field === field &&
  entry.rule.of === rule &&
  (entry.contracts === undefined || entry.contracts.includes(contract))

/** No entry of the ledger says what a number means. */
export class MissingConventionError extends DeskError {
  constructor({ venue, field, contract, at }: Lookup) {
    super(
      'NO_CONVENTION',
      `the conventions ledger does not say what "${field}" of ${venue} (${contract}) means at ${formatInstant(at)}`,
      { hint: 'add an entry with its evidence in src/conventions/ledger' },
    )
  }
}
