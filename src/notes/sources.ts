import type { Input } from '../core/frame.ts'
import { formatInstant, type InstantMs } from '../core/instant.ts'
import type { Claim, Figure } from './claim.ts'
import type { Note } from './note.ts'
import { sayVenue, withCommas } from './wording.ts'

/** A numbered line at the end of a note: how one claim's figures come about. */
export interface SourceLine {
  readonly number: number
  readonly claimId: string
  readonly text: string
  /** Where what it tells of can be read. */
  readonly addresses: readonly string[]
}

/** A series that a note was written from, named by a letter. */
export interface SeriesLine {
  readonly letter: string
  readonly input: Input
  readonly text: string
}

export interface Sources {
  readonly series: readonly SeriesLine[]
  readonly lines: readonly SourceLine[]
  /** The number behind a claim's superscript. */
  readonly numberOf: (claim: Claim) => number
}

/** Every claim of a note in reading order. */
export function claimsOf(note: Note): readonly Claim[] {
  const { verdict } = note
  return [
    note.headline,
    ...note.facts.map((fact) => fact.claim),
    verdict.summary,
    ...verdict.evidence.map((evidence) => evidence.claim),
    ...[verdict.confirm, verdict.void].flatMap((trigger) => (trigger === undefined ? [] : [trigger.claim])),
    ...note.scenarios.map((scenario) => scenario.claim),
    ...note.sections.flatMap((section) => [section.finding, ...section.claims]),
  ]
}

/** Numbers the sources of a note: one line a claim, claims with the same figures share a line. */
export function sourcesOf(note: Note): Sources {
  const series = note.inputs.map((input, i) => seriesLine(input, letterOf(i)))
  const numbers = new Map<string, number>()
  const lines: SourceLine[] = []
  for (const claim of claimsOf(note)) {
    const key = keyOf(claim, series)
    const number = numbers.get(key) ?? lines.length + 1
    if (number > lines.length)
      lines.push({ number, claimId: claim.id, text: sourceText(claim, series), addresses: claim.addresses })
    numbers.set(key, number)
  }
  return { series, lines, numberOf: (claim) => numbers.get(keyOf(claim, series)) ?? 0 }
}

/** A to Z, then AA, AB. */
function letterOf(i: number): string {
  const last = String.fromCharCode(65 + (i % 26))
  return i < 26 ? last : `${letterOf(Math.floor(i / 26) - 1)}${last}`
}

function seriesLine(input: Input, letter: string): SeriesLine {
  const built = input.builtFrom === undefined ? '' : ` built from ${input.builtFrom}`
  const simulated = input.simulated && input.venue !== 'simulated' ? 'SIMULATED, ' : ''
  const gaps = input.gaps === 0 ? 'no gaps' : `${input.gaps} gaps`
  const what = input.kind === 'candles' ? `${input.interval} candles${built}` : sayGroup(input)
  const text = `${simulated}${sayVenue(input.venue)} ${input.market} ${input.instrument}, ${what}, ${shortInstant(input.from)} to ${shortInstant(input.to)}, ${withCommas(input.rows)} ${input.kind === 'candles' ? 'bars' : 'values'}, ${gaps}`
  return { letter, input, text }
}

/** `open interest (1d mean)`. */
const sayGroup = ({ kind, interval }: Input): string => `${kind.replaceAll('_', ' ')} (${interval})`

const keyOf = (claim: Claim, series: readonly SeriesLine[]): string =>
  [sourceText(claim, series), ...claim.addresses].join('\n')

function sourceText(claim: Claim, series: readonly SeriesLine[]): string {
  const letters = series.filter((line) => claim.inputs.includes(line.input)).map((line) => line.letter)
  const figures: readonly Figure[] = [
    { name: claim.name, value: claim.value, unit: claim.unit, method: claim.method, at: claim.asOf },
    ...claim.also,
  ]
  const conventions = claim.conventions.length === 0 ? '' : ` Conventions: ${claim.conventions.join(', ')}.`
  const quote = claim.inputs.find((input) => input.quote !== undefined)?.quote ?? 'quote'
  const from = letters.length === 0 ? '' : `${letters.join('')}: `
  return `${from}${figures.map((figure) => figureText(figure, quote)).join('; ')}.${conventions}`
}

function figureText(figure: Figure, quote: string): string {
  const counted = figure.unit === 'quote' ? quote : figure.unit
  const unit = counted === 'none' || counted === 'flag' ? '' : ` ${counted}`
  return `${figure.name} ${exact(figure.value)}${unit} by ${figure.method} at ${shortInstant(figure.at)}`
}

/** To the minute: no bar of a note is shorter. */
const shortInstant = (at: InstantMs): string => formatInstant(at).replace(':00Z', 'Z')

/** Ten significant digits: more than any source has. */
const exact = (value: number): string => String(Number(value.toPrecision(10)))
