import { gaps } from '../../core/candles.ts'
import { numberParam } from '../../core/params.ts'
import { columnMetric } from './columnMetric.ts'
import { growth } from './likeForLike.ts'

/** What drove price and open interest over a window, in the order of the codes that columns show. */
export const REGIMES = [
  'unclear',
  'leverage_led',
  'spot_led',
  'both',
  'short_squeeze',
  'short_covering',
  'long_liquidation',
  'long_closing',
] as const
export type Regime = (typeof REGIMES)[number]

/** From where on a change is one, and a share is most of a thing. */
export const REGIME_THRESHOLDS = {
  /** Change of the price, in average true ranges of the window's bars. */
  atr: 1,
  /** Change of open interest in coins, percent. */
  openInterestPct: 2,
  /** Share of net taker flow that futures make where leverage leads, and below which spot does. */
  leverageShare: 0.65,
  spotShare: 0.35,
  /** Share of the fall in open interest that was liquidated where that drove it. */
  liquidatedShare: 0.2,
} as const

/** What happened over one window. */
export interface RegimeInputs {
  /** Last price over first, less 1. */
  readonly priceChange: number
  /** Average true range of the window's bars as a share of the first price. */
  readonly atr: number
  /** Open interest in coins, last over first, less 1. */
  readonly openInterestChange: number
  /** What takers bought less what they sold on futures and on spot, dollars. */
  readonly futuresDelta: number
  readonly spotDelta: number
  /** Liquidated positions as a share of open interest at the start, both in coins; NaN where not known. */
  readonly shortsLiquidated: number
  readonly longsLiquidated: number
}

/**
 * Names what drove price and open interest over a window, from coins alone: open interest in dollars rises with the
 * price by itself. Price and open interest must both move. Where they rise together, or open interest rises as the
 * price falls, the flow of takers in the direction of the price tells whether futures or spot led; where open interest
 * falls, liquidations against the fall tell whether positions were forced. Feeds of liquidations are lower bounds, so a
 * squeeze may read as covering.
 * @returns `unclear` where either did not move, what tells one from the other is not known, or no taker flow went with
 *   the price
 * @example priceOiRegime({ priceChange: 0.1, atr: 0.03, openInterestChange: 0.06, futuresDelta: 9e7, spotDelta: 1e7, … }) // 'leverage_led'
 */
export function priceOiRegime(
  inputs: RegimeInputs,
  thresholds: Readonly<Record<keyof typeof REGIME_THRESHOLDS, number>> = REGIME_THRESHOLDS,
): Regime {
  const { priceChange, atr, openInterestChange, futuresDelta, spotDelta } = inputs
  const hasMoved = Math.abs(priceChange) > thresholds.atr * atr
  if (!hasMoved || !(Math.abs(openInterestChange) * 100 > thresholds.openInterestPct)) return 'unclear'
  const isUp = priceChange > 0
  if (openInterestChange > 0) {
    const sign = isUp ? 1 : -1
    const [futures, spot] = [Math.max(0, sign * futuresDelta), Math.max(0, sign * spotDelta)]
    const share = futures / (futures + spot)
    if (Number.isNaN(share)) return 'unclear'
    if (share > thresholds.leverageShare) return 'leverage_led'
    return share < thresholds.spotShare ? 'spot_led' : 'both'
  }
  const forced = isUp ? inputs.shortsLiquidated : inputs.longsLiquidated
  if (Number.isNaN(forced)) return 'unclear'
  const isForced = forced > thresholds.liquidatedShare * -openInterestChange
  if (isUp) return isForced ? 'short_squeeze' : 'short_covering'
  return isForced ? 'long_liquidation' : 'long_closing'
}

/** Columns that a regime is read from, on one grid. */
export interface RegimeColumns {
  /** Prices of the asset; gaps where no candles are held. */
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  /** Open interest in coins: all of it, and like for like with its chain. */
  readonly coins: Float64Array
  readonly likeForLike: Float64Array
  readonly chain: Float64Array
  /** What takers bought less what they sold in each bar, dollars. */
  readonly futuresDelta: Float64Array
  readonly spotDelta: Float64Array
  /** What was liquidated in each bar, dollars; counted in coins at the bar's close. */
  readonly shorts: Float64Array
  readonly longs: Float64Array
}

