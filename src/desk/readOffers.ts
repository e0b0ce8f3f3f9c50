import { instrumentEras, type InstrumentEra } from '../conventions/assets/instrumentEras.ts'
import { resolveAsset } from '../conventions/assets/resolveAsset.ts'
import { DAY_MS, instant, plusMs, type InstantMs } from '../core/instant.ts'
import type { SeriesOffer } from '../frames/seriesOffer.ts'
import type { Instrument } from '../records/instrument.ts'
import { listSeries, type SeriesRow } from '../store/queries/listSeries.ts'
import { readInstruments } from '../store/queries/readInstruments.ts'
import type { Desk } from './desk.ts'

export interface OffersWish {
  readonly asset: string
  readonly asOf: InstantMs
}

/**
 * Every series of an asset, as known at T: of instruments that the graph says were the asset, each in the stretch of time in
 * which they were. A former name that is nothing else now stands for the asset it became.
 */
export async function readOffers(desk: Desk, { asset, asOf }: OffersWish): Promise<readonly SeriesOffer[]> {
  const instruments = await readInstruments(desk.store)
  const offers = await offersOf(desk, instruments, (era) => era.asset === asset, asOf)
  if (offers.length > 0) return offers
  const { asset: now, kind, coins } = resolveAsset({ ticker: asset }, asOf)
  return kind === 'renamed' && coins === 1 ? offersOf(desk, instruments, (era) => era.asset === now, asOf) : offers
}

/** The series of instruments in those of their eras that are wanted. */
export async function offersOf(
  desk: Desk,
  instruments: readonly Instrument[],
  isWanted: (era: InstrumentEra) => boolean,
  asOf: InstantMs,
): Promise<readonly SeriesOffer[]> {
  const eras = new Map(instruments.map((each) => [keyOf(each), instrumentEras(each).filter(isWanted)]))
  const wanted = instruments.filter((each) => (eras.get(keyOf(each)) ?? []).length > 0)
  const series = await listSeries(desk.store, { instruments: wanted, asOf })
  return series.flatMap((row) => (eras.get(keyOf(row)) ?? []).flatMap((era) => clipped(row, era, asOf)))
}

const keyOf = ({ venue, market, instrument }: Pick<Instrument, 'venue' | 'market' | 'instrument'>): string =>
  JSON.stringify([venue, market, instrument])

/** A series cut to an era; none where nothing is left of it. Its count of rows stays that of the whole. */
function clipped(row: SeriesRow, era: InstrumentEra, asOf: InstantMs): readonly SeriesOffer[] {
  const from = Math.max(row.from, era.from)
  const to = Math.min(row.to, era.to)
  if (from >= to) return []
  const within = {
    ...(era.from === -Infinity ? {} : { from: era.from }),
    ...(era.to === Infinity ? {} : { to: era.to }),
  }
  return [
    {
      ...row,
      asset: era.asset,
      multiplier: era.multiplier,
      from: instant(from),
      to: instant(to),
      quoteVolume30d: era.to > plusMs(asOf, -30 * DAY_MS) ? row.quoteVolume30d : 0,
      ...(row.from < from || to < row.to ? { within } : {}),
    },
  ]
}
