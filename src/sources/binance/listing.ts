import type { Listed, Listing, VenueIo } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { readWire } from '../wire/readWire.ts'
import type { WireFault } from '../wire/wireFault.ts'
import * as wire from './wire.ts'

/** Funding is paid every eight hours unless the venue says otherwise. */
const USUAL_FUNDING_HOURS = 8

/** What trades on spot, and the perpetuals margined in a quote. */
export async function fetchListing(io: VenueIo): Promise<Listing> {
  const spot = await io.ask({ address: 'spot', path: '/api/v3/exchangeInfo', budget: 'spot', weight: 20 })
  const perp = await io.ask({ address: 'perp', path: '/fapi/v1/exchangeInfo', budget: 'perp', weight: 1 })
  const hours = await io.ask({ address: 'perp', path: '/fapi/v1/fundingInfo', budget: 'funding', weight: 1 })
  const fundings = mapFundingInfo(hours)
  return joined([mapSpotListing(spot), mapPerpListing(perp, fundings.hours), { listed: [], faults: fundings.faults }])
}

const joined = (parts: readonly Listing[]): Listing => ({
  listed: parts.flatMap(({ listed }) => listed),
  faults: parts.flatMap(({ faults }) => faults),
})

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

export function mapPerpListing(json: unknown, fundingHours: ReadonlyMap<string, number>): Listing {
  const mapping = new Mapping('perp exchangeInfo')
  const listed: Listed[] = []
  mapping.read(wire.perpListing, json, [], ({ symbols }) => {
    for (const [i, element] of symbols.entries()) {
      mapping.read(wire.perpSymbol, element, ['symbols', i], (each) => {
        if (each.status !== 'TRADING' || each.contractType !== 'PERPETUAL') return
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

/** Only contracts whose interval was ever changed are in this answer. */
function mapFundingInfo(json: unknown): { hours: ReadonlyMap<string, number>; faults: readonly WireFault[] } {
  const hours = new Map<string, number>()
  const faults: WireFault[] = []
  for (const [i, element] of (Array.isArray(json) ? json : []).entries()) {
    const read = readWire(wire.fundingInfo, element, 'fundingInfo', [i])
    faults.push(...read.faults)
    if (read.value !== undefined) hours.set(read.value.symbol, read.value.fundingIntervalHours)
  }
  return { hours, faults }
}
