import { civil, DAY_MS, daysFromCivil, instant } from '../../../core/instant.ts'
import { newYorkSession } from '../../../core/newYorkSession.ts'
import { seededRandom } from '../../../core/random.ts'

/** Numbers of the world around the market: the truth that its publishers see. */
export interface Macro {
  /** First day that anything is known of, 00:00Z, ms. */
  readonly firstDay: number
  /** The target range of a day, percent: what the Federal Reserve aims at. */
  readonly target: (day: number) => { readonly lower: number; readonly upper: number }
  /** Percent a year, of a day of business and of those after it that are none. */
  readonly effective: (day: number) => number
  /** A level or a rate of a day of business. @throws {RangeError} there is none of that name */
  readonly level: (name: MacroLevel, day: number) => number
  /** US dollars an ounce of gold at any instant: the level of its day at 00:00, moving evenly to that of the next. */
  readonly ounce: (at: number) => number
  /** A mood between 0 and 100, of every day. */
  readonly mood: (day: number) => number
}

/** What is counted on days of business. */
export type MacroLevel = keyof typeof LEVELS

/** Where a series begins, how far it moves in a day, and with how many decimals it is told. */
const LEVELS = {
  equities: { start: 2100, step: 0.01, digits: 2 },
  technology: { start: 4800, step: 0.013, digits: 2 },
  fear: { start: 18, step: 0.04, digits: 2 },
  twoYears: { start: 1.2, step: 0.02, digits: 2 },
  tenYears: { start: 2.2, step: 0.012, digits: 2 },
  secured: { start: 1.5, step: 0.004, digits: 2 },
  dollar: { start: 110, step: 0.003, digits: 4 },
  gold: { start: 1900, step: 0.009, digits: 2 },
} as const

const FIRST_YEAR = 2015
const LAST_YEAR = 2028
/** Meetings of who sets the target are so many days apart. */
const MEETING_DAYS = 45
const STEP = 0.25

/** A seeded world of rates and levels: each moves by chance and is drawn back to where it began. */
export function macroOf({ seed }: { readonly seed: string }): Macro {
  const [first, last] = [daysFromCivil(FIRST_YEAR, 1, 1), daysFromCivil(LAST_YEAR, 1, 1)]
  const paths = new Map(
    Object.entries(LEVELS).map(([name, { start, step, digits }]) => {
      const { normal } = seededRandom(`${seed}/macro/${name}`)
      let level = start
      const path = Array.from({ length: last - first }, () => {
        level *= 1 + step * normal() + 0.01 * (start / level - 1)
        return Number(level.toFixed(digits))
      })
      return [name, path] as const
    }),
  )
  const { uniform } = seededRandom(`${seed}/macro/target`)
  let lower = 1
  const targets = Array.from({ length: Math.ceil((last - first) / MEETING_DAYS) }, () => {
    lower = Math.min(5.25, Math.max(0, lower + STEP * (Math.floor(3 * uniform()) - 1)))
    return lower
  })
  const moods = seededRandom(`${seed}/macro/mood`)
  const moodPath = Array.from({ length: last - first }, () => Math.round(5 + 90 * moods.uniform()))

  const indexOf = (day: number): number => Math.max(0, Math.min(last - first - 1, Math.floor(day / DAY_MS) - first))
  const target: Macro['target'] = (day) => {
    const from = targets[Math.floor(indexOf(day) / MEETING_DAYS)] as number
    return { lower: from, upper: from + STEP }
  }
  const level: Macro['level'] = (name, day) => {
    const value = paths.get(name)?.[indexOf(day)]
    if (value === undefined) throw new RangeError(`"${name}" is no level of this world`)
    return value
  }
  return {
    firstDay: first * DAY_MS,
    target,
    effective: (day) => Number((target(businessDay(day)).lower + 0.08).toFixed(2)),
    level,
    ounce: (at) => {
      const [from, to] = [level('gold', at), level('gold', at + DAY_MS)]
      return from + (to - from) * (at / DAY_MS - Math.floor(at / DAY_MS))
    },
    mood: (day) => moodPath[indexOf(day)] as number,
  }
}

/** The last day of business up to a day; the day itself where the calendar is not known. */
function businessDay(day: number): number {
  const { year } = civil(instant(day))
  if (year >= LAST_YEAR) return day
  for (let at = day; at > day - 7 * DAY_MS; at -= DAY_MS) if (newYorkSession(instant(at)) !== undefined) return at
  return day
}
