import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../core/random.ts'
import { SilenceWatch } from './silenceWatch.ts'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]

const watching = (): SilenceWatch => new SilenceWatch({ knownMs: MINUTE })

interface Heard {
  readonly watch: SilenceWatch
  /** When the last message came. */
  readonly last: number
}

/** A watch that heard messages at these times. */
function heard(times: Iterable<number>, watch = watching(), from = 0): Heard {
  watch.begin(from)
  let last = from
  for (const at of times) {
    watch.heard(at)
    last = at
  }
  return { watch, last }
}

/** Messages as chance brings them. */
function* byChance(perSecond: number, from: number, to: number, seed = 'silence'): Generator<number> {
  const { uniform } = seededRandom(`${seed} ${perSecond}`)
  for (let at = from; ;) {
    at += (-Math.log(1 - uniform()) * SECOND) / perSecond
    if (at >= to) return
    yield at
  }
}

/** Messages as a clock brings them. */
function* byTheClock(everyMs: number, from: number, to: number): Generator<number> {
  for (let at = from + everyMs; at < to; at += everyMs) yield at
}

/** After how long a silence it is told. */
function foundAfterMs({ watch, last }: Heard, others = 1): number {
  for (let ms = 0; ms < 10 * HOUR; ms += 50) if (watch.judge(last + ms, others).is === 'silent') return ms
  return Infinity
}

