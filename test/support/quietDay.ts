import { seededRandom } from '../../src/core/random.ts'

const [HOUR, DAY] = [3_600_000, 86_400_000]

/** Trades an hour of an instrument, from the quietest to the busiest. */
const [LEAST, MOST] = [3, 180]
/** Noon is nine times as busy as midnight; nothing is known of the day when it begins to be watched. */
const CYCLE = 0.8
/** The market's mood, as a factor on all its instruments at once: standard deviation of its logarithm, and how long it lasts. */
const MOOD = 0.6
const MOOD_MS = 20_000
const MOOD_TAIL = 1.3
/** One trade brings others: how many has no variance, and how long after has hardly a mean. */
const HEAP_TAIL = 1.5
const HEAP_MS = 50
const HEAP_WAIT_TAIL = 1.2
const MOST_IN_HEAP = 500
/** Trades for one that begins a heap, on average. */
const IN_HEAP = 2.6
/** Candidates for one trade: no moment is so many times as busy as the mean. */
const THINNED = 12

/** A market's quiet day: how busy it is at any time, shared by all that is listed. */
export interface QuietDay {
  readonly seed: string
  /** Against the mean of the day. */
  readonly busyness: (ms: number) => number
}

/** Moods that follow one another suddenly, some for seconds and some for hours, over a cycle of day and night. */
export function quietDay(seed: string): QuietDay {
  const { uniform, normal } = seededRandom(`quiet day ${seed}`)
  const begins = DAY * uniform()
  const ends: number[] = []
  const moods: number[] = []
  for (let at = 0; at < DAY;) {
    at += Math.min(2 * HOUR, MOOD_MS * pareto(uniform, MOOD_TAIL))
    ends.push(at)
    moods.push(Math.exp(MOOD * normal()))
  }
  let place = 0
  const busyness = (ms: number): number => {
    if (place > 0 && ms < (ends[place - 1] as number)) place = 0
    while ((ends[place] as number) < ms) place++
    return (moods[place] as number) * (1 - CYCLE * Math.cos((2 * Math.PI * (begins + ms)) / DAY))
  }
  return { seed, busyness }
}

/** When the trades of an instrument come in 24 hours that begin at any time of the day, ms since then, in heaps and not in order. */
export function quietTrades(day: QuietDay, instrument: string): readonly number[] {
  const { uniform } = seededRandom(`${day.seed} ${instrument}`)
  const anHour = LEAST * (MOST / LEAST) ** uniform()
  const meanMs = HOUR / (anHour / IN_HEAP) / THINNED
  const times: number[] = []
  for (let at = 0; ;) {
    at += -Math.log(1 - uniform()) * meanMs
    if (at >= DAY) return times
    if (uniform() * THINNED > day.busyness(at)) continue
    const more = Math.min(MOST_IN_HEAP, Math.floor(pareto(uniform, HEAP_TAIL)) - 1)
    times.push(at)
    for (let i = 0, then = at; i < more; i++) {
      then += HEAP_MS * pareto(uniform, HEAP_WAIT_TAIL)
      if (then < DAY) times.push(then)
    }
  }
}

/** At least 1, and more than x once in x^tail times. */
const pareto = (uniform: () => number, tail: number): number => (1 - uniform()) ** (-1 / tail)
