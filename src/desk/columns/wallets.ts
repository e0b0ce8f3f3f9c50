import { DAY_MS } from '../../core/instant.ts'
import { grouped } from '../../core/grouped.ts'
import { lastColumn } from '../../frames/contracts/lastColumn.ts'
import { walletBalance, type WalletBalance } from '../../records/walletBalance.ts'
import { readLastPerBucket } from '../../store/queries/readLastPerBucket.ts'
import type { Desk } from '../desk.ts'
import { inputOf, isSimulated, nothing, spanOf, type GroupWish, type ReadGroup } from './group.ts'

/** Days for which a count of a venue's coins still stands. */
const BALANCE_DAYS = 2

/** Coins in the known wallets of one venue, by the source with the most counts. Without a venue there is none: lists differ too much to add. */
export async function readWallets(desk: Desk, wish: GroupWish): Promise<ReadGroup> {
  const { asset, asOf, stepMs, venue } = wish
  if (venue === undefined) return nothing(`a venue for its wallets: name one, as in --venue bybit`)
  const where = { asset: [asset], venue: [venue] }
  const rows = (await readLastPerBucket(desk.store, walletBalance, {
    asOf,
    stepMs,
    where,
  })) as unknown as readonly WalletBalance[]
  const [chosen = []] = [...grouped(rows, ({ source }) => source).values()].toSorted((a, b) => b.length - a.length)
  const [first] = chosen
  if (first === undefined) {
    return nothing(
      `${asset} in the wallets of ${venue}: assayer import wallets FILE, or assayer import defillama ${venue}`,
    )
  }
  const at = chosen.map((row) => row.at)
  return {
    span: spanOf([{ at, spanMs: 0 }]),
    columns: (grid) => ({
      'wallets.coins': lastColumn(
        { at, value: chosen.map(({ coins }) => coins), spanMs: 0 },
        grid,
        Math.ceil((BALANCE_DAYS * DAY_MS) / grid.step),
      ),
    }),
    inputs: [
      inputOf({
        kind: 'wallets',
        venue: first.source,
        market: 'index',
        instrument: `${venue} ${asset}`,
        interval: 'live',
        simulated: isSimulated(wish, first.source, `${venue} ${asset}`),
        at,
        spanMs: 0,
      }),
    ],
    conventions: [],
    missing: [],
  }
}
