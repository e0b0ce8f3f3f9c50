import type { SetupFamily } from '../setup.ts'
import { darkCloud24hFamily, darkCloudFamily } from './darkCloud.ts'
import { dojiFamily } from './doji.ts'
import { engulfingFamily } from './engulfing.ts'
import { hammerFamily } from './hammer.ts'
import { haramiFamily } from './harami.ts'
import { piercing24hFamily, piercingFamily } from './piercing.ts'
import { shootingStarFamily } from './shootingStar.ts'
import { eveningStar24hFamily, eveningStarFamily, morningStar24hFamily, morningStarFamily } from './stars.ts'

/** Every candlestick pattern of this version. A new one is added here and nowhere else. */
export const patternFamilies: readonly SetupFamily[] = [
  engulfingFamily,
  hammerFamily,
  shootingStarFamily,
  dojiFamily,
  morningStarFamily,
  eveningStarFamily,
  piercingFamily,
  darkCloudFamily,
  haramiFamily,
  morningStar24hFamily,
  eveningStar24hFamily,
  piercing24hFamily,
  darkCloud24hFamily,
]

/**
 * The patterns whose definition needs an opening gap, which a market without sessions does not have: they never enter a base rate, their
 * `_24h` forms do.
 */
export const GAP_PATTERNS: readonly string[] = ['morning_star', 'evening_star', 'piercing', 'dark_cloud']
