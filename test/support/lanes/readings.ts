import type { Stretch } from '../../../src/desk/jobs/collect/stretches.ts'
import type { Listing } from '../../../src/sim/market/live/listing.ts'
import type { Item } from './item.ts'
import type { Standing, WorldPast } from './worldPast.ts'

/** From when to when, about a row's time, the world may have stood as the row says. */
type Window = readonly [beforeMs: number, behindMs: number]

/** Answers with a time of their own tell of that instant. */
const TIMED: Window = [0, 0]
/** Of others the time is when they came, from a world whose clock goes on in steps. */
const UNTIMED: Window = [2_000, 200]

/** By the documents: which answers have no time. */
const windowOf = (venue: string, lane: string): Window =>
  venue === 'gate' || venue === 'hyperliquid' || (venue === 'bitget' && lane === 'funding/expected') ? UNTIMED : TIMED

/** What a reading says, as the world has it; undefined of a number that the venue does not give exactly. */
function numbersOf(
  { coins, rate, last, mark, units24h }: Standing,
  { contract }: Listing,
): Record<string, number | undefined> {
  return { coins, rate, last, mark, volume24h: contract === 'inverse' ? undefined : units24h }
}

/** Readings of the moment that do not say how the world stood then. */
export function untrueReadings(
  past: WorldPast,
  listing: Listing,
  lane: string,
  stored: readonly Item[],
): readonly Item[] {
  const [beforeMs, behindMs] = windowOf(listing.venue, lane)
  return stored.filter(({ at, numbers = {} }) => {
    const stood = beforeMs + behindMs === 0 ? [past.at(at)] : past.between(at - beforeMs, at + behindMs)
    const truths = stood.map((each) => numbersOf(each, listing))
    return !Object.entries(numbers).every(([name, told]) => {
      const values = truths.flatMap((each) => each[name] ?? [])
      return values.length === 0 || isBetween(told, values, name === 'volume24h' ? listing.lot : 0)
    })
  })
}

/** Numbers are written with eight decimals at least, or with all that they have. */
function isBetween(told: number, values: readonly number[], off: number): boolean {
  const slack = 1e-6 * Math.abs(told) + 1e-10 + off
  return told >= Math.min(...values) - slack && told <= Math.max(...values) + slack
}

/**
 * Instants at which a lane that is asked for every so often lacks a reading: where it is covered and has none for longer than two
 * polls.
 */
export function lackingReadings(
  stored: readonly Item[],
  covered: readonly Stretch[],
  pollMs: number,
): readonly number[] {
  const mostMs = 2 * pollMs + SLACK_MS
  const times = stored.map(({ at }) => at).toSorted((a, b) => a - b)
  return covered.flatMap(({ from, to }) => {
    const inside = times.filter((at) => at >= from - SLACK_MS && at <= to + SLACK_MS)
    // Also of a stretch of one answer there is that answer.
    if (inside.length === 0) return [from]
    const all = [from, ...inside, to]
    return all.filter((at, i) => i > 0 && at - (all[i - 1] as number) > mostMs)
  })
}

/** The time that an answer tells and that of its coming may be so far apart. */
export const SLACK_MS = 2_000
