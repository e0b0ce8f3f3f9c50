import { resolveAsset } from '../../../conventions/assets/resolveAsset.ts'
import { DeskError } from '../../../core/errors.ts'
import { marketCap } from '../../../records/marketCap.ts'
import { COIN_IDS } from '../../../sources/coingecko/coinIds.ts'
import { coingecko, fetchHistory, fetchNow, MOST_COINS, MOST_DAYS } from '../../../sources/coingecko/coingecko.ts'
import { mapHistory, mapNow } from '../../../sources/coingecko/map.ts'
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

export interface ImportCapsRequest extends PublishedRequest {
  /** Assets by their ids or former names, in any case. */
  readonly assets: readonly string[]
  /** Days of history; as many as are served without a key unless said. */
  readonly days?: number
}

interface Coin {
  readonly asset: string
  /** The publisher's id of it. */
  readonly coin: string
}

/**
 * Brings market caps and supplies of assets from CoinGecko into the store: a history of days of each, and the present of all in one
 * question. Each answer is stored wholly or not at all; running it again stores only what is new.
 * @throws {CoinWishError} an asset of which no id is known there, or a stretch that is not served
 * @throws what is wrong with the publisher, the network or the store; what was stored before stays
 */
export async function importCaps(desk: Desk, request: ImportCapsRequest): Promise<ImportPublishedAnswer> {
  const { assets, days = MOST_DAYS, onStep, onReport } = request
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) throw new CoinWishError(...TOO_LONG(days))
  const coins = coinsOf(desk, assets)
  const link = linkPublisher(coingecko, request)
  const reports: PublishedReport[] = []
  const tell = (report: PublishedReport): void => {
    reports.push(report)
    onReport?.(report)
  }
  const count = coins.length + 1
  const names = `${coins.map(({ asset }) => asset).join(', ')} now`
  onStep?.({ what: names, number: 1, count })
  for (const report of await bringNow(desk, link, coins, names)) tell(report)
  for (const [i, coin] of coins.entries()) {
    request.signal?.throwIfAborted()
    onStep?.({ what: coin.asset, number: i + 2, count })
    tell(await reported(coin.asset, () => bringHistory(desk, link, coin, days)))
  }
  return { publisher: 'coingecko', base: link.base, reports }
}

/** @throws {CoinWishError} one is not known there */
function coinsOf(desk: Desk, assets: readonly string[]): readonly Coin[] {
  const wanted = [...new Set(assets.map((each) => resolveAsset({ ticker: each.toUpperCase() }, desk.now).asset))]
  if (wanted.length > MOST_COINS)
    throw new CoinWishError(`${wanted.length} assets`, `${MOST_COINS} at a time`, 'name fewer')
  return wanted.map((asset) => {
    const coin = COIN_IDS[asset]
    if (coin !== undefined) return { asset, coin }
    const known = `known are ${Object.keys(COIN_IDS).join(', ')}; others by file: assayer import supply FILE`
    throw new CoinWishError(`"${asset}"`, 'what it is called at coingecko is not known', known)
  })
}

async function bringHistory(desk: Desk, link: PublisherLink, { asset, coin }: Coin, days: number): Promise<Imported> {
  const { json, simulated } = await fetchHistory(link, coin, days)
  const { rows, unknownFields } = provenRows(mapHistory(json, asset), `"${coin}"`)
  const prices = rows.flatMap(({ at, price }): DayPrice[] =>
    typeof price === 'number' ? [{ at: Number(at), price }] : [],
  )
  const proof = await priceProof(desk, { publisher: 'coingecko', name: coin, asset, prices, simulated })
  const kept = await keep(desk, { rows, assets: [asset], label: `coingecko ${coin}`, simulated })
  return { ...kept, simulated, proof, unknownFields }
}

/** The present of all coins, and which of them it does not tell of. */
async function bringNow(
  desk: Desk,
  link: PublisherLink,
  coins: readonly Coin[],
  what: string,
): Promise<readonly PublishedReport[]> {
  const ids = coins.map(({ coin }) => coin)
  const attempt = await attempted(what, async () => {
    const { json, simulated } = await fetchNow(link, ids)
    const assetOf = new Map(coins.map(({ asset, coin }) => [coin, asset] as const))
    const { rows, unknownFields } = provenRows(mapNow(json, assetOf), what)
    const told = new Set(rows.map(({ asset }) => asset))
    const assets = [...assetOf.values()].filter((asset) => told.has(asset))
    const kept = await keep(desk, { rows, assets, label: `coingecko ${what}`, simulated })
    return { told, imported: { ...kept, simulated, proof: undefined, unknownFields } }
  })
  if (attempt.is === 'failed') return [attempt.report]
  const { told, imported } = attempt.value
  const untold = coins.filter(({ asset }) => !told.has(asset))
  return [{ what, is: 'imported', ...imported }, ...untold.map(missingOf)]
}

const missingOf = ({ asset, coin }: Coin): PublishedReport => ({
  what: `${asset} now`,
  is: 'missing',
  why: `the answer says nothing of "${coin}"`,
})

interface Keeping {
  readonly rows: Rows
  readonly assets: readonly string[]
  readonly label: string
  readonly simulated: boolean
}

const keep = (desk: Desk, { rows, assets, label, simulated }: Keeping) =>
  keepPublished(desk, {
    record: marketCap,
    rows,
    where: { venue: ['coingecko'], asset: assets },
    numbers: ['marketCap', 'supply', 'price'],
    label,
    instruments: assets.map((asset) => publishedSeries('coingecko', asset, { asset, simulated })),
  })

const TOO_LONG = (days: number): [string, string, string] => [
  `--days "${days}"`,
  `a history is of 1 to ${MOST_DAYS} whole days`,
  'more is not served without a key; older market caps by file: assayer import supply FILE',
]

/** Thrown for what the publisher cannot be asked for. */
export class CoinWishError extends DeskError {
  constructor(what: string, why: string, hint: string) {
    super('BAD_PUBLISHED_WISH', `${what}: ${why}`, { hint })
  }
}
