import { percentChange } from '../percentChange.ts'
import type { ChangeBetween } from '../metric.ts'
import { columnMetric } from './columnMetric.ts'
import { growth } from './likeForLike.ts'

/**
 * Registry entry `open_interest.coins`, `.usd`, `.coins_least`, `.usd_least`, `.published`, `.like_for_like`, `.coverage`, `.carried`: open
 * interest, one-sided where the ledger knows the sides. Of a venue whose sides are unknown `coins` is as published and `coins_least` half
 * of it. A bar takes the last value in it, or of an instrument without one the last of the two bars before: `carried` is the share of
 * `coins` that is so, percent. `coverage` is the share of the instruments known of that are in the sum, percent, unknown of a vendor's:
 * one that goes lowers it, and `coins`; `like_for_like` moves only as those do that stay. A change of any of them is
 * over those that stay: `change(open_interest.coins, 1d)` does not fall as a venue goes.
 * @example evaluateMetric(resolveMetric('open_interest.coverage'), frame) // 66.7 where one of three venues is away
 */
export const openInterestMetric = columnMetric({
  id: 'open_interest',
  title: 'Open interest',
  outputs: [
    { name: 'coins', unit: 'coins' },
    { name: 'usd', unit: 'usd' },
    { name: 'coins_least', unit: 'coins' },
    { name: 'usd_least', unit: 'usd' },
    { name: 'published', unit: 'coins' },
    { name: 'like_for_like', unit: 'coins' },
    { name: 'coverage', unit: 'pct' },
    { name: 'carried', unit: 'pct' },
  ],
  groups: ['open_interest'],
  compute: (column) => ({
    coins: column('open_interest.coins'),
    usd: column('open_interest.usd'),
    coins_least: column('open_interest.least'),
    usd_least: column('open_interest.usdLeast'),
    published: column('open_interest.published'),
    like_for_like: column('open_interest.likeForLike'),
    coverage: column('open_interest.coverage').map((share) => 100 * share),
    carried: column('open_interest.carried').map((share) => 100 * share),
  }),
  changes: (column, output) =>
    Object.hasOwn(SUMS, output) ? sumChanges(column, output as keyof typeof SUMS) : undefined,
})

/** The outputs that are sums over instruments. */
const SUMS = {
  coins: 'open_interest.coins',
  usd: 'open_interest.usd',
  coins_least: 'open_interest.least',
  usd_least: 'open_interest.usdLeast',
  published: 'open_interest.published',
  like_for_like: 'open_interest.likeForLike',
} as const

/** Where rounding alone parts two ways to the same growth. */
const SAME = 1e-9

/** As the sum itself where the same instruments are in it throughout; else as the coins of those that stay, in dollars at the price. */
function sumChanges(column: (name: string) => Float64Array, output: keyof typeof SUMS): ChangeBetween {
  const [own, coins, price] = [column(SUMS[output]), column(SUMS.coins), column('open_interest.price')]
  const stayed = { values: column(SUMS.like_for_like), chain: column('open_interest.chain') }
  const ratio = (values: Float64Array, from: number, to: number): number =>
    (values[to] as number) / (values[from] as number)
  const isInUsd = output === 'usd' || output === 'usd_least'
  return (from, to) => {
    const grown = growth(stayed, from, to)
    const isWhole = Math.abs(ratio(coins, from, to) / grown - 1) < SAME
    if (isWhole) return percentChange(own[from] as number, own[to] as number)
    return 100 * (grown * (isInUsd ? ratio(price, from, to) : 1) - 1)
  }
}
