import { DeskError } from '../../core/errors.ts'
import { LEVEL_PUBLISHERS } from '../../records/levelPublishers.ts'
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
  /** Whether a simulation made them. */
  readonly simulated: boolean
}

/**
 * The values of one plain series, each in its latest version known at `asOf`. Where several fit, a real one stands before simulated ones,
 * then a publisher's before files, then the longest before the others: values of two are never mixed.
 * @throws {SeveralSeriesError} several series fit, and no publisher's is among them
 */
export async function readLevels(store: Store, query: LevelQuery): Promise<LevelRows> {
  const chosen = chooseOne(query.instrument, await seriesThatFit(store, query))
  if (chosen === undefined) return { venue: '', interval: '', ...NOTHING }
  const { venue, interval, simulated } = chosen
  const one = { ...query, venue, interval }
  const sql = `select at, knownAt, value from indexLevel where ${seriesSql(one)} and ${rangeSql(one)}
    ${latestSql('at')}`
  const shape = { at: 'number', knownAt: 'number', value: 'number' } as const
  const { columns } = await store.engine.select(sql, shape, { params: paramsOf(one), settings: ONE_SERIES })
  return { venue, interval, ...columns, simulated }
}

const NOTHING = { at: new Float64Array(), knownAt: new Float64Array(), value: new Float64Array(), simulated: false }

interface Series {
  readonly venue: string
  readonly interval: string
  /** How many times it has a value of. */
  readonly times: number
  /** A series that comes from a file is of no instrument, and real. */
  readonly simulated: boolean
}

/** @throws {SeveralSeriesError} nothing says which */
function chooseOne(instrument: string, all: readonly Series[]): Series | undefined {
  const real = all.filter(({ simulated }) => !simulated)
  const found = real.length > 0 ? real : all
  const rankOf = ({ venue }: Series): number => LEVEL_PUBLISHERS.findIndex((each) => each === venue)
  const published = found.filter((series) => rankOf(series) >= 0)
  if (published.length === 0 && found.length > 1) throw new SeveralSeriesError(instrument, found)
  const [first = found[0]] = published.toSorted((a, b) => b.times - a.times || rankOf(a) - rankOf(b))
  return first
}

async function seriesThatFit(store: Store, query: LevelQuery): Promise<readonly Series[]> {
  const marked = `select venue from instrument final
    where market = 'index' and instrument = {instrument:String} and simulated`
  const sql = `select venue, interval, uniqExact(at) as times, venue in (${marked}) as isMarked from indexLevel
    where ${seriesSql(query)} and ${rangeSql(query)} group by venue, interval order by venue, interval`
  const shape = { venue: 'text', interval: 'text', times: 'number', isMarked: 'number' } as const
  const { columns } = await store.engine.select(sql, shape, { params: paramsOf(query) })
  return columns.venue.map((venue, i) => ({
    venue,
    interval: columns.interval[i] as string,
    times: columns.times[i] as number,
    simulated: columns.isMarked[i] === 1,
  }))
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
  constructor(instrument: string, found: readonly Series[]) {
    const names = found.map(({ venue, interval }) => `${venue} ${interval}`).join(', ')
    super('SEVERAL_SERIES', `"${instrument}" is in several series: ${names}`, { hint: 'say which venue and interval' })
  }
}
