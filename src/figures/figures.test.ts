import { describe, expect, test } from 'vitest'
import { gaps } from '../core/candles.ts'
import { GridMismatchError } from '../core/errors.ts'
import { DAY_MS, instant, parseInstant } from '../core/instant.ts'
import { seededRandom } from '../core/random.ts'
import { BadFigureError, type FigureOptions } from './figure.ts'
import { macdFigure } from './macdFigure.ts'
import { oscillatorFigure } from './oscillatorFigure.ts'
import { priceFigure, type PriceFigureInput } from './priceFigure.ts'
import { checkWellFormed, wordsOf } from '../../test/support/svgChecks.ts'
import { technicalFigure, type TechnicalInput } from '../../test/support/technicalFigure.ts'

const BARS = 180
const START = parseInstant('2024-10-25')
const at = (bar: number) => instant(START + bar * DAY_MS)

/** Seeded candles with a gap at bars 60 to 64. */
function candlesOf(length: number) {
  const random = seededRandom('figures')
  const columns = {
    open: gaps(length),
    high: gaps(length),
    low: gaps(length),
    close: gaps(length),
    volume: gaps(length),
  }
  let price = 4000
  for (let i = 0; i < length; i++) {
    const close = price * Math.exp(random.normal() * 0.03 - 0.005)
    if (i < 60 || i > 64) {
      columns.open[i] = price
      columns.close[i] = close
      columns.high[i] = Math.max(price, close) * 1.01
      columns.low[i] = Math.min(price, close) * 0.99
      columns.volume[i] = 1e6 * random.uniform()
    }
    price = close
  }
  return { start: START, step: DAY_MS, length, ...columns }
}

const column = (value: (bar: number) => number) =>
  Float64Array.from({ length: BARS }, (_, i) => (i < 14 ? NaN : value(i)))
const line = (id: string, label: string, value: (bar: number) => number) => ({ id, label, values: column(value) })

const candles = candlesOf(BARS)
const grid = { start: START, step: DAY_MS, length: BARS }

const price: PriceFigureInput = {
  candles,
  volumeUnit: 'ETH',
  overlays: [{ id: 'ema_20', label: 'EMA 20', values: candles.close.map((close) => close * 1.02) }],
  channel: {
    label: 'Descending channel',
    upper: column((i) => 4300 * Math.exp(-0.005 * i)),
    lower: column((i) => 3300 * Math.exp(-0.005 * i)),
    fitted: { from: at(14), to: at(160) },
  },
  levels: [1700, 1750, 1800, 1805, 2100, 9000].map((level, i) => ({ price: level, tests: i })),
  marks: [170, 171, 172, 173, 175, 179].map((bar, i) => ({
    at: at(bar),
    side: i % 2 ? 'above' : 'below',
    label: `Event ${i}`,
  })),
}
const oscillators = {
  grid,
  heading: 'RSI and MFI, 14 days',
  lines: [
    { ...line('rsi', 'RSI', (i) => 50 + 30 * Math.sin(i / 9)), thresholds: [{ value: 70, label: 'RSI overbought' }] },
    { ...line('mfi', 'MFI', (i) => 50 + 40 * Math.sin(i / 7)), thresholds: [{ value: 20, label: 'MFI oversold' }] },
  ],
}
const macd = {
  grid,
  heading: 'MACD (12, 26, 9)',
  line: line('macd', 'MACD', (i) => 100 * Math.sin(i / 20)),
  signal: line('signal', 'Signal', (i) => 90 * Math.sin(i / 20 - 0.3)),
  histogram: line('histogram', 'Histogram', (i) => 30 * Math.cos(i / 20)),
  momentum: { ...line('momentum', 'Momentum', (i) => 200 * Math.cos(i / 11)), heading: 'Momentum, 10 days' },
}
const whole: TechnicalInput = {
  price,
  oscillators,
  macd,
  divergences: [
    { of: 'rsi', label: 'Bullish divergence', from: at(120), to: at(150), prices: [2000, 1900], values: [25, 31] },
    { of: 'momentum', label: 'Bearish divergence', from: at(80), to: at(110), prices: [2600, 2700], values: [150, 90] },
  ],
  rules: [{ at: at(159), label: 'US tariffs & "reciprocal" <rates>' }],
}
const options = (width: number, more: Partial<FigureOptions> = {}): FigureOptions => ({
  id: `eth-${width}`,
  width,
  title: 'ETH has broken its 20-day average, but a reversal is not established',
  subtitle: 'ETH/USDT, daily candles, US dollars; as of 23 April 2025, 00:00 UTC',
  simulated: false,
  ...more,
})

