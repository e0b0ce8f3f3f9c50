import type { Instrument } from '../../records/instrument.ts'

/** The fields that name an instrument's series in a record. */
export const seriesOf = ({ venue, market, instrument }: Instrument): Readonly<Record<string, string>> => ({
  venue,
  market,
  instrument,
})
