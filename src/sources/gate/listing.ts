import { HOUR_MS, SECOND_MS } from '../../core/instant.ts'
import type { Listed, Listing, VenueIo } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { askFutures, askSpot, type Settle } from './doors.ts'
import { isLive } from './mapContracts.ts'
import { listOf } from './rows.ts'
import * as wire from './wire.ts'

/** What trades on spot, the perpetuals margined in USDT, and the one margined in BTC. */
export async function fetchListing(io: VenueIo): Promise<Listing> {
  const parts = [mapPairs(await askSpot(io, 'currency_pairs'))]
  for (const settle of ['usdt', 'btc'] as const) {
    for await (const page of fetchContracts(io, settle)) parts.push(mapContractListing(page))
  }
  return { listed: parts.flatMap(({ listed }) => listed), faults: parts.flatMap(({ faults }) => faults) }
}

const CONTRACTS_PAGE = 1000

/**
 * All contracts of a settlement, in pages. Whether one answer holds all of them is not documented, nor how many it holds; so it
 * is asked on until an answer brings nothing new.
 */
export async function* fetchContracts(io: VenueIo, settle: Settle): AsyncGenerator<unknown, void> {
  const names = new Set<unknown>()
  for (;;) {
    const page = await askFutures(io, settle, 'contracts', { limit: CONTRACTS_PAGE, offset: names.size })
    if (!Array.isArray(page)) return yield page
    const fresh = page.filter((row: Readonly<Record<string, unknown>> | null) => !names.has(row?.['name']))
    if (fresh.length === 0) return
    yield fresh
    for (const row of fresh) names.add(row?.['name'])
  }
}

export function mapPairs(json: unknown): Listing {
  const mapping = new Mapping('spot currency_pairs')
  const listed: Listed[] = []
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.pair, element, [i], ({ id, base, quote, trade_status, type, buy_start, sell_start }) => {
      if (trade_status !== 'tradable' || type === 'premarket') return
      const instrument = { venue: 'gate', market: 'spot', instrument: id, quote, contract: 'none' } as const
      listed.push({ instrument: { ...instrument, ...earliest(buy_start, sell_start) }, ticker: base })
    })
  }
  return { listed, faults: mapping.done().faults }
}

export function mapContractListing(json: unknown): Listing {
  const mapping = new Mapping('contracts')
  const listed: Listed[] = []
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.contract, element, [i], (each) => {
      if (!isLive(each)) return
      const [ticker, quote] = splitName(each.name)
      const sized = contractOf(each.type, each.quanto_multiplier)
      if (ticker === '' || sized === undefined) {
        return mapping.impossible(
          `[${i}]`,
          `"${each.name}" is no contract of a known kind: ${each.type} x ${each.quanto_multiplier}`,
          element,
        )
      }
      const instrument = {
        venue: 'gate',
        market: 'perp',
        instrument: each.name,
        quote,
        ...sized,
        fundingHours: (each.funding_interval * SECOND_MS) / HOUR_MS,
        ...earliest(each.create_time, each.launch_time),
      } as const
      listed.push({ instrument, ticker })
    })
  }
  return { listed, faults: mapping.done().faults }
}

/** The inverse contract has a multiplier of 0 and is worth one unit of its quote. */
function contractOf(
  type: string,
  multiplier: number,
): { readonly contract: 'linear' | 'inverse'; readonly contractSize: number } | undefined {
  if (type === 'direct' && multiplier > 0) return { contract: 'linear', contractSize: multiplier }
  if (type === 'inverse' && multiplier === 0) return { contract: 'inverse', contractSize: 1 }
  return undefined
}

function splitName(name: string): readonly [ticker: string, quote: string] {
  const at = name.lastIndexOf('_')
  return [name.slice(0, Math.max(at, 0)), name.slice(at + 1)]
}

/** Of two times in seconds the first that is set: which of them is the beginning no document says clearly. */
function earliest(...seconds: readonly (number | undefined)[]): { readonly listedAt?: number } {
  const set = seconds.filter((each) => each !== undefined && each > 0) as readonly number[]
  return set.length === 0 ? {} : { listedAt: Math.min(...set) * SECOND_MS }
}
