import { convention } from '../../conventions/ledger.ts'
import { instant, type InstantMs } from '../../core/instant.ts'
import type { Listed, Listing, VenueIo } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { askOkx } from './askOkx.ts'
import { hoursBetween } from './mapFunding.ts'
import { rowsOf } from './rows.ts'
import * as wire from './wire.ts'

/** What trades on spot, and the perpetual swaps, linear and inverse. */
export async function fetchListing(io: VenueIo): Promise<Listing> {
  const [spot, swaps] = [await askInstruments(io, 'SPOT'), await askInstruments(io, 'SWAP')]
  const fundings = await askFunding(io)
  const hours = mapFundingHours(fundings)
  const parts = [mapSpotListing(spot), mapSwapListing(swaps, { hours: hours.hours, now: io.now() })]
  return {
    listed: parts.flatMap(({ listed }) => listed),
    faults: [...parts, hours].flatMap(({ faults }) => faults),
  }
}

const askInstruments = (io: VenueIo, instType: 'SPOT' | 'SWAP'): Promise<unknown> =>
  askOkx(io, { path: '/api/v5/public/instruments', query: { instType }, budget: 'instruments' })

/** What is expected to be paid on every swap: the one answer that tells the interval of each. */
export const askFunding = (io: VenueIo): Promise<unknown> =>
  askOkx(io, { path: '/api/v5/public/funding-rate', query: { instId: 'ANY' }, budget: 'funding' })

export function mapSpotListing(json: unknown): Listing {
  const mapping = new Mapping('instruments SPOT')
  const listed: Listed[] = []
  for (const { value, raw, index } of rowsOf(mapping, wire.instrument, json)) {
    if (value.state !== 'live') continue
    mapping.read(wire.spotInstrument, raw, ['data', index], ({ instId, baseCcy, quoteCcy, listTime }) => {
      const instrument = {
        venue: 'okx',
        market: 'spot',
        instrument: instId,
        quote: quoteCcy,
        contract: 'none',
      } as const
      listed.push({ instrument: { ...instrument, ...listedAt(listTime) }, ticker: baseCcy })
    })
  }
  return { listed, faults: mapping.done().faults }
}

interface SwapContext {
  /** Hours from one funding to the next, by the venue's name. */
  readonly hours: ReadonlyMap<string, number>
  readonly now: InstantMs
}

export function mapSwapListing(json: unknown, { hours, now }: SwapContext): Listing {
  const mapping = new Mapping('instruments SWAP')
  const listed: Listed[] = []
  for (const { value, raw, index } of rowsOf(mapping, wire.instrument, json)) {
    if (value.state !== 'live') continue
    mapping.read(wire.swapInstrument, raw, ['data', index], (swap) => {
      const [base = '', quote = ''] = swap.uly.split('-')
      const contract = swap.ctType
      convention({ venue: 'okx', field: 'contract_size', contract, at: now, rule: 'note' })
      const contractSize = swap.ctVal * swap.ctMult
      const countedIn = contract === 'linear' ? base : quote
      if (swap.ctValCcy !== countedIn || !(contractSize > 0)) {
        const why = `a ${contract} contract of ${swap.uly} is not worth ${contractSize} ${swap.ctValCcy}`
        mapping.impossible(`data[${index}].ctVal`, why, raw)
        return
      }
      const named = { venue: 'okx', market: 'perp', instrument: swap.instId, quote, contract } as const
      const fundingHours = hours.get(swap.instId)
      const funded = fundingHours === undefined ? {} : { fundingHours }
      listed.push({ instrument: { ...named, contractSize, ...funded, ...listedAt(swap.listTime) }, ticker: base })
    })
  }
  return { listed, faults: mapping.done().faults }
}

const listedAt = (listTime: number | undefined): { readonly listedAt?: number } =>
  listTime === undefined ? {} : { listedAt: instant(listTime) }

interface FundingHours {
  readonly hours: ReadonlyMap<string, number>
  readonly faults: Listing['faults']
}

/** The interval of each swap, by its next two payments. */
export function mapFundingHours(json: unknown): FundingHours {
  const mapping = new Mapping('funding-rate')
  const hours = new Map<string, number>()
  for (const { value } of rowsOf(mapping, wire.fundingExpected, json)) {
    const between = hoursBetween(value.fundingTime, value.nextFundingTime)
    if (between.hours !== undefined) hours.set(value.instId, between.hours)
  }
  return { hours, faults: mapping.done().faults }
}
