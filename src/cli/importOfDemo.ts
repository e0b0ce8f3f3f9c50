import type { InstantMs } from '../core/instant.ts'
import type { Desk } from '../desk/desk.ts'
import type { AddressBook } from '../desk/jobs/collect/addressBook.ts'
import { importLevels } from '../desk/jobs/published/importLevels.ts'
import { importSettlements } from '../desk/jobs/published/importSettlements.ts'

/** What a note speaks of beside its own market, by who publishes it. */
const LEVELS = [
  { publisher: 'fred', names: ['DFEDTARL', 'DFF', 'VIXCLS', 'SP500'] },
  { publisher: 'alternativeme', names: ['FEAR_GREED'] },
  { publisher: 'coingecko', names: ['PAXG'] },
] as const

/**
 * Rates, volatility, equities, gold, sentiment and settlements from simulated publishers, by the code that brings the real ones.
 * @returns how many records are new
 */
export async function importOfDemo({ store }: Desk, { publishers }: AddressBook, now: InstantMs): Promise<number> {
  const desk = { store, now }
  const baseOf = (name: keyof NonNullable<AddressBook['publishers']>) => {
    const base = publishers?.[name]
    return base === undefined ? {} : { base }
  }
  let fresh = 0
  for (const { publisher, names } of LEVELS) {
    fresh += freshIn(await importLevels(desk, { publisher, names, ...baseOf(publisher) }))
  }
  return fresh + freshIn(await importSettlements(desk, { names: ['ZQ'], ...baseOf('cme') }))
}

const freshIn = ({ reports }: Awaited<ReturnType<typeof importLevels>>): number =>
  reports.reduce((sum, report) => sum + (report.is === 'imported' ? report.added : 0), 0)
