import { DAY_MS } from '../../../core/instant.ts'
import { seededRandom } from '../../../core/random.ts'
import type { WorldAsset } from './assets.ts'
import type { SimVenue } from './listings.ts'

/** Who holds how much of what, at any time: the truth that publishers of the world see. */
export interface Holdings {
  /** Coins in circulation. @throws {RangeError} the world has no such asset */
  readonly supply: (asset: string, at: number) => number
  /** Coins in the wallets of a venue that are known then: a jump is a wallet that was added to the list. */
  readonly wallet: (venue: SimVenue, asset: string, at: number) => number
}

export interface HoldingsSpec {
  readonly seed: string
  readonly assets: readonly WorldAsset[]
  readonly startAt: number
}

const YEAR_DAYS = 365
/** All coins are worth so many days of turnover on one venue. */
const TURNOVERS = { least: 20, most: 120 } as const
/** Part of all coins that lies in the wallets of one venue. */
const SHARE = { least: 0.003, most: 0.04 } as const

/** Supplies that grow slowly, and wallets that breathe and jump once, by the seed. Levels change at 00:00. */
export function holdingsOf({ seed, assets, startAt }: HoldingsSpec): Holdings {
  const supplies = new Map(
    assets.map(({ asset, price, dayVolume }) => {
      const { uniform } = seededRandom(`${seed}/${asset}/supply`)
      const turnovers = TURNOVERS.least + (TURNOVERS.most - TURNOVERS.least) * uniform()
      return [asset, { coins: (dayVolume * turnovers) / price, growth: 0.02 * uniform() }] as const
    }),
  )
  const supply = (asset: string, at: number): number => {
    const known = supplies.get(asset)
    if (known === undefined) throw new RangeError(`"${asset}" is no asset of this world`)
    return Math.round(known.coins * (1 + (known.growth * daysFrom(startAt, at)) / YEAR_DAYS))
  }
  return {
    supply,
    wallet: (venue, asset, at) => {
      const { uniform } = seededRandom(`${seed}/${venue}/${asset}/wallet`)
      const share = SHARE.least + (SHARE.most - SHARE.least) * uniform()
      const [wave, period, jumpDay, jump] = [0.1 * uniform(), 20 + 40 * uniform(), -200 * uniform(), 0.3 * uniform()]
      const day = daysFrom(startAt, at)
      const phase = day / period - Math.floor(day / period)
      const breath = 1 + wave * (2 * Math.abs(2 * phase - 1) - 1)
      const listed = day < jumpDay ? 1 - jump : 1
      return Math.round(supply(asset, at) * share * breath * listed * 1e5) / 1e5
    },
  }
}

/** Whole days, begun at 00:00; less than 0 before. */
const daysFrom = (startAt: number, at: number): number => Math.floor(at / DAY_MS) - Math.floor(startAt / DAY_MS)
