import { grouped } from '../../core/grouped.ts'
import { DAY_MS } from '../../core/instant.ts'
import { lastColumn } from '../../frames/contracts/lastColumn.ts'
import { marketCap, type MarketCap } from '../../records/marketCap.ts'
import { readLastPerBucket } from '../../store/queries/readLastPerBucket.ts'
import type { Desk } from '../desk.ts'
import { inputOf, isSimulated, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'

/** Days for which a supply still stands: it changes by less than a thousandth in so many. */
const SUPPLY_DAYS = 3

/** Market cap and supply of an asset, of the publisher with the most days; those of two publishers are never mixed. */
export async function readMarketCap(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  const { asset, asOf, stepMs } = wish
  const found = await readLastPerBucket(desk.store, marketCap, { asOf, stepMs, where: { asset: [asset] } })
  const rows = mostOf(found as unknown as readonly MarketCap[])
  const [first] = rows
  if (first === undefined) {
    return nothing(
      `market cap or circulating supply of ${asset}: assayer import supply FILE, or assayer import coingecko ${asset}`,
    )
  }
  const spanMs = first.interval === 'live' ? 0 : DAY_MS
  const at = rows.map((row) => row.at)
  const { venue, interval } = first
  return {
    span: spanOf([{ at, spanMs }]),
    columns: (grid) => {
      const carried = Math.ceil((SUPPLY_DAYS * DAY_MS) / grid.step)
      const column = (field: 'marketCap' | 'supply' | 'price', bars: number): Float64Array =>
        lastColumn({ at, value: rows.map((row) => row[field] ?? NaN), spanMs }, grid, bars)
      return {
        'market_cap.usd': column('marketCap', 0),
        'market_cap.supply': column('supply', carried),
        'market_cap.price': column('price', 0),
      }
    },
    inputs: [
      inputOf({
        kind: 'market_cap',
        venue,
        market: 'index',
        instrument: asset,
        quote: 'USD',
        interval,
        simulated: isSimulated(wish, venue, asset),
        at,
        spanMs,
      }),
    ],
    conventions: [],
    missing: [],
  }
}

function mostOf(rows: readonly MarketCap[]): readonly MarketCap[] {
  const series = grouped(rows, ({ venue, interval }) => `${venue} ${interval}`)
  return [...series.values()].toSorted((a, b) => b.length - a.length)[0] ?? []
}
