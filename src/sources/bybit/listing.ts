import { HOUR_MS, MINUTE_MS } from '../../core/instant.ts'
import type { Listed, Listing, VenueIo } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import type { WireFault } from '../wire/wireFault.ts'
import { ask } from './ask.ts'
import * as wire from './wire.ts'

/** What trades on spot, and the linear and inverse perpetuals. */
export async function fetchListing(io: VenueIo): Promise<Listing> {
  const parts = [mapSpotListing(await ask(io, DOOR, { category: 'spot' }))]
  for (const category of ['linear', 'inverse']) {
    for await (const page of pagesOf(io, category)) parts.push(mapContractListing(page))
  }
  return { listed: parts.flatMap(({ listed }) => listed), faults: parts.flatMap(({ faults }) => faults) }
}

const DOOR = '/v5/market/instruments-info'
const PAGE = 1000

/** The pages of a category. A last page may carry a cursor too, so an empty one ends them as well. */
async function* pagesOf(io: VenueIo, category: string): AsyncGenerator<unknown> {
  for (let cursor = ''; ;) {
    const json = await ask(io, DOOR, { category, limit: PAGE, ...(cursor === '' ? {} : { cursor }) })
    yield json
    const { data } = wire.listing.safeParse(json)
    const next = decoded(data?.result.nextPageCursor ?? '')
    if (next === '' || next === cursor || data?.result.list.length === 0) return
    cursor = next
  }
}

/** A cursor comes encoded for an address; sending it encodes it again. */
const decoded = (cursor: string): string =>
  cursor.replaceAll(/%([0-7][0-9A-Fa-f])/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

export function mapSpotListing(json: unknown): Listing {
  return mapListing('spot instruments-info', json, (mapping, element, at, listed) => {
    mapping.read(wire.listedSpot, element, at, ({ symbol, status, baseCoin, quoteCoin }) => {
      if (status !== 'Trading') return
      const instrument = { venue: 'bybit', market: 'spot', instrument: symbol, quote: quoteCoin } as const
      listed.push({ instrument: { ...instrument, contract: 'none' }, ticker: baseCoin })
    })
  })
}

const PERPETUALS: Readonly<Record<string, 'linear' | 'inverse'>> = {
  LinearPerpetual: 'linear',
  InversePerpetual: 'inverse',
}

/** Perpetuals are told by the word of each row, not by the category asked for: dated futures stand in the same lists. */
export function mapContractListing(json: unknown): Listing {
  return mapListing('contract instruments-info', json, (mapping, element, at, listed) => {
    mapping.read(wire.listedContract, element, at, (each) => {
      const contract = PERPETUALS[each.contractType]
      if (contract === undefined || each.status !== 'Trading') return
      const instrument = {
        venue: 'bybit',
        market: 'perp',
        instrument: each.symbol,
        quote: each.quoteCoin,
        contract,
        // A linear contract is counted in coins; an inverse one is a dollar.
        ...(contract === 'inverse' ? { contractSize: 1 } : {}),
        ...(each.fundingInterval > 0 ? { fundingHours: (each.fundingInterval * MINUTE_MS) / HOUR_MS } : {}),
        ...(each.launchTime > 0 ? { listedAt: each.launchTime } : {}),
      } as const
      listed.push({ instrument, ticker: each.baseCoin })
    })
  })
}

function mapListing(
  channel: string,
  json: unknown,
  read: (mapping: Mapping, element: unknown, at: readonly PropertyKey[], listed: Listed[]) => void,
): { readonly listed: readonly Listed[]; readonly faults: readonly WireFault[] } {
  const mapping = new Mapping(channel)
  const listed: Listed[] = []
  mapping.read(wire.listing, json, [], ({ result }) => {
    for (const [i, element] of result.list.entries()) read(mapping, element, ['result', 'list', i], listed)
  })
  return { listed, faults: mapping.done().faults }
}
