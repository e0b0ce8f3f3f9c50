import { sidedBounds } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { closeAt, gaps, type Grid } from '../../core/candles.ts'
import { DAY_MS, instant, type InstantMs } from '../../core/instant.ts'
import { lastColumn } from '../../frames/contracts/lastColumn.ts'
import { markOf, valueOf } from '../../frames/contracts/markOf.ts'
import { openPositions } from '../../frames/contracts/openPositions.ts'
import { exactMap, type ExactMap } from '../../metrics/contracts/exactMap.ts'
import { mapOutline } from '../../metrics/contracts/mapOutline.ts'
import { sideCoverage, type KnownSides } from '../../metrics/contracts/sideCoverage.ts'
import { readLevels } from '../../store/queries/readLevels.ts'
import type { Desk } from '../desk.ts'
import { inputOf, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'
import { readOpenInterest } from './openInterest.ts'
import { readPublished, readVenueLooks, type Published } from './publishedPositions.ts'

const GROUP = 'liquidation_map_exact'
/** The plain series of a venue's open interest over all its instruments, in dollars. */
const ALL_INTEREST = 'OPEN_INTEREST'

/**
 * Where the positions that a venue publishes would be liquidated, bar by bar as of its close, and what share of the venue's open interest
 * they make up: of the asset's own where that is held, and of that over all assets where the plain series `OPEN_INTEREST` of the venue is.
 */
export async function readExactMap(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  const published = await readPublished(desk, wish)
  if (published === undefined) {
    return nothing(`published positions of ${wish.asset}: assayer collect, or assayer import positions FILE`)
  }
  const { venue } = published
  const own = await readOpenInterest(desk, { ...wish, venue })
  const all = await readAllInterest(desk, wish, venue)
  const inputs = published.instruments.map(({ market, instrument, quote, simulated }) =>
    inputOf({
      kind: GROUP,
      venue,
      market,
      instrument,
      quote,
      interval: 'accounts',
      simulated,
      at: published.rowsOf(instrument),
      spanMs: 0,
    }),
  )
  const entries = published.instruments.map(
    ({ contract }) => convention({ venue, field: 'position', contract, at: wish.asOf, rule: 'note' }).id,
  )
  return {
    span: spanOf(published.instruments.map(({ instrument }) => ({ at: published.rowsOf(instrument), spanMs: 0 }))),
    columns: (grid) => prefixed({ ...mapColumns(published, wish, grid, own), ...all.columns(grid) }),
    inputs: [...inputs, ...own.inputs, ...all.inputs],
    conventions: [...new Set([...entries, ...own.conventions, ...all.conventions])],
    missing: [...own.missing.map((each) => `${each} (the share that known positions make up)`), ...all.missing],
  }
}

/** A map at a moment, with what it was made of. */
export interface MapAt {
  readonly venue: string
  readonly map: ExactMap
  readonly accounts: number
}

/**
 * The whole map of published positions as of T; undefined where no account was seen in the day before.
 * @example (await readMapAt(desk, wish))?.map.shortUsd // Float64Array [4000, 0, …]
 */
export async function readMapAt(desk: Desk, wish: GroupWish): Promise<MapAt | undefined> {
  const published = await readPublished(desk, wish)
  return published === undefined ? undefined : mapAt(published, wish.asOf)
}

function mapAt({ venue, looks }: Published, at: InstantMs): MapAt | undefined {
  const open = openPositions(looks, at)
  if (open === undefined) return undefined
  return { venue, map: exactMap(open, markOf(open)), accounts: new Set(open.map(({ account }) => account)).size }
}

type Numbers = Readonly<Record<string, Float64Array>>

function mapColumns(published: Published, { asOf }: GroupWish, grid: Grid, own: ReadGroup): Numbers {
  const names = ['largest_above', 'largest_below', 'above_usd', 'below_usd', 'accounts', 'left_out'] as const
  const out = Object.fromEntries(names.map((name) => [name, gaps(grid.length)])) as Record<
    (typeof names)[number],
    Float64Array
  >
  const { ['open_interest.coins']: most, ['open_interest.least']: least } = own.columns(grid)
  const coverage = coverageColumns(grid.length, '')
  for (let i = 0; i < grid.length; i++) {
    const found = mapAt(published, instant(Math.min(closeAt(grid, i), asOf)))
    if (found === undefined) continue
    const { map, accounts } = found
    const outline = mapOutline(map)
    out.largest_above[i] = outline.largestAbove
    out.largest_below[i] = outline.largestBelow
    out.above_usd[i] = outline.aboveUsd
    out.below_usd[i] = outline.belowUsd
    out.accounts[i] = accounts
    out.left_out[i] = Object.values(map.leftOut).reduce((sum, count) => sum + count, 0)
    coverage.put(i, { long: map.long.coins, short: map.short.coins }, [least?.[i] ?? NaN, most?.[i] ?? NaN])
  }
  return { ...out, ...coverage.columns }
}

/** The share of a venue's open interest over all assets that known positions make up. */
async function readAllInterest(
  desk: Desk,
  wish: GroupWish,
  venue: string,
): Promise<Pick<ReadGroup, 'columns' | 'inputs' | 'conventions' | 'missing'>> {
  const levels = await readLevels(desk.store, { instrument: ALL_INTEREST, venue, asOf: wish.asOf })
  const at = Array.from(levels.at)
  if (at.length === 0) return { columns: () => ({}), inputs: [], conventions: [], missing: [] }
  const looks = await readVenueLooks(desk, wish, venue)
  const { id, rule } = convention({
    venue,
    field: 'open_interest',
    contract: 'linear',
    at: wish.asOf,
    rule: 'open interest',
  })
  const [low, high] = sidedBounds(rule.sides)
  const oneSide = rule.sides === 'two' ? 0.5 : 1
  return {
    columns: (grid) => {
      const coverage = coverageColumns(grid.length, 'all_')
      const published = lastColumn(
        { at, value: Array.from(levels.value), spanMs: 0 },
        grid,
        Math.floor(DAY_MS / grid.step) - 1,
      )
      for (let i = 0; i < grid.length; i++) {
        const open = openPositions(looks, Math.min(closeAt(grid, i), wish.asOf))
        const usd = (published[i] as number) * oneSide
        if (open !== undefined) coverage.put(i, valueOf(open), [usd * low, usd * high])
      }
      return coverage.columns
    },
    inputs: [
      inputOf({
        kind: 'quote',
        venue,
        market: 'index',
        instrument: ALL_INTEREST,
        interval: levels.interval,
        simulated: false,
        at,
        spanMs: 0,
      }),
    ],
    conventions: [id],
    missing: [],
  }
}

interface CoverageColumns {
  readonly columns: Numbers
  readonly put: (bar: number, known: KnownSides, bounds: readonly [least: number, most: number]) => void
}

function coverageColumns(length: number, prefix: '' | 'all_'): CoverageColumns {
  const [long, longMost, short, shortMost] = [gaps(length), gaps(length), gaps(length), gaps(length)]
  return {
    columns: {
      [`${prefix}long_coverage`]: long,
      [`${prefix}long_coverage_most`]: longMost,
      [`${prefix}short_coverage`]: short,
      [`${prefix}short_coverage_most`]: shortMost,
    },
    put: (bar, known, [least, most]) => {
      const share = sideCoverage(known, { least, most })
      long[bar] = share.long.least
      longMost[bar] = share.long.most
      short[bar] = share.short.least
      shortMost[bar] = share.short.most
    },
  }
}

const prefixed = (columns: Numbers): Numbers =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${GROUP}.${name}`, column]))
