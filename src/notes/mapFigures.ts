import { closeAt, openAt } from '../core/candles.ts'
import { formatPrice } from '../figures/format.ts'
import { heatMapFigure } from '../figures/heatMapFigure.ts'
import { extentOf } from '../figures/linePane.ts'
import { liquidationMapFigure } from '../figures/liquidationMapFigure.ts'
import { bothWidths } from './bothWidths.ts'
import { isSimulated } from './contractView.ts'
import type { ContractReading, HeatReading, MapReading } from './contractReading.ts'
import { pooledAmounts, pooledBins, pooledColumns } from './mapBins.ts'
import type { NoteFigure } from './note.ts'
import type { Reading } from './reading.ts'
import { sayInstant } from './wording.ts'

/** The liquidation maps that are held, and the one over time. */
export function drawMaps(reading: Reading, contracts: ContractReading): readonly NoteFigure[] {
  const { maps = [], heat } = contracts
  return [
    ...maps.filter(hasAmounts).map((map) => drawMap(map, isSimulated(reading, contracts))),
    ...(heat === undefined ? [] : [drawHeat(heat, contracts, isSimulated(reading, contracts))]),
  ]
}

const hasAmounts = ({ longUsd, shortUsd }: MapReading): boolean =>
  [longUsd, shortUsd].some((side) => side.some((usd) => usd > 0))

/** How far from the price a map is drawn: where positions of more than five times leverage end. */
const REACH = 1.25
const MOST_BINS = 60

function drawMap(map: MapReading, simulated: boolean): NoteFigure {
  const { id, source, at, mark, basis, remarks } = map
  const bins = pooledBins(map.price, { low: mark / REACH, high: mark * REACH, most: MOST_BINS })
  const input = {
    price: bins.price,
    longUsd: pooledAmounts(map.longUsd, bins),
    shortUsd: pooledAmounts(map.shortUsd, bins),
    mark,
    basis,
  }
  const words = {
    title: mapTitle(input),
    subtitle: [`${source}; dollars of positions, seen from the price at ${sayInstant(at)}.`, ...remarks].join(' '),
  }
  return bothWidths({ id, simulated, ...words }, (_, options) => liquidationMapFigure(input, options))
}

/** What a map shows: where most of each side would be liquidated. */
function mapTitle({
  price,
  longUsd,
  shortUsd,
  basis,
}: Pick<MapReading, 'price' | 'longUsd' | 'shortUsd' | 'basis'>): string {
  const would = basis === 'estimate' ? 'are estimated to be liquidated' : 'that are published would be liquidated'
  const [longs, shorts] = [mostAt(price, longUsd), mostAt(price, shortUsd)]
  if (longs === undefined && shorts === undefined) return 'No positions within reach of the price are known'
  if (longs === undefined) return `Most shorts ${would} near ${shorts}`
  return `Most longs ${would} near ${longs}${shorts === undefined ? '' : `, most shorts near ${shorts}`}`
}

/** The price of the bin with the most in it, in words; `undefined` where there is nothing in any. */
function mostAt(price: Float64Array, usd: Float64Array): string | undefined {
  const most = usd.reduce((best, amount, i) => (amount > (usd[best] || 0) ? i : best), 0)
  return (usd[most] as number) > 0 ? formatPrice(price[most] as number) : undefined
}

/** What a map over time shows: where most lay at its last bar, on either side of the price. */
function heatTitle(price: Float64Array, usd: readonly Float64Array[], close: Float64Array): string {
  const bar = close.findLastIndex((value, i) => !Number.isNaN(value) && usd.some((column) => !Number.isNaN(column[i])))
  const mark = close[bar] ?? NaN
  const [above, below] = [(at: number): boolean => at > mark, (at: number): boolean => at < mark].map((isThere) =>
    mostAt(
      price,
      price.map((at, k) => (isThere(at) ? (usd[k]?.[bar] ?? NaN) : NaN)),
    ),
  )
  if (above === undefined && below === undefined) return 'No positions near the price are known'
  const places = [
    ...(above === undefined ? [] : [`${above} above the price`]),
    ...(below === undefined ? [] : [`${below} below it`]),
  ]
  return `Estimated liquidations were thickest near ${places.join(' and ')}`
}

const HEAT_REACH = 1.12
const MOST_HEAT_BINS = 80

/** The map over time under the price; a bar that the map does not have is a gap. */
function drawHeat(heat: HeatReading, { all }: ContractReading, simulated: boolean): NoteFigure {
  const { grid, source, remarks } = heat
  const values = Float64Array.from(
    { length: grid.length },
    (_, i) => all.candles.close[all.barOf(openAt(grid, i))] ?? NaN,
  )
  const range = extentOf([values]) ?? { low: heat.bins[0] ?? 1, high: heat.bins.at(-1) ?? 1 }
  const bins = pooledBins(heat.bins, {
    low: range.low / HEAT_REACH,
    high: range.high * HEAT_REACH,
    most: MOST_HEAT_BINS,
  })
  const usd = pooledColumns(heat.usd, bins)
  const width = (bins.price[1] ?? NaN) / (bins.price[0] ?? NaN) - 1
  const words = {
    title: heatTitle(bins.price, usd, values),
    subtitle: [`${source}; to ${sayInstant(closeAt(grid, grid.length - 1))}.`, ...remarks].join(' '),
  }
  const input = {
    grid,
    bins: bins.price,
    usd,
    price: { id: 'close', label: 'Price', values },
    unit: Number.isNaN(width)
      ? 'USD, estimate'
      : `USD per ${Number((100 * width).toPrecision(2))} % of price, estimate`,
  }
  return bothWidths({ id: 'liquidation-heat', simulated, ...words }, (_, options) => heatMapFigure(input, options))
}
