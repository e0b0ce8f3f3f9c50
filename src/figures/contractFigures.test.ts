import { describe, expect, test } from 'vitest'
import { contractFigures, contractGrid, madeHeatInput, madeMapInput } from '../../test/support/contractFigures.ts'
import { checkWellFormed, collisions, wordsOf } from '../../test/support/svgChecks.ts'
import { gaps } from '../core/candles.ts'
import { GridMismatchError } from '../core/errors.ts'
import type { FigureOptions } from './figure.ts'
import { fundingFigure } from './fundingFigure.ts'
import { heatMapFigure } from './heatMapFigure.ts'
import { linesFigure } from './linesFigure.ts'
import { liquidationMapFigure } from './liquidationMapFigure.ts'
import { openInterestFigure } from './openInterestFigure.ts'

const options = (width: number, more: Partial<FigureOptions> = {}): FigureOptions => ({
  id: `eth-${width}`,
  width,
  title: 'In seven days price rose 13 % and open interest fell 2.3 % in coins',
  subtitle: 'ETH, all venues held; as of 23 April 2025, 00:00 UTC',
  simulated: false,
  ...more,
})

const ALL = Object.entries(contractFigures)
const WIDTHS = [960, 360].flatMap((width) => ALL.map(([name, draw]) => [name, width, draw] as const))

const rowsOf = (csv: string): readonly string[] => csv.trimEnd().split('\n')

