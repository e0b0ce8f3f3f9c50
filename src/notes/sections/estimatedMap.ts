import { claim, type Claim, type Figure } from '../claim.ts'
import type { ContractReading } from '../contractReading.ts'
import { mapSkillOf } from '../mapSkillSentence.ts'
import { sayList, sayPrice, saySize, sayVenue } from '../wording.ts'

/** Where positions that were opened in the last seven days would be liquidated, as estimated, and what such an estimate is worth. */
export function estimatedMap({ all }: ContractReading): Claim | undefined {
  const bar = all.column('liquidation_map(7d).above_usd').findLastIndex((value) => !Number.isNaN(value))
  if (bar < 0 || bar < all.last - 1) return undefined
  const read = (name: string, output: string): Figure => all.figure(name, `liquidation_map(7d).${output}`, bar)
  const above = [read('most shorts at', 'largest_above'), read('shorts up to 10 % above', 'above_usd')] as const
  const below = [read('most longs at', 'largest_below'), read('longs down to 10 % below', 'below_usd')] as const
  const sides = [sayCluster('shorts', above, 'above the price'), sayCluster('longs', below, 'below it')].filter(
    (side) => side !== undefined,
  )
  const [figure, ...others] = [...above, ...below].filter(({ value }) => !Number.isNaN(value))
  if (figure === undefined || sides.length === 0) return undefined
  const { inputs } = all.frame
  const venues = [...new Set(inputs.filter(({ kind }) => kind === 'liquidation_map_7d').map(({ venue }) => venue))]
  const text = `Estimated from seven days of open interest on ${sayList(venues.map(sayVenue))}, ${sayList(sides)}. ${mapSkillOf('7d')}`
  return claim('contracts-estimated-map', text, [figure, ...others], all.frame)
}

/** `shorts are concentrated near 1,900, 210 m dollars of them within 10 % above the price`. */
function sayCluster(name: string, [at, within]: readonly [Figure, Figure], where: string): string | undefined {
  if (Number.isNaN(at.value)) return undefined
  return `${name} are concentrated near ${sayPrice(at.value)}, ${saySize(within.value)} dollars of them within 10 % ${where}`
}
