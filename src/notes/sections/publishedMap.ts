import { claim, type Claim, type Figure } from '../claim.ts'
import type { ContractReading } from '../contractReading.ts'
import { sayList, sayPercent, sayPrice, saySize, sayVenue, withCommas } from '../wording.ts'

/** Where the positions that a venue publishes would be liquidated, and what share of its open interest they are. */
export function publishedMap(contracts: ContractReading): Claim | undefined {
  const { all } = contracts
  const bar = lastLook(contracts)
  if (bar === undefined) return undefined
  const figure = figureAt(contracts, bar)
  const accounts = figure('accounts', 'accounts')
  const venue = venueOf(contracts)
  const above = [figure('most shorts at', 'largest_above'), figure('shorts up to 10 % above', 'above_usd')] as const
  const below = [figure('most longs at', 'largest_below'), figure('longs down to 10 % below', 'below_usd')] as const
  const side = (name: string, way: string, [most, near]: readonly [Figure, Figure]): readonly string[] =>
    Number.isNaN(most.value)
      ? []
      : [`${name} most near ${sayPrice(most.value)} (${saySize(near.value)} dollars within 10 % ${way} the price)`]
  const sides = [...side('shorts', 'above', above), ...side('longs', 'below', below)]
  const coverage = coverageFigures(figure)
  const placed = [...above, ...below].filter(({ value }) => !Number.isNaN(value))
  const where = sides.length === 0 ? 'none has a liquidation price in reach' : `${sayList(sides)} would be liquidated`
  const text = `${venue} publishes positions: of the ${withCommas(accounts.value)} accounts that were read ${where}. ${sayCoverage(coverage, venue)}`
  return claim('contracts-published-map', text, [accounts, ...placed, ...coverage.figures], all.frame)
}

/** What share of open interest the positions are that a venue publishes, in a sentence. */
export function publishedCoverage(contracts: ContractReading): string {
  const bar = lastLook(contracts) ?? contracts.all.last
  return sayCoverage(coverageFigures(figureAt(contracts, bar)), venueOf(contracts))
}

/** The last bar at whose close positions were known, if it is the last but one or later. */
function lastLook({ all }: ContractReading): number | undefined {
  const bar = all.column('liquidation_map_exact.accounts').findLastIndex((value) => value > 0)
  return bar < 0 || bar < all.last - 1 ? undefined : bar
}

const venueOf = ({ all }: ContractReading): string =>
  sayVenue(all.frame.inputs.find(({ kind }) => kind === 'liquidation_map_exact')?.venue ?? '')

const figureAt =
  ({ all }: ContractReading, bar: number) =>
  (name: string, output: string): Figure =>
    all.figure(name, `liquidation_map_exact.${output}`, bar)

interface KnownShares {
  /** Of all assets of the venue, where open interest of the asset alone is not held. */
  readonly isOfAll: boolean
  /** Longs and shorts, each the least and the most; none where no open interest is held. */
  readonly figures: readonly Figure[]
}

function coverageFigures(figure: (name: string, output: string) => Figure): KnownShares {
  const of = (prefix: '' | 'all_'): readonly Figure[] => [
    figure('share of longs', `${prefix}long_coverage`),
    figure('share of longs at most', `${prefix}long_coverage_most`),
    figure('share of shorts', `${prefix}short_coverage`),
    figure('share of shorts at most', `${prefix}short_coverage_most`),
  ]
  const isHeld = (figures: readonly Figure[]): boolean => figures.every(({ value }) => !Number.isNaN(value))
  const [own, all] = [of(''), of('all_')]
  if (isHeld(own)) return { isOfAll: false, figures: own }
  return { isOfAll: true, figures: isHeld(all) ? all : [] }
}

function sayCoverage({ isOfAll, figures }: KnownShares, venue: string): string {
  const [long, longMost, short, shortMost] = figures.map(({ value }) => value)
  if (long === undefined || longMost === undefined || short === undefined || shortMost === undefined) {
    return 'What share of open interest they are is not known, as no open interest of the venue is held.'
  }
  const whole = isOfAll
    ? `all open interest of ${venue}, whatever the asset,`
    : `open interest of the asset on ${venue}`
  const range = (least: number, most: number): string =>
    most > least ? `${sayPercent(least)} to ${sayPercent(most)}` : sayPercent(least)
  const why = longMost > long ? ', depending on whether it counts one side or both' : ''
  return `Of ${whole} known accounts make up ${range(long, longMost)} of the longs and ${range(short, shortMost)} of the shorts${why}.`
}
