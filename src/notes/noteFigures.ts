import type { Figure, FigureOptions } from '../figures/figure.ts'
import { macdFigure } from '../figures/macdFigure.ts'
import { oscillatorFigure } from '../figures/oscillatorFigure.ts'
import { priceFigure } from '../figures/priceFigure.ts'
import { bothWidths, type FigureWords } from './bothWidths.ts'
import { momentumTitle, priceTitle, strengthTitle } from './figureTitles.ts'
import { figureSubtitle, figureView, type FigureView } from './figureView.ts'
import type { NoteFigure } from './note.ts'
import type { Reading } from './reading.ts'

/** Price with its 20-day average, channel, levels and the numbered candles, and volume. */
export function drawPrice(reading: Reading): NoteFigure {
  const words = { title: priceTitle(reading), subtitle: figureSubtitle(reading, 'Daily candles and volume') }
  return ofReading('price', reading, words, (view, options) => {
    const { candles, channel, levels, marks } = view
    const input = {
      candles,
      volumeUnit: reading.asset,
      overlays: [{ id: 'ema20', label: 'EMA 20', values: view.column('ema(20)') }],
      levels,
      marks,
      ...(channel === undefined ? {} : { channel }),
    }
    return priceFigure(input, options)
  })
}

/** MACD, its signal and histogram, and ten-day momentum. */
export function drawMomentum(reading: Reading): NoteFigure {
  const words = {
    title: momentumTitle(reading),
    subtitle: figureSubtitle(reading, 'MACD and momentum of daily closes'),
  }
  return ofReading('momentum', reading, words, ({ candles, column, divergences }, options) => {
    const [line, signal, histogram] = ['line', 'signal', 'histogram'].map((output) =>
      column(`macd(12, 26, 9).${output}`),
    )
    const input = {
      grid: candles,
      heading: 'MACD (12, 26, 9)',
      line: { id: 'macd', label: 'MACD', values: line ?? NONE },
      signal: { id: 'signal', label: 'Signal', values: signal ?? NONE },
      histogram: { id: 'histogram', label: 'MACD less signal', values: histogram ?? NONE },
      momentum: { id: 'momentum', label: 'Momentum', heading: 'Momentum, 10 days', values: column('momentum(10)') },
      divergences: [...divergences('macd', 'macd(12, 26, 9).line'), ...divergences('momentum', 'momentum(10)')],
    }
    return macdFigure(input, options)
  })
}

const NONE = new Float64Array(0)

/** RSI and MFI with their thresholds. */
export function drawStrength(reading: Reading): NoteFigure {
  const words = { title: strengthTitle(reading), subtitle: figureSubtitle(reading, 'RSI and MFI of daily candles') }
  const thresholds = (name: string, low: number, high: number) => [
    { value: low, label: `${name} oversold` },
    { value: high, label: `${name} overbought` },
  ]
  return ofReading('strength', reading, words, ({ candles, column, divergences }, options) => {
    const lines = [
      { id: 'rsi', label: 'RSI', values: column('rsi(14)'), thresholds: thresholds('RSI', 30, 70) },
      { id: 'mfi', label: 'MFI', values: column('mfi(14)'), thresholds: thresholds('MFI', 20, 80) },
    ]
    const input = {
      grid: candles,
      heading: 'RSI and MFI, 14 days',
      lines,
      divergences: divergences('rsi', 'rsi(14)'),
    }
    return oscillatorFigure(input, options)
  })
}

const ofReading = (
  id: string,
  reading: Reading,
  words: FigureWords,
  draw: (view: FigureView, options: FigureOptions) => Figure,
): NoteFigure =>
  bothWidths({ id, simulated: reading.simulated, ...words }, (days, options) =>
    draw(figureView(reading, days), options),
  )
