import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { funding, type FUNDING_STATES } from '../../records/funding.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { known, listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** Funding that was paid. Its interval is the contract's of today: no row tells its own. */
export function mapFundingPaid(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('funding_rate')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.fundingPaid, element, [i], ({ t: at, r: rate }) => {
      const row = { ...fundingRow(is, 'paid', at), rate, ...known('hours', is.fundingHours) }
      mapping.keep(funding, row, element)
    })
  }
  return mapping.done()
}

/** The fields of a funding row but for its rate and what goes with it. */
export function fundingRow(
  is: Instrument,
  state: (typeof FUNDING_STATES)[number],
  at: number,
): Readonly<Record<string, unknown>> {
  const { id } = convention({
    venue: 'gate',
    field: 'funding',
    contract: is.contract,
    at: instant(at),
    rule: 'note',
  })
  return { ...seriesOf(is), state, at, knownAt: at, convention: id }
}
