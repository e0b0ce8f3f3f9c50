import type { Listed, Listing, VenueIo } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { askList } from './askData.ts'
import { FAMILIES, type Family } from './families.ts'
import * as wire from './wire.ts'

/** What trades on spot, and the perpetuals of both families. */
export async function fetchListing(io: VenueIo): Promise<Listing> {
  const spot = { address: 'rest', path: '/api/v2/spot/public/symbols', budget: 'spotSymbols', weight: 1 }
  const parts = [mapSpotListing(await askList(io, spot))]
  for (const productType of FAMILIES) {
    const perp = { address: 'rest', path: '/api/v2/mix/market/contracts', query: { productType } }
    parts.push(mapPerpListing(await askList(io, { ...perp, budget: 'contracts', weight: 1 }), productType))
  }
  return { listed: parts.flatMap(({ listed }) => listed), faults: parts.flatMap(({ faults }) => faults) }
}

export function mapSpotListing(list: readonly unknown[]): Listing {
  const mapping = new Mapping('spot symbols')
  const listed: Listed[] = []
  for (const [i, element] of list.entries()) {
    mapping.read(wire.spotSymbol, element, ['data', i], ({ symbol, status, baseCoin, quoteCoin }) => {
      if (status !== 'online') return
      const instrument = { venue: 'bitget', market: 'spot', instrument: symbol, quote: quoteCoin } as const
      listed.push({ instrument: { ...instrument, contract: 'none' }, ticker: baseCoin })
    })
  }
  return { listed, faults: mapping.done().faults }
}

/** States of a contract in which it trades; in the last two it is closed only, or not by programs. */
const TRADING = ['normal', 'limit_open', 'restrictedAPI']

/** A contract counts in its base coin, so it has no size of its own. */
export function mapPerpListing(list: readonly unknown[], family: Family): Listing {
  const mapping = new Mapping(`contracts ${family}`)
  const listed: Listed[] = []
  for (const [i, element] of list.entries()) {
    mapping.read(wire.contract, element, ['data', i], (each) => {
      if (each.symbolType !== 'perpetual' || !TRADING.includes(each.symbolStatus)) return
      const listedAt = Number(each.launchTime ?? '')
      const instrument = {
        venue: 'bitget',
        market: 'perp',
        instrument: each.symbol,
        quote: each.quoteCoin,
        contract: family === 'COIN-FUTURES' ? 'inverse' : 'linear',
        ...(each.fundInterval > 0 ? { fundingHours: each.fundInterval } : {}),
        ...(listedAt > 0 ? { listedAt } : {}),
      } as const
      listed.push({ instrument, ticker: each.baseCoin })
    })
  }
  return { listed, faults: mapping.done().faults }
}
