import { openAt } from '../core/candles.ts'
import { newYorkSession } from '../core/newYorkSession.ts'
import { formatFixed } from '../figures/format.ts'
import { toneByRank } from '../figures/gutter.ts'
import { linesFigure } from '../figures/linesFigure.ts'
import type { LinesInput } from '../figures/linesPane.ts'
import { oscillatorFigure } from '../figures/oscillatorFigure.ts'
import { ratePathFigure } from '../figures/ratePathFigure.ts'
import { EXTREMES } from '../metrics/macro/fearGreed.ts'
import { bothWidths } from './bothWidths.ts'
import { lastHeld } from './lastHeld.ts'
import { barsOf, isSimulated, saySource } from './macroFigureParts.ts'
import type { MacroReading } from './macroReading.ts'
import { pathTitle, sentimentTitle, strengthTitle } from './macroTitles.ts'
import { drawMoney } from './moneyFigures.ts'
import type { NoteFigure } from './note.ts'
import { lastRateQuote, pathId, sayThin } from './rateQuote.ts'
import { comparedWith, type Compared } from './relativeTo.ts'
import { drawVolatility } from './volatilityFigure.ts'
import { sayDay, sayInstant, sayList, sayVenue } from './wording.ts'

/** The figures of the section on macro; what is not held is not drawn. */
export const drawMacro = (macro: MacroReading): readonly NoteFigure[] =>
  [drawPath(macro), drawVolatility(macro)].filter((figure) => figure !== undefined)

/** The figures of the section on bitcoin; what is not held is not drawn. */
export const drawBitcoin = (macro: MacroReading): readonly NoteFigure[] =>
  [drawStrength(macro), drawMoney(macro), drawSentiment(macro)].filter((figure) => figure !== undefined)

/** Half the width of a target range, percent. */
const HALF_RANGE = 0.125

/** The target behind each meeting as futures imply it. */
function drawPath(macro: MacroReading): NoteFigure | undefined {
  const { base } = macro
  const quote = lastRateQuote(macro)
  if (quote === undefined) return undefined
  const { bar, from, meetings, until, isFromNext } = quote
  const input = {
    at: openAt(base.frame.grid, bar),
    target: (base.column(`${pathId(quote, until)}.target`)[bar] ?? NaN) - HALF_RANGE,
    meetings: meetings.map(({ at, odds }) => ({
      at,
      ranges: odds.map(([low, share]) => ({ low: low / 100, share })),
    })),
    isFromNext,
    captions: [
      ...(isFromNext
        ? []
        : [`Meetings before ${sayDay(meetings[0]?.at ?? base.frame.asOf, base.frame.asOf)} are not held`]),
      ...sayThin(quote, base.frame.asOf),
      'Futures pay for risk too: how much of what they imply is such a premium is not known, and none is taken off',
    ],
  }
  const words = {
    title: pathTitle(macro, quote),
    subtitle: `Target range of the Federal Reserve after each meeting, ${sayPathSource(macro, from)}; quoted to ${sayInstant(base.closeAt(bar))}`,
  }
  return bothWidths({ id: 'rate-path', simulated: isSimulated(macro), ...words }, (_, options) =>
    ratePathFigure(input, options),
  )
}

/** An asset, equities and gold from one close in New York on. */
function drawStrength(macro: MacroReading): NoteFigure | undefined {
  const { base } = macro
  const others = comparedWith(macro)
  const [first] = others
  if (first === undefined) return undefined
  const { grid } = base.frame
  const close = newYorkSession(openAt(grid, Math.max(...others.map(({ bar }) => bar))))?.close ?? base.frame.asOf
  const named = others.map(({ other: { symbol, name } }) => `${name} (${symbol}, ${saySource(macro, 'quote', symbol)})`)
  const words = {
    title: strengthTitle(macro, others),
    subtitle: `Log returns from close to close in New York: ${sayPriced(macro)}, ${sayList(named)}; to ${sayInstant(close)}`,
  }
  const input = strengthInput(macro, others, first)
  return bothWidths({ id: 'strength-new-york', simulated: isSimulated(macro), ...words }, (_, options) =>
    linesFigure(input, options),
  )
}

