import { CANDLE_FIELDS, openAt, sliceCandles, type Candles } from '../../../core/candles.ts'
import { HOUR_MS, type InstantMs } from '../../../core/instant.ts'
import type { Scenario } from '../../../records/scenario.ts'
import { simulateMarket } from '../simulateMarket.ts'
import { newWorld, type World } from './world.ts'

/** Trades a second of the busiest contract on one venue. */
const RATE = 1

/**
 * A world whose past is what a scenario says; from a whole hour on it goes its own way.
 * @param startAt - within the scenario
 * @returns the world at its start; its assets begin at the scenario's prices of that hour
 */
export function scenarioWorld(scenario: Scenario, startAt: InstantMs): World {
  const market = simulateMarket(scenario)
  const past = new Map([...market].map(([asset, candles]) => [asset, before(candles, startAt)] as const))
  const assets = scenario.assets.map(({ asset, volatilityPct, dayVolumeQuote }) => ({
    asset,
    price: past.get(asset)?.close.at(-1) ?? NaN,
    volatilityPct,
    dayVolume: dayVolumeQuote,
  }))
  return newWorld({ seed: scenario.seed, assets, startAt, rate: RATE, pastHours: 0, past })
}

function before(candles: Candles, end: InstantMs): Candles {
  const length = (end - openAt(candles, 0)) / HOUR_MS
  const cut = sliceCandles(candles, 0, length)
  return { ...cut, ...Object.fromEntries(CANDLE_FIELDS.map((field) => [field, cut[field].slice()])) }
}
