import { grouped } from '../../core/grouped.ts'
import type { AccountLook, PositionRow } from '../../frames/contracts/openPositions.ts'
import { readPositions, type PositionRows } from '../../store/queries/readPositions.ts'
import type { Desk } from '../desk.ts'
import { perpsOf, type AssetInstrument, type GroupWish } from './group.ts'

/** Positions of an asset on the one venue whose accounts are held. */
export interface Published {
  readonly venue: string
  /** Those with positions. */
  readonly instruments: readonly AssetInstrument[]
  /** Looks at accounts, oldest first, each with what it held of the asset then. */
  readonly looks: readonly AccountLook[]
  /** Instants of the rows of an instrument, oldest first. */
  readonly rowsOf: (instrument: string) => readonly number[]
}

/**
 * The positions held of an asset: of the venue that was asked for, else of the one with the most rows; real before simulated.
 * @returns undefined where none are held
 */
export async function readPublished(desk: Desk, wish: GroupWish): Promise<Published | undefined> {
  const perps = perpsOf(wish)
  const found: (Published & { readonly count: number })[] = []
  for (const [venue, own] of grouped(perps, (is) => is.venue)) {
    const instruments = [...new Set(own.map(({ instrument }) => instrument))]
    const read = await readPositions(desk.store, { venue, instruments, asOf: wish.asOf, stepMs: wish.stepMs })
    const rows = rowsIn(read, own)
    if (rows.length === 0) continue
    const isReal = own.some(({ simulated }) => !simulated)
    const byInstrument = grouped(rows, ({ instrument }) => instrument)
    found.push({
      venue,
      instruments: own.filter(({ instrument, simulated }) => byInstrument.has(instrument) && simulated !== isReal),
      looks: looksOf(read, rows),
      rowsOf: (instrument) => [...new Set((byInstrument.get(instrument) ?? []).map(({ at }) => at))],
      count: rows.length,
    })
  }
  return found.toSorted((a, b) => b.count - a.count)[0]
}

/** All positions held of a venue, whatever the asset. */
export async function readVenueLooks(desk: Desk, wish: GroupWish, venue: string): Promise<readonly AccountLook[]> {
  const read = await readPositions(desk.store, { venue, asOf: wish.asOf, stepMs: wish.stepMs })
  return looksOf(read, rowsOf(read))
}

interface NamedRow extends PositionRow {
  readonly instrument: string
}

/** The rows of instruments in the time in which they were the asset. */
function rowsIn(read: PositionRows, own: readonly AssetInstrument[]): readonly NamedRow[] {
  const eras = grouped(own, ({ instrument }) => instrument)
  return rowsOf(read).filter(({ instrument, at }) =>
    eras.get(instrument)?.some(({ from, to }) => at >= from && at < to),
  )
}

function rowsOf({ rows }: PositionRows): readonly NamedRow[] {
  return rows.account.map((account, i) => ({
    account,
    instrument: rows.instrument[i] as string,
    at: rows.at[i] as PositionRow['at'],
    coins: rows.coins[i] as number,
    entryPrice: rows.entryPrice[i] as number,
    liquidationPrice: rows.liquidationPrice[i] as number,
    unrealised: rows.unrealised[i] as number,
  }))
}

function looksOf({ looks }: PositionRows, rows: readonly NamedRow[]): readonly AccountLook[] {
  const held = grouped(rows, ({ account, at }) => `${account} ${at}`)
  return looks.account.map((account, i) => {
    const at = looks.at[i] as number
    return { account, at, positions: held.get(`${account} ${at}`) ?? [] }
  })
}
