import { seededRandom } from '../../core/random.ts'
import type { Scenario, ScenarioAsset, ScenarioFact } from '../../records/scenario.ts'
import { bridgeDrawer, fillPath } from './bridge.ts'
import { setFreeEnd } from './freeEnd.ts'
import { setGates } from './gates.ts'
import { limitsOf, type Limits } from './limits.ts'
import { pinsOf, wholeVariance, type Path } from './path.ts'
import { portableLog } from './portableMath.ts'
import { stressedVariance } from './stress.ts'
import { dayIndex, STEPS_A_DAY, type Timeline } from './timeline.ts'
import { chooseByLeader, chooseByVolatility, setTouches, touchesOf, type ChooseNode, type Touch } from './touches.ts'

/** One asset's whole path. */
export interface AssetPath {
  /** Log price per node. */
  readonly y: Float64Array
  /** Variance of the log return per step, with what it takes from the asset it follows. */
  readonly variance: Float64Array
  /** What the variance of a step would be without the unrest around forced moves. */
  readonly ordinaryVariance: Float64Array
  readonly touches: readonly Touch[]
  readonly limits: Limits
}

export interface AssetPathInputs {
  readonly scenario: Scenario
  readonly timeline: Timeline
  readonly asset: ScenarioAsset
  /** Relative volatility per step, shared by all assets. */
  readonly mood: Float64Array
  /** Path of the asset that this one follows. */
  readonly leader?: AssetPath
  readonly seed: string
}

/**
 * Lays the path of one asset through its facts, coarse to fine: opens and closes first, then the opens of days whose
 * close and extreme are known, then the extremes, then all the rest. (With the extremes first, a path would slide for
 * weeks towards a low that lasted an hour.)
 * @returns a path that meets every fact and passes no limit at its nodes
 */
export function layAssetPath(inputs: AssetPathInputs): AssetPath {
  const { scenario, timeline, asset, leader } = inputs
  const facts = scenario.facts.filter((fact) => fact.asset === asset.asset)
  const random = seededRandom(`${inputs.seed}/${asset.asset}/path`)
  const plain = plainPath(inputs)
  const { y } = plain
  const choose = leader === undefined ? chooseByVolatility(inputs.mood, random) : chooseByLeader(leader.y)

  setCloses(y, facts, timeline)
  const free = layTouches(
    y,
    facts.filter((fact) => fact.close === undefined),
    timeline,
    choose,
  )
  setFreeEnd(plain, random)
  setGates(plain, random)
  const closed = facts.filter((fact) => fact.close !== undefined)
  setOpens(plain, closed, timeline, bridgeDrawer(withStress(plain), random))
  const bound = layTouches(y, closed, timeline, choose)

  const path = withStress(plain)
  fillPath(path, bridgeDrawer(path, random))
  return {
    y,
    variance: wholeVariance(path),
    ordinaryVariance: wholeVariance(plain),
    touches: [...free, ...bound],
    limits: plain.limits,
  }
}

const STEPS_A_YEAR = 365 * STEPS_A_DAY

function plainPath({ scenario, timeline, asset, mood, leader }: AssetPathInputs): Path {
  const correlation = asset.follows?.correlation ?? 0
  const own = (Math.sqrt(1 - correlation * correlation) * asset.volatilityPct) / 100
  const y = new Float64Array(timeline.steps + 1).fill(NaN)
  y[0] = portableLog(asset.startPrice)
  return {
    y,
    ...followed(leader, leaderSlope(scenario, asset), timeline),
    ownVariance: mood.map((relative) => (own * own * relative * relative) / STEPS_A_YEAR),
    limits: limitsOf(scenario, timeline, asset.asset),
  }
}

/** Slope of the follower's returns on the leader's that gives the correlation asked for; 0 for who follows nobody. */
function leaderSlope({ assets }: Scenario, { follows, volatilityPct }: ScenarioAsset): number {
  if (follows === undefined) return 0
  const leader = assets.find((each) => each.asset === follows.asset)
  return (follows.correlation * volatilityPct) / (leader?.volatilityPct ?? Infinity)
}

/** The part taken from the leader. A move forced on the leader alone passes on less than an ordinary one. */
function followed(
  leader: AssetPath | undefined,
  slope: number,
  timeline: Timeline,
): Pick<Path, 'base' | 'baseVariance'> {
  const base = new Float64Array(timeline.steps + 1)
  const baseVariance = new Float64Array(timeline.steps)
  if (leader === undefined) return { base, baseVariance }
  const { y, variance, ordinaryVariance } = leader
  for (let s = 0; s < timeline.steps; s++) {
    const share = slope * Math.sqrt(Math.sqrt((ordinaryVariance[s] as number) / (variance[s] as number)))
    base[s + 1] = (base[s] as number) + share * ((y[s + 1] as number) - (y[s] as number))
    baseVariance[s] = share * share * (variance[s] as number)
  }
  return { base, baseVariance }
}

function setCloses(y: Float64Array, facts: readonly ScenarioFact[], timeline: Timeline): void {
  for (const { on, open, close } of facts) {
    const node = dayIndex(timeline, on) * STEPS_A_DAY
    if (open !== undefined) y[node] = portableLog(open)
    if (close !== undefined) y[node + STEPS_A_DAY] = portableLog(close)
  }
}

function layTouches(
  y: Float64Array,
  facts: readonly ScenarioFact[],
  timeline: Timeline,
  choose: ChooseNode,
): readonly Touch[] {
  const touches = facts.flatMap((fact) => touchesOf(fact, timeline, choose))
  setTouches(y, touches)
  return touches
}

function setOpens(
  path: Path,
  facts: readonly ScenarioFact[],
  timeline: Timeline,
  draw: (left: number, node: number, right: number) => number,
): void {
  for (const fact of facts) {
    const node = dayIndex(timeline, fact.on) * STEPS_A_DAY
    const hasExtreme = fact.high !== undefined || fact.low !== undefined
    if (!hasExtreme || !Number.isNaN(path.y[node])) continue
    const pins = pinsOf(path)
    const right = pins.findIndex((pin) => pin > node)
    path.y[node] = draw(pins[right - 1] as number, node, pins[right] as number)
  }
}

const withStress = (path: Path): Path => ({ ...path, ownVariance: stressedVariance(path) })
