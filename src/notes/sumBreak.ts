import { openAt } from '../core/candles.ts'
import { isVendor } from '../records/venues.ts'
import type { Figure } from './claim.ts'
import type { ContractReading } from './contractReading.ts'
import { interestInputs } from './interestBar.ts'
import type { Reading } from './reading.ts'
import { sayDay, sayPercent, sayVenue } from './wording.ts'

/** A vendor's sum that moves so much in a day, percent, and so differently from the venues held by themselves, may have other parts since. */
const BREAK_PCT = 15

export interface SumBreak {
  readonly bar: number
  readonly text: string
  readonly figures: readonly Figure[]
}

/**
 * The last day on which the parts of a vendor's sum seem to have changed, by the venues that are held by themselves.
 * @param from - first bar that is looked at
 * @param to - last bar
 */
export function sumBreak(reading: Reading, contracts: ContractReading, from: number, to: number): SumBreak | undefined {
  const { all, venues } = contracts
  const vendor = interestInputs(all).find(({ venue }) => isVendor(venue))
  if (vendor === undefined) return undefined
  const moveOf = (name: string, of: typeof all, bar: number): Figure =>
    of.figure(name, 'change(open_interest.coins, 1d)', bar)
  for (let bar = to; bar >= Math.max(from, 1); bar--) {
    const sum = moveOf(`change of the sum`, all, bar)
    if (!(Math.abs(sum.value) > BREAK_PCT)) continue
    const own = venues
      .map(({ venue, reader }) => ({
        venue,
        figure: moveOf(`change on ${sayVenue(venue)}`, reader, reader.barOf(openAt(all.candles, bar))),
      }))
      .filter(({ figure }) => !Number.isNaN(figure.value))
    const apart = own.find(({ figure }) => Math.abs(sum.value - figure.value) > BREAK_PCT)
    if (own.length > 0 && apart === undefined) continue
    const beside = apart === undefined ? '' : `, while ${sayVenue(apart.venue)}'s ${sayMove(apart.figure.value)}`
    const text = `On ${sayDay(openAt(all.candles, bar), reading.asOf)} it ${sayMove(sum.value)} in a day${beside}: its parts may be others since`
    return { bar, text, figures: [sum, ...(apart === undefined ? [] : [apart.figure])] }
  }
  return undefined
}

const sayMove = (pct: number): string => `${pct > 0 ? 'rose' : 'fell'} ${sayPercent(pct)}`
