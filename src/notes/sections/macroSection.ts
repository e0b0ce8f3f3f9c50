import type { Input } from '../../core/frame.ts'
import { instant, parseInstant, plusMs, type InstantMs } from '../../core/instant.ts'
import type { PolicyEvent, PolicyMatter } from '../../records/policy.ts'
import { claim, isMeasured, type Claim, type ClaimSource, type Figure } from '../claim.ts'
import type { MacroReading } from '../macroReading.ts'
import type { Section } from '../note.ts'
import { isKnownWithin, lastShock } from '../policy/lastShock.ts'
import { standingAt } from '../policy/standing.ts'
import type { Reading } from '../reading.ts'
import { hasEnded, lastHeld } from '../lastHeld.ts'
import { NO_MOVES, sayMoves } from '../macroTitles.ts'
import { sayJurisdiction, sayState, sayStep, wayOf } from '../policy/policyWords.ts'
import { lastRateQuote, pathId, sayUndecided, type RateQuote } from '../rateQuote.ts'
import { readFrom } from '../readFrom.ts'
import { plural, sayCount, sayDay, sayList, sentence } from '../wording.ts'

/** Days back in which a change of policy is news. */
const NEWS_DAYS = 90
/** Changes of policy that a section names. */
const NAMED = 3

/** Rates that futures imply, volatility since the last shock, and what changed in policy. */
export function macroSection(reading: Reading, macro: MacroReading): Section {
  const quote = lastRateQuote(macro)
  const claims = [nextMeeting(macro, quote), volatility(reading, macro), news(reading, macro), pending(reading, macro)]
  const [first, ...rest] = [path(macro, quote), ...claims].filter((part) => part !== undefined).filter(isMeasured)
  return {
    id: 'macro',
    title: 'Macro',
    finding: first ?? silent(reading),
    claims: rest,
    ...paragraphsOf(rest),
    figures: [],
    missing: [...sayUndecided(macro).map((text) => `${text}.`), ...sayMissing(macro), ...sayEnded(reading, macro)],
  }
}

/** Policy begins a paragraph of its own. */
function paragraphsOf(claims: readonly Claim[]): Pick<Section, 'paragraphs'> {
  const first = claims.find(({ id }) => id === 'macro-policy' || id === 'macro-pending')
  return first === undefined ? {} : { paragraphs: [first.id] }
}

function sayMissing({ missing }: MacroReading): readonly string[] {
  const things = [...new Set(missing.map((text) => text.replace(/ \(.*\)/, '').replace(/: .*$/, '')))]
  return things.length === 0 ? [] : [`Not held: ${things.join('; ')}. assayer series says how each would come.`]
}

/** What is held, but ended long before the note. */
function sayEnded({ asOf }: Reading, { base }: MacroReading): readonly string[] {
  const ended = base.frame.inputs
    .filter(({ to }) => hasEnded(base, to))
    .map(
      ({ kind, instrument, to }) =>
        `${sayInput(kind, instrument, base.frame.asset)} on ${sayDay(plusMs(to, -1), asOf)}`,
    )
  return ended.length === 0 ? [] : [`Ended too long before to be spoken of: ${sayList(ended)}.`]
}

function sayInput(kind: Input['kind'], instrument: string, asset: string): string {
  switch (kind) {
    case 'us_close':
      return `closes of ${asset} in New York`
    case 'rate_path':
      return 'rate probabilities'
    case 'rate_futures':
      return 'settlements of fed funds futures'
    case 'market_cap':
      return `the market cap of ${instrument}`
    default:
      return instrument
  }
}

function silent({ asOf }: Reading): Claim {
  const text = `No change of policy is on file for the ${NEWS_DAYS} days before, and neither rates nor volatility are held.`
  return claim('macro-finding', text, [countFigure('changes of policy', 0, asOf)], { inputs: [], conventions: [] })
}

const countFigure = (name: string, value: number, at: InstantMs): Figure => ({
  name,
  value,
  unit: 'count',
  method: 'counting in the policy files',
  at,
})

