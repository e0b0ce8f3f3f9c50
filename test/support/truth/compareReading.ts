import { sidedBounds } from '../../../src/conventions/comparable.ts'
import { candle, type Candle } from '../../../src/records/candle.ts'
import { funding, type Funding } from '../../../src/records/funding.ts'
import type { Instrument } from '../../../src/records/instrument.ts'
import { liquidation, type Liquidation } from '../../../src/records/liquidation.ts'
import { openInterest, type OpenInterest } from '../../../src/records/openInterest.ts'
import { position, type Position } from '../../../src/records/position.ts'
import { positioning, type Positioning } from '../../../src/records/positioning.ts'
import { ticker } from '../../../src/records/ticker.ts'
import { trade, type Trade } from '../../../src/records/trade.ts'
import { HOUR_MS, MINUTE_MS } from '../../../src/core/instant.ts'
import type { VenueMarket } from '../../../src/sim/market/live/venueMarket.ts'
import type { ReadRow, VenueReading } from './readVenue.ts'
import { HOLDERS, liquidationsFrom, rounded, tradesFrom, truthOf, type TradeTruth } from './truth.ts'
import { MINUTES, type TruthWorld } from './truthWorld.ts'

/** How far a number may be from the truth, relative to it. */
const SAME = 1e-9

/** What a reading was held against, and where it says otherwise. */
export interface Compared {
  /** What is not as it truly is, in words. */
  readonly wrong: readonly string[]
  /** Rows that were held against the truth, by record, way and contract. */
  readonly seen: ReadonlyMap<string, number>
}

/** Holds what a venue's source made of its answers against the truth. */
export function compareReading({ venue, rows }: Pick<VenueReading, 'venue' | 'rows'>, world: TruthWorld): Compared {
  const wrong: string[] = []
  const seen = new Map<string, number>()
  const { markets, startAt } = world
  const market = markets.get(venue)!
  for (const each of rows) {
    if (each.record === ticker || each.record === trade) continue
    note(seen, each)
    for (const said of differences(each, { venue, startAt, market })) wrong.push(`${nameOf(each)}: ${said}`)
  }
  for (const [key, some] of grouped(rows.filter(({ record }) => record === trade))) {
    for (const each of some) note(seen, each)
    for (const said of tradeDifferences(some, startAt)) wrong.push(`${key}: ${said}`)
  }
  return { wrong, seen }
}

export const seenKey = (record: string, way: string, contract: string): string => `${record} ${way} ${contract}`

function note(seen: Map<string, number>, { record, way, is }: ReadRow): void {
  const key = seenKey(record.name, way, is.contract)
  seen.set(key, (seen.get(key) ?? 0) + 1)
}

const nameOf = ({ record, row, way, is }: ReadRow): string =>
  `${record.name} ${way} ${is.instrument} (${is.contract}) at ${new Date(row['at'] as number).toISOString()}`

interface Where {
  readonly venue: string
  readonly startAt: number
  readonly market: VenueMarket
}

function differences({ record, row, is }: ReadRow, where: Where): readonly string[] {
  switch (record) {
    case openInterest:
      return openInterestDifferences(row as unknown as OpenInterest, is)
    case candle:
      return candleDifferences(row as unknown as Candle, is, where)
    case liquidation:
      return liquidationDifferences(row as unknown as Liquidation, is, where)
    case funding:
      return fundingDifferences(row as unknown as Funding, where)
    case positioning:
      return positioningDifferences(row as unknown as Positioning, is, where)
    case position:
      return positionDifferences(row as unknown as Position, is, where)
  }
  return [`a record that nothing is known of: ${record.name}`]
}

/** Where it is known how many sides are counted the number is the truth, else the truth lies within the bounds of the number. */
function openInterestDifferences(row: OpenInterest, is: Instrument): readonly string[] {
  const { held, mark } = truthOf(is.asset)
  const [least, most] = sidedBounds(row.sides).map((share) => share * row.coins) as [number, number]
  const isInside = held >= least * (1 - SAME) && held <= most * (1 + SAME)
  const price = row.price === undefined ? [] : differs('price', row.price, mark)
  const value = row.quoteValue === undefined ? [] : differs('value', row.quoteValue, row.coins * mark)
  return [...(isInside ? [] : [`${row.coins} coins (sides ${row.sides}), truly ${held}`]), ...price, ...value]
}

/** Coins that truly traded in a stretch, and what they cost. */
function tradedIn(is: Pick<Instrument, 'asset' | 'contract'>, startAt: number, from: number, to: number) {
  const { mark, step } = truthOf(is.asset)
  const inside = tradesFrom(startAt, MINUTES - 2, truthOf(is.asset)).filter(({ at }) => at >= from && at < to)
  const costOf = ({ coins, steps }: TradeTruth): number =>
    coins * (is.contract === 'inverse' ? mark : mark + steps * step)
  const sum = (some: readonly TradeTruth[], of: (trade: TradeTruth) => number): number =>
    rounded(some.reduce((total, each) => total + of(each), 0))
  const bought = inside.filter(({ takerBuy }) => takerBuy)
  const coins = (some: readonly TradeTruth[]): number => sum(some, (each) => each.coins)
  return {
    coins: coins(inside),
    cost: sum(inside, costOf),
    bought: coins(bought),
    boughtCost: sum(bought, costOf),
    sold: rounded(coins(inside) - coins(bought)),
  }
}

