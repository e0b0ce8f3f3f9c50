import type { SeriesOffer } from '../frames/seriesOffer.ts'

/** An instrument as one asset, with the series that are held of it. */
export interface HeldInstrument {
  readonly instrument: Pick<
    SeriesOffer,
    'venue' | 'market' | 'instrument' | 'asset' | 'quote' | 'multiplier' | 'simulated'
  >
  /** At least one. */
  readonly series: readonly SeriesOffer[]
}

/** Series put together by instrument and asset, in their order. */
export function heldInstruments(offers: readonly SeriesOffer[]): readonly HeldInstrument[] {
  const groups = new Map<string, SeriesOffer[]>()
  for (const offer of offers) {
    const { venue, market, instrument, asset } = offer
    const key = JSON.stringify([venue, market, instrument, asset])
    groups.set(key, [...(groups.get(key) ?? []), offer])
  }
  return [...groups.values()].map((series) => ({ instrument: series[0] as SeriesOffer, series }))
}
