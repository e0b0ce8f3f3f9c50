import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { MappedRow, Poll } from '../../../sources/source.ts'
import { laneOfPoll } from './lanes.ts'

/** Instruments that were answered for together since the same instant, and when last. */
interface Group {
  readonly since: number
  readonly last: number
  readonly members: readonly string[]
}

/** An answer to a poll. */
export interface Answered {
  readonly poll: Poll
  readonly venue: Coverage['venue']
  readonly instruments: readonly Instrument[]
  /** What was kept of it. */
  readonly rows: readonly MappedRow[]
  /** When it was asked for, by the venue's clock. */
  readonly at: number
}

/** What polls cover: from the first of a row of answers to the last. An answer that comes late, or not at all, leaves a gap before it. */
export class PollCoverage {
  readonly #groups = new Map<string, readonly Group[]>()

  /** An answer; an instrument is covered where it has a row in it. */
  answered({ poll, venue, instruments, rows, at }: Answered): readonly Coverage[] {
    return poll.kinds.flatMap((kind) => {
      const told = new Set(rows.flatMap(({ record, row }) => (record.name === kind ? [String(row['instrument'])] : [])))
      const here = instruments.map(({ instrument }) => instrument).filter((name) => told.has(name))
      const groups = this.#next(`${poll.id}/${kind}`, here, { at, patienceMs: 2 * poll.everyMs })
      const of = { venue, market: poll.market, lane: laneOfPoll(kind), feed: poll.id, way: 'poll' as const, ended: '' }
      return groups.map(({ since, members }) => ({ ...of, since, until: at + 1, members: members.join() }))
    })
  }

  #next(key: string, here: readonly string[], { at, patienceMs }: { at: number; patienceMs: number }) {
    const known = (this.#groups.get(key) ?? []).filter(({ last }) => at - last <= patienceMs)
    const goOn = new Map<number, readonly string[]>()
    for (const { since, last, members } of known) {
      const left = members.filter((name) => here.includes(name))
      // A stretch is known by its beginning, so where some are missing the rest goes on as another, without a gap between.
      const from = left.length === members.length ? since : last
      if (left.length > 0) goOn.set(from, [...(goOn.get(from) ?? []), ...left])
    }
    const old = new Set([...goOn.values()].flat())
    const fresh = here.filter((name) => !old.has(name))
    if (fresh.length > 0) goOn.set(at, [...(goOn.get(at) ?? []), ...fresh])
    const groups = [...goOn].map(([since, members]) => ({ since, last: at, members }))
    this.#groups.set(key, groups)
    return groups
  }
}