describe.each(WIDTHS)('the figure "%s", %d pixels wide,', (name, width, draw) => {
  const figure = draw(options(width))

  test('is well-formed, small, and draws no gap', () => {
    checkWellFormed(figure.svg)
    expect(figure.svg.length).toBeLessThan(150_000)
    expect(figure.svg).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('lets no word stand on another, and none leave the figure', () => {
    expect(collisions(figure.svg)).toEqual([])
  })

  test('writes nothing smaller than 11 pixels', () => {
    const sizes = [...figure.svg.matchAll(/(?:font-size:|font:400 )([\d.]+)px/g)].map(([, size]) => Number(size))
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11)
  })

  test('begins every id with its own, and every rule of its style sheets too', () => {
    const ids = [...figure.svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id as string)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id.startsWith(`eth-${width}`))).toBe(true)
    const sheets = [...figure.svg.matchAll(/<style>(.*?)<\/style>/gs)].map(([, sheet]) => sheet as string)
    const selectors = sheets.flatMap((sheet) => sheet.match(/[^{}]+(?=\{)/g) ?? [])
    expect(selectors.every((selector) => /^(#eth-|@media)/.test(selector))).toBe(true)
  })

  test('uses three colours at most', () => {
    const body = figure.svg.replaceAll(/<style>.*?<\/style>/gs, '')
    const tones = ['up', 'down', 'accent', 'warn'].filter((tone) =>
      new RegExp(`class="[^"]*f-[a-z-]*${tone}\\b`).test(body),
    )
    expect(tones.length).toBeLessThanOrEqual(3)
  })

  test('says in words what it shows', () => {
    expect(figure.alt).not.toMatch(/NaN|undefined|Infinity| {2}/)
    expect(figure.alt.length).toBeGreaterThan(150)
  })

  test('has the same data in both widths', () => {
    expect(draw(options(960)).csv).toBe(figure.csv)
  })

  test('says where the data is simulated', () => {
    const { svg, csv, alt } = draw(options(width, { simulated: true }))
    expect(wordsOf(svg)).toContain('SIMULATED')
    expect(alt).toContain('Simulated data.')
    expect(rowsOf(csv)[1]).toMatch(/,yes$/)
    expect(name).not.toBe('')
  })
})

describe('open interest', () => {
  const figure = contractFigures['interest']!(options(960))

  test('has its bounds and its regimes in the data, and nothing where there is a gap', () => {
    const [header, ...rows] = rowsOf(figure.csv)
    expect(header).toBe('time,close,regime,open_interest,one_sided_least,one_sided_most')
    expect(rows).toHaveLength(contractGrid.length)
    expect(rows[61]).toMatch(/,,,$/)
    expect(rows[0]).toMatch(/"[a-z ]+, price (rose|fell)"/)
  })

  test('has a row only for the regimes that occur', () => {
    const grid = { ...contractGrid, length: 14 }
    const line = { values: gaps(14).fill(1), label: 'ETH' }
    const { svg } = openInterestFigure(
      {
        grid,
        price: { ...line, id: 'close', heading: 'Price' },
        interest: { ...line, id: 'open_interest', heading: 'Open interest' },
        regimes: {
          heading: 'What drove both',
          order: ['leverage led', 'spot led'],
          unclear: 'unclear',
          windows: [{ from: 7, to: 13, label: 'spot led', way: 'up' }],
        },
      },
      options(960),
    )
    expect(wordsOf(svg)).toContain('spot led')
    expect(wordsOf(svg)).not.toContain('leverage led')
    expect(svg).not.toContain('class="f-band"')
  })
})

describe('lines', () => {
  test('of a venue that drops out are a gap, not a fall to zero', () => {
    const { csv, svg } = contractFigures['venues']!(options(960))
    expect(rowsOf(csv)[105]!.split(',')[2]).toBe('')
    expect(svg.match(/class="f-line-ink" d="M[^"]*M/)).not.toBeNull()
  })

  test('go straight over bars that rest, and break at other gaps', () => {
    const values = Float64Array.of(1, NaN, 2, NaN, 3)
    const draw = (rests?: (bar: number) => boolean): string =>
      linesFigure(
        {
          grid: { ...contractGrid, length: 5 },
          key: 'strength',
          lines: [{ id: 'btc', label: 'BTC', values, tone: 'accent' }],
          axis: 'value',
          ...(rests === undefined ? {} : { rests }),
          size: 'tall',
          write: String,
        },
        options(960),
      ).svg
    const pieces = (svg: string): number => /class="f-line-accent" d="([^"]*)"/.exec(svg)![1]!.split('M').length - 1
    expect([pieces(draw()), pieces(draw((bar) => bar === 1)), pieces(draw((bar) => bar % 2 === 1))]).toEqual([3, 2, 1])
  })

  test('without any value say so', () => {
    const { svg, alt } = linesFigure(
      {
        grid: contractGrid,
        key: 'cvd',
        lines: [{ id: 'spot', label: 'spot', values: gaps(contractGrid.length), tone: 'ink' }],
        axis: 'value',
        base: 0,
        size: 'tall',
        write: String,
      },
      options(960),
    )
    expect(wordsOf(svg)).toContain('No values in this time.')
    expect(alt).toContain('spot: no values in this time.')
  })
})

test('funding is hollow above zero and filled below', () => {
  const draw = (value: number): string =>
    fundingFigure(
      {
        grid: { ...contractGrid, length: 1 },
        key: 'funding',
        bars: { id: 'funding', label: 'a year', values: Float64Array.of(value) },
        write: String,
      },
      options(960),
    ).svg
  expect(draw(5)).toContain('<path class="f-up"')
  expect(draw(-5)).toContain('<path class="f-down"')
})