/** The whole path: cuts that are expected to the end of the year, and how sure that is. */
function path(macro: MacroReading, quote: RateQuote | undefined): Claim | undefined {
  if (quote === undefined) return undefined
  const { bar, until, horizon } = quote
  const of = (name: string, output: string): Figure => macro.base.figure(name, `${pathId(quote, until)}.${output}`, bar)
  const [cuts, expected, mode, share, four] = [
    of('cuts expected', 'cuts'),
    of('expected rate', 'expected'),
    of('most likely range from', 'mode'),
    of('its probability', 'mode_probability'),
    of('probability of four cuts or more', 'four_or_more'),
  ]
  const moves = sayMoves(cuts.value, 2)
  const size = moves === NO_MOVES ? '' : ' of a quarter point'
  const far = cuts.value >= 1 ? `, and four cuts or more have ${sayShare(four.value)}` : ''
  const text =
    `Futures imply ${moves}${size} by ${horizon}, to ${expected.value.toFixed(2)} %; ` +
    `most likely is ${mode.value.toFixed(2)} to ${(mode.value + 0.25).toFixed(2)} %, at ${sayShare(share.value)}${far}.`
  return claim('macro-rates', text, [cuts, expected, mode, share, four], ratesOf(macro, quote))
}

/** A probability as a sentence has it; what is all but sure, or all but out of the question, is not rounded to that. */
function sayShare(pct: number): string {
  if (pct > 0 && pct < 0.5) return 'under 1 %'
  return pct < 100 && pct >= 99.5 ? 'over 99 %' : `${pct.toFixed(0)} %`
}

/** The next meeting by itself, where it is quoted. */
function nextMeeting(macro: MacroReading, quote: RateQuote | undefined): Claim | undefined {
  const [meeting] = quote?.meetings ?? []
  if (quote === undefined || meeting === undefined || !quote.isFromNext) return undefined
  const { base } = macro
  const of = (name: string, output: string): Figure =>
    base.figure(name, `${pathId(quote, meeting.day)}.${output}`, quote.bar)
  const [cut, rise] = [
    of('probability of a lower target', 'probability_cut'),
    of('probability of a higher target', 'probability_rise'),
  ]
  const [move, chance] = rise.value > cut.value ? (['rise', rise] as const) : (['cut', cut] as const)
  const expected = of('expected rate', 'expected')
  const text = `The chance of a ${move} at the next meeting, on ${sayDay(meeting.at, base.closeAt(base.last))}, is put at ${sayShare(chance.value)}, and the rate after it at ${expected.value.toFixed(2)} %.`
  return claim('macro-next-meeting', text, [chance, expected], ratesOf(macro, quote))
}

/** What the rate path was read from: the odds or the futures, and the rate that tells today's target. */
const ratesOf = ({ base }: MacroReading, { from }: RateQuote) =>
  readFrom(base.frame, from === 'odds' ? 'rate_path' : 'rate_futures', 'rate_now')

function volatility({ asOf }: Reading, macro: MacroReading): Claim | undefined {
  const { base } = macro
  const last = lastHeld(base, 'volatility_state.vix')
  if (last === undefined) return undefined
  const vix = base.figure('VIX', 'volatility_state.vix', last)
  const rank = base.figure('percentile of a year', 'volatility_state.vix_percentile', last)
  const shock = lastShock(macro.policy, asOf)
  const since =
    shock === undefined
      ? undefined
      : base.figure('change since the shock', `volatility_state(${shock.on.slice(0, 10)}).since`, last)
  const ranked = Number.isNaN(rank.value) ? '' : `, higher than on ${rank.value.toFixed(0)} % of the days of a year`
  const moved =
    shock === undefined || since === undefined || Number.isNaN(since.value)
      ? ''
      : `; since the tariff order of ${sayDay(parseInstant(shock.on), asOf)} it has ${since.value < 0 ? 'fallen' : 'risen'} ${Math.abs(since.value).toFixed(1)} points`
  const text = `The VIX closed at ${vix.value.toFixed(1)}${ranked}${moved}.`
  const figures = [rank, since].filter((figure) => figure !== undefined && !Number.isNaN(figure.value))
  return claim('macro-volatility', text, [vix, ...(figures as Figure[])], quotesOf(macro, 'VIX'))
}

