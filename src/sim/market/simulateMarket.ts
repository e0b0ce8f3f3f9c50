import type { Candles } from '../../core/candles.ts'
import { HOUR_MS } from '../../core/instant.ts'
import type { Scenario } from '../../records/scenario.ts'
import { layAssetPath, type AssetPath } from './assetPath.ts'
import { hourlyPrices } from './hourlyPrices.ts'
import { hourlyVolume } from './hourlyVolume.ts'
import { timelineOf } from './timeline.ts'
import { marketMood } from './volatility.ts'

/**
 * A market that did what a scenario says, and something plausible in between: stochastic volatility with clusters and fat
 * tails, shapes of the day and the week, assets that follow one another, volume that goes with range.
 * @param scenario - as `parseScenario` gives it: its facts agree with each other
 * @param seed - any text; another seed gives another path through the same facts
 * @returns closed 1h candles per asset, without gaps, on one grid from 00:00Z of the first to 24:00Z of the last day. On
 *   UTC days they give every fact exactly; no bound is reached but by a fact. Each hour opens at the close before it.
 *   Prices are in ticks of 0.01. The same scenario and seed give the same bytes on every machine: only exact operations
 *   and square roots are used.
 * @example simulateMarket(scenario).get('ETH')?.close.at(-1) // 1795
 */
export function simulateMarket(scenario: Scenario, seed = scenario.seed): ReadonlyMap<string, Candles> {
  const timeline = timelineOf(scenario.from, scenario.to)
  const mood = marketMood(timeline, seed)
  const paths = new Map<string, AssetPath>()
  const market = new Map<string, Candles>()
  for (const asset of scenario.assets) {
    const leader = paths.get(asset.follows?.asset ?? '')
    const path = layAssetPath({ scenario, timeline, asset, mood, seed, ...(leader === undefined ? {} : { leader }) })
    paths.set(asset.asset, path)
    const prices = hourlyPrices(path, timeline, `${seed}/${asset.asset}`)
    const facts = scenario.facts.filter((fact) => fact.asset === asset.asset)
    const volume = hourlyVolume({ asset, facts, timeline, path, prices, seed: `${seed}/${asset.asset}` })
    market.set(asset.asset, { start: timeline.start, step: HOUR_MS, length: timeline.hours, ...prices, ...volume })
  }
  return market
}
