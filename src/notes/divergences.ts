import { openAt } from '../core/candles.ts'
import type { InstantMs } from '../core/instant.ts'
import { provisionalDivergences } from '../setups/provisionalDivergence.ts'
import type { SetupEvent } from '../setups/setup.ts'
import type { Figure } from './claim.ts'
import type { FrameReader } from './frameReader.ts'
import type { ReadFrames } from './reading.ts'
import { eventFigure, recentEvents } from './recent.ts'
import { voidedAt } from './voided.ts'

/** A regular divergence that became known lately, and whether it still stands. */
export interface NoteDivergence {
  readonly side: 'bullish' | 'bearish'
  readonly osc: string
  /** As a sentence names the oscillator: `the MACD line`. */
  readonly name: string
  readonly event: SetupEvent
  readonly firstPivotAt: InstantMs
  readonly pivotAt: InstantMs
  readonly voided: InstantMs | undefined
  readonly figures: readonly [Figure, ...Figure[]]
}

const OSCILLATORS = [
  { osc: 'rsi', name: 'RSI', metric: 'rsi(14)' },
  { osc: 'macd', name: 'the MACD line', metric: 'macd(12, 26, 9).line' },
  { osc: 'momentum', name: 'momentum', metric: 'momentum(10)' },
]

/**
 * The last bullish and the last bearish divergence of each oscillator known within the last 30 bars; none that a close had undone
 * by the time it could be known.
 */
export function noteDivergences(reading: ReadFrames): readonly NoteDivergence[] {
  const { daily } = reading
  return (['bullish', 'bearish'] as const).flatMap((side) =>
    OSCILLATORS.flatMap(({ osc, name, metric }): NoteDivergence[] => {
      const id = `${side}_divergence(${osc})`
      const event = recentEvents(daily, id).findLast((each) => !wasUndoneUnknown(daily, each))
      if (event?.pivotAt === undefined || event.firstPivotAt === undefined) return []
      const { firstPivotAt, pivotAt } = event
      const voided = voidedAt(daily, event)
      const figures = [
        eventFigure(daily, id, event),
        daily.figure(`${name} at the second pivot`, metric, daily.barOf(pivotAt)),
        daily.figure(`${name} at the first pivot`, metric, daily.barOf(firstPivotAt)),
      ] as const
      return [{ side, osc, name, event, firstPivotAt, pivotAt, voided, figures }]
    }),
  )
}

/** True where a close had undone the event before it could be known. */
function wasUndoneUnknown(daily: FrameReader, event: SetupEvent): boolean {
  const voided = voidedAt(daily, event)
  return voided !== undefined && voided <= event.at
}

/** A divergence that is forming: later closes may still undo its second pivot. It is told, and it is no evidence. */
export interface FormingDivergence {
  readonly side: 'bullish' | 'bearish'
  readonly osc: string
  readonly name: string
  readonly pivotAt: InstantMs
  readonly barsToConfirm: number
  readonly figures: readonly [Figure, ...Figure[]]
}

/** Regular divergences whose second pivot is not confirmed yet. */
export function formingDivergences({ daily }: ReadFrames): readonly FormingDivergence[] {
  return OSCILLATORS.flatMap(({ osc, name, metric }) =>
    provisionalDivergences({ osc }, daily.candles)
      .filter(({ setup }) => !setup.startsWith('hidden'))
      .map(({ setup, pivot, firstPivot, barsToConfirm }): FormingDivergence => {
        const figures = [
          daily.figure(`${name} at the second pivot`, metric, pivot),
          daily.figure(`${name} at the first pivot`, metric, firstPivot),
        ] as const
        const side = setup === 'bullish_divergence' ? 'bullish' : 'bearish'
        return { side, osc, name, pivotAt: openAt(daily.candles, pivot), barsToConfirm, figures }
      }),
  )
}
