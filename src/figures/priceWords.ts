import { openAt } from '../core/candles.ts'
import { intervalOfMs } from '../core/interval.ts'
import { isExtended } from './channel.ts'
import { constantColumn, wordColumn, type CsvColumn } from './csv.ts'
import { barsOf, onlyOnGrid } from './divergence.ts'
import { formatDate, formatPrice } from './format.ts'
import { levelStart, levelWords } from './levels.ts'
import { lastOf } from './linePane.ts'
import { markCaption, numberMarks } from './marks.ts'
import type { PriceInput, PriceView } from './priceView.ts'
import { hasVolume } from './volumePane.ts'

/** Everything the price pane draws, as columns: candles, lines, edges, levels, marks and divergences. */
export function priceColumns(input: PriceInput, view: PriceView): readonly CsvColumn[] {
  const { candles, overlays = [], channel, marks = [], divergences = [] } = input
  const names = ['open', 'high', 'low', 'close', ...(hasVolume(candles) ? (['volume'] as const) : [])] as const
  const words = numberMarks(candles, marks).map(({ bar, number, label }) => [bar, `${number}: ${label}`] as const)
  const pivots = onlyOnGrid({ grid: candles }, divergences).flatMap((divergence) =>
    barsOf({ grid: candles }, divergence).map(
      (bar, i) => [bar, `${divergence.label} of ${divergence.of} at ${divergence.prices[i]}`] as const,
    ),
  )
  return [
    ...names.map((name) => ({ name, values: candles[name] })),
    ...overlays.map(({ id, values }) => ({ name: id, values })),
    ...(channel === undefined
      ? []
      : [
          { name: 'channel_upper', values: channel.upper },
          { name: 'channel_lower', values: channel.lower },
        ]),
    ...view.levels.map((level) =>
      constantColumn(candles, `level ${levelWords(level)}`, level.price, levelStart({ grid: candles }, level)),
    ),
    ...(words.length === 0 ? [] : [wordColumn(candles, 'mark', words)]),
    ...(pivots.length === 0 ? [] : [wordColumn(candles, 'divergence_in_price', pivots)]),
  ]
}

/** The price pane in sentences. */
export function priceAlt(input: PriceInput, view: PriceView): readonly string[] {
  const { candles, overlays = [], channel, marks = [], divergences = [] } = input
  if (view.isEmpty) return ['No candles in this time.']
  const numbered = numberMarks(candles, marks)
  const joined = onlyOnGrid({ grid: candles }, divergences)
  return [
    candlesAlt(input),
    ...overlays.flatMap(({ label, values }) => {
      const last = lastOf(values)
      return last === undefined ? [] : [`${label} ends at ${formatPrice(last.value)}.`]
    }),
    ...(channel === undefined ? [] : [channelAlt(channel.label, channel.upper, channel.lower)]),
    ...(view.levels.length === 0 ? [] : [`Levels: ${view.levels.map(levelWords).join(', ')}.`]),
    ...(numbered.length === 0 ? [] : [`Marks: ${numbered.map((mark) => markCaption(candles, mark)).join('; ')}.`]),
    ...joined.map(
      ({ label, of, from, to, prices }) =>
        `${label} (${of}): price went from ${formatPrice(prices[0])} on ${formatDate(from)} to ${formatPrice(prices[1])} on ${formatDate(to)}.`,
    ),
  ]
}

/** What stands under the figure: numbered marks, what is dashed, and levels too far away to draw. */
export function priceCaptions(input: PriceInput, view: PriceView): readonly string[] {
  const { candles, channel, levels = [], marks = [] } = input
  const outside = view.isEmpty ? [] : levels.filter((level) => !view.levels.includes(level))
  const isDashed = channel !== undefined && isExtended({ grid: candles }, channel)
  return [
    ...numberMarks(candles, marks).map((mark) => markCaption(candles, mark)),
    ...(isDashed
      ? [`${channel.label}: dashed where its edges are extended beyond the candles they were fitted to (estimate)`]
      : []),
    ...(outside.length === 0 ? [] : [`Beyond the prices drawn: ${outside.map(levelWords).join(', ')}`]),
  ]
}

function candlesAlt({ candles }: PriceInput): string {
  const last = lastOf(candles.close)
  const [low, high] = [barOf(candles.low, Math.min), barOf(candles.high, Math.max)]
  const span = `from ${formatDate(openAt(candles, 0))} to ${formatDate(openAt(candles, candles.length - 1))}`
  const day = (bar: number): string => formatDate(openAt(candles, bar))
  return (
    `Candles of ${intervalOfMs(candles.step)} ${span}: ` +
    `high ${formatPrice(candles.high[high] ?? NaN)} on ${day(high)}, low ${formatPrice(candles.low[low] ?? NaN)} on ${day(low)}, ` +
    `last close ${formatPrice(last?.value ?? NaN)}.`
  )
}

function channelAlt(label: string, upper: Float64Array, lower: Float64Array): string {
  const ends = [lastOf(lower), lastOf(upper)].map((last) => formatPrice(last?.value ?? NaN))
  return `${label} between ${ends.join(' and ')} at its end.`
}

function barOf(values: Float64Array, pick: (...values: number[]) => number): number {
  const wanted = pick(...values.filter((value) => !Number.isNaN(value)))
  return values.indexOf(wanted)
}
