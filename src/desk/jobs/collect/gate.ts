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
  /** The last ids, in a ring. */
  readonly ids: string[]
  next: number
}

/** The last check before rows are kept: what no venue can know yet is dropped, what comes twice or late is told. */
export class Gate {
  /** By market, then by instrument: a key made of both would cost more than the rest, and trades come by the ten thousand. */
  readonly #seen = new Map<string, Map<string, Seen>>()

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

  /** Rows of one message of a live feed: trades come once, and no message has one from before those of another. */
  watch(rows: readonly MappedRow[]): readonly WireFault[] {
    if (rows.length === 1) {
      const fault = this.#order(rows[0] as MappedRow, undefined)
      return fault === undefined ? NONE : [fault]
    }
    const before = new Map<Seen, number>()
    return rows.map((row) => this.#order(row, before)).filter((fault) => fault !== undefined)
  }

  /** What instruments traded so far may come again: a new session of a feed begins. */
  forget(market: string, instruments: readonly string[]): void {
    for (const instrument of instruments) this.#seen.get(market)?.delete(instrument)
  }

  /** @param before - when each instrument had traded last before a message of several trades */
  #order({ record, row }: MappedRow, before: Map<Seen, number> | undefined): WireFault | undefined {
    if (record.name !== trade.name) return undefined
    const [market, instrument] = [row['market'] as string, row['instrument'] as string]
    const [id, at] = [row['tradeId'] as string, row['at'] as number]
    const seen = this.#seen.get(market)?.get(instrument)
    if (seen === undefined) {
      const first = { at, ids: [id], next: 1 }
      before?.set(first, -Infinity)
      this.#remember(market, instrument, first)
      return undefined
    }
    if (before?.has(seen) === false) before.set(seen, seen.at)
    // What comes again has a time that was seen before.
    if (at <= seen.at && seen.ids.includes(id)) {
      return orderFault('repeated', 'tradeId', `"${id}" of ${market} ${instrument} came again`, row)
    }
    const isLate = at < (before?.get(seen) ?? seen.at)
    seen.ids[seen.next] = id
    seen.next = (seen.next + 1) % REMEMBERED
    if (isLate)
      return orderFault('out of order', 'at', `a trade of ${market} ${instrument} came after a later one`, row)
    seen.at = Math.max(seen.at, at)
    return undefined
  }

  #remember(market: string, instrument: string, seen: Seen): void {
    const known = this.#seen.get(market)
    if (known === undefined) this.#seen.set(market, new Map([[instrument, seen]]))
    else known.set(instrument, seen)
  }
}

const NONE: readonly WireFault[] = []

const isFuture = (row: MappedRow['row'], now: InstantMs): boolean => Number(row['at']) > now + FUTURE_MS

const orderFault = (what: WireFault['what'], path: string, why: string, row: MappedRow['row']): WireFault => ({
  channel: 'trade',
  what,
  path,
  why,
  raw: excerptOf(row),
})