/** Where some plain series of the reading came from. */
export function quotesOf({ base }: MacroReading, ...symbols: readonly string[]) {
  const inputs = base.frame.inputs.filter(({ kind, instrument }) => kind === 'quote' && symbols.includes(instrument))
  return { inputs, conventions: [] }
}

interface Change {
  readonly matter: PolicyMatter
  readonly event: PolicyEvent
}

/** What changed in the last days, the latest first; tariffs, of which there is one a week, are told by the volatility. */
function news({ asOf }: Reading, { policy }: MacroReading): Claim | undefined {
  const changes = policy
    .flatMap((matter) => matter.events.map((event): Change => ({ matter, event })))
    .filter(({ matter, event }) => !matter.subjects.includes('tariffs') && isKnownWithin(event, asOf, NEWS_DAYS))
    .toSorted((a, b) => parseInstant(b.event.on) - parseInstant(a.event.on))
  if (changes.length === 0) return undefined
  const count = (way: ReturnType<typeof wayOf>): number =>
    changes.filter(({ matter, event }) => wayOf(matter, event) === way).length
  const at = instant(asOf)
  const all = countFigure('changes of policy', changes.length, at)
  const ways = [
    countFigure('in favour of crypto', count('for'), at),
    countFigure('against it', count('against'), at),
    countFigure('neutral', count('neither'), at),
  ] as const
  const told = ways.filter(({ value }) => value > 0).map(({ name, value }) => `${sayCount(value)} ${name}`)
  const text =
    `Policy on crypto took ${plural(changes.length, 'step')} in the ${NEWS_DAYS} days before, ${sayList(told)}. ` +
    sayLatest(changes.slice(0, NAMED), asOf)
  return claim('macro-policy', text, [all, ...ways], readAt(changes.slice(0, NAMED).map(({ event }) => event)))
}

/** Where the steps that a sentence names can be read. */
const readAt = (events: readonly PolicyEvent[]): ClaimSource => ({
  inputs: [],
  conventions: [],
  addresses: [...new Set(events.map(({ source }) => source))],
})

/** The last steps, with the place of each where they are not of one. */
function sayLatest(changes: readonly Change[], asOf: InstantMs): string {
  const places = [...new Set(changes.map(({ matter }) => sayJurisdiction(matter.jurisdiction)))]
  const [place] = places
  const isOne = places.length === 1
  const steps = changes.map(({ matter, event }) => {
    const step = sayStep(matter, event, asOf)
    return isOne ? step : `${step} (${sayJurisdiction(matter.jurisdiction)})`
  })
  return `The latest${isOne ? `, in ${place}` : ''}: ${steps.join('; ')}.`
}

/** Stages in which a matter waits for the next. */
const OPEN: ReadonlySet<string> = new Set(['introduced', 'committee', 'one house', 'passed', 'proposed', 'nominated'])

/** What waits, and what came furthest of it. */
function pending({ asOf }: Reading, { policy }: MacroReading): Claim | undefined {
  const open = standingAt(policy, asOf).filter(
    ({ matter, now }) => OPEN.has(now.stage) && !matter.subjects.includes('tariffs') && isKnownWithin(now, asOf, 400),
  )
  if (open.length === 0) return undefined
  const first = open.toSorted((a, b) => parseInstant(b.now.on) - parseInstant(a.now.on)).slice(0, NAMED)
  const named = first.map(
    ({ matter, now }) => `${matter.title} (${sayJurisdiction(matter.jurisdiction)}, ${sayState(now)})`,
  )
  const text =
    `${sentence(plural(open.length, 'matter'))} ${open.length === 1 ? 'is' : 'are'} pending` +
    `${open.length > NAMED ? ', among them' : ''}: ${named.join('; ')}.`
  const count = countFigure('matters pending', open.length, instant(asOf))
  return claim('macro-pending', text, [count], readAt(first.map(({ now }) => now)))
}
