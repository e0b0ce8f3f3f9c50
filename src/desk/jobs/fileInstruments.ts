import { namedInstrument } from '../../conventions/namedInstrument.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { OpenedFile } from '../../sources/files/openFile.ts'
import type { Store } from '../../store/open.ts'
import { readInstruments } from '../../store/queries/readInstruments.ts'

/**
 * The instruments of a file that was read, as the store is to know them: their assets by their names, and what a venue itself has
 * told of their contracts before, which no name tells.
 */
export async function fileInstruments(
  store: Store,
  { venue, market, instruments }: OpenedFile,
  simulated: Instrument['simulated'],
): Promise<readonly Instrument[]> {
  if (market === undefined) return []
  const known = new Map((await readInstruments(store)).map((each) => [keyOf(each), each] as const))
  return instruments().flatMap(({ instrument, symbol, to }) => {
    if (symbol === undefined) return []
    const named = { ...namedInstrument({ venue, market, instrument }, symbol, to), simulated }
    return [joined(named, known.get(keyOf(named)))]
  })
}

function joined(named: Instrument, told: Instrument | undefined): Instrument {
  if (told === undefined) return named
  const { venue, market, instrument, asset, quote, multiplier, simulated } = named
  const contract = told.contract === 'none' ? { contract: named.contract } : {}
  return { ...named, ...told, venue, market, instrument, asset, quote, multiplier, simulated, ...contract }
}

const keyOf = ({ venue, market, instrument }: Instrument): string => JSON.stringify([venue, market, instrument])
