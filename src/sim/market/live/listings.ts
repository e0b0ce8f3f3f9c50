import { DAY_MS } from '../../../core/instant.ts'
import type { WorldAsset } from './assets.ts'
import type { Listing } from './listing.ts'

export const SIM_VENUES = ['binance', 'bybit', 'okx', 'gate', 'bitget', 'hyperliquid'] as const
export type SimVenue = (typeof SIM_VENUES)[number]

/** Coins below this price are listed in thousands where a venue does so. */
const SMALL = 0.0001
/** A lot is worth about this many dollars. */
const LOT_DOLLARS = 5
/** Listed so long before the world begins. */
const AGE_MS = 3000 * DAY_MS

/** Contract sizes that venues have published for their largest contracts, in coins. */
const CONTRACTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  okx: { BTC: 0.01, ETH: 0.1, SOL: 1, XRP: 100, DOGE: 1000, LTC: 1, ADA: 100, LINK: 1, AVAX: 1 },
  gate: { BTC: 0.0001, ETH: 0.01, SOL: 1, XRP: 10, DOGE: 10, LTC: 0.1 },
}

/** Quote units of one inverse contract. */
const INVERSE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  bybit: { BTC: 1, ETH: 1 },
  okx: { BTC: 100, ETH: 10 },
  gate: { BTC: 1 },
}

/** What one venue lists of these assets: spot and perpetuals of each, and inverse contracts where it has them. */
export function listingsOf(venue: SimVenue, assets: readonly WorldAsset[], startAt: number): readonly Listing[] {
  return assets.flatMap((asset) => [
    ...(venue === 'hyperliquid' ? [] : [spotOf(venue, asset, startAt)]),
    linearOf(venue, asset, startAt),
    ...inverseOf(venue, asset, startAt),
  ])
}

function spotOf(venue: SimVenue, asset: WorldAsset, startAt: number): Listing {
  const name = venue === 'okx' ? `${asset.asset}-USDT` : venue === 'gate' ? `${asset.asset}_USDT` : `${asset.asset}USDT`
  return { ...common(venue, asset, startAt), ...counted(asset.price), market: 'spot', contract: 'none', name }
}

function linearOf(venue: SimVenue, asset: WorldAsset, startAt: number): Listing {
  const inThousands = asset.price < SMALL && ['binance', 'bybit', 'hyperliquid'].includes(venue)
  const unitCoins = inThousands ? 1000 : 1
  const base = !inThousands ? asset.asset : venue === 'hyperliquid' ? `k${asset.asset}` : `1000${asset.asset}`
  const published = CONTRACTS[venue]?.[asset.asset]
  const sizes = venue === 'hyperliquid' ? sixDecimals(asset.price * unitCoins) : counted(asset.price * unitCoins)
  const lot = published ?? sizes.lot
  return {
    ...common(venue, asset, startAt),
    ...sizes,
    lot,
    lotDecimals: decimalsOf(lot),
    market: 'perp',
    contract: 'linear',
    name: linearName(venue, base),
    base,
    unitCoins,
  }
}

function linearName(venue: SimVenue, base: string): string {
  switch (venue) {
    case 'okx':
      return `${base}-USDT-SWAP`
    case 'gate':
      return `${base}_USDT`
    case 'hyperliquid':
      return base
    default:
      return `${base}USDT`
  }
}

function inverseOf(venue: SimVenue, asset: WorldAsset, startAt: number): readonly Listing[] {
  const lot = INVERSE[venue]?.[asset.asset]
  if (lot === undefined) return []
  const name = { bybit: `${asset.asset}USD`, okx: `${asset.asset}-USD-SWAP`, gate: `${asset.asset}_USD` }[
    venue as string
  ]
  const is = { ...common(venue, asset, startAt), ...counted(asset.price), lot, lotDecimals: 0 }
  return [{ ...is, market: 'perp', contract: 'inverse', name: name ?? '', quote: 'USD' }]
}

const common = (venue: SimVenue, { asset }: WorldAsset, startAt: number) => ({
  venue,
  asset,
  base: asset,
  quote: venue === 'hyperliquid' ? 'USDC' : 'USDT',
  unitCoins: 1,
  listedAt: startAt - AGE_MS,
  fundingHours: venue === 'hyperliquid' ? 1 : 8,
})

/** Tick of about a hundredth of a percent, and a lot of about five dollars, both powers of ten. */
function counted(price: number): Pick<Listing, 'tick' | 'lot' | 'priceDecimals' | 'lotDecimals'> {
  const priceDecimals = Math.max(0, -Math.floor(Math.log10(price * 1e-4)))
  const lotPower = Math.floor(Math.log10(LOT_DOLLARS / price))
  const lotDecimals = Math.max(0, -lotPower)
  const power = (decimals: number): number => Number(`1e-${decimals}`)
  return {
    priceDecimals,
    tick: power(priceDecimals),
    lotDecimals,
    lot: lotPower > 0 ? Number(`1e${lotPower}`) : power(lotDecimals),
  }
}

/** The same where a price and a quantity may have six decimals together. */
function sixDecimals(price: number): ReturnType<typeof counted> {
  const sizes = counted(price)
  const priceDecimals = Math.min(sizes.priceDecimals, 6 - sizes.lotDecimals)
  return { ...sizes, priceDecimals, tick: Number(`1e-${priceDecimals}`) }
}

const decimalsOf = (value: number): number => (String(value).split('.')[1] ?? '').length