/** Days without a session are no gaps: there is nothing to have, and what happens over them is one change. The lines go straight over. */
function strengthInput(macro: MacroReading, others: readonly Compared[], first: Compared): LinesInput {
  const { base } = macro
  const { asset, asOf } = base.frame
  const grid = barsOf(base.frame.grid, base.barOf(first.since), Math.max(...others.map(({ bar }) => bar)))
  const column = (id: string): Float64Array => {
    const from = base.barOf(first.since)
    return base.column(id).slice(from, from + grid.length)
  }
  return {
    grid,
    key: 'strength',
    heading: `Since the close of ${sayDay(first.since, asOf)}, %`,
    lines: [
      { id: asset.toLowerCase(), label: asset, values: column(`${first.id}.asset`), tone: toneByRank(0) },
      ...others.map(({ other, id }, i) => ({
        id: other.symbol.toLowerCase(),
        label: other.short,
        values: column(`${id}.series`),
        tone: toneByRank(i + 1),
      })),
    ],
    axis: 'value',
    base: 0,
    rests: (bar) => newYorkSession(openAt(grid, bar)) === undefined,
    size: 'tall',
    write: writeSigned,
    captions: others.map(({ other: { symbol, remark } }) => remark(saySource(macro, 'quote', symbol))),
  }
}

/** `+5.8`, `−7.0`; what is whole, as ticks are, without a decimal: `−5`. */
const writeSigned = (value: number): string =>
  `${value >= 0.05 ? '+' : ''}${formatFixed(value, Number.isInteger(value) ? 0 : 1)}`

/** The index of sentiment with its extremes. */
function drawSentiment(macro: MacroReading): NoteFigure | undefined {
  const { base } = macro
  const bar = lastHeld(base, 'fear_greed.value')
  if (bar === undefined) return undefined
  const words = {
    title: sentimentTitle(macro, bar),
    subtitle: `Fear and greed index of crypto, 0 to 100, a value a day, ${saySource(macro, 'quote', 'FEAR_GREED')}; to ${sayInstant(base.closeAt(bar))}`,
  }
  return bothWidths({ id: 'fear-greed', simulated: isSimulated(macro), ...words }, (days, options) => {
    const from = Math.max(0, bar + 1 - days)
    const line = {
      id: 'fear_greed',
      label: 'Index',
      values: base.column('fear_greed.value').slice(from, bar + 1),
      thresholds: [
        { value: EXTREMES.fear, label: 'Extreme fear' },
        { value: EXTREMES.greed, label: 'Extreme greed' },
      ],
    }
    const input = { grid: barsOf(base.frame.grid, from, bar), heading: 'Index, with its extremes', lines: [line] }
    const figure = oscillatorFigure(input, options)
    return {
      ...figure,
      captions: [
        ...figure.captions,
        "Only the index is held and not its parts: how much of it is BTC's own price is not known",
      ],
    }
  })
}

/** Who computed the odds, or whose settlements they were computed from. */
const sayPathSource = (macro: MacroReading, from: 'odds' | 'futures'): string =>
  from === 'odds'
    ? `from fed funds futures, ${saySource(macro, 'rate_path')}`
    : `by the method of CME from settlements of fed funds futures, ${saySource(macro, 'rate_futures')}`

/** `BTC by Binance perp BTCUSDT`: what the closes in New York were read from. */
function sayPriced({ base }: MacroReading): string {
  const input = base.frame.inputs.find(({ kind }) => kind === 'us_close')
  return `${base.frame.asset}${input === undefined ? '' : ` by ${sayVenue(input.venue)} ${input.market} ${input.instrument}`}`
}
