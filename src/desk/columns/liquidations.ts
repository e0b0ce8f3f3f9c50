import { convention } from '../../conventions/ledger.ts'
import { gaps } from '../../core/candles.ts'
import { readLiquidationSums, type LiquidationSums } from '../../store/queries/readLiquidationSums.ts'
import type { Desk } from '../desk.ts'
import { barsCovered, readCovered } from './coveredBars.ts'
import { dollarPerps, inputOf, nothing, spanOf, type AssetInstrument, type GroupWish, type ReadGroup } from './group.ts'

/**
 * A bar counts where at least this much of it was watched: feeds do not send all of it anyway, and nobody serves it
 * again.
 */
const LEAST_WATCHED = 0.5

/**
 * What was liquidated of an asset's perpetuals, by side, over the venues held. A bar without any is 0 where it was
 * watched on some venue, else a gap; where nobody wrote down what was watched, from the first liquidation held to the
 * last. Feeds that do not send all, and venues that were not watched in a bar, make the sum a lower bound.
 */
export async function readLiquidations(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  const perps = dollarPerps(wish)
  const covered = await readCovered(desk)
  const held: HeldLiquidations[] = []
  for (const is of perps) {
    const { venue, market, instrument } = is
    const { asOf, stepMs } = wish
    const sums = await readLiquidationSums(desk.store, { venue, market, instrument, asOf, stepMs })
    const stretches = covered({ venue, market, lane: 'liquidation', instrument })
    const watched =
      stretches === undefined
        ? betweenEnds(sums.open, stepMs)
        : barsCovered(stretches, { stepMs, share: LEAST_WATCHED }).filter((open) => open + stepMs <= asOf)
    if (sums.open.length > 0 || watched.length > 0) held.push({ is, sums, watched })
  }
  const isReal = held.some(({ is }) => !is.simulated)
  const chosen = held.filter(({ is }) => is.simulated !== isReal)
  if (chosen.length === 0) return nothing(`liquidations of ${wish.asset}: no venue serves them again, assayer collect`)
  const span = spanOf(chosen.map(({ watched }) => ({ at: watched, spanMs: wish.stepMs })))
  const entries = chosen.map(({ is: { venue, contract } }) =>
    convention({ venue, field: 'liquidation', contract, at: wish.asOf, rule: 'liquidation' }),
  )
  return {
    span,
    columns: (grid) => {
      const [long, short] = [gaps(grid.length), gaps(grid.length)]
      const index = (ms: number): number => Math.floor((ms - grid.start) / grid.step)
      for (const i of chosen.flatMap(({ watched }) => watched.map(index))) {
        if (i >= 0 && i < grid.length) [long[i], short[i]] = [0, 0]
      }
      for (const { sums } of chosen) {
        for (const [k, open] of sums.open.entries()) {
          const i = index(open)
          if (Number.isNaN(long[i] ?? NaN)) continue
          long[i] = (long[i] as number) + (sums.long[k] as number)
          short[i] = (short[i] as number) + (sums.short[k] as number)
        }
      }
      return { 'liquidations.long': long, 'liquidations.short': short }
    },
    inputs: chosen.map(({ is, sums }) =>
      inputOf({
        kind: 'liquidations',
        venue: is.venue,
        market: is.market,
        instrument: is.instrument,
        quote: is.quote,
        interval: 'events',
        simulated: is.simulated,
        at: Array.from(sums.open),
        spanMs: 0,
      }),
    ),
    conventions: [...new Set(entries.map(({ id }) => id))],
    missing: [],
  }
}

interface HeldLiquidations {
  readonly is: AssetInstrument
  readonly sums: LiquidationSums
  /** Opens of the bars that count. */
  readonly watched: readonly number[]
}

/** The bars from the first to the last. */
function betweenEnds(open: Float64Array, stepMs: number): readonly number[] {
  const [first, last] = [open[0], open.at(-1)]
  if (first === undefined || last === undefined) return []
  return Array.from({ length: (last - first) / stepMs + 1 }, (_, i) => first + i * stepMs)
}
