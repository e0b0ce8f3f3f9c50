import { instant, type InstantMs } from '../../core/instant.ts'
import { barsCovered, type CoveredLane } from './coveredBars.ts'
import type { AssetInstrument } from './group.ts'

/** An instrument in the stretch of time in which it was the asset. */
export type TradedInstrument = Pick<
  AssetInstrument,
  'venue' | 'market' | 'instrument' | 'quote' | 'simulated' | 'from' | 'to'
>

/** A bar of trades counts where no more than this is missing: what a connection misses while it comes back. */
const LEAST_OF_TRADES = 0.99

/**
 * The bars of an instrument that was collected of which all trades are known up to T: those watched or fetched whole.
 * @returns their opens in ms, in order; undefined where nothing says what is covered, as of an imported file
 */
export function barsOfTrades(
  { venue, market, instrument, from, to }: TradedInstrument,
  { asOf, stepMs, covered }: { readonly asOf: InstantMs; readonly stepMs: number; readonly covered: CoveredLane },
): readonly number[] | undefined {
  const stretches = covered({ venue, market, lane: 'trade', instrument })
    ?.map((each) => ({ from: Math.max(each.from, from), to: Math.min(each.to, to, asOf) }))
    .filter((each) => each.from < each.to)
  return stretches === undefined ? undefined : barsCovered(stretches, { stepMs, share: LEAST_OF_TRADES })
}

/** The ends of that stretch of time, those that there are. */
export const eraOf = ({ from, to }: TradedInstrument): { readonly from?: InstantMs; readonly to?: InstantMs } => ({
  ...(from === -Infinity ? {} : { from: instant(from) }),
  ...(to === Infinity ? {} : { to: instant(to) }),
})
