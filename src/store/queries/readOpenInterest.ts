import type { Instrument } from '../../records/instrument.ts'
import { openInterest, type OpenInterest } from '../../records/openInterest.ts'
import { columnsOf } from '../../records/record.ts'
import type { Shape } from '../engine.ts'
import type { Store } from '../open.ts'

/** All rows of open interest of one instrument that stand, every version of each, in order of time. */
export async function readOpenInterest(
  store: Store,
  { venue, market, instrument }: Pick<Instrument, 'venue' | 'market' | 'instrument'>,
): Promise<readonly OpenInterest[]> {
  const sql = `select ${NAMES.join(', ')} from openInterest final
    where venue = {venue:String} and market = {market:String} and instrument = {instrument:String} order by at, knownAt`
  const { length, columns } = await store.engine.select(sql, SHAPE, { params: { venue, market, instrument } })
  return Array.from({ length }, (_, i) => {
    const fields = NAMES.flatMap((name) => {
      const value = columns[name]?.[i] as number | string | undefined
      return Number.isNaN(value) ? [] : [[name, value] as const]
    })
    return Object.fromEntries(fields) as unknown as OpenInterest
  })
}

const COLUMNS = columnsOf(openInterest)
const NAMES = COLUMNS.map(({ name }) => name)
const SHAPE: Shape = Object.fromEntries(
  COLUMNS.map(({ name, kind }) => [name, kind === 'symbol' || kind === 'text' ? 'text' : 'number'] as const),
)
