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

/** What is known of a lane. */
interface Held {
  readonly lane: Lane
  readonly rows: Coverage[]
  /** Where the last that is known of it ends. */
  end: number
  /** Gaps that were counted in it last. */
  gaps: number
}

/** All that is covered, by lane: what is held of the past, and what is being watched but for what was missed meanwhile. */
export class CoverageBook {
  readonly #lanes = new Map<string, Held>()
  /** Lanes in which there may be more gaps or fewer than were counted. */
  readonly #changed = new Set<Held>()
  readonly #gaps = new Map<string, number>()

  constructor(rows: readonly Coverage[]) {
    for (const row of rows) this.put(row)
  }

  /** Adds a stretch, or lets one with the same beginning grow. */
  put(row: Coverage): void {
    for (const instrument of row.members.split(',')) {
      const held = this.#held({ venue: row.venue, market: row.market, lane: row.lane, instrument })
      const { rows } = held
      const known = rows.findIndex((each) => each.feed === row.feed && each.way === row.way && each.since === row.since)
      // What grows at the end, as what is watched does every second, fills no gap and leaves none.
      if (row.way === 'missed' || (rows[known]?.until ?? -Infinity) < held.end) this.#changed.add(held)
      held.end = Math.max(held.end, row.until)
      if (known === -1) rows.push(row)
      else rows[known] = row
    }
  }

  /**
   * A stretch that was fetched, together with the one of the same lane that it goes on from: what is fetched bar by bar then stays
   * one row for as long as there is no gap.
   */
  grown(row: Coverage): Coverage {
    const { venue, market, lane, members } = row
    const before = this.#rows({ venue, market, lane, instrument: members }).findLast(
      ({ way, feed, since, until }) =>
        way === row.way && feed === row.feed && since <= row.since && until >= row.since && until < row.until,
    )
    return before === undefined ? row : { ...before, until: row.until }
  }

  /** Covered stretches of a lane, joined, in order of time. */
  covered(lane: Lane): readonly Stretch[] {
    const { watched, missed, fetched } = this.#of(lane)
    return joined([...watched.flatMap((each) => without(each, missed)), ...fetched])
  }

  /** What is known to be missed of a lane and was not had since, in order of time. */
  missed(lane: Lane): readonly Stretch[] {
    const { missed, fetched } = this.#of(lane)
    return joined(missed).flatMap((each) => without(each, fetched))
  }

  /** Holes of a lane of which some part was neither had since nor lost, whole: at their ends they can be told from silence. */
  openHoles(lane: Lane, lost: readonly Stretch[]): readonly Stretch[] {
    const { missed, fetched } = this.#of(lane)
    return missed.filter((each) => without(each, [...fetched, ...lost]).length > 0)
  }

  /** What is known to be missed of a lane within a stretch, each hole by itself and whole. */
  holesWithin(lane: Lane, { from, to }: Stretch): readonly Stretch[] {
    return this.#of(lane).missed.filter((each) => each.from >= from && each.to <= to)
  }

  /** What is known to be missed of a lane, where it meets a stretch that cannot be had, with that reason too. */
  explained(lane: Lane, { from, to, why }: Gap): readonly Coverage[] {
    return this.#rows(lane)
      .filter(({ way, since, until, ended }) => way === 'missed' && since < to && until > from && !ended.includes(why))
      .map((row) => ({ ...row, ended: sayAll([row.ended, why]) }))
  }

  /** What is not covered between two instants, but for what is known to be lost. */
  uncovered(lane: Lane, whole: Stretch, lost: readonly Stretch[] = []): readonly Stretch[] {
    return without(whole, [...this.covered(lane), ...lost])
  }

  /** Gaps between the first and the last that is covered, each with the reasons of what ended or was missed in it. */
  gaps(lane: Lane): readonly Gap[] {
    const covered = this.covered(lane)
    const rows = this.#rows(lane)
    return covered.slice(1).map((stretch, i) => {
      const gap = { from: (covered[i] as Stretch).to, to: stretch.from }
      const why = sayAll(rows.filter((row) => explains(row, gap)).map(({ ended }) => ended))
      return { ...gap, why: why === '' ? KILLED : why }
    })
  }

  /** Gaps of all lanes of a venue. Costs only what has changed since the last time. */
  countGaps(venue: string): number {
    for (const held of this.#changed) {
      const gaps = Math.max(0, this.covered(held.lane).length - 1)
      const all = this.#gaps.get(held.lane.venue) ?? 0
      this.#gaps.set(held.lane.venue, all + gaps - held.gaps)
      held.gaps = gaps
    }
    this.#changed.clear()
    return this.#gaps.get(venue) ?? 0
  }

  /** Every lane that has anything. */
  lanes(): readonly Lane[] {
    return [...this.#lanes.values()].map(({ lane }) => lane)
  }

  #rows(lane: Lane): readonly Coverage[] {
    return this.#lanes.get(keyOf(lane))?.rows ?? []
  }

  #held(lane: Lane): Held {
    const key = keyOf(lane)
    const known = this.#lanes.get(key)
    if (known !== undefined) return known
    const held = { lane, rows: [], end: -Infinity, gaps: 0 }
    this.#lanes.set(key, held)
    return held
  }

  #of(lane: Lane): Readonly<Record<'watched' | 'missed' | 'fetched', readonly Stretch[]>> {
    const rows = this.#rows(lane)
    const of = (...ways: readonly Coverage['way'][]): readonly Stretch[] =>
      rows.filter(({ way }) => ways.includes(way)).map(({ since, until }) => ({ from: since, to: until }))
    return { watched: of('live', 'poll'), missed: of('missed'), fetched: of('history') }
  }
}

/** What was watched ended in the gap, what was missed lies in it, and what could be had of the past begins behind it. */
function explains({ way, since, until }: Coverage, { from, to }: Stretch): boolean {
  if (way === 'history') return since === to
  if (way === 'missed') return since < to && until > from
  return until >= from && until < to
}

const sayAll = (reasons: readonly string[]): string =>
  [...new Set(reasons.filter((reason) => reason !== ''))].join('; ')

const keyOf = ({ venue, market, lane, instrument }: Lane): string => JSON.stringify([venue, market, lane, instrument])
