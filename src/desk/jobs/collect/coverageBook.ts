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

/** All that is covered, by lane: what is held of the past, and what is being watched but for what was missed meanwhile. */
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
    return (this.#lanes.get(keyOf(lane)) ?? [])
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
    const rows = this.#lanes.get(keyOf(lane)) ?? []
    return covered.slice(1).map((stretch, i) => {
      const gap = { from: (covered[i] as Stretch).to, to: stretch.from }
      const why = sayAll(rows.filter((row) => explains(row, gap)).map(({ ended }) => ended))
      return { ...gap, why: why === '' ? KILLED : why }
    })
  }

  /** Every lane that has anything. */
  lanes(): readonly Lane[] {
    return [...this.#lanes.keys()].map((key) => {
      const [venue, market, lane, instrument] = JSON.parse(key) as [string, Instrument['market'], string, string]
      return { venue, market, lane, instrument }
    })
  }

  #of(lane: Lane): Readonly<Record<'watched' | 'missed' | 'fetched', readonly Stretch[]>> {
    const rows = this.#lanes.get(keyOf(lane)) ?? []
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
