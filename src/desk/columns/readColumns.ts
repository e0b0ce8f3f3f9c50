import { type Grid } from '../../core/candles.ts'
import type { ColumnGroup, Frame } from '../../core/frame.ts'
import { instant } from '../../core/instant.ts'
import { barOpen, intervalMs } from '../../core/interval.ts'
import { instrumentEras } from '../../conventions/assets/instrumentEras.ts'
import { resolveAsset } from '../../conventions/assets/resolveAsset.ts'
import { readInstruments } from '../../store/queries/readInstruments.ts'
import type { Desk } from '../desk.ts'
import { readExactMap } from './exactMap.ts'
import { readFlow } from './flow.ts'
import { readFunding } from './funding.ts'
import type { AssetInstrument, GroupWish, ReadGroup } from './group.ts'
import { readLiquidationMap } from './liquidationMap.ts'
import { readLiquidations } from './liquidations.ts'
import { readMarketCap } from './marketCap.ts'
import { readOpenInterest } from './openInterest.ts'
import { readPositioning } from './positioning.ts'
import { readRateFutures } from './rateFutures.ts'
import { readRateNow } from './rateNow.ts'
import { readRatePath } from './ratePath.ts'
import { readTradeSizesOf } from './tradeSizes.ts'
import { readUsClose } from './usClose.ts'
import { readWallets } from './wallets.ts'

export interface ColumnsWish {
  readonly venue?: string
  readonly market?: string
}

/**
 * Reads groups of columns into a frame, on its grid; where it has none, on a grid over all that is held of them.
 * @param until - a moment that such a grid reaches at least: of a plain series that is laid on it afterwards
 * @returns the frame, and what is missing for it
 */
export async function withColumns(
  desk: Desk,
  frame: Frame,
  groups: readonly ColumnGroup[],
  { until = -Infinity, ...place }: ColumnsWish & { readonly until?: number },
): Promise<{ readonly frame: Frame; readonly missing: readonly string[] }> {
  const instruments = await assetInstruments(desk, frame)
  const { asset, interval, asOf } = frame
  const wish: GroupWish = { asset, interval, asOf, stepMs: intervalMs(interval), groups, instruments, ...place }
  const read = await Promise.all(groups.map((group) => readGroup(desk, wish, group)))
  const grid = frame.grid.length > 0 ? frame.grid : gridOver(read, wish, until)
  const columns = new Map(frame.columns)
  for (const { columns: on } of read) {
    for (const [name, column] of Object.entries(on(grid))) columns.set(name, column)
  }
  return {
    frame: {
      ...frame,
      grid,
      columns,
      inputs: [...frame.inputs, ...read.flatMap(({ inputs }) => inputs)],
      conventions: [...new Set([...frame.conventions, ...read.flatMap(({ conventions }) => conventions)])],
    },
    missing: read.flatMap(({ missing }) => missing),
  }
}

function readGroup(desk: Desk, wish: GroupWish, group: ColumnGroup): Promise<ReadGroup> {
  switch (group) {
    case 'open_interest':
      return readOpenInterest(desk, wish)
    case 'market_cap':
      return readMarketCap(desk, wish)
    case 'spot_flow':
      return readFlow(desk, wish, 'spot')
    case 'perp_flow':
      return readFlow(desk, wish, 'perp')
    case 'rate_path':
      return readRatePath(desk, wish)
    case 'rate_futures':
      return readRateFutures(desk, wish)
    case 'rate_now':
      return readRateNow(desk, wish)
    case 'us_close':
      return readUsClose(desk, wish)
    case 'spot_sizes':
      return readTradeSizesOf(desk, wish, 'spot')
    case 'perp_sizes':
      return readTradeSizesOf(desk, wish, 'perp')
    case 'funding':
      return readFunding(desk, wish)
    case 'liquidations':
      return readLiquidations(desk, wish)
    case 'wallets':
      return readWallets(desk, wish)
    case 'liquidation_map_1d':
      return readLiquidationMap(desk, wish, '1d')
    case 'liquidation_map_7d':
      return readLiquidationMap(desk, wish, '7d')
    case 'liquidation_map_30d':
      return readLiquidationMap(desk, wish, '30d')
    case 'liquidation_map_exact':
      return readExactMap(desk, wish)
    case 'long_short_accounts':
    case 'top_accounts':
    case 'top_positions':
    case 'taker_ratio':
      return readPositioning(desk, wish, group)
  }
}

/** The instruments that are or were an asset, each in the stretch of time in which it was. */
export async function assetInstruments(
  desk: Desk,
  { asset, asOf }: Pick<Frame, 'asset' | 'asOf'>,
): Promise<readonly AssetInstrument[]> {
  const all = await readInstruments(desk.store)
  const of = (wanted: string): readonly AssetInstrument[] =>
    all.flatMap((is) =>
      instrumentEras(is)
        .filter((era) => era.asset === wanted)
        .map(({ from, to, multiplier }) => ({ ...is, asset: wanted, multiplier, from, to })),
    )
  const found = of(asset)
  return found.length > 0 ? found : of(resolveAsset({ ticker: asset }, asOf).asset)
}

/**
 * The bars from the first moment of any group to the last, or to a later one. A bar that has not ended is there only for what is known
 * before its end.
 */
function gridOver(read: readonly ReadGroup[], { stepMs: step, asOf }: GroupWish, until: number): Grid {
  const spans = read.flatMap(({ span }) => span ?? [])
  if (spans.length === 0) return { start: instant(0), step, length: 0 }
  const open = (ms: number): number => barOpen(instant(ms), step)
  const lastEnded = open(asOf) - step
  const from = open(Math.min(...spans.map((span) => span.from)))
  const ends = spans.map((span) => (span.isEarly === undefined ? Math.min(open(span.to), lastEnded) : open(span.to)))
  const to = Math.max(...ends, ...(until === -Infinity ? [] : [open(until)]))
  return { start: instant(from), step, length: Math.max(0, (to - from) / step + 1) }
}
