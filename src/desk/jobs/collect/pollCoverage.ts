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

/** What is asked for as one: a kind of a poll. */
interface Asked {
  readonly of: Pick<Coverage, 'venue' | 'market' | 'lane' | 'feed' | 'way'>
  readonly groups: readonly Group[]
}

/** What was kept of one question of a poll, and when its answer came, by the venue's clock. */
export interface PollPage {
  readonly rows: readonly MappedRow[]
  readonly at: number
}

/** An answer to a poll. */
export interface Answered {
  readonly poll: Poll
  readonly venue: Coverage['venue']
  readonly instruments: readonly Instrument[]
  readonly pages: readonly PollPage[]
}

/**
 * What polls cover: from the first of a row of answers to the last. An answer that comes late, or not at all, leaves a gap before it.
 * What counts is when it came: what was asked for may have waited its turn, or been asked for again.
 */
export class PollCoverage {
  readonly #asked = new Map<string, Asked>()
  /** Why a poll failed since its last answer. */
  readonly #failed = new Map<string, string>()

  /** A poll failed. */
  failed({ id }: Pick<Poll, 'id'>, why: string): void {
    this.#failed.set(id, why)
  }

  /** An answer; an instrument is covered where it has a row in it. @returns what has ended and why, and what goes on */
  answered({ poll, venue, instruments, pages }: Answered): readonly Coverage[] {
    const why = this.#failed.get(poll.id)
    this.#failed.delete(poll.id)
    const asked = new Set(instruments.map(({ instrument }) => instrument))
    return poll.kinds.flatMap((kind) => {
      const told = toldIn(pages, kind, asked)
      const key = `${poll.id}/${kind}`
      const before = this.#asked.get(key)?.groups ?? []
      const isLate = ({ last }: Group, name: string): boolean => (told.get(name) ?? last) - last > 2 * poll.everyMs
      const goesOn = (group: Group, name: string): boolean => told.has(name) && !isLate(group, name)
      const of = { venue, market: poll.market, lane: laneOfPoll(kind), feed: poll.id, way: 'poll' as const }
      const groups = nextGroups(before, told, goesOn)
      this.#asked.set(key, { of, groups })
      const ended = before
        .filter((group) => !group.members.every((name) => goesOn(group, name)))
        .map((group) => {
          const isEnded = group.members.some((name) => isLate(group, name))
          return rowOf(of, group, isEnded ? `no answer came in time${saying(why)}` : 'an answer came without it')
        })
      return [...ended, ...groups.map((group) => rowOf(of, group, ''))]
    })
  }

  /** Nothing is asked for any more. @returns what has ended */
  end(why: string): readonly Coverage[] {
    return [...this.#asked.values()].flatMap(({ of, groups }) => groups.map((group) => rowOf(of, group, why)))
  }
}

const rowOf = (of: Asked['of'], { since, last, members }: Group, ended: string): Coverage => ({
  ...of,
  since,
  until: last + 1,
  members: members.join(),
  ended,
})

const saying = (why: string | undefined): string => (why === undefined ? '' : `: ${why}`)

/** When each instrument was told of. */
function toldIn(pages: readonly PollPage[], kind: string, asked: ReadonlySet<string>): ReadonlyMap<string, number> {
  const told = new Map<string, number>()
  for (const { rows, at } of pages) {
    for (const { record, row } of rows) {
      const name = String(row['instrument'])
      if (record.name === kind && asked.has(name)) told.set(name, at)
    }
  }
  return told
}

/** A stretch is known by its beginning: those that part begin another, without a gap between. */
function nextGroups(
  before: readonly Group[],
  told: ReadonlyMap<string, number>,
  goesOn: (group: Group, name: string) => boolean,
): readonly Group[] {
  const groups: Group[] = []
  const add = (since: number, last: number, members: readonly string[]): void => {
    let free = since
    while (groups.some((group) => group.since === free)) free--
    groups.push({ since: free, last, members })
  }
  const old = new Set<string>()
  const parted: { readonly since: number; readonly parts: ReadonlyMap<number, readonly string[]> }[] = []
  for (const group of before) {
    const left = group.members.filter((name) => goesOn(group, name))
    for (const name of left) old.add(name)
    const parts = byTime(left, told)
    const isWhole = left.length === group.members.length && parts.size === 1
    if (isWhole) for (const [at, members] of parts) add(group.since, at, members)
    else parted.push({ since: group.last, parts })
  }
  const fresh = [...told.keys()].filter((name) => !old.has(name))
  for (const { since, parts } of parted) for (const [at, members] of parts) add(since, at, members)
  for (const [at, members] of byTime(fresh, told)) add(at, at, members)
  return groups
}

function byTime(names: readonly string[], told: ReadonlyMap<string, number>): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>()
  for (const name of names) {
    const at = told.get(name) as number
    found.set(at, [...(found.get(at) ?? []), name])
  }
  return found
}