describe.each([960, 360])('a figure %d pixels wide', (width) => {
  const figure = technicalFigure(whole, options(width))

  test('is well-formed, small, and draws no gap', () => {
    checkWellFormed(figure.svg)
    expect(figure.svg.length).toBeLessThan(120_000)
    expect(figure.svg).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('rounds coordinates to a tenth', () => {
    const paths = [...figure.svg.matchAll(/ d="([^"]*)"/g)].map(([, d]) => d).join('')
    expect(paths.match(/\.\d{2}/g)).toBeNull()
  })

  test('writes nothing smaller than 11 pixels', () => {
    const sizes = [...figure.svg.matchAll(/(?:font-size:|font:400 )([\d.]+)px/g)].map(([, size]) => Number(size))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11)
  })

  test('begins every id with its own, and every rule of its style sheet too', () => {
    const ids = [...figure.svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id as string)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id.startsWith(`eth-${width}`))).toBe(true)
    const selectors = /<style>(.*)<\/style>/s.exec(figure.svg)?.[1]?.match(/[^{}]+(?=\{)/g) ?? []
    expect(selectors.every((selector) => /^(#eth-|@media)/.test(selector))).toBe(true)
  })

  test('says the same labels', () => {
    const words = wordsOf(figure.svg)
    for (const label of [
      'EMA 20',
      'RSI',
      'MFI',
      'MACD',
      'Signal',
      'Momentum',
      'Descending channel',
      'log scale',
      '2 tests',
    ])
      expect(words).toContain(label)
    expect(words).toContain('RSI overbought 70')
    expect(words).toContain('2 Apr US tariffs &amp; &quot;reciprocal&quot; &lt;rates&gt;')
    expect(words.match(/(Bullish|Bearish) divergence/g)).toHaveLength(2)
  })

  test('is an image with a title and a description', () => {
    expect(figure.svg).toContain(`role="img" aria-labelledby="eth-${width}-title eth-${width}-desc"`)
    expect(figure.svg).toContain(`<title id="eth-${width}-title">ETH has broken`)
    expect(figure.alt).toContain('EMA 20 ends at')
    expect(figure.alt).toContain('Dated events: 2 Apr 2025')
  })
})

describe('what a figure says beside its picture', () => {
  const figure = technicalFigure(whole, options(960))

  test('the captions explain the numbers in order, then what is dashed and what is out of view', () => {
    expect(figure.captions.slice(0, 6).map((caption) => caption[0])).toEqual(['1', '2', '3', '4', '5', '6'])
    expect(figure.captions[6]).toContain('estimate')
    expect(figure.captions[7]).toBe('Beyond the prices drawn: 9,000 (5 tests)')
  })

  test('the data has one row a bar and a column for all that is drawn', () => {
    const [header, ...rows] = figure.csv.trimEnd().split('\n')
    expect(rows).toHaveLength(BARS)
    expect(header).toMatch(
      /^time,open,high,low,close,volume,ema_20,channel_upper,channel_lower,"level 1,700 \(untested\)"/,
    )
    expect(header).toContain(',rsi,mfi,divergence_in_rsi,macd,signal,histogram,momentum,divergence_in_momentum,event')
    expect(header).not.toContain('9,000')
    expect(rows[61]).toMatch(/^2024-12-25T00:00:00Z,,,,,,,/)
    expect(rows[0]).toContain(String(candles.close[0]))
  })

  test('both widths hold the same data', () => {
    expect(technicalFigure(whole, options(360)).csv).toBe(figure.csv)
  })
})

describe('simulated data', () => {
  const figures = [
    technicalFigure(whole, options(360, { simulated: true })),
    priceFigure(price, options(960, { simulated: true })),
    oscillatorFigure(oscillators, options(960, { simulated: true })),
    macdFigure(macd, options(360, { simulated: true })),
  ]

  test.each(figures.map((figure) => [figure]))(
    'is named in the picture, its words and its rows',
    ({ svg, alt, csv }) => {
      expect(wordsOf(svg)).toContain('SIMULATED')
      expect(wordsOf(svg)).toContain('Simulated data. ETH/USDT')
      expect(alt).toContain('Simulated data.')
      expect(csv.split('\n')[1]).toMatch(/,yes$/)
    },
  )

  test('is not claimed of real data', () => {
    expect(technicalFigure(whole, options(960)).svg.toLowerCase()).not.toContain('simulated')
  })
})

describe('candles', () => {
  const one = (open: number, close: number) =>
    priceFigure(
      {
        candles: {
          start: START,
          step: DAY_MS,
          length: 1,
          open: Float64Array.of(open),
          high: Float64Array.of(12),
          low: Float64Array.of(8),
          close: Float64Array.of(close),
          volume: Float64Array.of(NaN),
        },
        volumeUnit: 'ETH',
      },
      options(960),
    ).svg

  test('are hollow up and filled down', () => {
    expect(one(9, 11)).toContain('<path class="f-up"')
    expect(one(9, 11)).not.toContain('<path class="f-down"')
    expect(one(11, 9)).toContain('<path class="f-down"')
    expect(one(9, 11)).toMatch(/\.f-up\{fill:var\(--f-paper\)/)
  })

  test('have no volume pane where the source gives no volume', () => {
    expect(wordsOf(one(9, 11))).not.toContain('Volume')
  })

  test('that do not exist are said to be missing', () => {
    const none = { ...candlesOf(3), open: gaps(3), high: gaps(3), low: gaps(3), close: gaps(3), volume: gaps(3) }
    for (const nothing of [none, candlesOf(0)]) {
      const figure = priceFigure({ candles: nothing, volumeUnit: 'ETH' }, options(360))
      expect(wordsOf(figure.svg)).toContain('No candles in this time.')
      expect(figure.svg).not.toMatch(/NaN|Infinity/)
    }
  })
})

describe('wrong input', () => {
  test('a column of another length is refused', () => {
    const short = { ...candles, close: gaps(3) }
    expect(() => priceFigure({ candles: short, volumeUnit: 'ETH' }, options(960))).toThrow(GridMismatchError)
  })

  test('panes on different grids are refused', () => {
    const other = { ...oscillators, grid: { ...grid, start: at(1) } }
    expect(() => technicalFigure({ price, oscillators: other }, options(960))).toThrow(GridMismatchError)
  })

  test('an id that would break out of the markup is refused, and so is a width without room', () => {
    expect(() => priceFigure(price, options(960, { id: 'a"b' }))).toThrow(BadFigureError)
    expect(() => priceFigure(price, options(100))).toThrow(BadFigureError)
  })

  test('words cannot become markup', () => {
    const { svg } = priceFigure(price, options(960, { title: '<script>alert(1)</script> & more\u0000' }))
    checkWellFormed(svg)
    expect(svg).not.toContain('<script')
  })
})
