import { DAY_MS, instant } from '../../core/instant.ts'
import { intervalMs } from '../../core/interval.ts'
import { newYorkSession } from '../../core/newYorkSession.ts'
import { chooseSeries } from '../../frames/chooseSeries.ts'
import { readCandles } from '../../store/queries/readCandles.ts'
import type { Desk } from '../desk.ts'
import { readOffers } from '../readOffers.ts'
import { dayColumns } from './dayColumns.ts'
import { dayInputOf, nothing, type GroupWish, type ReadGroup } from './group.ts'

/** Sessions end on the hour, so that candles of an hour or less have one that closes with them. */
const LONGEST_MS = 3_600_000

/**
 * The price of an asset at each close of the New York session, from candles of an hour or finer: what can be held against equities, whose day
 * ends hours before midnight in UTC. A day without a session, or whose candle is missing, is a gap.
 */
export async function readUsClose(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  const lacking = `price of ${wish.asset} at New York's close: candles of 1h or finer (assayer import candles FILE, or assayer collect ${wish.asset})`
  if (wish.stepMs !== DAY_MS)
    return nothing(`price of ${wish.asset} at New York's close: it is of days, ask with --interval 1d`)
  const offers = (await readOffers(desk, wish)).filter(({ interval }) => LONGEST_MS % intervalMs(interval) === 0)
  const series = chooseSeries(offers, { interval: '1h', ...place(wish) })
  if (series === undefined) return nothing(lacking)
  const { venue, market, instrument, interval, within, quote, simulated } = series
  const rows = await readCandles(desk.store, { venue, market, instrument, interval, asOf: wish.asOf, ...within })
  const closes = new Map(Array.from(rows.at, (at, i) => [at + intervalMs(interval), rows.close[i] as number] as const))
  const at: number[] = []
  const price: number[] = []
  const end = rows.at.at(-1) ?? -Infinity
  for (let day = Math.floor((rows.at[0] ?? 0) / DAY_MS) * DAY_MS; day <= end; day += DAY_MS) {
    const close = closes.get(newYorkSession(instant(day))?.close ?? NaN)
    if (close === undefined) continue
    at.push(day)
    price.push(close)
  }
  if (at.length === 0) return nothing(lacking)
  const span = { kind: 'us_close', venue, market, instrument, quote, simulated, interval, at } as const
  return {
    span: { from: at[0] as number, to: at.at(-1) as number, isEarly: true },
    columns: (grid) =>
      dayColumns(
        at.map((day, k) => ({ name: 'us_close.price', at: day, value: price[k] as number })),
        grid,
      ),
    inputs: [dayInputOf(span, 'SPX')],
    conventions: [],
    missing: [],
  }
}

const place = ({ venue, market }: GroupWish) => ({
  ...(venue === undefined ? {} : { venue }),
  ...(market === undefined ? {} : { market }),
})
