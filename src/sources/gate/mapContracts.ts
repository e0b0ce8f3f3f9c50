import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { HOUR_MS, SECOND_MS } from '../../core/instant.ts'
import { funding } from '../../records/funding.ts'
import { openInterest } from '../../records/openInterest.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { fundingRow } from './mapFunding.ts'
import { known, listOf, unlessZero, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** What can be traded; a contract that is being delisted can until nobody holds it. An old answer has no status. */
const LIVE: ReadonlySet<string | undefined> = new Set(['trading', 'delisting', 'circuit_breaker', undefined])

type Contract = ReturnType<typeof wire.contract.parse>

/** Whether a contract trades, among those of an answer that has some that do not yet or no more. */
export const isLive = ({
  status,
  in_delisting,
  position_size,
}: Pick<Contract, 'status' | 'in_delisting' | 'position_size'>): boolean =>
  LIVE.has(status) && !(in_delisting === true && position_size === 0)

/** Open interest now and the funding that is expected next, of every contract at once. The answer has no time of its own. */
export function mapContracts(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('contracts')
  const { now } = context
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.contract, element, [i], (each) => {
      if (!isLive(each)) return
      const { name, position_size: published, mark_price: mark, funding_rate: rate } = each
      const is = mapping.instrument(context, 'perp', { name, path: `[${i}].name`, raw: element })
      if (is === undefined) return
      const field = 'open_interest'
      const entry = convention({ venue: 'gate', field, contract: is.contract, at: now, rule: 'open interest' })
      const { coins, sides, quoteValue } = comparableOpenInterest(entry.rule, published, {
        instrument: is,
        ...(mark > 0 ? { price: mark } : {}),
      })
      const { countedIn } = entry.rule
      const value = { ...known('quoteValue', quoteValue), ...unlessZero('price', mark / is.multiplier) }
      const row = { at: now, knownAt: now, published, countedIn, sides, coins, ...value, convention: entry.id }
      mapping.keep(openInterest, { ...seriesOf(is), interval: 'live', ...row }, element)
      const hours = (each.funding_interval * SECOND_MS) / HOUR_MS
      const expected = { ...fundingRow(is, 'expected', now), rate, hours, ...unlessZero('markPrice', mark) }
      mapping.keep(funding, expected, element)
    })
  }
  return mapping.done()
}
