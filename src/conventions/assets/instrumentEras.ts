import type { Instrument } from '../../records/instrument.ts'
import { splitSymbol, UnknownQuoteError, type SplitSymbol } from '../symbols.ts'
import { instant } from '../../core/instant.ts'
import { tickerEras, type TickerEra } from './tickerEras.ts'

/** What a store says of an instrument, as far as it matters here. */
export type StoredInstrument = Pick<Instrument, 'venue' | 'market' | 'instrument' | 'asset' | 'quote' | 'multiplier'>

/** A stretch of time in which a stored instrument is one asset. */
export interface InstrumentEra extends Omit<TickerEra, 'coins' | 'kind'> {
  /** The ticker in its name; undefined where the name tells none. */
  readonly ticker: string | undefined
  /** Coins of the asset in one unit of the instrument. */
  readonly multiplier: number
  /** `said`: whoever imported it named the asset. */
  readonly kind: TickerEra['kind'] | 'said'
}

/**
 * Which assets an instrument has been, by the graph as it is now, whatever was written down when it was imported. What whoever
 * imported it said stands where its name tells no ticker, or where no statement leads from its ticker to that asset.
 * @param stored - what the store says of the instrument
 * @returns at least one era, in order
 * @example instrumentEras({ ...binanceSpot, instrument: 'MATICUSDT', asset: 'MATIC' })[0].asset // 'POL'
 */
export function instrumentEras(stored: StoredInstrument): readonly InstrumentEra[] {
  const split = splitOf(stored)
  const said = saidEra(stored, split?.asset)
  if (split === undefined) return [said]
  const { venue, market, asset } = stored
  const eras = tickerEras({ ticker: split.asset, venue, market, multiplier: split.multiplier })
  if (split.asset !== asset && !eras.some((era) => era.asset === asset)) return [said]
  return eras.map(({ coins, ...era }) => ({ ...era, ticker: split.asset, multiplier: split.multiplier * coins }))
}

const saidEra = ({ asset, multiplier }: StoredInstrument, ticker: string | undefined): InstrumentEra => ({
  asset,
  multiplier,
  ticker,
  from: instant(-Infinity),
  to: instant(Infinity),
  kind: 'said',
  evidence: undefined,
})

function splitOf({ venue, market, instrument }: StoredInstrument): SplitSymbol | undefined {
  try {
    return splitSymbol({ venue, market, instrument })
  } catch (error) {
    if (error instanceof UnknownQuoteError) return undefined
    throw error
  }
}
