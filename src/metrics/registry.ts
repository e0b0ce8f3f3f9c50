import type { Bar } from '../core/candles.ts'
import { DeskError } from '../core/errors.ts'
import type { Frame, Need } from '../core/frame.ts'
import { formatId, parseId, type Id } from '../core/id.ts'
import { bindParams, canonicalId, type Params } from '../core/params.ts'
import { cvdMetric } from './contracts/cvd.ts'
import { estimatedLeverageMetric } from './contracts/estimatedLeverage.ts'
import { fundingMetric } from './contracts/funding.ts'
import { liquidationMapExactMetric } from './contracts/liquidationMapExact.ts'
import { liquidationMapMetric } from './contracts/liquidationMapMetric.ts'
import { liquidationsMetric } from './contracts/liquidations.ts'
import { oiToMarketCapMetric } from './contracts/oiToMarketCap.ts'
import { openInterestMetric } from './contracts/openInterest.ts'
import { positioningMetrics } from './contracts/positioningRatios.ts'
import { priceOiCorrelationMetric } from './contracts/priceOiCorrelation.ts'
import { priceOiRegimeMetric } from './contracts/priceOiRegime.ts'
import { whaleShareMetric } from './contracts/whaleShare.ts'
import type { Columns, Metric, Output, Values } from './metric.ts'
import { nearest } from '../core/nearest.ts'
import { adxMetric } from './price/adx.ts'
import { atrMetric } from './price/atr.ts'
import { bollingerMetric } from './price/bollinger.ts'
import { drawdownMetric } from './price/drawdown.ts'
import { emaMetric } from './price/ema.ts'
import { macdMetric } from './price/macd.ts'
import { mfiMetric } from './price/mfi.ts'
import { momentumMetric } from './price/momentum.ts'
import { obvMetric } from './price/obv.ts'
import { closeMetric, highMetric, lowMetric, openMetric } from './price/plainPrices.ts'
import { quoteMetric } from './price/quote.ts'
import { realisedVolatilityMetric } from './price/realisedVolatility.ts'
import { reboundMetric } from './price/rebound.ts'
import { returnMetric } from './price/return.ts'
import { rsiMetric } from './price/rsi.ts'
import { smaMetric } from './price/sma.ts'
import { stochasticMetric } from './price/stochastic.ts'
import { volumeMetric } from './price/volume.ts'
import { change } from './reducers/change.ts'
import { highSince, lowSince } from './reducers/extremeSince.ts'
import { mean } from './reducers/mean.ts'
import { reducerMetric, type InnerMetric } from './reducers/reducer.ts'
import { betaMetric } from './stats/beta.ts'
import { correlationMetric } from './stats/correlation.ts'
import { relativeStrengthMetric } from './stats/relativeStrength.ts'
import {
  dominanceMetric,
  etfFlowMetric,
  exchangeNetflowMetric,
  stablecoinSupplyMetric,
  totalCapMetric,
} from './macro/plainSums.ts'
import { volatilityStateMetric } from './macro/volatilityState.ts'
import { pairMetric } from './macro/pair.ts'
import { ratePathMetric } from './macro/ratePath.ts'
import { fearGreedMetric } from './macro/fearGreed.ts'
import { channelMetric } from './structure/channel.ts'
import { levelsMetric } from './structure/levels.ts'

/** Every metric of this version. A new one is added here and nowhere else. */
const ALL: readonly Metric[] = [
  openMetric,
  highMetric,
  lowMetric,
  closeMetric,
  volumeMetric,
  quoteMetric,
  smaMetric,
  emaMetric,
  rsiMetric,
  macdMetric,
  mfiMetric,
  momentumMetric,
  atrMetric,
  bollingerMetric,
  stochasticMetric,
  obvMetric,
  adxMetric,
  drawdownMetric,
  reboundMetric,
  realisedVolatilityMetric,
  returnMetric,
  channelMetric,
  levelsMetric,
  openInterestMetric,
  oiToMarketCapMetric,
  estimatedLeverageMetric,
  priceOiCorrelationMetric,
  priceOiRegimeMetric,
  cvdMetric,
  whaleShareMetric,
  fundingMetric,
  ...positioningMetrics,
  liquidationsMetric,
  liquidationMapMetric,
  liquidationMapExactMetric,
  correlationMetric,
  betaMetric,
  relativeStrengthMetric,
  fearGreedMetric,
  ratePathMetric,
  pairMetric,
  volatilityStateMetric,
  etfFlowMetric,
  stablecoinSupplyMetric,
  totalCapMetric,
  dominanceMetric,
  exchangeNetflowMetric,
  ...[lowSince, highSince, mean, change].map((reducer) => reducerMetric(resolveInner, reducer)),
]

/** The metrics of this version by id. */
export const metrics: ReadonlyMap<string, Metric> = new Map(ALL.map((metric) => [metric.id, metric]))

