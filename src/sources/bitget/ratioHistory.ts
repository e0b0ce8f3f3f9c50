import { DeskError } from '../../core/errors.ts'
import { instant, MINUTE_MS } from '../../core/instant.ts'
import type { HistoryDoor } from '../source.ts'
import { askList } from './askData.ts'
import { mapRatios, type BitgetMeasure } from './mapPositioning.ts'
import { inside, oldestOf } from './pageRows.ts'

const RATIO_STEP_MS = 5 * MINUTE_MS
const RATIO_ROWS = 30

/** The newest thirty rows, whatever is asked; for coins that trade little an error that says there are none. */
export function ratioHistory(measure: BitgetMeasure, path: string, budget: string): HistoryDoor {
  return {
    kind: 'positioning',
    market: 'perp',
    interval: '5m',
    measure,
    covers: ({ contract }) => contract === 'linear',
    depthMs: RATIO_ROWS * RATIO_STEP_MS,
    delayMs: 2 * MINUTE_MS,
    fetch: async function* (io, _, past) {
      const query = { symbol: past.instrument.instrument, period: '5m' }
      const list = await rowsOrNone(() => askList(io, { address: 'rest', path, query, budget, weight: 1 }))
      yield inside(mapRatios(list, past.instrument, { measure, interval: '5m', now: io.now() }), past)
      const from = Math.min(oldestOf(path, list, 'ts') ?? Infinity, past.to)
      return from <= past.from
        ? { from: past.from }
        : {
            from: instant(from),
            why: list.length === 0 ? 'the venue has none' : 'the venue serves the newest rows only',
          }
    },
  }
}

async function rowsOrNone(ask: () => Promise<readonly unknown[]>): Promise<readonly unknown[]> {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof DeskError && /data fetched by \S+ is empty/.test(error.message)) return []
    throw error
  }
}
