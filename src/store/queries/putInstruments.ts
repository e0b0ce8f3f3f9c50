import { DeskError } from '../../core/errors.ts'
import { batchOf } from '../../records/batch.ts'
import { instrument, type Instrument } from '../../records/instrument.ts'
import { columnsOf } from '../../records/record.ts'
import { columnsSql } from '../ddl.ts'
import { encodeBatch } from '../native/encodeBatch.ts'
import type { Store } from '../open.ts'
import { readInstruments } from './readInstruments.ts'

/**
 * Stores what instruments are; the last word stands. What is stored already is not written again.
 * @returns the number of instruments that were new or have changed
 * @throws {MixedInstrumentError} an instrument was simulated and now is real, or the other way round
 */
export async function putInstruments(store: Store, instruments: readonly Instrument[]): Promise<number> {
  return await store.alone(async () => {
    const known = new Map((await readInstruments(store)).map((each) => [seriesOf(each), each]))
    const changed = instruments.filter((each) => !isSame(each, known.get(seriesOf(each))))
    for (const each of changed) refuseMixed(each, known.get(seriesOf(each)))
    if (changed.length > 0) await write(store, [...new Map(changed.map((each) => [seriesOf(each), each])).values()])
    return changed.length
  })
}

async function write({ engine }: Store, instruments: readonly Instrument[]): Promise<void> {
  const stage = await engine.stage(columnsSql(instrument))
  try {
    await stage.write(encodeBatch(batchOf(instrument, instruments)))
    const sql = `insert into instrument (${NAMES.join(', ')}, importNumber, version)
      select ${NAMES.map((name) => `f.${name}`).join(', ')}, 0, s.version + 1
      from ${await stage.source()} as f left join (select * from instrument final) as s
      on f.venue = s.venue and f.market = s.market and f.instrument = s.instrument`
    // Without this the engine drops a block that it has seen before, also where its rows are lost since.
    await engine.command(sql, { settings: { insert_deduplicate: 0 } })
  } finally {
    await stage.drop()
  }
}

const seriesOf = (each: Instrument): string => JSON.stringify([each.venue, each.market, each.instrument])

const NAMES = columnsOf(instrument).map(({ name }) => name) as readonly (keyof Instrument)[]

const isSame = (a: Instrument, b: Instrument | undefined): boolean =>
  b !== undefined && NAMES.every((name) => a[name] === b[name])

function refuseMixed(incoming: Instrument, stored: Instrument | undefined): void {
  if (stored !== undefined && stored.simulated !== incoming.simulated) throw new MixedInstrumentError(stored)
}

/** Simulated and real rows would stand in one series. */
export class MixedInstrumentError extends DeskError {
  constructor({ venue, market, instrument: name, simulated }: Instrument) {
    const [is, not] = simulated ? ['simulated', 'real'] : ['real', 'simulated']
    super('INSTRUMENT_MIXED', `"${venue} ${market} ${name}" is ${is} in this store and cannot take ${not} rows`, {
      hint: 'keep simulated and real data in stores of their own',
    })
  }
}
