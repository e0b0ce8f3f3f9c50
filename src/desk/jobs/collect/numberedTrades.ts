import { convention } from '../../../conventions/ledger.ts'
import { instant } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { MappedRow } from '../../../sources/source.ts'
import type { Hole, Numbered } from './idChain.ts'
import type { Stretch } from './stretches.ts'

/** True where the ledger knows that the venue counts the trades of an instrument up by one. */
export function countsTrades({ venue, contract }: Pick<Instrument, 'venue' | 'contract'>, at: number): boolean {
  const { rule } = convention({ venue, field: 'trade', contract, at: instant(at), rule: 'trade' })
  return rule.ids === 'consecutive'
}

/** A trade by its number; NaN where its id is none. */
export const numberOf = ({ row }: Pick<MappedRow, 'row'>): Numbered => ({
  id: Number(row['tradeId']),
  at: Number(row['at']),
})

/** Where missing trades lie: they may share a millisecond with those beside them. */
export const stretchOf = ({ before, behind }: Hole): Stretch => ({
  from: Math.min(before.at, behind.at),
  to: Math.max(before.at, behind.at) + 1,
})

/** What is missing, for a reader: `trades "8" to "9"`. */
export function sayNumbers({ before, behind }: Hole): string {
  const [first, last] = [before.id + 1, behind.id - 1]
  return first === last ? `trade "${first}"` : `trades "${first}" to "${last}"`
}
