import { DAY_MS, formatDay, instant, parseInstant, plusMs, type InstantMs } from '../../core/instant.ts'
import { policyKnownAt, type PolicyEvent, type PolicyMatter } from '../../records/policy.ts'
import { claim, isMeasured, type Claim, type Figure } from '../claim.ts'
import type { MacroReading } from '../macroReading.ts'
import type { Section } from '../note.ts'
import { standingAt } from '../policy/standing.ts'
import type { Reading } from '../reading.ts'
import { readFrom } from '../readFrom.ts'
import { plural, sayDay, sayList, sayTimes, sentence } from '../wording.ts'

/** Days back in which a change of policy is news. */
const NEWS_DAYS = 90
/** Days back in which a shock is still one. */
const SHOCK_DAYS = 180
/** Changes of policy that a section names. */
const NAMED = 3

/** Rates that futures imply, volatility since the last shock, and what changed in policy. */
export function macroSection(reading: Reading, macro: MacroReading): Section {
  const claims = [nextMeeting(macro), volatility(reading, macro), news(reading, macro), pending(reading, macro)]
  const [first, ...rest] = [path(macro), ...claims].filter((part) => part !== undefined).filter(isMeasured)
  return {
    id: 'macro',
    title: 'Macro',
    finding: first ?? silent(reading),
    claims: rest,
    figures: [],
    missing: sayMissing(macro),
  }
}

function sayMissing({ missing }: MacroReading): readonly string[] {
  const things = [...new Set(missing.map((text) => text.replace(/ \(.*\)/, '').replace(/: .*$/, '')))]
  return things.length === 0 ? [] : [`Not held: ${things.join('; ')}. assayer series says how each would come.`]
}

function silent({ asOf }: Reading): Claim {
  const text = `No change of policy is on file for the ${NEWS_DAYS} days before, and neither rates nor volatility are held.`
  return claim('macro-finding', text, [countFigure('changes of policy', 0, asOf)], { inputs: [], conventions: [] })
}

const countFigure = (name: string, value: number, at: InstantMs): Figure => ({
  name,
  value,
  unit: 'count',
  method: `${name} by the policy files`,
  at,
})

/** Last day of the year that a bar is in. */
const yearEnd = (at: InstantMs): string => `${formatDay(at).slice(0, 4)}-12-31`

/** The whole path: cuts that are expected to the end of the year, and how sure that is. */
function path({ base }: MacroReading): Claim | undefined {
  const until = yearEnd(plusMs(base.closeAt(base.last), -1))
  const last = lastValue(base.column(`rate_path(${until}).cuts`), base.last)
  if (last === undefined) return undefined
  const of = (name: string, output: string): Figure => base.figure(name, `rate_path(${until}).${output}`, last)
  const [cuts, mode, share, expected] = [
    of('cuts expected', 'cuts'),
    of('most likely range from', 'mode'),
    of('its probability', 'mode_probability'),
    of('expected rate', 'expected'),
  ]
  const moves = cuts.value >= 0 ? 'cuts' : 'rises'
  const text =
    `Futures imply ${Math.abs(cuts.value).toFixed(2)} ${moves} of a quarter point by the end of ${until.slice(0, 4)}, to ${expected.value.toFixed(2)} %; ` +
    `most likely is ${mode.value.toFixed(2)} to ${(mode.value + 0.25).toFixed(2)} %, with ${share.value.toFixed(0)} %.`
  return claim('macro-rates', text, [cuts, expected, mode, share], readFrom(base.frame, 'rate_path'))
}

/** Days ahead in which the next meeting lies, those of which odds are quoted. */
const MEETING_DAYS = 60

/** The next meeting by itself. */
function nextMeeting({ base }: MacroReading): Claim | undefined {
  const from = base.closeAt(base.last)
  for (let days = 0; days <= MEETING_DAYS; days++) {
    const day = formatDay(plusMs(from, days * DAY_MS))
    const last = lastValue(base.column(`rate_path(${day}).probability_cut`), base.last)
    if (last === undefined) continue
    const cut = base.figure('probability of a lower target', `rate_path(${day}).probability_cut`, last)
    const expected = base.figure('expected rate', `rate_path(${day}).expected`, last)
    const text = `They give ${cut.value.toFixed(0)} % to a lower target behind the next meeting, on ${sayDay(parseInstant(day), from)}.`
    return claim('macro-next-meeting', text, [cut, expected], readFrom(base.frame, 'rate_path'))
  }
  return undefined
}

/** The last tariff order that tightened: the shocks of these years. */
function lastShock(macro: MacroReading, asOf: InstantMs): PolicyEvent | undefined {
  return macro.policy
    .filter(({ subjects, stance }) => subjects.includes('tariffs') && stance === 'restrictive')
    .flatMap(({ events }) => events)
    .filter((event) => event.stage === 'signed' && isWithin(event, asOf, SHOCK_DAYS))
    .toSorted((a, b) => parseInstant(b.on) - parseInstant(a.on))[0]
}

