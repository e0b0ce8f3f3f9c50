import { describe, expect, test } from 'vitest'
import { framesOf, SHAPES, type Shape } from '../../test/support/shapes.ts'
import { checkWellFormed, collisions } from '../../test/support/svgChecks.ts'
import { closeAt } from '../core/candles.ts'
import type { ColumnGroup, Frame, Input } from '../core/frame.ts'
import { seededRandom } from '../core/random.ts'
import { drawContracts } from './contractFigures.ts'
import { contractReading, type ContractReading, type MapReading } from './contractReading.ts'
import type { NoteFigure } from './note.ts'
import { readingOf, type Reading } from './reading.ts'
import { contractsSection } from './sections/contractsSection.ts'

const GROUPS: readonly ColumnGroup[] = ['open_interest', 'spot_flow', 'perp_flow', 'funding', 'liquidations']
const RATIOS: readonly ColumnGroup[] = ['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio']

/** A frame with made columns of these groups over its candles. */
function withGroups(frame: Frame, venue: string, groups: readonly ColumnGroup[]): Frame {
  const random = seededRandom(`${venue} ${frame.asset}`)
  const { length } = frame.grid
  const column = (value: (bar: number) => number) => Float64Array.from({ length }, (_, i) => value(i))
  let coins = 1e6
  const made: Record<string, Float64Array> = {}
  for (const group of groups) {
    if (group === 'open_interest') {
      made['open_interest.coins'] = column(() => (coins *= Math.exp(random.normal() * 0.02)))
      made['open_interest.likeForLike'] = made['open_interest.coins']
      made['open_interest.chain'] = column(() => 1)
      made['open_interest.least'] = made['open_interest.coins'].map((value) => (venue === 'bybit' ? value / 2 : value))
    } else if (group === 'spot_flow' || group === 'perp_flow') {
      made[`${group}.bought`] = column(() => 1e8 * (1 + random.uniform()))
      made[`${group}.sold`] = column(() => 1e8 * (1 + random.uniform()))
    } else if (group === 'funding') made['funding.annual'] = column(() => 5 + 8 * random.normal())
    else if (group === 'liquidations') {
      made['liquidations.long'] = column(() => 1e6 * random.uniform())
      made['liquidations.short'] = column(() => 1e6 * random.uniform())
    } else made[`${group}.ratio`] = column(() => Math.exp(0.3 + random.normal() / 10))
  }
  const input = (kind: ColumnGroup): Input => ({ ...frame.inputs[0]!, kind, venue, market: 'perp' })
  return { ...frame, columns: new Map(Object.entries(made)), inputs: [...frame.inputs, ...groups.map(input)] }
}

interface Made {
  readonly reading: Reading
  readonly contracts: ContractReading
}

function made(shape: Shape, groups: readonly ColumnGroup[], venues: readonly string[]): Made {
  const { daily, fourHour } = framesOf(shape, 'contracts')
  const frameFor = (name: string, some: readonly ColumnGroup[]) => ({
    name,
    frame: withGroups(daily, name, some),
    missing: [],
  })
  const contracts = contractReading(
    frameFor('binance', groups),
    venues.map((venue) => frameFor(venue, ['open_interest'])),
    [],
  )
  return { reading: readingOf(daily, fourHour)!, contracts: contracts! }
}

const idsOf = (figures: readonly NoteFigure[]): readonly string[] => figures.map(({ id }) => id)
const shape = SHAPES[0]!
const market = made(shape, [...GROUPS, ...RATIOS], ['binance', 'bybit', 'okx', 'gate'])

function mapOf({ reading, contracts }: Made, basis: MapReading['basis']): MapReading {
  const mark = contracts.all.candles.close.at(-1) as number
  const price = Float64Array.from({ length: 277 }, (_, i) => mark * Math.exp(0.005 * (i - 138)))
  const amount = (bin: number): number => 1e6 * Math.exp(-(((Math.abs(bin - 138) - 20) / 8) ** 2))
  return {
    id: `liquidation-map-${basis}`,
    source: 'Estimated from seven days of open interest on Binance',
    basis,
    at: reading.asOf,
    mark,
    price,
    longUsd: price.map((_, i) => (i < 138 ? amount(i) : 0)),
    shortUsd: price.map((_, i) => (i > 138 ? amount(i) : 0)),
    remarks: ['This estimate has no skill.'],
  }
}

const FIGURES = ['open-interest', 'open-interest-venues', 'cvd', 'funding', 'positioning']

test('everything that is held is drawn, in the order of the section', () => {
  expect(idsOf(drawContracts(market.reading, market.contracts))).toEqual(FIGURES)
})

test('what is not held is not drawn', () => {
  const few = made(shape, ['open_interest'], ['binance'])
  expect(idsOf(drawContracts(few.reading, few.contracts))).toEqual(['open-interest'])
})

describe.each(SHAPES.map((each) => [each.name, each] as const))('of %s', (_, each) => {
  const { reading, contracts } = made(each, [...GROUPS, ...RATIOS], ['binance', 'bybit', 'okx', 'gate'])
  const figures = drawContracts(reading, contracts)

  test.each(figures.map((figure) => [figure.id, figure] as const))('the figure "%s" can be read', (_id, figure) => {
    for (const svg of [figure.wide, figure.narrow]) {
      checkWellFormed(svg)
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
      expect(collisions(svg)).toEqual([])
    }
    expect([figure.alt, ...figure.captions].join(' ')).not.toMatch(/NaN|Infinity|undefined|null| {2}|\.\./)
    expect(figure.csv).not.toContain('NaN')
    expect(figure.wide.includes('SIMULATED')).toBe(each.simulated === true)
  })
})

