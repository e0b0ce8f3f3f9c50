import type { Scenario, ScenarioFact } from '../../records/scenario.ts'
import { TICK, toTick } from './tick.ts'
import { dayIndex, timelineOf, type Timeline } from './timeline.ts'

/** Where a scenario disagrees with itself: the path to the value, and what is wrong with it. */
export interface Disagreement {
  readonly path: readonly (string | number)[]
  readonly problem: string
}

const PRICES = ['open', 'high', 'low', 'close'] as const

/**
 * What keeps a market from following a scenario, in the order of the file; nothing where one can.
 * @param scenario - of the right shape
 * @example [...checkScenario(scenario)] // []
 */
export function* checkScenario(scenario: Scenario): Generator<Disagreement> {
  if (scenario.to < scenario.from) {
    yield { path: ['to'], problem: `is before the first day, ${scenario.from}` }
    return
  }
  yield* assetProblems(scenario)
  const timeline = timelineOf(scenario.from, scenario.to)
  for (const list of ['facts', 'bounds'] as const) {
    for (let i = 0; i < scenario[list].length; i++) yield* placeProblems(scenario, list, i)
  }
  for (let i = 0; i < scenario.bounds.length; i++) yield* boundProblems(scenario, i)
  for (let i = 0; i < scenario.facts.length; i++) yield* factProblems(scenario, timeline, i)
  for (let i = 0; i < scenario.assets.length; i++) yield* startProblems(scenario, timeline, i)
}

function* assetProblems({ assets }: Scenario): Generator<Disagreement> {
  for (const [i, { asset, follows, startPrice }] of assets.entries()) {
    const earlier = assets.slice(0, i).map((each) => each.asset)
    if (earlier.includes(asset)) yield { path: ['assets', i, 'asset'], problem: 'is listed twice' }
    if (toTick(startPrice) !== startPrice) {
      yield { path: ['assets', i, 'startPrice'], problem: `is not a multiple of ${TICK}` }
    }
    if (follows !== undefined && !earlier.includes(follows.asset)) {
      yield { path: ['assets', i, 'follows', 'asset'], problem: 'is not an asset listed before' }
    }
  }
}

/** The asset must be listed, and the days within the scenario's. */
function* placeProblems(scenario: Scenario, list: 'facts' | 'bounds', i: number): Generator<Disagreement> {
  const entry = scenario[list][i]
  if (entry === undefined) return
  if (!scenario.assets.some((each) => each.asset === entry.asset)) {
    yield { path: [list, i, 'asset'], problem: `is not one of ${scenario.assets.map((each) => each.asset).join(', ')}` }
  }
  for (const [field, day] of Object.entries(entry)) {
    if (field !== 'on' && field !== 'from' && field !== 'to') continue
    if (String(day) < scenario.from || String(day) > scenario.to) {
      yield { path: [list, i, field], problem: `lies outside ${scenario.from} to ${scenario.to}` }
    }
  }
}

function* boundProblems({ bounds }: Scenario, i: number): Generator<Disagreement> {
  const bound = bounds[i]
  if (bound === undefined) return
  if (bound.to < bound.from) yield { path: ['bounds', i, 'to'], problem: `is before ${bound.from}` }
  if (bound.above === undefined && bound.below === undefined) {
    yield { path: ['bounds', i], problem: 'says neither above nor below' }
  }
  if ((bound.above ?? 0) + 2 * TICK >= (bound.below ?? Infinity)) {
    yield { path: ['bounds', i, 'above'], problem: `leaves no room under ${bound.below}` }
  }
}

function* factProblems(scenario: Scenario, timeline: Timeline, i: number): Generator<Disagreement> {
  const fact = scenario.facts[i]
  if (fact === undefined) return
  const twin = scenario.facts.findIndex((each) => each.asset === fact.asset && each.on === fact.on)
  if (twin < i) yield { path: ['facts', i, 'on'], problem: `has a fact already, facts[${twin}]` }
  const d = dayIndex(timeline, fact.on)
  for (const field of PRICES) {
    const price = fact[field]
    if (price === undefined) continue
    const path = ['facts', i, field]
    if (toTick(price) !== price) yield { path, problem: `is not a multiple of ${TICK}` }
    const days = field === 'open' ? [d - 1, d] : field === 'close' ? [d, d + 1] : [d]
    for (const day of days) yield* rangeProblems({ scenario, timeline, asset: fact.asset, day, price, path })
  }
  yield* openProblems(scenario, timeline, i, fact)
  if ((fact.highestVolumeOfDays ?? 0) > d + 1) {
    yield { path: ['facts', i, 'highestVolumeOfDays'], problem: `reaches back before ${scenario.from}` }
  }
  if ([...PRICES, 'highestVolumeOfDays' as const].every((field) => fact[field] === undefined)) {
    yield { path: ['facts', i], problem: 'says nothing' }
  }
}

/** A day opens where the one before closed. */
function* openProblems(scenario: Scenario, timeline: Timeline, i: number, fact: ScenarioFact): Generator<Disagreement> {
  const d = dayIndex(timeline, fact.on)
  const before = scenario.facts.find((each) => each.asset === fact.asset && dayIndex(timeline, each.on) === d - 1)
  const start = d === 0 ? scenario.assets.find((each) => each.asset === fact.asset)?.startPrice : undefined
  const opened = before?.close ?? start
  if (fact.open !== undefined && opened !== undefined && opened !== fact.open) {
    yield { path: ['facts', i, 'open'], problem: `is not the close before it, ${opened}` }
  }
}

function* startProblems(scenario: Scenario, timeline: Timeline, i: number): Generator<Disagreement> {
  const asset = scenario.assets[i]
  if (asset === undefined) return
  const path = ['assets', i, 'startPrice']
  yield* rangeProblems({ scenario, timeline, asset: asset.asset, day: 0, price: asset.startPrice, path })
}

interface Priced {
  readonly scenario: Scenario
  readonly timeline: Timeline
  readonly asset: string
  readonly day: number
  readonly price: number
  readonly path: readonly (string | number)[]
}

/** A price must lie within the high and low of its day, and within the bounds of its day. */
function* rangeProblems({ scenario, timeline, asset, day, price, path }: Priced): Generator<Disagreement> {
  const ranges = [
    ...scenario.facts
      .filter((fact) => fact.asset === asset && dayIndex(timeline, fact.on) === day)
      .map((fact) => ({ above: fact.low, below: fact.high, by: `of ${fact.on}` })),
    ...scenario.bounds
      .filter((bound) => bound.asset === asset)
      .filter(({ from, to }) => dayIndex(timeline, from) <= day && day <= dayIndex(timeline, to))
      .map((bound) => ({ ...bound, by: `(${bound.because})` })),
  ]
  for (const { above = 0, below = Infinity, by } of ranges) {
    if (price < above) yield { path, problem: `is below the low ${above} ${by}` }
    if (price > below) yield { path, problem: `is above the high ${below} ${by}` }
  }
}