describe('SilenceWatch', () => {
  it('knows nothing of a feed that it never heard', () => {
    const { watch } = heard([])
    expect(watch.judge(24 * HOUR, 1)).toEqual({ is: 'too quiet' })
    expect([watch.toleratedMs(1), watch.busyness(24 * HOUR)]).toEqual([Infinity, NaN])
  })

  it.each([
    [50, 3, 6],
    [5, 10, 25],
    [2, 20, 45],
  ])('tells a silence of a feed with %d messages a second within %d to %d seconds', (perSecond, least, most) => {
    const found = foundAfterMs(heard(byChance(perSecond, 0, HOUR))) / SECOND
    expect(found).toBeGreaterThan(least)
    expect(found).toBeLessThan(most)
  })

  it('says how much was missed', () => {
    const { watch, last } = heard(byChance(5, 0, HOUR))
    const judged = watch.judge(last + 30 * SECOND, 1)
    expect(judged).toMatchObject({ is: 'silent', silentMs: 30 * SECOND })
    // Some that come together count as one.
    expect(judged.is === 'silent' && judged.expected).toBeGreaterThan(80)
    expect(judged.is === 'silent' && judged.expected).toBeLessThan(160)
  })

  it('asks less patience of a feed that comes like a clock', () => {
    const [clock, chance] = [byTheClock(SECOND, 0, HOUR), byChance(1, 0, HOUR)].map((times) =>
      foundAfterMs(heard(times)),
    )
    expect(clock).toBeLessThan(45 * SECOND)
    expect(clock).toBeLessThan(0.6 * chance!)
  })

  it('asks more of one whose messages come in heaps', () => {
    const heaps = function* (): Generator<number> {
      for (const at of byChance(0.5, 0, HOUR)) for (let i = 0; i < 10; i++) yield at + 60 * i
    }
    const [heaped, even] = [foundAfterMs(heard(heaps())), foundAfterMs(heard(byChance(5, 0, HOUR)))]
    expect(heaped).toBeGreaterThan(4 * even!)
  })

  it('takes what comes together for one message', () => {
    const together = [...byChance(1, 0, HOUR)].flatMap((at) => Array.from({ length: 40 }, (_, i) => at + i))
    expect(foundAfterMs(heard(together)) / foundAfterMs(heard(byChance(1, 0, HOUR)))).toBeCloseTo(1, 0)
  })

  it('does not learn patience from one long silence, but from two', () => {
    const holed = (...holes: readonly number[]) => {
      const times = [...byChance(5, 0, HOUR)]
      return foundAfterMs(heard(times.filter((at) => holes.every((hole) => at < hole || at > hole + 12 * SECOND))))
    }
    const usual = holed()
    expect(holed(20 * MINUTE)).toBeLessThan(1.5 * usual)
    expect(holed(20 * MINUTE, 40 * MINUTE)).toBeGreaterThan(3 * usual)
  })

  it('says that a feed is too quiet, where minutes would tell nothing', () => {
    const { watch, last } = heard(byChance(1 / MINUTE, 0, 12 * HOUR))
    expect(watch.judge(last, 1).is).toBe('too quiet')
    const slow = heard(byChance(0.02, 0, 12 * HOUR))
    expect(slow.watch.judge(slow.last, 1).is).toBe('too quiet')
    expect(foundAfterMs(slow)).toBe(Infinity)
  })

  it('judges by no less than three times the time that it would bear', () => {
    const { watch, last } = heard(byTheClock(5 * SECOND, 0, 5 * MINUTE))
    expect(watch.judge(last, 1).is).toBe('too quiet')
    expect(foundAfterMs(heard(byTheClock(5 * SECOND, 0, HOUR)))).toBeLessThan(4 * MINUTE)
  })

  it('has more patience in the first five minutes, and tells nothing in the first', () => {
    const [minute, early, later] = [59 * SECOND, 4 * MINUTE, 8 * MINUTE].map((ms) =>
      foundAfterMs(heard(byChance(20, 0, ms))),
    )
    expect(minute).toBe(Infinity)
    expect(early! / later!).toBeGreaterThan(1.2)
    expect(early).toBeLessThan(15 * SECOND)
  })

  it('tells a feed that has left out three times what it should send at least so often, however little is known of it', () => {
    const watch = new SilenceWatch({ knownMs: MINUTE, atLeastEveryMs: 10 * SECOND })
    watch.begin(0)
    expect(watch.judge(30 * SECOND, 1)).toEqual({ is: 'as usual' })
    expect(watch.judge(40 * SECOND, 1)).toEqual({ is: 'silent', silentMs: 40 * SECOND, expected: 4 })
    for (let at = 0; at < HOUR; at += 10 * SECOND) watch.heard(at)
    expect([watch.judge(HOUR, 1).is, watch.judge(HOUR + 21 * SECOND, 1).is]).toEqual(['as usual', 'silent'])
  })

  it('has more patience where other venues have become quieter, but not less where they are busier', () => {
    const [usual, quieter, asleep, busier] = [1, 0.5, 0, 30].map((others) =>
      foundAfterMs(heard(byChance(5, 0, HOUR)), others),
    )
    expect(quieter! / usual!).toBeGreaterThan(1.8)
    expect(asleep! / usual!).toBeGreaterThan(10)
    expect(asleep).toBeLessThan(Infinity)
    expect(busier).toBe(usual)
  })

  it('follows a pace that falls within minutes', () => {
    const slowing = function* (): Generator<number> {
      yield* byChance(5, 0, HOUR)
      yield* byChance(0.5, HOUR, HOUR + 10 * MINUTE)
    }
    const { watch, last } = heard(slowing())
    expect(watch.toleratedMs(1)).toBeGreaterThan(2 * MINUTE)
    expect(last).toBeGreaterThan(HOUR + 9 * MINUTE)
  })

  it('does not count the time between two sessions, nor that in which nobody listened', () => {
    const { watch, last } = heard(byChance(5, 0, HOUR))
    const tolerated = watch.toleratedMs(1)
    watch.begin(last + 3 * HOUR)
    expect(watch.judge(last + 3 * HOUR + SECOND, 1).is).toBe('as usual')
    watch.overlook(HOUR, last + 4 * HOUR + SECOND)
    expect(watch.judge(last + 4 * HOUR + SECOND, 1).is).toBe('as usual')
    expect(watch.toleratedMs(1)).toBe(tolerated)
    expect(watch.judge(last + 4 * HOUR + SECOND + tolerated, 1).is).toBe('silent')
  })

  it('overlooks no more than the silence', () => {
    const { watch, last } = heard(byChance(5, 0, HOUR))
    watch.overlook(HOUR, last + SECOND)
    expect(watch.heard(last + 2 * SECOND)).toBe('as usual')
    expect(foundAfterMs({ watch, last: last + 2 * SECOND })).toBeLessThan(30 * SECOND)
  })
})

