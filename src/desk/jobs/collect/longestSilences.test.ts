import { expect, it } from 'vitest'
import { LongestSilences } from './longestSilences.ts'

const HOUR = 3_600_000

function of(silences: readonly (readonly [length: number, atHours: number])[]): LongestSilences {
  const made = new LongestSilences()
  for (const [length, at] of silences) made.add(length, at * HOUR)
  return made
}

it('remembers the longest but one, and how many there were', () => {
  const silences = of([5, 9, 1, 7, 2].map((length) => [length, 0] as const))
  expect([silences.longestButOne, silences.count]).toEqual([7, 5])
})

it('knows no second where there is only one', () => {
  expect([of([]).longestButOne, of([[3, 0]]).longestButOne]).toEqual([0, 0])
})

it('takes two that are as long for two', () => {
  expect(
    of([
      [4, 0],
      [4, 0],
    ]).longestButOne,
  ).toBe(4)
})

it('finds the two wherever in the last hours they were', () => {
  const [apart, before, now] = [
    [8, 0, 1, 0, 6, 4],
    [8, 0, 6, 0, 1, 4],
    [1, 0, 8, 4, 6, 4],
  ].map((flat) => of([0, 2, 4].map((i) => [flat[i]!, flat[i + 1]!] as const)))
  expect([apart, before, now].map((each) => each!.longestButOne)).toEqual([6, 6, 6])
})

it('forgets after six hours at the latest, and not within three', () => {
  const silences = of([
    [9, 0],
    [8, 0],
    [1, 2.9],
    [2, 3.1],
  ])
  expect([silences.longestButOne, silences.count]).toEqual([8, 4])
  silences.add(1, 6.2 * HOUR)
  expect([silences.longestButOne, silences.count]).toEqual([1, 2])
})

it('forgets everything where nothing came for hours', () => {
  const silences = of([
    [9, 0],
    [8, 0],
    [7, 9],
  ])
  expect([silences.longestButOne, silences.count]).toEqual([0, 1])
})