describe('a liquidation map', () => {
  test('is hatched and called an estimate, or solid and called published', () => {
    const [estimate, exact] = ['map', 'exact'].map((name) => contractFigures[name]!(options(960)))
    expect(estimate!.svg).toMatch(/class="f-outline-up" fill="url\(#eth-960-hatch-up\)"/)
    expect(wordsOf(estimate!.svg)).toContain('estimate')
    expect(estimate!.captions.join()).toContain('estimate')
    expect(exact!.svg).toContain('class="f-fill-up"')
    expect(wordsOf(exact!.svg)).not.toContain('estimate')
    expect(exact!.alt).toContain('From published positions')
  })

  test('has a row a bin, with both sides summed up from the price', () => {
    const input = {
      price: Float64Array.of(1, 4, 16),
      longUsd: Float64Array.of(10, 5, 0),
      shortUsd: Float64Array.of(0, NaN, 7),
      mark: 8,
      basis: 'estimate' as const,
    }
    expect(rowsOf(liquidationMapFigure(input, options(960)).csv)).toEqual([
      'price_from,price_to,long_usd,short_usd,long_usd_summed_downwards,short_usd_summed_upwards,basis',
      '0.5,2,10,0,15,0,estimate',
      '2,8,5,,5,0,estimate',
      '8,32,0,7,0,7,estimate',
    ])
  })

  test('names the bins with the most on each side', () => {
    const { alt } = contractFigures['map']!(options(960))
    expect(alt).toMatch(/Shorts above it: [\d.]+(m|bn) USD, most in the bin at [\d,]+/)
    expect(alt).toMatch(/Longs below it: [\d.]+(m|bn) USD, most in the bin at [\d,]+/)
  })

  test('without anything on it says so', () => {
    const none = new Float64Array(3)
    const input = { ...madeMapInput, price: Float64Array.of(1, 2, 4), longUsd: none, shortUsd: none }
    const { svg, alt } = liquidationMapFigure(input, options(360))
    expect(wordsOf(svg)).toContain('No positions to be liquidated are known.')
    expect(alt).toContain('No shorts to be liquidated above it are known.')
    const empty = { ...input, price: gaps(0), longUsd: gaps(0), shortUsd: gaps(0) }
    expect(liquidationMapFigure(empty, options(360)).svg).not.toMatch(/NaN|Infinity/)
  })

  test('whose columns differ in length is refused', () => {
    expect(() => liquidationMapFigure({ ...madeMapInput, longUsd: gaps(3) }, options(960))).toThrow(GridMismatchError)
  })
})

describe('a heat map', () => {
  test('turns its colours round for dark paper', () => {
    const fixed = (theme: 'light' | 'dark'): string => contractFigures['heat']!(options(960, { theme })).svg
    expect(fixed('light')).toContain('.f-heat-7{fill:#440154}')
    expect(fixed('dark')).toContain('.f-heat-7{fill:#fde725}')
    expect(contractFigures['heat']!(options(960)).svg).toContain(
      '@media screen and (prefers-color-scheme:dark){#eth-960 .f-heat-1{fill:#440154}',
    )
  })

  test('has a legend with its unit and draws the price in white with a dark edge', () => {
    const { svg } = contractFigures['heat']!(options(960))
    expect(wordsOf(svg)).toContain('USD per 1 % of price, estimate')
    expect(wordsOf(svg)).toMatch(/1m 2m 5m 10m 20m 50m 100m blank: under 1m/)
    expect(svg.indexOf('class="f-over-halo"')).toBeLessThan(svg.indexOf('class="f-over"'))
  })

  test('has whole dollars in its data and hatches the bars without a map', () => {
    const { csv, svg, captions } = contractFigures['heat']!(options(960))
    const [header, ...rows] = rowsOf(csv)
    expect(header).toMatch(/^time,close,usd_at_/)
    expect(rows[20]).toMatch(/^[^,]+,[^,]+,+$/)
    expect(rows[0]).toMatch(/^[^,]+,[^,]+(,\d+)+$/)
    expect(svg).toContain('hatch-muted')
    expect(captions).toEqual(['Hatched: no map of that time'])
  })

  test('without anything on it says so', () => {
    const nothing = { ...madeHeatInput, usd: madeHeatInput.usd.map(({ length }) => new Float64Array(length)) }
    expect(wordsOf(heatMapFigure(nothing, options(360)).svg)).toContain('No positions to be liquidated are known')
  })

  test('needs a column a bin', () => {
    expect(() => heatMapFigure({ ...madeHeatInput, usd: [] }, options(960))).toThrow(GridMismatchError)
  })
})