/** Whether an event was known at T, and no longer ago than so many days. */
const isWithin = (event: PolicyEvent, asOf: InstantMs, days: number): boolean =>
  policyKnownAt(event) <= asOf && policyKnownAt(event) > asOf - days * DAY_MS

function volatility({ asOf }: Reading, macro: MacroReading): Claim | undefined {
  const { base } = macro
  const last = lastValue(base.column('volatility_state.vix'), base.last)
  if (last === undefined) return undefined
  const vix = base.figure('VIX', 'volatility_state.vix', last)
  const rank = base.figure('percentile of a year', 'volatility_state.vix_percentile', last)
  const shock = lastShock(macro, asOf)
  const since =
    shock === undefined
      ? undefined
      : base.figure('change since the shock', `volatility_state(${shock.on.slice(0, 10)}).since`, last)
  const ranked = Number.isNaN(rank.value) ? '' : `, higher than on ${rank.value.toFixed(0)} % of the days of a year`
  const moved =
    shock === undefined || since === undefined || Number.isNaN(since.value)
      ? ''
      : `, ${since.value < 0 ? 'down' : 'up'} ${Math.abs(since.value).toFixed(1)} points since the tariff order of ${sayDay(parseInstant(shock.on), asOf)}`
  const text = `The VIX closed at ${vix.value.toFixed(1)}${ranked}${moved}.`
  const figures = [rank, since].filter((figure) => figure !== undefined && !Number.isNaN(figure.value))
  return claim('macro-volatility', text, [vix, ...(figures as Figure[])], quotesOf(macro, 'VIX'))
}

/** A series rests at weekends: its last value in a week. */
function lastValue(column: Float64Array, bar: number): number | undefined {
  for (let i = bar; i >= Math.max(0, bar - 6); i--) if (!Number.isNaN(column[i] ?? NaN)) return i
  return undefined
}

/** Where some plain series of the reading came from. */
export function quotesOf({ base }: MacroReading, ...symbols: readonly string[]) {
  const inputs = base.frame.inputs.filter(
    ({ kind, instrument }) => kind === 'us_close' || (kind === 'quote' && symbols.includes(instrument)),
  )
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
    .filter(({ matter, event }) => !matter.subjects.includes('tariffs') && isWithin(event, asOf, NEWS_DAYS))
    .toSorted((a, b) => parseInstant(b.event.on) - parseInstant(a.event.on))
  if (changes.length === 0) return undefined
  const count = (stance: PolicyMatter['stance']): number =>
    changes.filter(({ matter }) => matter.stance === stance).length
  const named = changes.slice(0, NAMED).map(({ matter, event }) => sayChange(matter, event, asOf))
  const text =
    `In the ${NEWS_DAYS} days before, policy on crypto changed ${sayTimes(changes.length)}: ${sayTimes(count('supportive'))} for it, ${sayTimes(count('restrictive'))} against it. ` +
    `The latest: ${named.join('; ')}.`
  const at = instant(asOf)
  const figures = [countFigure('changes of policy', changes.length, at)] as const
  return claim('macro-policy', text, figures, { inputs: [], conventions: [] })
}

const sayChange = ({ jurisdiction, title }: PolicyMatter, { stage, on }: PolicyEvent, asOf: InstantMs): string =>
  `${jurisdiction}, ${title}: ${stage} on ${sayDay(parseInstant(on), asOf)}`

/** Stages in which a matter waits for the next. */
const OPEN: ReadonlySet<string> = new Set(['introduced', 'committee', 'one house', 'passed', 'proposed', 'nominated'])

/** What waits, and what came furthest of it. */
function pending({ asOf }: Reading, { policy }: MacroReading): Claim | undefined {
  const open = standingAt(policy, asOf).filter(
    ({ matter, now }) => OPEN.has(now.stage) && !matter.subjects.includes('tariffs') && isWithin(now, asOf, 400),
  )
  if (open.length === 0) return undefined
  const named = open
    .toSorted((a, b) => parseInstant(b.now.on) - parseInstant(a.now.on))
    .slice(0, NAMED)
    .map(({ matter, now }) => `${matter.title} (${matter.jurisdiction}, ${now.stage})`)
  const text =
    open.length === 1
      ? `One matter is pending: ${sayList(named)}.`
      : `${sentence(plural(open.length, 'matter'))} are pending, among them ${sayList(named)}.`
  return claim('macro-pending', text, [countFigure('matters pending', open.length, instant(asOf))], {
    inputs: [],
    conventions: [],
  })
}
