import { DeskError } from '../core/errors.ts'
import { DAY_MS, instant, isDateText, parseAsOf, parseInstant, plusMs, type InstantMs } from '../core/instant.ts'
import { parseInterval, type Interval } from '../core/interval.ts'

/** Options that every command takes, as commander hands them over. */
export interface SharedOptions {
  readonly asOf?: string
  readonly store?: string
  readonly json?: boolean
}

/** Options of commands over one series. */
export interface SeriesOptions extends SharedOptions {
  readonly interval: string
  readonly from?: string
  readonly to?: string
  readonly venue?: string
  readonly market?: string
  readonly csv?: boolean
}

/** The moment a command speaks of; the clock is read here and nowhere below. */
export const asOfOption = ({ asOf }: SharedOptions): InstantMs =>
  asOf === undefined ? instant(Date.now()) : parseAsOf(asOf)

export interface SeriesRange {
  readonly interval: Interval
  readonly asOf: InstantMs
  readonly from?: InstantMs
  readonly before?: InstantMs
  readonly venue?: string
  readonly market?: string
}

/** Bars by their open: dates are inclusive on both sides, instants half-open. */
export function seriesRange(options: SeriesOptions): SeriesRange {
  const { from, to, venue, market } = options
  const before = to === undefined ? undefined : isDateText(to) ? plusMs(parseInstant(to), DAY_MS) : parseInstant(to)
  const first = from === undefined ? undefined : parseInstant(from)
  if (first !== undefined && before !== undefined && first >= before) throw new EmptyRangeError(from ?? '', to ?? '')
  return {
    interval: parseInterval(options.interval),
    asOf: asOfOption(options),
    ...(first === undefined ? {} : { from: first }),
    ...(before === undefined ? {} : { before }),
    ...(venue === undefined ? {} : { venue }),
    ...(market === undefined ? {} : { market }),
  }
}

export class EmptyRangeError extends DeskError {
  constructor(from: string, to: string) {
    super('BAD_RANGE', `--from "${from}" is not before --to "${to}"`, { hint: 'dates are inclusive on both sides' })
  }
}

/**
 * One of some words.
 * @throws {UnknownChoiceError} it is none of them
 */
export function choice<T extends string>(value: string, choices: readonly T[], what: string): T {
  const found = choices.find((known) => known === value)
  if (found === undefined) throw new UnknownChoiceError(value, what, choices)
  return found
}

export class UnknownChoiceError extends DeskError {
  constructor(value: string, what: string, choices: readonly string[]) {
    super('UNKNOWN_CHOICE', `"${value}" is not a ${what}`, { hint: `one of ${choices.join(', ')}` })
  }
}

/**
 * Proves that options which mean nothing here are not given.
 * @param names - as commander calls them: `knownAt`
 * @throws {MisplacedOptionError} one of them is
 */
export function refuseOptions(options: object, names: readonly string[], where: string): void {
  const given = new Map(Object.entries(options))
  const name = names.find((each) => given.get(each) !== undefined)
  if (name !== undefined) throw new MisplacedOptionError(name, where)
}

export class MisplacedOptionError extends DeskError {
  constructor(name: string, where: string) {
    const option = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    super('MISPLACED_OPTION', `--${option} is an option ${where}`)
  }
}

/** A port as text; 0, a free one, where none is said. */
export function parsePort(text: string | undefined): number {
  const port = Number(text ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new BadPortError(text ?? '')
  return port
}

export class BadPortError extends DeskError {
  constructor(text: string) {
    super('BAD_PORT', `"${text}" is not a port`, { hint: 'a whole number from 1 to 65535' })
  }
}
