import { expect, it } from 'vitest'
import { seededRandom } from '../../../core/random.ts'
import { compareSkill } from './compareSkill.ts'
import type { MapScore } from './mapSkill.ts'

const { normal } = seededRandom('scores')
const alike = (value: number): MapScore => ({ rank: value, distance: value, share: value })
/** Markets that differ by far more than the maps do. */
const hardness = Array.from({ length: 30 }, () => 10 * normal())
const scores = (better: number): MapScore[] => hardness.map((hard) => alike(hard + better + 0.5 * normal()))

it('tells maps apart that differ by less than the markets do', () => {
  const { share, distance } = compareSkill(scores(1), new Map([['null', scores(0)]]))
  expect(share.nulls.get('null')!.verdict).toBe('better')
  expect(share.nulls.get('null')!.ahead.mean).toBeCloseTo(1, 0)
  expect(share.map.high - share.map.low).toBeGreaterThan(4)
  // A greater distance is worse.
  expect(distance.nulls.get('null')!.verdict).toBe('worse')
})

it('does not tell maps apart whose difference is chance', () => {
  const { rank } = compareSkill(scores(0), new Map([['null', scores(0)]]))
  expect(rank.nulls.get('null')!.verdict).toBe('not told apart')
})

it('finds no difference between a map and itself', () => {
  const own = scores(0)
  const { score, ahead, verdict } = compareSkill(own, new Map([['itself', own]])).rank.nulls.get('itself')!
  expect(ahead).toEqual({ mean: 0, low: 0, high: 0 })
  expect(verdict).toBe('not told apart')
  expect(score).toEqual(compareSkill(own, new Map()).rank.map)
})