function candleDifferences(row: Candle, is: Instrument, { startAt }: Where): readonly string[] {
  const truth = tradedIn(is, startAt, row.at, row.at + (row.interval === '1h' ? HOUR_MS : MINUTE_MS))
  return [
    ...differs('volume', row.volume * is.multiplier, truth.coins),
    ...optional('quote volume', row.quoteVolume, truth.cost),
    ...optional('taker bought', row.takerBuyVolume && row.takerBuyVolume * is.multiplier, truth.bought),
    ...optional('taker bought for', row.takerBuyQuoteVolume, truth.boughtCost),
  ]
}

function liquidationDifferences(row: Liquidation, is: Instrument, { startAt }: Where): readonly string[] {
  const { mark } = truthOf(is.asset)
  const truth = liquidationsFrom(startAt, truthOf(is.asset)).find(({ at }) => at === row.at)
  if (truth === undefined) return ['nothing was liquidated then']
  return [
    ...(row.position === truth.position ? [] : [`a ${row.position}, truly a ${truth.position}`]),
    ...differs('coins', row.coins, truth.coins),
    ...differs('value', row.quoteValue, truth.coins * mark),
    ...differs('price', row.price, mark),
  ]
}

/** The rate follows from how accounts lean, which they do alike everywhere. */
const RATE =
  Math.round(0.0001 * (1 + HOLDERS.reduce((sum, [share, leverage]) => sum + share / leverage, 0)) * 1e8) / 1e8

function fundingDifferences(row: Funding, { venue }: Where): readonly string[] {
  const hours = venue === 'hyperliquid' ? 1 : 8
  return [...differs('rate', row.rate, RATE), ...optional('hours', row.hours, hours)]
}

/** Whether the simulated venue names a window by its end, where it tells what takers did in it. */
const NAMED_BY_END: ReadonlySet<string> = new Set(['binance', 'okx'])
const WINDOW_MS = 5 * MINUTE_MS

function positioningDifferences(row: Positioning, is: Instrument, { venue, startAt }: Where): readonly string[] {
  if (row.measure !== 'taker_ratio') return shareDifferences(row)
  const from = row.at - (NAMED_BY_END.has(venue) ? WINDOW_MS : 0)
  const { bought, sold } = tradedIn(is, startAt, from, from + WINDOW_MS)
  return [...optional('taker bought', row.boughtCoins, bought), ...optional('taker sold', row.soldCoins, sold)]
}

/** Ratios are rounded by venues, to four digits at least. */
function shareDifferences({ measure, longShare }: Positioning): readonly string[] {
  const truth = SHARES[measure as keyof typeof SHARES]
  if (longShare === undefined) return ['no share']
  return Math.abs(longShare - truth) < 1e-3 ? [] : [`${longShare} of ${measure} long, truly ${truth}`]
}

/** Of all accounts, and of the fifth of them with the most margin: by account, and by size. */
const SHARES = { long_short_accounts: 3 / 7, top_accounts: 1 / 2, top_positions: 0.5 / 0.9 }

function positionDifferences(row: Position, is: Instrument, { market }: Where): readonly string[] {
  const listing = market.listing('perp', is.instrument)!
  const holder = market.positions(listing).findIndex(({ id }) => id === row.account)
  const { held, mark } = truthOf(is.asset)
  return [
    ...differs('coins', row.coins, held * HOLDERS[holder]![0]),
    ...optional('entry', row.entryPrice, mark),
    ...optional('leverage', row.leverage, HOLDERS[holder]![1]),
  ]
}

/** Rows of one instrument, one way and one instant, of ids that came twice the last. */
function grouped(rows: readonly ReadRow[]): ReadonlyMap<string, readonly ReadRow[]> {
  const groups = new Map<string, Map<string, ReadRow>>()
  for (const each of rows) {
    const key = nameOf(each)
    const group = groups.get(key) ?? new Map<string, ReadRow>()
    group.set(String(each.row['tradeId']), each)
    groups.set(key, group)
  }
  return new Map([...groups].map(([key, group]) => [key, [...group.values()]]))
}

/** One trade may be told as several; together they are it. */
function tradeDifferences(rows: readonly ReadRow[], startAt: number): readonly string[] {
  const [{ is }] = rows as [ReadRow]
  const told = rows.map(({ row }) => row as unknown as Trade)
  const [{ at, takerBuy, price }] = told as [Trade]
  const { mark, step } = truthOf(is.asset)
  const truth = tradesFrom(startAt, MINUTES - 2, truthOf(is.asset)).find((each) => each.at === at)
  if (truth === undefined) return ['nothing was traded then']
  const coins = told.reduce((sum, { quantity }) => sum + quantity * is.multiplier, 0)
  return [
    ...(takerBuy === truth.takerBuy ? [] : [`the taker ${takerBuy ? 'bought' : 'sold'}, truly not`]),
    ...differs('coins', coins, truth.coins),
    ...differs('price', price / is.multiplier, is.contract === 'inverse' ? mark : mark + truth.steps * step),
  ]
}

const optional = (what: string, told: number | undefined, truth: number): readonly string[] =>
  told === undefined ? [] : differs(what, told, truth)

const differs = (what: string, told: number, truth: number): readonly string[] =>
  Math.abs(told - truth) <= SAME * Math.abs(truth) ? [] : [`${what} ${told}, truly ${truth}`]
