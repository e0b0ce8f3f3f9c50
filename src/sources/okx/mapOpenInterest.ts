import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { rowsOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** Open interest of every swap at once. */
export function mapOpenInterest(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('open-interest')
  for (const { value, raw, index } of rowsOf(mapping, wire.openInterest, json)) {
    const { instId, oi, oiCcy, oiUsd, ts: at } = value
    const path = `data[${index}].instId`
    const is = mapping.instrument(context, 'perp', { name: instId, path, raw })
    if (is === undefined) continue
    const counted = { contracts: oi, coins: oiCcy, usd: oiUsd }
    mapping.keep(openInterest, rowOf(is, 'open_interest', at, counted, { interval: 'live', knownAt: at }), raw)
  }
  return mapping.done()
}

/**
 * Open interest on the grid of its history. Whether a row's time opens or closes its interval is documented nowhere, so it
 * counts as known when the interval that begins there is over, and is left out before.
 */
export function mapOpenInterestHistory(json: unknown, is: Instrument, interval: Interval, now: number): Mapped {
  const mapping = new Mapping('open-interest-history')
  for (const { value, raw } of rowsOf(mapping, wire.openInterestBucket, json)) {
    const [at, contracts, coins, usd] = value
    const knownAt = at + intervalMs(interval)
    if (knownAt > now) continue
    const counted = { contracts, coins, usd }
    mapping.keep(openInterest, rowOf(is, 'open_interest_history', at, counted, { interval, knownAt }), raw)
  }
  return mapping.done()
}

interface Counted {
  readonly contracts: number
  readonly coins: number
  readonly usd: number | undefined
}

function rowOf(
  is: Instrument,
  field: 'open_interest' | 'open_interest_history',
  at: number,
  { contracts, coins: baseCoins, usd }: Counted,
  known: { readonly interval: string; readonly knownAt: number },
): Readonly<Record<string, unknown>> {
  const { id, rule } = convention({
    venue: 'okx',
    field,
    contract: is.contract,
    at: instant(at),
    rule: 'open interest',
  })
  const { countedIn } = rule
  const published = countedIn === 'contracts' ? contracts : baseCoins
  const unitPrice = usd === undefined || baseCoins === 0 ? NaN : usd / baseCoins
  const { sides, coins, quoteValue } = comparableOpenInterest(rule, published, { instrument: is, price: unitPrice })
  const priced = unitPrice > 0 ? { quoteValue, price: unitPrice / is.multiplier } : {}
  return { ...seriesOf(is), ...known, at, published, countedIn, sides, coins, ...priced, convention: id }
}
