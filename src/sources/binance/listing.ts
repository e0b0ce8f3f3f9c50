import type { Listed, Listing, VenueIo } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf } from './rows.ts'
import * as wire from './wire.ts'

/** Funding is paid every eight hours unless the venue says otherwise. */
const USUAL_FUNDING_HOURS = 8

/** What trades on spot, and the perpetuals of coins that are margined in their quote. */
export async function fetchListing(io: VenueIo): Promise<Listing> {
  const spot = await io.ask({ address: 'spot', path: '/api/v3/exchangeInfo', budget: 'spot', weight: 20 })
  const perp = await io.ask({ address: 'perp', path: '/fapi/v1/exchangeInfo', budget: 'perp', weight: 1 })
  const fundings = await io.ask({ address: 'perp', path: '/fapi/v1/fundingInfo', budget: 'funding', weight: 1 })
  const { hours, faults } = mapFundingInfo(fundings)
  const parts = [mapSpotListing(spot), mapPerpListing(perp, hours), { listed: [], faults }]
  return { listed: parts.flatMap((part) => part.listed), faults: parts.flatMap((part) => part.faults) }
}

/** Spot symbols that trade; the venue tells no day of listing. */
export function mapSpotListing(json: unknown): Listing {
  const mapping = new Mapping('spot exchangeInfo')
  const listed: Listed[] = []
  mapping.read(wire.spotListing, json, [], ({ symbols }) => {
    for (const [i, element] of symbols.entries()) {
      mapping.read(wire.spotSymbol, element, ['symbols', i], ({ symbol, status, baseAsset, quoteAsset }) => {
        if (status !== 'TRADING') return
        const instrument = { venue: 'binance', market: 'spot', instrument: symbol, quote: quoteAsset } as const
        listed.push({ instrument: { ...instrument, contract: 'none' }, ticker: baseAsset })
      })
    }
  })
  return { listed, faults: mapping.done().faults }
}

/** USD-M perpetuals that trade. Dated contracts, those of shares (TRADIFI_PERPETUAL) and COIN-M are left out. */
export function mapPerpListing(json: unknown, fundingHours: ReadonlyMap<string, number>): Listing {
  const mapping = new Mapping('perp exchangeInfo')
  const listed: Listed[] = []
  mapping.read(wire.perpListing, json, [], ({ symbols }) => {
    for (const [i, element] of symbols.entries()) {
      mapping.read(wire.perpSymbol, element, ['symbols', i], (each) => {
        if (each.status !== 'TRADING' || each.contractType !== 'PERPETUAL') return
        if (each.marginAsset !== each.quoteAsset) return
        const instrument = {
          venue: 'binance',
          market: 'perp',
          instrument: each.symbol,
          quote: each.quoteAsset,
          contract: 'linear',
          fundingHours: fundingHours.get(each.symbol) ?? USUAL_FUNDING_HOURS,
          ...(each.onboardDate === undefined ? {} : { listedAt: each.onboardDate }),
        } as const
        listed.push({ instrument, ticker: each.baseAsset })
      })
    }
  })
  return { listed, faults: mapping.done().faults }
}

/** Hours between two fundings, of those contracts whose interval or limits were ever changed; only they are in this answer. */
export function mapFundingInfo(json: unknown): Pick<Listing, 'faults'> & { hours: ReadonlyMap<string, number> } {
  const mapping = new Mapping('fundingInfo')
  const hours = new Map<string, number>()
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.fundingInfo, element, [i], (each) => hours.set(each.symbol, each.fundingIntervalHours))
  }
  return { hours, faults: mapping.done().faults }
}
