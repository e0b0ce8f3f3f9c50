// Written by scripts/mapSkill.mjs from docs/metrics/liquidation_map.csv; what it is and how it was measured: docs/metrics/liquidation_map.md.

/** Percent of what was liquidated on simulated markets in the top quarter of the map's bins, by window of the map. */
export const MEASURED_SKILL = {
  '1d': {
    markets: 60,
    hours: 24,
    map: { mean: 30.0, low: 27.8, high: 32.6 },
    volumeProfile: { mean: 17.7, low: 15.9, high: 19.6 },
    chance: 25,
    truth: 40,
    aheadOfVolumeProfile: { mean: 12.3, low: 8.9, high: 16.0 },
    aheadOfChance: { mean: 5.0, low: 2.8, high: 7.6 },
  },
  '7d': {
    markets: 60,
    hours: 24,
    map: { mean: 29.1, low: 26.7, high: 31.8 },
    volumeProfile: { mean: 18.3, low: 16.7, high: 20.0 },
    chance: 25,
    truth: 40,
    aheadOfVolumeProfile: { mean: 10.7, low: 7.5, high: 14.5 },
    aheadOfChance: { mean: 4.1, low: 1.7, high: 6.8 },
  },
  '30d': {
    markets: 60,
    hours: 24,
    map: { mean: 30.0, low: 27.1, high: 33.5 },
    volumeProfile: { mean: 20.3, low: 18.6, high: 22.0 },
    chance: 25,
    truth: 40,
    aheadOfVolumeProfile: { mean: 9.7, low: 5.9, high: 14.1 },
    aheadOfChance: { mean: 5.0, low: 2.1, high: 8.5 },
  },
} as const
