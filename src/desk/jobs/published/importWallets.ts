import { resolveAsset } from '../../../conventions/assets/resolveAsset.ts'
import { DeskError } from '../../../core/errors.ts'
import { walletBalance } from '../../../records/walletBalance.ts'
import { defillama, fetchWallets, WALLET_VENUES, type WalletVenue } from '../../../sources/defillama/defillama.ts'
import { mapWallets } from '../../../sources/defillama/map.ts'
import { TOKEN_SYMBOLS } from '../../../sources/defillama/tokenSymbols.ts'
import type { DayPrice } from '../../../sources/publisher.ts'
import { linkPublisher, type PublisherLink } from '../../../sources/publisherLink.ts'
import type { Desk } from '../../desk.ts'
import { keepPublished, publishedSeries } from './keepPublished.ts'
import { priceProof } from './priceProof.ts'
import { provenRows, type Rows } from './provenRows.ts'
import {
  attempted,
  reported,
  type Imported,
  type ImportPublishedAnswer,
  type PublishedReport,
  type PublishedRequest,
} from './publishedReport.ts'

/** Venues whose wallets can be asked for. */
export const WALLETS_OF = Object.keys(WALLET_VENUES) as readonly WalletVenue[]

export interface ImportWalletsRequest extends PublishedRequest {
  readonly venues: readonly WalletVenue[]
  /** Assets by their ids or former names, in any case; all that can be told apart unless said. */
  readonly assets?: readonly string[]
}

/**
 * Brings the coins of assets in the known wallets of venues from DefiLlama into the store, day by day. What is known of one asset in one
 * venue is stored wholly or not at all; running it again stores only what is new.
 * @throws {TokenWishError} an asset that cannot be told apart there
 * @throws what is wrong with the publisher, the network or the store; what was stored before stays
 */
export async function importWallets(desk: Desk, request: ImportWalletsRequest): Promise<ImportPublishedAnswer> {
  const { onStep, onReport, signal } = request
  const venues = [...new Set(request.venues)]
  const asked = request.assets?.map((each) => resolveAsset({ ticker: each.toUpperCase() }, desk.now).asset)
  const symbols = symbolsOf(asked ?? Object.keys(TOKEN_SYMBOLS))
  const link = linkPublisher(defillama, request)
  const reports: PublishedReport[] = []
  for (const [i, venue] of venues.entries()) {
    signal?.throwIfAborted()
    onStep?.({ what: venue, number: i + 1, count: venues.length })
    const wish = { venue, symbols, named: asked !== undefined }
    for (const report of await bringVenue(desk, link, wish)) {
      reports.push(report)
      onReport?.(report)
    }
  }
  return { publisher: 'defillama', base: link.base, reports }
}

type Symbols = Readonly<Record<string, readonly string[]>>

/** @throws {TokenWishError} one is not in the table */
function symbolsOf(assets: readonly string[]): Symbols {
  const entries = assets.map((asset) => [asset, TOKEN_SYMBOLS[asset]] as const)
  const unknown = entries.find(([, symbols]) => symbols === undefined)
  if (unknown !== undefined) throw new TokenWishError(unknown[0])
  return Object.fromEntries(entries) as Symbols
}

interface VenueWish {
  readonly venue: WalletVenue
  readonly symbols: Symbols
  /** Whether the assets were named, so that one without coins is missed. */
  readonly named: boolean
}

async function bringVenue(desk: Desk, link: PublisherLink, wish: VenueWish): Promise<readonly PublishedReport[]> {
  const { venue, symbols, named } = wish
  const attempt = await attempted(venue, async () => {
    const { json, simulated } = await fetchWallets(link, venue)
    const mapped = mapWallets(json, { venue, symbols, now: desk.now })
    return { simulated, prices: mapped.prices, ...provenRows(mapped, `the known wallets of ${venue}`) }
  })
  if (attempt.is === 'failed') return [attempt.report]
  const { rows: all, prices, ...answer } = attempt.value
  const reports: PublishedReport[] = []
  for (const asset of Object.keys(symbols)) {
    const what = `${venue} ${asset}`
    const rows = all.filter((row) => row['asset'] === asset)
    const wallet = { ...answer, venue, asset, rows, prices: prices.get(asset) ?? [] }
    if (rows.length > 0) reports.push(await reported(what, () => bringAsset(desk, wallet)))
    else if (named) reports.push({ what, is: 'missing', why: `no ${asset} in the known wallets of ${venue}` })
  }
  return reports
}

interface Wallet {
  readonly venue: WalletVenue
  readonly asset: string
  readonly rows: Rows
  readonly prices: readonly DayPrice[]
  readonly simulated: boolean
  readonly unknownFields: readonly string[]
}

async function bringAsset(desk: Desk, wallet: Wallet): Promise<Imported> {
  const { venue, asset, rows, prices, simulated, unknownFields } = wallet
  const name = (TOKEN_SYMBOLS[asset] ?? []).join(' and ')
  const proof = await priceProof(desk, { publisher: 'defillama', name, asset, prices, simulated })
  const kept = await keepPublished(desk, {
    record: walletBalance,
    rows,
    where: { venue: [venue], asset: [asset], source: ['defillama'] },
    numbers: ['coins'],
    label: `defillama ${venue} ${asset}`,
    instruments: [publishedSeries('defillama', `${venue} ${asset}`, { asset, simulated })],
  })
  return { ...kept, simulated, proof, unknownFields }
}

/** Thrown for an asset whose coins cannot be told from others there. */
export class TokenWishError extends DeskError {
  constructor(asset: string) {
    super('BAD_PUBLISHED_WISH', `"${asset}": under which symbol its coins stand at defillama is not known`, {
      hint: `known are ${Object.keys(TOKEN_SYMBOLS).join(', ')}; others by file: assayer import wallets FILE`,
    })
  }
}
