import { expect, it } from 'vitest'
import { seededRandom } from '../../../core/random.ts'
import { MissedTrades } from './missedTrades.ts'

const seconds = (value: number): number => value * 1000

/** A feed that brought its last trade at 0. */
function feed(): MissedTrades {
  const missed = new MissedTrades()
  missed.brought(0)
  return missed
}

it('proves nothing against a feed that has not begun', () => {
  const missed = new MissedTrades()
  for (let i = 0; i < 5; i++) missed.counted(seconds(60), seconds(120))
  expect(missed.silentMs(seconds(600))).toBeUndefined()
})

it('is proven by two instruments at once, a few seconds later', () => {
  const missed = feed()
  missed.counted(seconds(60), seconds(121))
  missed.counted(seconds(60), seconds(121))
  expect(missed.silentMs(seconds(122))).toBeUndefined()
  expect(missed.silentMs(seconds(126))).toBe(seconds(126))
})

it('is proven by one instrument twice, but not by one trade: some are told by no feed', () => {
  const missed = feed()
  missed.counted(seconds(60), seconds(121))
  expect(missed.silentMs(seconds(170))).toBeUndefined()
  missed.counted(seconds(121), seconds(181))
  expect(missed.silentMs(seconds(181))).toBe(seconds(181))
})

it('holds nothing against a feed that brought something since', () => {
  const missed = feed()
  missed.counted(seconds(60), seconds(121))
  missed.counted(seconds(60), seconds(121))
  missed.brought(seconds(123))
  expect(missed.silentMs(seconds(130))).toBeUndefined()
  missed.counted(seconds(121), seconds(181))
  missed.counted(seconds(121), seconds(181))
  // What is shown may be twenty seconds old, and the trade from before.
  expect(missed.silentMs(seconds(300))).toBeUndefined()
})

/** When a feed that goes silent at an instant is found, by polls a minute apart that show what was traded up to some seconds before. */
function foundAt(uniform: () => number, everyMs: number, stopsAt: number): number {
  const missed = feed()
  const times: number[] = []
  for (let at = 0; at < stopsAt + seconds(20_000); at += -Math.log(1 - uniform()) * everyMs) times.push(at)
  const brought = times.filter((at) => at < stopsAt).map((at) => at + 4_000 * uniform())
  let [next, asked, shown] = [0, 0, 0]
  const bring = (until: number): void => {
    for (; next < brought.length && brought[next]! <= until; next++) missed.brought(brought[next]!)
  }
  for (let poll = seconds(60); poll < stopsAt + seconds(20_000); poll += seconds(60)) {
    const answeredAt = poll + 1_000 * uniform()
    bring(answeredAt)
    const upTo = poll - 15_000 * uniform()
    const traded = times.filter((at) => at > shown && at <= upTo).length
    for (let instrument = 0; instrument < Math.min(3, traded); instrument++) missed.counted(asked, answeredAt)
    ;[shown, asked] = [upTo, poll]
    const lookedAt = Math.min(answeredAt + 6_000, brought[next] ?? Infinity)
    if (missed.silentMs(lookedAt) !== undefined) return lookedAt
  }
  return Infinity
}

it('never accuses a feed that brings everything, and finds one that stops, however quiet it is', () => {
  for (let seed = 0; seed < 200; seed++) {
    const { uniform } = seededRandom(`missed ${seed}`)
    const found = foundAt(uniform, 20_000 * (1 + 20 * uniform() ** 3), seconds(10_000))
    expect(found).toBeGreaterThan(seconds(10_000))
    expect(found).toBeLessThan(Infinity)
  }
})

it('finds a feed of which something trades every few seconds within four polls', () => {
  const { uniform } = seededRandom('missed')
  for (let stop = 5_000; stop < 5_060; stop += 3) {
    expect(foundAt(uniform, 4_000, seconds(stop)) - seconds(stop)).toBeLessThan(seconds(4 * 60))
  }
})
