import type { InstantMs } from '../core/instant.ts'
import { clearest, type Obstacle, type Spot } from './clearance.ts'
import { drawLine } from './linePane.ts'
import { barAtInstant, type Plot } from './plot.ts'
import { element, escapeXml, px } from './svg.ts'
import { textWidth } from './textWidth.ts'

/** Two edges that price has moved between. */
export interface Channel {
  /** `Descending channel` */
  readonly label: string
  readonly upper: Float64Array
  readonly lower: Float64Array
  /** Opens of the first and the last bar the edges were fitted to; outside of them they are drawn dashed, as an estimate. */
  readonly fitted: { readonly from: InstantMs; readonly to: InstantMs }
}

/** Both edges: solid where they were fitted, dashed where they are only drawn on. */
export function drawChannel(plot: Plot, channel: Channel, y: (value: number) => number): string {
  const inside = fittedMask(plot, channel)
  return [channel.upper, channel.lower]
    .flatMap((edge) => [
      drawLine(
        plot,
        keep(edge, (i) => inside(i)),
        y,
        'f-edge',
      ),
      drawLine(
        plot,
        keep(edge, (i) => !inside(i) || !inside(i + 1) || !inside(i - 1)),
        y,
        'f-edge f-dash',
      ),
    ])
    .join('')
}

/** The channel's name, with what its dashes mean where it has any. */
export const channelWords = (plot: Plot, channel: Channel): string =>
  isExtended(plot, channel) ? `${channel.label}, estimate where dashed` : channel.label

/** True where an edge is drawn beyond the bars it was fitted to. */
export function isExtended(plot: Pick<Plot, 'grid'>, channel: Channel): boolean {
  const inside = fittedMask(plot, channel)
  return channel.upper.some((value, i) => !Number.isNaN(value) && !inside(i))
}

interface TiltedSpot extends Spot {
  readonly y: number
  readonly angle: number
}

/** The channel's name along an edge, outside of the channel, where the fewest candles are in its way. */
export function drawChannelLabel(
  plot: Plot,
  channel: Channel,
  y: (value: number) => number,
  bounds: { readonly top: number; readonly bottom: number },
  obstacles: readonly Obstacle[],
): string {
  const words = channelWords(plot, channel)
  const width = textWidth(words, plot.layout.label)
  const spots = [
    ...tiltedSpots(plot, channel.upper, y, width, -6),
    ...tiltedSpots(plot, channel.lower, y, width, plot.layout.label + 4),
  ].filter((spot) => within(spot, bounds, plot.layout.label))
  const spot = clearest(plot, spots, obstacles)
  if (spot === undefined) return ''
  return element(
    'text',
    { class: 'f-m f-halo', transform: `translate(${px(spot.x1)},${px(spot.y)}) rotate(${px(spot.angle)})` },
    escapeXml(words),
  )
}

/** Places along one edge; `shift` is from the edge down to the baseline. */
function tiltedSpots(
  plot: Plot,
  edge: Float64Array,
  y: (value: number) => number,
  width: number,
  shift: number,
): readonly TiltedSpot[] {
  const first = edge.findIndex((value) => !Number.isNaN(value))
  const last = edge.findLastIndex((value) => !Number.isNaN(value))
  if (first < 0 || last === first) return []
  const [x1, y1, x2, y2] = [plot.x(first), y(edge[first] as number), plot.x(last), y(edge[last] as number)]
  const slope = (y2 - y1) / (x2 - x1)
  const run = width * Math.cos(Math.atan(slope))
  const size = plot.layout.label
  return [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95].map((part) => {
    const x = x1 + Math.max(0, x2 - x1 - run) * part
    const baseline = (at: number): number => y1 + (at - x1) * slope + shift
    return {
      x1: x,
      x2: x + run,
      y: baseline(x),
      angle: (Math.atan(slope) * 180) / Math.PI,
      top: (at) => baseline(at) - size,
      bottom: (at) => baseline(at) + 3,
    }
  })
}

const within = (spot: TiltedSpot, bounds: { readonly top: number; readonly bottom: number }, size: number): boolean =>
  Math.min(spot.top(spot.x1), spot.top(spot.x2)) >= bounds.top - size &&
  Math.max(spot.bottom(spot.x1), spot.bottom(spot.x2)) <= bounds.bottom

function fittedMask({ grid }: Pick<Plot, 'grid'>, { fitted }: Channel): (bar: number) => boolean {
  const from = barAtInstant(grid, fitted.from)
  const to = barAtInstant(grid, fitted.to)
  return (bar) => bar >= from - 1e-9 && bar <= to + 1e-9
}

const keep = (values: Float64Array, wanted: (bar: number) => boolean): Float64Array =>
  values.map((value, i) => (wanted(i) ? value : NaN))
