import { describe, expect, test } from 'vitest'
import { checkWellFormed, collisions, wordsOf } from '../../test/support/svgChecks.ts'
import { DAY_MS, parseInstant, plusMs } from '../core/instant.ts'
import { seededRandom } from '../core/random.ts'
import type { FigureOptions } from './figure.ts'
import type { RateMeeting, RatePathInput } from './ratePath.ts'
import { ratePathFigure } from './ratePathFigure.ts'

const options = (width: number, more: Partial<FigureOptions> = {}): FigureOptions => ({
  id: `rates-${width}`,
  width,
  title: 'Futures imply 3.2 cuts by the end of 2025',
  subtitle: 'Target range after each meeting, by CME; quoted to 24 April 2025, 00:00 UTC',
  simulated: false,
  ...more,
})
const AT = parseInstant('2025-04-23')

/** Meetings six weeks apart whose rate walks away from the target, each with eleven ranges. */
function madeMeetings(count: number, step: number, target: number): readonly RateMeeting[] {
  const random = seededRandom(`rate path ${count} ${step}`)
  let middle = target + 0.1
  return Array.from({ length: count }, (_, i) => {
    middle += step * random.uniform()
    const lows = Array.from({ length: 11 }, (_range, k) => Math.floor(middle * 4) / 4 + (k - 5) * 0.25)
    const ranges = lows.map((low) => ({ low, share: Math.exp(-(((low + 0.125 - middle) / 0.3) ** 2)) }))
    return { at: plusMs(AT, (14 + 42 * i) * DAY_MS), ranges: ranges.filter(({ share }) => share > 1e-4) }
  })
}

const input: RatePathInput = { at: AT, target: 4.25, meetings: madeMeetings(9, -0.25, 4.25), isFromNext: true }
const SHAPES: readonly (readonly [string, RatePathInput])[] = [
  ['of cuts', input],
  ['of rises', { ...input, target: 0, meetings: madeMeetings(12, 0.6, 0) }],
  ['of rates of two digits', { ...input, target: 9.75, meetings: madeMeetings(4, 0.3, 9.75) }],
  ['that hardly moves', { ...input, meetings: madeMeetings(6, 0.01, 4.25) }],
  ['of one meeting', { ...input, meetings: madeMeetings(1, -0.2, 4.25) }],
  ['that falls far', { ...input, meetings: madeMeetings(16, -0.6, 4.25), target: 5.25, isFromNext: false }],
]
const WIDTHS = SHAPES.flatMap(([name, shape]) => [960, 360, 280].map((width) => [name, width, shape] as const))

const rowsOf = (csv: string): readonly string[] => csv.trimEnd().split('\n')

describe.each(WIDTHS)('a path %s, %d pixels wide,', (_, width, shape) => {
  const figure = ratePathFigure(shape, options(width))

  test('is well-formed, and draws no gap', () => {
    checkWellFormed(figure.svg)
    expect(figure.svg.length).toBeLessThan(60_000)
    expect(figure.svg + figure.alt).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('lets no word stand on another, and none leave the figure', () => {
    expect(collisions(figure.svg)).toEqual([])
  })

  test('begins every id with its own', () => {
    const ids = [...figure.svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id as string)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => id.startsWith(`rates-${width}`))).toBe(true)
  })
})

describe('what it draws', () => {
  const simple: RatePathInput = {
    at: AT,
    target: 4.25,
    isFromNext: true,
    meetings: [
      {
        at: parseInstant('2025-05-07'),
        ranges: [
          { low: 4.25, share: 0.375 },
          { low: 4, share: 0.125 },
        ],
      },
      { at: parseInstant('2026-01-28'), ranges: [{ low: 4, share: 0.5 }] },
      { at: parseInstant('2026-03-18'), ranges: [] },
    ],
  }
  const figure = ratePathFigure(simple, options(960))

  test('has a row a meeting and range, with shares that sum to 1 and the expected rate', () => {
    expect(rowsOf(figure.csv)).toEqual([
      'meeting,low,high,probability,expected,target_low',
      '2025-05-07,4,4.25,0.25,4.3125,4.25',
      '2025-05-07,4.25,4.5,0.75,4.3125,4.25',
      '2026-01-28,4,4.25,1,4.125,4.25',
    ])
  })

  test('names days, years where they begin, and the most likely range in percent', () => {
    const words = wordsOf(figure.svg)
    expect(words).toContain('23 Apr 2025 7 May 28 Jan 2026')
    expect(words).toMatch(/25 % 75 %/)
    expect(words).toContain('target now')
    expect(words).toContain('4.13 % expected')
    expect(wordsOf(ratePathFigure(simple, options(360)).svg)).not.toContain('25 %')
  })

  test('says in words what it shows', () => {
    expect(figure.alt).toContain(
      'The target range on 23 Apr 2025 is 4.25 to 4.50 %. Expected after the meetings: ' +
        '7 May 2025: 4.31 %, most likely 4.25 to 4.50 % with 75 %; 28 Jan 2026: 4.13 %, most likely 4.00 to 4.25 % with 100 %.',
    )
  })

  test('is darker where a range is likelier', () => {
    const shades = [...figure.svg.matchAll(/fill-opacity="([\d.]+)"/g)].map(([, shade]) => Number(shade))
    expect(shades).toEqual([0.29, 0.502, 0.58])
  })

  test('steps through every meeting, and breaks where meetings before the first are not held', () => {
    const steps = (shape: RatePathInput): string =>
      /class="f-step" d="([^"]*)"/.exec(ratePathFigure(shape, options(960)).svg)![1]!
    expect(steps(simple)).toMatch(/^M[^MV]*V[^MV]*V[^MV]*$/)
    expect(steps({ ...simple, isFromNext: false })).toMatch(/^M[^MV]*M[^MV]*V[^MV]*$/)
  })

  test('leaves the last meetings out where there is no room, and says which', () => {
    const [wide, narrow] = [960, 360].map((width) => ratePathFigure(input, options(width)))
    const meetings = (csv: string): number => new Set(rowsOf(csv).map((row) => row.split(',')[0])).size - 1
    expect([meetings(wide!.csv), meetings(narrow!.csv)]).toEqual([9, 6])
    expect(wordsOf(wide!.svg)).not.toContain('Not drawn')
    expect(wordsOf(narrow!.svg)).toMatch(/Not drawn: 3 later meetings, to \d+ \w+ 2026/)
  })

  test('takes its captions, and says where it is simulated', () => {
    const simulated = ratePathFigure({ ...simple, captions: ['Not known'] }, options(360, { simulated: true }))
    expect(simulated.captions).toEqual(['Not known'])
    expect(wordsOf(simulated.svg)).toContain('SIMULATED')
    expect(rowsOf(simulated.csv)[1]).toMatch(/,yes$/)
  })

  test('without a meeting says so', () => {
    const { svg, alt, csv } = ratePathFigure({ ...simple, meetings: [] }, options(360))
    expect(wordsOf(svg)).toContain('No probabilities of a meeting are known.')
    expect(alt).toContain('No probabilities of a meeting are known.')
    expect(rowsOf(csv)).toHaveLength(1)
    expect(svg).not.toMatch(/NaN|Infinity/)
  })
})
