import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { joined, without, type Stretch } from './stretches.ts'

/** A series of one instrument that can have gaps. */
export interface Lane {
  readonly venue: string
  readonly market: Instrument['market']
  readonly lane: string
  readonly instrument: string
}

/** A stretch of which something may be missing, and why. */
export interface Gap extends Stretch {
  readonly why: string
}

/** Why a stretch ended, where the process that watched it said nothing. */
const KILLED = 'the collector ended without a word'

/** All that is covered, by lane: what is held of the past, and what is being watched. */
export class CoverageBook {
  readonly #lanes = new Map<string, Coverage[]>()

  constructor(rows: readonly Coverage[]) {
    for (const row of rows) this.put(row)
  }

  /** Adds a stretch, or lets one with the same beginning grow. */
  put(row: Coverage): void {
    for (const instrument of row.members.split(',')) {
      const key = keyOf({ ...row, instrument })
      const rows = this.#lanes.get(key) ?? []
      const known = rows.findIndex((each) => each.feed === row.feed && each.way === row.way && each.since === row.since)
      if (known === -1) rows.push(row)
      else rows[known] = row
      this.#lanes.set(key, rows)
    }
  }

  /** Covered stretches of a lane, joined, in order of time. */
  covered(lane: Lane): readonly Stretch[] {
    return joined((this.#lanes.get(keyOf(lane)) ?? []).map(({ since, until }) => ({ from: since, to: until })))
  }

  /** What is not covered between two instants, but for what is known to be lost. */
  uncovered(lane: Lane, whole: Stretch, lost: readonly Stretch[] = []): readonly Stretch[] {
    return without(whole, [...this.covered(lane), ...lost])
  }

  /** Gaps between the first and the last that is covered, each with the reason of the stretch before it. */
  gaps(lane: Lane): readonly Gap[] {
    const covered = this.covered(lane)
    const rows = this.#lanes.get(keyOf(lane)) ?? []
    return covered.slice(1).map((stretch, i) => {
      const from = (covered[i] as Stretch).to
      const before = rows.find(({ until, way }) => until === from && way !== 'history')
      const after = rows.find(({ since, way }) => since === stretch.from && way === 'history')
      const reasons = [before?.ended ?? '', after?.ended ?? ''].filter((reason) => reason !== '')
      return { from, to: stretch.from, why: reasons.length === 0 ? KILLED : reasons.join('; ') }
    })
  }

  /** Every lane that has anything. */
  lanes(): readonly Lane[] {
    return [...this.#lanes.keys()].map((key) => {
      const [venue, market, lane, instrument] = JSON.parse(key) as [string, Instrument['market'], string, string]
      return { venue, market, lane, instrument }
    })
  }
}

const keyOf = ({ venue, market, lane, instrument }: Lane): string => JSON.stringify([venue, market, lane, instrument])
