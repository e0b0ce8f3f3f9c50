import { grouped } from '../../core/grouped.ts'
import { DAY_MS } from '../../core/instant.ts'
import { futuresSettlement, type FuturesSettlement } from '../../records/futuresSettlement.ts'
import { readDated } from '../../store/queries/readDated.ts'
import { readInstruments } from '../../store/queries/readInstruments.ts'
import type { Desk } from '../desk.ts'
import { dayColumns } from './dayColumns.ts'
import { begunBefore, dayInputOf, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'
import { RATE_STANDS_MS } from './rateNow.ts'

/** Rates that fed funds futures imply, percent, a column for each month that they settle to: `rate_futures.202512`. */
export async function readRateFutures(desk: Desk, { asOf, stepMs, venue }: GroupWish): Promise<ReadGroup> {
  if (stepMs !== DAY_MS) return nothing('settlements of fed funds futures: they are of days, ask with --interval 1d')
  const found = (await readDated(desk.store, futuresSettlement, { asOf })) as unknown as readonly FuturesSettlement[]
  const chosen = chooseOne(await seriesOf(desk, found), venue)
  if (chosen === undefined) return nothing(LACKING)
  const { rows, simulated } = chosen
  const days = [...new Set(rows.map(({ at }) => at as number))].toSorted((a, b) => a - b)
  return {
    span: begunBefore(spanOf([{ at: days, spanMs: DAY_MS }]), RATE_STANDS_MS),
    columns: (grid) =>
      dayColumns(
        rows.map(({ month, at, price }) => ({
          name: `rate_futures.${month.replace('-', '')}`,
          at,
          value: 100 - price,
        })),
        grid,
      ),
    inputs: [
      dayInputOf(
        {
          kind: 'rate_futures',
          venue: chosen.venue,
          market: 'index',
          instrument: chosen.product,
          interval: '1d',
          simulated,
          at: days,
        },
        'ZQ',
      ),
    ],
    conventions: [],
    missing: [],
  }
}

const LACKING = 'settlements of fed funds futures: assayer import cme ZQ, or assayer import settlements FILE'

interface Series {
  readonly venue: string
  readonly product: string
  readonly rows: readonly FuturesSettlement[]
  /** A series that comes from a file is of no instrument, and real. */
  readonly simulated: boolean
}

async function seriesOf({ store }: Desk, found: readonly FuturesSettlement[]): Promise<readonly Series[]> {
  const marked = new Set(
    (await readInstruments(store))
      .filter(({ market, simulated }) => market === 'index' && simulated)
      .map(({ venue, instrument }) => `${venue} ${instrument}`),
  )
  return [...grouped(found, ({ venue, product }) => `${venue} ${product}`)].flatMap(([name, rows]) =>
    rows[0] === undefined
      ? []
      : [{ venue: rows[0].venue, product: rows[0].product, rows, simulated: marked.has(name) }],
  )
}

/**
 * Whose settlements are read, as of other series: whoever was asked for, where he has any; then real ones before simulated ones, the
 * exchange's before a file's. They are never mixed.
 */
function chooseOne(all: readonly Series[], wanted: string | undefined): Series | undefined {
  const rankOf = ({ venue, simulated }: Series): number =>
    (venue === wanted ? 0 : 4) + (simulated ? 2 : 0) + (venue === 'cme' ? 0 : 1)
  return all.toSorted((a, b) => rankOf(a) - rankOf(b))[0]
}
