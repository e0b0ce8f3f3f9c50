import type { Store } from '../../../src/store/open.ts'
import type { Shape } from '../../../src/store/engine.ts'
import type { Item } from './item.ts'

/** What the store has of every lane, by venue, market, instrument and lane. */
export type StoredLanes = (
  lane: Readonly<Record<'venue' | 'market' | 'instrument' | 'lane', string>>,
) => readonly Item[]

export interface Only {
  readonly venues: ReadonlySet<string>
  readonly kinds: ReadonlySet<string>
}

interface Kept {
  /** Lane and record of a row. */
  readonly lane: string
  readonly item: Item
}

type Row = Readonly<Record<string, number | string>>

const SERIES = { venue: 'text', market: 'text', instrument: 'text', at: 'number' } as const
const num = (row: Row, name: string): number => Number(row[name])

const numbersIn =
  (...names: readonly string[]) =>
  (row: Row): Readonly<Record<string, number>> =>
    Object.fromEntries(names.map((name) => [name, num(row, name)]))

/** The tables, and what a row of each is. */
const TABLES: readonly { readonly table: string; readonly shape: Shape; readonly read: (row: Row) => Kept }[] = [
  {
    table: 'trade',
    shape: { tradeId: 'text' },
    read: (row) => ({ lane: 'trade', item: { at: num(row, 'at'), key: String(row['tradeId']) } }),
  },
  {
    table: 'liquidation',
    shape: { position: 'text' },
    read: (row) => ({
      lane: 'liquidation',
      item: bySecond(String(row['venue']), num(row, 'at'), String(row['position'])),
    }),
  },
  {
    table: 'candle',
    shape: { interval: 'text', open: 'number', high: 'number', low: 'number', close: 'number', volume: 'number' },
    read: (row) => ({
      lane: `candle/${row['interval']}`,
      item: {
        at: num(row, 'at'),
        key: ['at', 'open', 'high', 'low', 'close'].map((name) => row[name]).join(' '),
        numbers: numbersIn('volume')(row),
      },
    }),
  },
  {
    table: 'openInterest',
    shape: { interval: 'text', coins: 'number' },
    read: (row) => ({ lane: `openInterest/${row['interval']}`, item: byTime(row, 'coins') }),
  },
  {
    table: 'funding',
    shape: { state: 'text', rate: 'number' },
    read: (row) => ({ lane: `funding/${row['state']}`, item: byTime(row, 'rate') }),
  },
  {
    table: 'positioning',
    shape: { measure: 'text', interval: 'text', ratio: 'number' },
    read: (row) => ({
      lane: `positioning/${row['measure']}/${row['interval']}`,
      item: { ...byTime(row, 'ratio'), key: `${row['at']} ${row['measure']}` },
    }),
  },
  {
    table: 'ticker',
    shape: { last: 'number', mark: 'number', volume24h: 'number' },
    read: (row) => ({ lane: 'ticker', item: byTime(row, 'last', 'mark', 'volume24h') }),
  },
]

/** Some venues cut a liquidation's time to the second, and Binance sends one of a second: that one is there can be compared. */
export function bySecond(venue: string, at: number, position: string): Item {
  const second = Math.floor(at / 1000) * 1000
  return { at, key: venue === 'binance' ? String(second) : `${second} ${position}` }
}

/** What a row leaves open is no number. */
function byTime(row: Row, ...names: readonly string[]): Item {
  const numbers = Object.fromEntries(
    names.map((name) => [name, num(row, name)] as const).filter(([, n]) => !Number.isNaN(n)),
  )
  return { at: num(row, 'at'), key: String(row['at']), numbers }
}

/** @param only - the venues and kinds that are asked about */
export async function readStoredLanes(store: Store, { venues, kinds }: Only): Promise<StoredLanes> {
  const found = new Map<string, Item[]>()
  const put = (key: string, item: Item): void => void (found.get(key)?.push(item) ?? found.set(key, [item]))
  for (const { table, shape, read } of TABLES.filter((each) => kinds.has(each.table))) {
    const all = { ...SERIES, ...shape }
    const sql = `select ${Object.keys(all).join(', ')} from ${table} final where venue in {venues:Array(String)}`
    const { length, columns } = await store.engine.select(sql, all, { params: { venues: [...venues] } })
    for (let i = 0; i < length; i++) {
      const row = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]])) as Row
      const { lane, item } = read(row)
      put([row['venue'], row['market'], row['instrument'], lane].join('/'), item)
    }
  }
  return ({ venue, market, instrument, lane }) => {
    const of = (name: string): readonly Item[] => found.get([venue, market, instrument, name].join('/')) ?? []
    return lane === 'positioning/5m' ? MEASURES.flatMap((measure) => of(`positioning/${measure}/5m`)) : of(lane)
  }
}

/** Where one door tells several ratios, they are one lane. */
const MEASURES = ['long_short_accounts', 'top_accounts', 'top_positions', 'taker_ratio']
