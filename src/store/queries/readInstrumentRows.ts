import { DAY_MS } from '../../core/instant.ts'
import type { Instrument } from '../../records/instrument.ts'
import { columnsOf, type RecordSpec } from '../../records/record.ts'
import { identifier, type Selected, type Shape } from '../engine.ts'
import type { Store } from '../open.ts'

/** A row of a record, its optional numbers left out where they are not filled; flags are 0 and 1. */
export type StoredRow = Readonly<Record<string, number | string>>

/** So much is read at a time: a quarter of a million rows of what is asked for every ten seconds. */
const STRETCH_MS = 30 * DAY_MS

/** The rows of one record kind and one instrument that stand, every version of each, in order of time, stretch by stretch. */
export async function* readInstrumentRows(
  store: Store,
  record: RecordSpec,
  { venue, market, instrument }: Pick<Instrument, 'venue' | 'market' | 'instrument'>,
): AsyncGenerator<readonly StoredRow[]> {
  const { engine } = store
  const params = { venue, market, instrument }
  const from = `from ${identifier(record.name)} final where venue = {venue:String} and market = {market:String} and instrument = {instrument:String}`
  const ends = { rows: 'number', first: 'number', last: 'number' } as const
  const { columns } = await engine.select(`select count() as rows, min(at) as first, max(at) as last ${from}`, ends, {
    params,
  })
  const [rows = 0, first = 0, last = 0] = [columns.rows[0], columns.first[0], columns.last[0]]
  if (rows === 0) return
  const names = columnsOf(record).map(({ name }) => identifier(name))
  const sql = `select ${names.join(', ')} ${from} and at >= fromUnixTimestamp64Milli({begin:Int64})
    and at < fromUnixTimestamp64Milli({end:Int64}) order by at, knownAt`
  for (let begin = first; begin <= last; begin += STRETCH_MS) {
    const stretch = { ...params, begin, end: begin + STRETCH_MS }
    yield rowsOf(await engine.select(sql, shapeOf(record), { params: stretch }))
  }
}

const shapeOf = (record: RecordSpec): Shape =>
  Object.fromEntries(columnsOf(record).map(({ name, kind }) => [name, isText(kind) ? 'text' : 'number'] as const))

const isText = (kind: string): boolean => kind === 'symbol' || kind === 'text'

function rowsOf({ length, columns }: Selected<Shape>): readonly StoredRow[] {
  const entries = Object.entries(columns)
  return Array.from({ length }, (_, i) => {
    const fields = entries.map(([name, column]) => [name, column[i] as number | string] as const)
    return Object.fromEntries(fields.filter(([, value]) => !Number.isNaN(value)))
  })
}
