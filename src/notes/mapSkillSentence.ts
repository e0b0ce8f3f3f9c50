import type { MapWindow } from '../metrics/contracts/liquidationMapMetric.ts'
import { MEASURED_SKILL } from './mapSkillMeasured.ts'
import { withCommas } from './wording.ts'

/** The skill of the estimated liquidation map of one window, as measured on simulated markets: percent of what was liquidated. */
export interface MeasuredSkill {
  readonly markets: number
  /** Hours after the map in which liquidations were counted. */
  readonly hours: number
  readonly map: Range
  readonly volumeProfile: Range
  readonly chance: number
  /** That of the true levels themselves: no map can know more. */
  readonly truth: number
  /** By how many percentage points the map is ahead, market by market. */
  readonly aheadOfVolumeProfile: Range
  readonly aheadOfChance: Range
}

/** A mean with its 95 % interval. */
interface Range {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/**
 * What an estimated liquidation map was worth where the truth is known, for showing beside the map. It says "no skill" where the interval
 * of its lead over chance holds 0, and names the volume profile where that does as well or better.
 * @param skill - as measured; see docs/metrics/liquidation_map.md
 * @example mapSkillSentence(MEASURED_SKILL['7d']) // 'On 24 simulated markets the top quarter of its bins held 44 % of what was …'
 */
export function mapSkillSentence(skill: MeasuredSkill): string {
  const { markets, hours, map, volumeProfile, chance, truth } = skill
  const held = `${withCommas(map.mean)} % of what was liquidated in the next ${hours} hours (95 % ${range(map)})`
  const measured =
    `On ${markets} simulated markets the top quarter of its bins that the price reached held ${held}; ` +
    `that of a volume profile held ${withCommas(volumeProfile.mean)} % (${range(volumeProfile)}), chance ${chance} %, the true levels ${truth} %.`
  return `${verdict(skill)}${measured}`
}

/** The skill of the map of a window, in a sentence; it says so where it was not measured. */
export function mapSkillOf(window: MapWindow): string {
  const measured: Partial<Record<string, MeasuredSkill>> = MEASURED_SKILL
  const skill = measured[window]
  return skill === undefined ? 'How well it tells what is liquidated has not been measured.' : mapSkillSentence(skill)
}

function verdict({ aheadOfVolumeProfile, aheadOfChance }: MeasuredSkill): string {
  if (!(aheadOfChance.low > 0)) return 'This estimate has no skill. '
  if (aheadOfVolumeProfile.high < 0) return 'A volume profile does better than this estimate. '
  return aheadOfVolumeProfile.low > 0 ? '' : 'This estimate has no skill beyond that of a volume profile. '
}

const range = ({ low, high }: Range): string => `${withCommas(low)} to ${withCommas(high)}`