const figureOf = (id: string, { reading, contracts }: Made): NoteFigure =>
  drawContracts(reading, contracts).find((figure) => figure.id === id)!

test('the sides that a venue does not tell are said under the figure', () => {
  expect(figureOf('open-interest-venues', market).captions[0]).toMatch(/^Bybit: as published; how many sides/)
})

test('windows are seven days, do not overlap, and end with the last open interest', () => {
  const rows = figureOf('open-interest', market).csv.trimEnd().split('\n').slice(1)
  const words = rows.map((row) => row.split(',').slice(2).join(','))
  expect(words.at(-1)).toMatch(/price (rose|fell)/)
  const regimeAt = (back: number): string => /"(.*?)"/.exec(rows.at(back) as string)?.[1] ?? ''
  expect(new Set([-1, -2, -3, -4, -5, -6, -7].map(regimeAt)).size).toBe(1)
})

test('windows of which nothing can be said are not drawn, and the figure says why', () => {
  const flowless = made(shape, ['open_interest', 'liquidations'], ['binance'])
  const still = flowless.contracts.all.candles.close.map(() => 1e6)
  const columns = new Map(flowless.contracts.all.frame.columns)
  for (const name of ['coins', 'least', 'likeForLike']) columns.set(`open_interest.${name}`, still)
  const frame = { ...flowless.contracts.all.frame, columns }
  const unmoved = contractReading({ name: 'binance', frame, missing: [] }, [], [])!
  const figure = figureOf('open-interest', { reading: flowless.reading, contracts: unmoved })
  expect(figure.csv.split('\n')[0]).toBe('time,close,open_interest')
  expect(figure.captions.at(-1)).toBe('What drove both is not drawn: price or open interest did not move enough')
})

test('both flows are summed from the first day drawn, which the figure names', () => {
  const { wide, narrow, csv } = figureOf('cvd', market)
  const { candles } = market.contracts.all
  expect(csv.split('\n')).toHaveLength(140 + 2)
  expect(wide).not.toBe(narrow)
  const { column } = market.contracts.all
  const first = candles.length - 140
  expect(Number(csv.split('\n')[1]!.split(',')[1])).toBeCloseTo(column('cvd(spot).delta')[first] as number, 3)
})

test('a measure of positioning stands under its own definition', () => {
  const { captions, alt } = figureOf('positioning', market)
  expect(captions).toHaveLength(4)
  expect(captions[0]).toMatch(/^all accounts: accounts that are net long/)
  expect(alt).toContain('under its own definition')
})

describe('liquidation maps', () => {
  const contracts: ContractReading = {
    ...market.contracts,
    maps: [mapOf(market, 'estimate'), mapOf(market, 'published')],
  }
  const drawn = drawContracts(market.reading, contracts)

  test('stand last, each with its remark', () => {
    expect(idsOf(drawn)).toEqual([...FIGURES, 'liquidation-map-estimate', 'liquidation-map-published'])
    expect(drawn.at(-2)!.alt).toContain('This estimate has no skill.')
  })

  test('are cut to a quarter around the price and to sixty bins', () => {
    const rows = drawn.at(-1)!.csv.trimEnd().split('\n').slice(1)
    expect(rows.length).toBeLessThanOrEqual(60)
    expect(rows.length).toBeGreaterThan(30)
    for (const svg of [drawn.at(-1)!.wide, drawn.at(-2)!.narrow]) expect(collisions(svg)).toEqual([])
  })

  test('over time are gaps where there is none', () => {
    const { all } = market.contracts
    const start = all.candles.length - 30
    const grid = { start: closeAt(all.candles, start - 1), step: all.candles.step, length: 30 }
    const bins = contracts.maps![0]!.price
    const heat = {
      source: 'Estimated from seven days of open interest',
      grid,
      bins,
      usd: Array.from(bins, (_, k) => Float64Array.from({ length: 30 }, (_bar, i) => (i === 3 ? NaN : 1e5 * (k % 7)))),
      remarks: [],
    }
    const figure = drawContracts(market.reading, { ...contracts, heat }).at(-1)!
    expect(figure.id).toBe('liquidation-heat')
    expect(figure.captions).toEqual(['Hatched: no map of that time'])
    expect(collisions(figure.narrow)).toEqual([])
  })
})

describe('contracts without open interest', () => {
  const sectionOf = ({ reading, contracts }: Made) => contractsSection(reading, contracts)

  test('are told of by what is held, what they cost first', () => {
    const section = sectionOf(made(shape, ['spot_flow', 'perp_flow', 'funding'], []))
    expect(section?.finding.id).toBe('contracts-funding')
    expect(section?.claims.map(({ id }) => id)).toEqual(['contracts-flows'])
    expect(section?.paragraphs).toEqual(['contracts-flows'])
  })

  test('have no section where spot alone is held', () => {
    const { daily } = framesOf(shape, 'contracts')
    const frame = withGroups(daily, 'binance', ['spot_flow'])
    expect(contractReading({ name: 'binance', frame, missing: [] }, [], [])).toBeUndefined()
  })

  test('are not compared with those of other assets', () => {
    const { daily } = framesOf(shape, 'contracts')
    const lacking = (groups: readonly ColumnGroup[]): readonly string[] => {
      const own = { name: 'binance', frame: withGroups(daily, 'binance', groups), missing: [] }
      return contractReading(own, [], [{ name: 'SOL', frame: daily, missing: ['open interest of SOL'] }])!.missing
    }
    expect(lacking(['funding'])).toEqual([])
    expect(lacking(['open_interest'])).toEqual(['open interest of SOL'])
  })
})
