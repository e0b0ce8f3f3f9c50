import type { Listed, Listing, VenueIo } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { info } from './info.ts'
import * as wire from './wire.ts'

/** The perpetuals of the first dex. One question tells their turnover as well. */
export async function fetchListing(io: VenueIo): Promise<Listing> {
  return mapListing(await io.ask(info({ type: 'metaAndAssetCtxs' })))
}

/** What is listed. Delisted contracts stay in the answer, since their places count, and are passed over. */
export function mapListing(json: unknown): Listing {
  const mapping = new Mapping('metaAndAssetCtxs')
  const listed: Listed[] = []
  mapping.read(wire.metaAndContexts, json, [], ([{ universe }, contexts]) => {
    const areJoined = universe.length === contexts.length
    if (!areJoined) mapping.notDocumented('[1]', `${contexts.length} contexts for ${universe.length} names`, json)
    for (const [i, element] of universe.entries()) {
      mapping.read(wire.perp, element, [0, 'universe', i], ({ name, isDelisted }) => {
        if (isDelisted === true) return
        const turnover = areJoined ? turnoverOf(contexts[i]) : {}
        listed.push({ instrument: instrumentOf(name), ticker: name, ...turnover })
      })
    }
  })
  return { listed, faults: mapping.done().faults }
}

const instrumentOf = (name: string): Listed['instrument'] => ({
  venue: 'hyperliquid',
  market: 'perp',
  instrument: name,
  quote: 'USDC',
  contract: 'linear',
  fundingHours: 1,
})

/** What is wrong with a context is told by the poll that maps it. */
function turnoverOf(context: unknown): { readonly quoteVolume24h?: number } {
  const { data } = wire.assetContext.safeParse(context)
  return data === undefined ? {} : { quoteVolume24h: data.dayNtlVlm }
}
