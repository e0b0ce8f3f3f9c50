import type { InstantMs } from '../../../core/instant.ts'
import { trade } from '../../../records/trade.ts'
import type { Mapped, MappedRow } from '../../../sources/source.ts'
import { excerptOf, type WireFault } from '../../../sources/wire/wireFault.ts'

/** A record this much later than now is no record: clocks differ by less. */
const FUTURE_MS = 5_000
/** Trades of one instrument that are remembered to tell a repeated one. */
const REMEMBERED = 64

interface Seen {
  at: number
  readonly ids: string[]
}

/** The last check before rows are kept: what no venue can know yet is dropped, what comes twice or late is told. */
export class Gate {
  readonly #seen = new Map<string, Seen>()

  /** Rows of any kind and way. */
  pass(mapped: Mapped, now: InstantMs): Mapped {
    if (mapped.rows.every(({ row }) => !isFuture(row, now))) return mapped
    const late = mapped.rows.filter(({ row }) => isFuture(row, now))
    const faults = late.map(({ record, row }): WireFault => {
      const why = `lies ${Math.round((Number(row['at']) - now) / 1000)} s in the future`
      return { channel: record.name, what: 'impossible', path: 'at', why, raw: excerptOf(row) }
    })
    return { rows: mapped.rows.filter(({ row }) => !isFuture(row, now)), faults: [...mapped.faults, ...faults] }
  }

  /** Rows of a live feed: trades come once, and in order. */
  watch(rows: readonly MappedRow[]): readonly WireFault[] {
    const faults: WireFault[] = []
    for (const { record, row } of rows) {
      if (record.name !== trade.name) continue
      const fault = this.#order(row)
      if (fault !== undefined) faults.push(fault)
    }
    return faults
  }

  /** What instruments traded so far may come again: a new session of a feed begins. */
  forget(market: string, instruments: readonly string[]): void {
    for (const instrument of instruments) this.#seen.delete(keyOf(market, instrument))
  }

  #order(row: MappedRow['row']): WireFault | undefined {
    const { market, instrument, tradeId } = row
    const key = keyOf(String(market), String(instrument))
    const [id, at] = [String(tradeId), Number(row['at'])]
    const seen = this.#seen.get(key)
    if (seen === undefined) {
      this.#seen.set(key, { at, ids: [id] })
      return undefined
    }
    if (seen.ids.includes(id)) return orderFault('repeated', 'tradeId', `"${id}" of ${key} came again`, row)
    const isLate = at < seen.at
    seen.ids.push(id)
    if (seen.ids.length > REMEMBERED) seen.ids.shift()
    if (isLate) return orderFault('out of order', 'at', `a trade of ${key} came after a later one`, row)
    seen.at = at
    return undefined
  }
}

const keyOf = (market: string, instrument: string): string => `${market} ${instrument}`

const isFuture = (row: MappedRow['row'], now: InstantMs): boolean => Number(row['at']) > now + FUTURE_MS

const orderFault = (what: WireFault['what'], path: string, why: string, row: MappedRow['row']): WireFault => ({
  channel: 'trade',
  what,
  path,
  why,
  raw: excerptOf(row),
})