describe('a silence that ended by itself', () => {
  it('is doubtful where it is longer than the usual market makes it, though nobody would have told it yet', () => {
    const { watch, last } = heard(byChance(5, 0, HOUR))
    expect(watch.judge(last + 8 * SECOND, 1).is).toBe('as usual')
    expect(watch.heard(last + 8 * SECOND)).toBe('after a doubtful silence')
    expect(watch.heard(last + 9 * SECOND)).toBe('as usual')
  })

  it('is not doubtful where it is short, whatever comes', () => {
    const { watch, last } = heard(byTheClock(60, 0, HOUR))
    expect(watch.heard(last + 2_900)).toBe('as usual')
  })

  it('is hardly ever doubtful of a market that is even', () => {
    let doubts = 0
    for (let seed = 0; seed < 20; seed++) {
      const watch = watching()
      watch.begin(0)
      watch.heard(1)
      for (const at of byChance(1, 1, 24 * HOUR, `even ${seed}`)) if (watch.heard(at) !== 'as usual') doubts++
    }
    expect(doubts).toBeLessThan(4)
  })

  it('is doubtful from half a second on where a feed speaks for the first time', () => {
    for (const [ms, says] of [
      [490, 'as usual'],
      [510, 'after a doubtful silence'],
    ] as const) {
      const watch = watching()
      watch.begin(0)
      expect(watch.heard(ms)).toBe(says)
      expect(watch.heard(ms + 8 * SECOND)).toBe('as usual')
    }
  })

  it.each([
    [5, 1.2, 2],
    [1, 6, 10],
    [50, 0.4, 0.6],
  ])(
    'of %d messages a second is doubtful before the first of a new session within %d to %d seconds',
    (each, least, most) => {
      const says = [least, most].map((seconds) => {
        const { watch, last } = heard(byChance(each, 0, HOUR))
        watch.begin(last + MINUTE)
        return watch.heard(last + MINUTE + seconds * SECOND)
      })
      expect(says).toEqual(['as usual', 'after a doubtful silence'])
    },
  )

  it('is doubtful, however short, where a feed was thought silent: it was acknowledged and may have said nothing', () => {
    const { watch, last } = heard(byChance(5, 0, HOUR))
    expect([watch.distrust(), watch.distrust()]).toEqual([true, false])
    watch.begin(last + MINUTE)
    expect(watch.heard(last + MINUTE + 10)).toBe('after a doubtful silence')
    expect(watch.heard(last + MINUTE + 20)).toBe('as usual')
    expect(watch.distrust()).toBe(true)
  })
})

describe('busyness', () => {
  it('is about 1 while a feed goes as usual, and follows within seconds', () => {
    const { watch, last } = heard(byChance(20, 0, HOUR))
    expect(watch.busyness(last)).toBeGreaterThan(0.6)
    expect(watch.busyness(last)).toBeLessThan(1.4)
    const slower = heard(byChance(2, last, last + 30 * SECOND), watch, last)
    expect(slower.watch.busyness(slower.last)).toBeLessThan(0.4)
  })

  it('is told by no feed that is silent or that brings little', () => {
    const { watch, last } = heard(byChance(20, 0, HOUR))
    expect(watch.busyness(last + 20 * SECOND)).toBeNaN()
    const slow = heard(byChance(0.1, 0, HOUR))
    expect(slow.watch.busyness(slow.last)).toBeNaN()
  })
})
