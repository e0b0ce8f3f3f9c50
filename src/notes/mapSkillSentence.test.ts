import { expect, it } from 'vitest'
import { mapSkillOf, mapSkillSentence, type MeasuredSkill } from './mapSkillSentence.ts'

const range = (mean: number, half: number) => ({ mean, low: mean - half, high: mean + half })
const skill: MeasuredSkill = {
  markets: 24,
  hours: 24,
  map: range(44, 3),
  volumeProfile: range(38, 2),
  chance: 25,
  truth: 40,
  aheadOfVolumeProfile: range(6, 2),
  aheadOfChance: range(19, 3),
}
const MEASURED =
  'On 24 simulated markets the top quarter of its bins that the price reached held 44 % of what was liquidated in the next 24 hours ' +
  '(95 % 41 to 47); that of a volume profile held 38 % (36 to 40), chance 25 %, the true levels 40 %.'

it('says what the map was worth, and what a volume profile and chance are worth', () => {
  expect(mapSkillSentence(skill)).toBe(MEASURED)
})

it('says that a map without skill has none', () => {
  expect(mapSkillSentence({ ...skill, aheadOfChance: range(1, 2) })).toBe(`This estimate has no skill. ${MEASURED}`)
})

it('says that it has none beyond a volume profile where their difference may be chance', () => {
  const alike = mapSkillSentence({ ...skill, aheadOfVolumeProfile: range(1, 2) })
  expect(alike).toBe(`This estimate has no skill beyond that of a volume profile. ${MEASURED}`)
})

it('says that a volume profile does better where it does', () => {
  const behind = mapSkillSentence({ ...skill, aheadOfVolumeProfile: range(-4, 2) })
  expect(behind).toBe(`A volume profile does better than this estimate. ${MEASURED}`)
})

it('has a sentence for every window of the map, from at least 20 markets', () => {
  for (const window of ['1d', '7d', '30d'] as const) {
    const [, markets] = /On (\d+) simulated markets/.exec(mapSkillOf(window)) ?? []
    expect(Number(markets)).toBeGreaterThanOrEqual(20)
  }
})