/** A metric with its parameters bound, ready to be computed. */
export interface ResolvedMetric {
  readonly metric: Metric
  readonly params: Params
  /** The output asked for; absent where all of them are. */
  readonly output?: string
  /** The outputs that evaluation gives, with their units. */
  readonly outputs: readonly Output[]
  /** The canonical id: `macd(12, 26, 9).line`. */
  readonly id: string
  readonly needs: readonly Need[]
}

/**
 * Finds a metric by its id and binds its parameters, those of metrics inside it too.
 * @param source - `id(arg, name=value).output`, as text or parsed; `rsi.value` means the same as `rsi`
 * @throws {BadIdError} the text does not follow the grammar
 * @throws {UnknownMetricError} no metric of that name, outside or inside
 * @throws {UnknownOutputError} the metric has no such output
 * @throws {BadParamError} a parameter is missing, unknown or of the wrong kind
 * @example resolveMetric('macd.line').id // 'macd(12, 26, 9).line'
 */
export function resolveMetric(source: string | Id): ResolvedMetric {
  const id = typeof source === 'string' ? parseId(source) : source
  const metric = metrics.get(id.name)
  if (metric === undefined) throw new UnknownMetricError(id.name)
  const params = canonicalParams(metric, bindParams(metric.params, id))
  const all = metric.outputsOf?.(params) ?? metric.outputs
  if (id.output !== undefined && !all.some(({ name }) => name === id.output)) throw new UnknownOutputError(id, all)
  const output = all.length === 1 ? undefined : id.output
  return {
    metric,
    params,
    ...(output === undefined ? {} : { output }),
    outputs: output === undefined ? all : all.filter(({ name }) => name === output),
    id: canonicalId(id.name, metric.params, params, output),
    needs: metric.needs(params),
  }
}

/**
 * Computes a metric over a frame.
 * @returns its columns on the frame's grid by output name, only the selected one where the id names one; NaN is a gap
 * @throws {MissingCandlesError} the frame was read without the metric's needs
 * @example evaluateMetric(resolveMetric('rsi'), frame).value.at(-1) // 24.8
 */
export function evaluateMetric({ metric, params, output }: ResolvedMetric, frame: Frame): Columns {
  const columns = metric.compute(frame, params)
  return output === undefined ? columns : { [output]: columns[output] ?? new Float64Array(frame.grid.length).fill(NaN) }
}

/**
 * The bar by bar form of a metric: closed bars in order of time, values as {@link evaluateMetric} gives them for those bars.
 * @throws {NoStreamError} the metric depends on dates or on the grid, so that a bar alone does not tell its value
 * @example streamMetric(resolveMetric('rsi'))(bar) // { value: 24.8 }
 */
export function streamMetric({ metric, params, output, id }: ResolvedMetric): (bar: Bar) => Values {
  const next = metric.stream?.(params)
  if (next === undefined) throw new NoStreamError(id)
  return output === undefined ? next : (bar) => ({ [output]: next(bar)[output] ?? NaN })
}

/** Metrics inside a metric are kept by their canonical id, so that two spellings of one measure are one. */
function canonicalParams(metric: Metric, params: Params): Params {
  const entries = metric.params.flatMap(({ name, kind }): [string, number | string][] => {
    const value = params[name]
    if (value === undefined) return []
    return [[name, kind === 'metric' ? resolveMetric(String(value)).id : value]]
  })
  return Object.fromEntries(entries)
}

function resolveInner(text: string): InnerMetric {
  const resolved = resolveMetric(text)
  const { outputs, needs } = resolved
  const chosen = outputs.find(({ name }) => name === 'value') ?? (outputs.length === 1 ? outputs[0] : undefined)
  if (chosen === undefined) throw new UnknownOutputError(parseId(text), outputs)
  const column = (frame: Frame): Float64Array =>
    evaluateMetric(resolved, frame)[chosen.name] ?? new Float64Array(frame.grid.length).fill(NaN)
  const { metric, params } = resolved
  const changes: InnerMetric['changes'] = (frame) => metric.changes?.(frame, params, chosen.name)
  return { unit: chosen.unit, needs, column, changes }
}

export class UnknownMetricError extends DeskError {
  /** The ids most like it, the most alike first. */
  readonly nearest: readonly string[]

  constructor(name: string) {
    const near = nearest(name, metrics.keys())
    super('UNKNOWN_METRIC', `no metric "${name}" in this version`, {
      hint: near.length === 0 ? 'no id is like it' : `nearest: ${near.join(', ')}`,
    })
    this.nearest = near
  }
}

export class UnknownOutputError extends DeskError {
  constructor(id: Id, outputs: readonly Output[]) {
    const names = outputs.map(({ name }) => name).join(', ')
    const text = formatId(id)
    super(
      'UNKNOWN_OUTPUT',
      id.output === undefined ? `"${text}" has several outputs` : `"${text}" names no output of the metric`,
      { hint: `outputs: ${names}` },
    )
  }
}

export class NoStreamError extends DeskError {
  constructor(id: string) {
    super('NO_STREAM', `"${id}" has no bar by bar form`, { hint: 'compute it over the candles instead' })
  }
}
