import { CANDLE_FIELDS, closeAt, openAt, type Candles } from '../../core/candles.ts'
import { intervalOfMs } from '../../core/interval.ts'
import { batchOf, type Batch } from '../../records/batch.ts'
import { candle } from '../../records/candle.ts'
import { instrument } from '../../records/instrument.ts'
import type { Scenario, ScenarioAsset } from '../../records/scenario.ts'

/** The venue that simulated records name, so that no one takes them for another's. */
const SIMULATED_VENUE = 'simulated'

/**
 * A simulated market as records: one batch of instruments, all marked as simulated, then one batch of candles per asset.
 * @param scenario - names the assets and their quotes; the instrument is both in one word, `ETHUSDT`
 * @param market - what `simulateMarket` made of it
 * @returns batches in the order of the scenario; every candle is known at its close. The columns share memory with `market`
 * @example [...simulatedBatches(scenario, market)].map(({ record }) => record.name) // ['instrument', 'candle', 'candle']
 */
export function* simulatedBatches(scenario: Scenario, market: ReadonlyMap<string, Candles>): Generator<Batch> {
  const assets = scenario.assets.filter(({ asset }) => market.has(asset))
  yield batchOf(instrument, assets.map(instrumentRow))
  for (const asset of assets) {
    const candles = market.get(asset.asset)
    if (candles !== undefined) yield candleBatch(asset, candles)
  }
}

const instrumentName = ({ asset, quote }: ScenarioAsset): string => `${asset}${quote}`

const instrumentRow = (asset: ScenarioAsset): Readonly<Record<string, unknown>> => ({
  venue: SIMULATED_VENUE,
  market: 'spot',
  instrument: instrumentName(asset),
  asset: asset.asset,
  quote: asset.quote,
  multiplier: 1,
  simulated: true,
  contract: 'none',
})

function candleBatch(asset: ScenarioAsset, candles: Candles): Batch {
  const { length } = candles
  const same = (text: string): readonly string[] => Array.from({ length }, () => text)
  const times = (timeOf: typeof openAt): Float64Array => new Float64Array(length).map((_, i) => timeOf(candles, i))
  const columns = {
    venue: same(SIMULATED_VENUE),
    market: same('spot'),
    instrument: same(instrumentName(asset)),
    interval: same(intervalOfMs(candles.step)),
    at: times(openAt),
    knownAt: times(closeAt),
    ...Object.fromEntries(CANDLE_FIELDS.map((field) => [field, candles[field]])),
  }
  return { record: candle, length, columns }
}
