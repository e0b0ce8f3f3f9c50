import type { InstantMs } from '../core/instant.ts'
import { clearest, crowding, type Obstacle, type Spot } from './clearance.ts'
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

/** True where an edge is drawn beyond the bars it was fitted to. */
export function isExtended(plot: Pick<Plot, 'grid'>, channel: Channel): boolean {
  const inside = fittedMask(plot, channel)
  return channel.upper.some((value, i) => !Number.isNaN(value) && !inside(i))
}

interface TiltedSpot extends Spot {
  readonly y: number
  readonly angle: number
  readonly words: string
}

/** The channel's name along an edge, outside of the channel, where the least is in its way. */
export function drawChannelLabel(
  plot: Plot,
  channel: Channel,
  y: (value: number) => number,
  bounds: { readonly top: number; readonly bottom: number },
  obstacles: readonly Obstacle[],
): string {
  const spots = spotsAlong(plot, channel, y, bounds, channel.label)
  const name = clearest(plot, spots, obstacles)
  return (name === undefined ? '' : drawTilted(name)) + drawEstimate(plot, channel, y, bounds, obstacles)
}

/** The word `estimate` along a dashed end, where that has room for it; the caption says it in any case. */
function drawEstimate(
  plot: Plot,
  channel: Channel,
  y: (value: number) => number,
  bounds: { readonly top: number; readonly bottom: number },
  obstacles: readonly Obstacle[],
): string {
  const after = barAtInstant(plot.grid, channel.fitted.to)
  const ends = { upper: keep(channel.upper, (i) => i >= after), lower: keep(channel.lower, (i) => i >= after) }
  const word = 'estimate'
  const room = (plot.grid.length - after) * plot.step
  if (room < textWidth(word, plot.layout.label) * 0.9) return ''
  const free = spotsAlong(plot, ends, y, bounds, word).find((spot) => crowding(plot, spot, obstacles) === 0)
  return free === undefined ? '' : drawTilted(free)
}

const spotsAlong = (
  plot: Plot,
  { upper, lower }: Pick<Channel, 'upper' | 'lower'>,
  y: (value: number) => number,
  bounds: { readonly top: number; readonly bottom: number },
  words: string,
): readonly TiltedSpot[] =>
  [...tiltedSpots(plot, upper, y, words, -5), ...tiltedSpots(plot, lower, y, words, plot.layout.label + 3)].filter(
    (spot) => within(spot, bounds, plot.layout.label),
  )

const drawTilted = ({ x1, y, angle, words }: TiltedSpot): string =>
  element(
    'text',
    { class: 'f-m f-halo', transform: `translate(${px(x1)},${px(y)}) rotate(${px(angle)})` },
    escapeXml(words),
  )

/** Places along one edge; `shift` is from the edge down to the baseline. */
function tiltedSpots(
  plot: Plot,
  edge: Float64Array,
  y: (value: number) => number,
  words: string,
  shift: number,
): readonly TiltedSpot[] {
  const first = edge.findIndex((value) => !Number.isNaN(value))
  const last = edge.findLastIndex((value) => !Number.isNaN(value))
  if (first < 0 || last === first) return []
  const [x1, y1, x2, y2] = [plot.x(first), y(edge[first] as number), plot.x(last), y(edge[last] as number)]
  const slope = (y2 - y1) / (x2 - x1)
  const run = textWidth(words, plot.layout.label) * Math.cos(Math.atan(slope))
  const size = plot.layout.label
  return [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95].map((part) => {
    const x = x1 + Math.max(0, x2 - x1 - run) * part
    const baseline = (at: number): number => y1 + (at - x1) * slope + shift
    return {
      x1: x,
      x2: x + run,
      y: baseline(x),
      words,
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
