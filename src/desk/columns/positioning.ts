import { grouped } from '../../core/grouped.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { lastColumn } from '../../frames/contracts/lastColumn.ts'
import {
  positioning,
  POSITIONING_MEASURES,
  type Positioning,
  type PositioningMeasure,
} from '../../records/positioning.ts'
import { readLastPerBucket } from '../../store/queries/readLastPerBucket.ts'
import type { Desk } from '../desk.ts'
import { inputOf, nothing, perpsOf, spanOf, type GroupWish, type ReadGroup } from './group.ts'

/**
 * One positioning ratio of one instrument, under its venue's definition: of the venue that was asked for, else of the first venue that
 * has it, by the number of bars. Ratios of two venues are never averaged.
 */
export async function readPositioning(desk: Desk, wish: GroupWish, measure: PositioningMeasure): Promise<ReadGroup> {
  const perps = perpsOf(wish)
  const lacking = `${measure} of ${wish.asset}: assayer collect, or assayer import metrics FILE`
  if (perps.length === 0) return nothing(lacking)
  // Of several measures one question is asked, which the desk answers once.
  const wanted = POSITIONING_MEASURES.filter((each) => each === measure || wish.groups?.includes(each) === true)
  const all = (await readLastPerBucket(desk.store, positioning, {
    asOf: wish.asOf,
    stepMs: wish.stepMs,
    where: {
      venue: [...new Set(perps.map(({ venue }) => venue))],
      instrument: [...new Set(perps.map(({ instrument }) => instrument))],
      measure: wanted,
    },
  })) as unknown as readonly Positioning[]
  const rows = all.filter((row) => row.measure === measure)
  const series = [...grouped(rows, ({ venue, instrument, interval }) => `${venue} ${instrument} ${interval}`).values()]
  const isReal = perps.some(({ simulated }) => !simulated)
  const held = series.flatMap((some) => {
    const [first] = some
    const is = perps.find(({ venue, instrument }) => venue === first?.venue && instrument === first.instrument)
    return is === undefined || is.simulated === isReal ? [] : [{ is, rows: some, interval: first?.interval ?? '' }]
  })
  const [chosen] = held.toSorted((a, b) => b.rows.length - a.rows.length)
  if (chosen === undefined) return nothing(lacking)
  const { is, interval } = chosen
  const spanMs = interval.endsWith(' mean') ? intervalMs(interval.slice(0, -' mean'.length) as Interval) : 0
  const at = chosen.rows.map((row) => row.at)
  return {
    span: spanOf([{ at, spanMs }]),
    columns: (grid) => ({
      [`${measure}.ratio`]: lastColumn({ at, spanMs, value: chosen.rows.map(({ ratio }) => ratio) }, grid),
    }),
    inputs: [
      inputOf({
        kind: measure,
        venue: is.venue,
        market: is.market,
        instrument: is.instrument,
        interval,
        simulated: is.simulated,
        at,
        spanMs,
      }),
    ],
    conventions: [...new Set(chosen.rows.map(({ convention }) => convention))],
    missing: [],
  }
}
