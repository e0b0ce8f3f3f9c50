import type { Instrument } from '../../records/instrument.ts'
import type { Store } from '../open.ts'

/** The instruments of an asset, or all, in order of venue, market and name. */
export async function readInstruments(
  store: Store,
  { asset }: { readonly asset?: string } = {},
): Promise<readonly Instrument[]> {
  const sql = `select venue, market, instrument, asset, quote, multiplier, simulated from instrument final
    ${asset === undefined ? '' : 'where asset = {asset:String}'} order by venue, market, instrument`
  const { length, columns } = await store.engine.select(sql, SHAPE, { params: asset === undefined ? {} : { asset } })
  return Array.from({ length }, (_, i) => ({
    venue: columns.venue[i] as string,
    market: columns.market[i] as Instrument['market'],
    instrument: columns.instrument[i] as string,
    asset: columns.asset[i] as string,
    quote: columns.quote[i] as string,
    multiplier: columns.multiplier[i] as number,
    simulated: columns.simulated[i] === 1,
  }))
}

const SHAPE = {
  venue: 'text',
  market: 'text',
  instrument: 'text',
  asset: 'text',
  quote: 'text',
  multiplier: 'number',
  simulated: 'number',
} as const
