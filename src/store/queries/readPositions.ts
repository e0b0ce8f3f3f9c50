import type { Store } from '../open.ts'
import { latestSql, rangeParams, rangeSql, type AsOfRange } from './asOf.ts'

export interface PositionQuery extends AsOfRange {
  readonly venue: string
  /** Length of a bucket in ms, counted from 1970. */
  readonly stepMs: number
  /** The instruments that positions are wanted in; all of the venue unless said. */
  readonly instruments?: readonly string[]
}

/** Positions as columns, and the looks at accounts that they are from; an optional number not given is NaN. */
export interface PositionRows {
  /** The last look at each account in each bucket: of all that ever held one of the instruments, whether they held one then or not. */
  readonly looks: { readonly account: readonly string[]; readonly at: Float64Array }
  readonly rows: {
    readonly account: readonly string[]
    readonly instrument: readonly string[]
    readonly at: Float64Array
    readonly coins: Float64Array
    readonly entryPrice: Float64Array
    readonly liquidationPrice: Float64Array
    readonly unrealised: Float64Array
  }
}

/**
 * The positions of accounts as they stood at the last look at each account in every bucket, as known at `asOf`. A venue tells all
 * positions of an account at once, so a look at it in any instrument is a look at all of them.
 * @returns looks and rows in order of time
 */
export async function readPositions(store: Store, query: PositionQuery): Promise<PositionRows> {
  const { venue, stepMs, instruments = [] } = query
  const params = { venue, stepMs, instruments, ...rangeParams(query) }
  const wanted = instruments.length === 0 ? '' : 'and instrument in {instruments:Array(String)}'
  const known = `venue = {venue:String} and market = 'perp' and ${rangeSql(query)}`
  const looks = `select account, max(at) as last from position where ${known}
    and account in (select account from position where ${known} ${wanted})
    group by account, intDiv(toUnixTimestamp64Milli(at), {stepMs:Int64})`
  const rows = `select account, instrument, at, coins, entryPrice, liquidationPrice, unrealised from position
    where ${known} ${wanted} and (account, at) in (${looks})
    ${latestSql('at, account, instrument')}`
  const [seen, held] = [
    await store.engine.select(`select account, last as at from (${looks}) order by at, account`, LOOKS, { params }),
    await store.engine.select(rows, ROWS, { params }),
  ]
  return { looks: seen.columns, rows: held.columns }
}

const LOOKS = { account: 'text', at: 'number' } as const
const ROWS = {
  account: 'text',
  instrument: 'text',
  at: 'number',
  coins: 'number',
  entryPrice: 'number',
  liquidationPrice: 'number',
  unrealised: 'number',
} as const
