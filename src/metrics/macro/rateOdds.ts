import type { Frame } from '../../core/frame.ts'

/** What is quoted of one meeting: its day as `20251210`, and the shares of target ranges by their lower ends, basis points. */
export interface RateOdds {
  readonly meeting: string
  readonly odds: readonly (readonly [low: number, probability: number])[]
}

/**
 * The odds of every meeting by bar, from columns such as `rate_path.20251210_325`.
 * @returns for a bar, the meetings that are quoted on it, in order; their shares need not sum to 1, but to within a tenth of it
 * @example rateOdds(frame)(bar)[0] // { meeting: '20250507', odds: [[400, 0.055], [425, 0.945]] }
 */
export function rateOdds({ columns }: Frame): (bar: number) => readonly RateOdds[] {
  const byMeeting = new Map<string, Range[]>()
  for (const [name, column] of columns) {
    const [, meeting, low] = /^rate_path\.(\d{8})_(\d+)$/.exec(name) ?? []
    if (meeting === undefined) continue
    byMeeting.set(meeting, [...(byMeeting.get(meeting) ?? []), { low: Number(low), column }])
  }
  const inOrder = [...byMeeting].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return (bar) =>
    inOrder.map(([meeting, ranges]) => ({ meeting, odds: oddsAt(ranges, bar) })).filter(({ odds }) => isWhole(odds))
}

/** Shares are rounded, and a few small ones may be left out; where more is missing they are no odds. */
const isWhole = (odds: RateOdds['odds']): boolean => {
  const sum = odds.reduce((total, [, share]) => total + share, 0)
  return sum >= LEAST_SUM && sum <= 2 - LEAST_SUM
}
const LEAST_SUM = 0.9

interface Range {
  readonly low: number
  readonly column: Float64Array
}

const oddsAt = (ranges: readonly Range[], bar: number): RateOdds['odds'] =>
  ranges.flatMap(({ low, column }) => {
    const probability = column[bar] ?? NaN
    return Number.isNaN(probability) ? [] : [[low, probability] as const]
  })
