import { DeskError } from '../../core/errors.ts'
import type { Store } from '../open.ts'
import { latestSql, ONE_SERIES, rangeParams, rangeSql, type AsOfRange } from './asOf.ts'

/** Which plain series, as it was known at `asOf`. */
export interface LevelQuery extends AsOfRange {
  /** Its symbol: `VIX`. */
  readonly instrument: string
  /** Needed only where several venues publish the symbol, or in several intervals. */
  readonly venue?: string
  readonly interval?: string
}

/** Values of one plain series in order of `at` (ms). `venue` and `interval` are empty where there are no rows. */
export interface LevelRows {
  readonly venue: string
  readonly interval: string
  readonly at: Float64Array
  readonly knownAt: Float64Array
  readonly value: Float64Array
}

/**
 * The values of one plain series, each in its latest version known at `asOf`.
 * @throws {SeveralSeriesError} several series fit; values of two are never mixed
 */
export async function readLevels(store: Store, query: LevelQuery): Promise<LevelRows> {
  const [only, ...others] = await seriesThatFit(store, query)
  if (others.length > 0) throw new SeveralSeriesError(query.instrument, [only, ...others])
  const sql = `select at, knownAt, value from indexLevel where ${seriesSql(query)} and ${rangeSql(query)}
    ${latestSql('at')}`
  const shape = { at: 'number', knownAt: 'number', value: 'number' } as const
  const { columns } = await store.engine.select(sql, shape, { params: paramsOf(query), settings: ONE_SERIES })
  return { venue: only?.venue ?? '', interval: only?.interval ?? '', ...columns }
}

interface Series {
  readonly venue: string
  readonly interval: string
}

async function seriesThatFit(store: Store, query: LevelQuery): Promise<readonly Series[]> {
  const sql = `select distinct venue, interval from indexLevel where ${seriesSql(query)} and ${rangeSql(query)} order by venue, interval`
  const { columns } = await store.engine.select(sql, { venue: 'text', interval: 'text' }, { params: paramsOf(query) })
  return columns.venue.map((venue, i) => ({ venue, interval: columns.interval[i] as string }))
}

function seriesSql({ venue, interval }: LevelQuery): string {
  const conditions = ['instrument = {instrument:String}']
  if (venue !== undefined) conditions.push('venue = {venue:String}')
  if (interval !== undefined) conditions.push('interval = {interval:String}')
  return conditions.join(' and ')
}

const paramsOf = (query: LevelQuery) => ({
  instrument: query.instrument,
  ...(query.venue === undefined ? {} : { venue: query.venue }),
  ...(query.interval === undefined ? {} : { interval: query.interval }),
  ...rangeParams(query),
})

export class SeveralSeriesError extends DeskError {
  constructor(instrument: string, found: readonly (Series | undefined)[]) {
    const names = found.map((series) => `${series?.venue} ${series?.interval}`).join(', ')
    super('SEVERAL_SERIES', `"${instrument}" is in several series: ${names}`, { hint: 'say which venue and interval' })
  }
}
