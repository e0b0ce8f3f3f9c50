import type { MapScore } from './mapSkill.ts'
import { meanInterval, type MeanInterval } from './meanInterval.ts'

/** What a map is scored by. */
export const SKILL_SCORES = ['rank', 'distance', 'share'] as const
export type SkillScore = (typeof SKILL_SCORES)[number]

/** A map held against a null map. */
export interface Comparison {
  /** Mean of the null map's score. */
  readonly score: MeanInterval
  /** By how much the map is better, in the unit of the score; below 0 where it is worse. */
  readonly ahead: MeanInterval
  /** Whether the interval of that leaves out 0, and on which side. */
  readonly verdict: 'better' | 'worse' | 'not told apart'
}

/** One score of a map, and of the null maps by name. */
export interface ComparedSkill {
  readonly map: MeanInterval
  readonly nulls: ReadonlyMap<string, Comparison>
}

const SEED = 'skill of maps'

/**
 * Holds the scores of a map against those of null maps on the same markets. The differences are taken market by market, so that what makes
 * a market hard for every map does not widen their interval; the 95 % intervals are of drawing the markets anew.
 * @param map - scores, one per market
 * @param nulls - as many, of the same markets in the same order, by name
 * @returns by score; more is better for `rank` and `share`, less for `distance`
 * @example compareSkill(scores, new Map([['uniform', uniformScores]])).share.nulls.get('uniform').verdict // 'better'
 */
export function compareSkill(
  map: readonly MapScore[],
  nulls: ReadonlyMap<string, readonly MapScore[]>,
): Readonly<Record<SkillScore, ComparedSkill>> {
  return { rank: compared('rank'), distance: compared('distance'), share: compared('share') }

  function compared(score: SkillScore): ComparedSkill {
    const own = map.map((each) => each[score])
    const others = [...nulls].map(([name, scores]) => {
      const theirs = scores.map((each) => each[score])
      return [name, comparison(own, theirs, score === 'distance' ? -1 : 1)] as const
    })
    return { map: meanInterval(own, SEED), nulls: new Map(others) }
  }
}

function comparison(own: readonly number[], theirs: readonly number[], sign: 1 | -1): Comparison {
  const ahead = meanInterval(
    own.map((value, market) => sign * (value - (theirs[market] as number))),
    SEED,
  )
  const verdict = ahead.low > 0 ? 'better' : ahead.high < 0 ? 'worse' : 'not told apart'
  return { score: meanInterval(theirs, SEED), ahead, verdict }
}