/**
 * What happened over the bars after `first` up to and including `last`. A gap in any bar is a gap in its sum.
 * @param first - the bar whose close the window begins at
 * @example regimeInputs(columns, 0, 7).priceChange // 0.052
 */
function regimeInputs(columns: RegimeColumns, first: number, last: number): RegimeInputs {
  const at = (name: keyof RegimeColumns, bar: number): number => columns[name][bar] ?? NaN
  const sum = (of: (bar: number) => number): number => {
    let total = 0
    for (let bar = first + 1; bar <= last; bar++) total += of(bar)
    return total
  }
  const start = at('close', first)
  const held = at('coins', first)
  const range = (bar: number): number => {
    const before = at('close', bar - 1)
    return Math.max(at('high', bar), before) - Math.min(at('low', bar), before)
  }
  return {
    priceChange: at('close', last) / start - 1,
    atr: sum(range) / (last - first) / start,
    openInterestChange: growth({ values: columns.likeForLike, chain: columns.chain }, first, last) - 1,
    futuresDelta: sum((bar) => at('futuresDelta', bar)),
    spotDelta: sum((bar) => at('spotDelta', bar)),
    shortsLiquidated: sum((bar) => at('shorts', bar) / at('close', bar)) / held,
    longsLiquidated: sum((bar) => at('longs', bar) / at('close', bar)) / held,
  }
}

/**
 * Registry entry `price_oi_regime(n)`: what drove price and open interest over the last `n` bars. The value is the
 * regime's place in `unclear, leverage_led, spot_led, both, short_squeeze, short_covering, long_liquidation,
 * long_closing`; beside it the numbers that it was read from. Open interest is like for like, so that a venue that
 * comes or goes moves nothing. How often it is right where the cause is known: docs/methods/regime.md.
 */
export const priceOiRegimeMetric = columnMetric({
  id: 'price_oi_regime',
  title: 'What drove price and open interest',
  params: [{ name: 'n', kind: 'count', default: 7 }],
  outputs: [
    { name: 'value', unit: 'none' },
    { name: 'price_change', unit: 'pct' },
    { name: 'price_change_atr', unit: 'atr' },
    { name: 'oi_change', unit: 'pct' },
    { name: 'futures_delta', unit: 'usd' },
    { name: 'spot_delta', unit: 'usd' },
    { name: 'shorts_liquidated', unit: 'pct' },
    { name: 'longs_liquidated', unit: 'pct' },
  ],
  groups: ['open_interest', 'perp_flow', 'spot_flow', 'liquidations'],
  candles: true,
  compute: (column, frame, params) => {
    const { length } = frame.grid
    const bars = numberParam(params, 'n')
    const empty = () => gaps(length)
    const delta = (group: 'perp_flow' | 'spot_flow'): Float64Array => {
      const sold = column(`${group}.sold`)
      return column(`${group}.bought`).map((bought, i) => bought - (sold[i] as number))
    }
    const columns = {
      high: frame.candles?.high ?? empty(),
      low: frame.candles?.low ?? empty(),
      close: frame.candles?.close ?? empty(),
      coins: column('open_interest.coins'),
      likeForLike: column('open_interest.likeForLike'),
      chain: column('open_interest.chain'),
      futuresDelta: delta('perp_flow'),
      spotDelta: delta('spot_flow'),
      shorts: column('liquidations.short'),
      longs: column('liquidations.long'),
    }
    const out = {
      value: empty(),
      price_change: empty(),
      price_change_atr: empty(),
      oi_change: empty(),
      futures_delta: empty(),
      spot_delta: empty(),
      shorts_liquidated: empty(),
      longs_liquidated: empty(),
    }
    for (let i = bars; i < length; i++) {
      const found = regimeInputs(columns, i - bars, i)
      out.price_change[i] = 100 * found.priceChange
      out.price_change_atr[i] = found.priceChange / found.atr
      out.oi_change[i] = 100 * found.openInterestChange
      out.futures_delta[i] = found.futuresDelta
      out.spot_delta[i] = found.spotDelta
      out.shorts_liquidated[i] = 100 * found.shortsLiquidated
      out.longs_liquidated[i] = 100 * found.longsLiquidated
      if (!Number.isNaN(found.priceChange + found.openInterestChange))
        out.value[i] = REGIMES.indexOf(priceOiRegime(found))
    }
    return out
  },
})
