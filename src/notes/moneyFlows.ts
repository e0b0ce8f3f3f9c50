import { openAt } from '../core/candles.ts'
import type { InstantMs } from '../core/instant.ts'
import { newYorkSession } from '../core/newYorkSession.ts'
import type { Figure } from './claim.ts'
import { lastHeld } from './lastHeld.ts'
import type { MacroReading } from './macroReading.ts'

/** Sessions that are summed up. */
export const FLOW_SESSIONS = 5
/** Days over which a stock of money is compared. */
export const STOCK_DAYS = 30

/** What spot funds took in, of the last session that is told and of the last few. */
export interface FundFlow {
  readonly bar: number
  readonly day: InstantMs
  readonly last: Figure
  readonly sum: Figure
}

/** The measure of the funds' flow of an asset. */
export const flowId = (asset: string): string => `etf_flow(${asset})`

/** The last flow of funds within a week, with the sum of five sessions; undefined where fewer are held. */
export function fundFlow({ base }: MacroReading): FundFlow | undefined {
  const id = flowId(base.frame.asset)
  if (lastHeld(base, id) === undefined) return undefined
  const column = base.column(id)
  // Files have a 0 on holidays, which is no flow of a session.
  const isSession = (i: number): boolean => newYorkSession(openAt(base.frame.grid, i)) !== undefined
  const bars = Array.from(column.keys()).filter((i) => !Number.isNaN(column[i]) && isSession(i))
  const bar = bars.at(-1) ?? -1
  const values = bars.slice(-FLOW_SESSIONS).map((i) => column[i] as number)
  if (values.length < FLOW_SESSIONS) return undefined
  const last = base.figure('net flow of the day', id, bar)
  const sum: Figure = {
    name: `net flow of ${FLOW_SESSIONS} sessions`,
    value: values.reduce((total, value) => total + value, 0),
    unit: 'usd',
    method: values.map((value) => (value < 0 ? `(${value})` : value)).join(' + '),
    at: last.at,
  }
  return { bar, day: openAt(base.frame.grid, bar), last, sum }
}

/** A stock of money now, and its change over thirty days. */
export interface MoneyStock {
  readonly bar: number
  readonly now: Figure
  readonly change: Figure
}

/** The last value of a stock within a week, with its change over thirty days in percent; undefined where either end is not held. */
export function moneyStock({ base }: MacroReading, id: string, name: string): MoneyStock | undefined {
  const bar = lastHeld(base, id)
  if (bar === undefined) return undefined
  const now = base.figure(name, id, bar)
  const before = base.column(id)[bar - STOCK_DAYS] ?? NaN
  if (!(before > 0)) return undefined
  const change: Figure = {
    name: `change in ${STOCK_DAYS} days`,
    value: 100 * (now.value / before - 1),
    unit: 'pct',
    method: `(${now.value} / ${before} - 1) * 100`,
    at: now.at,
  }
  return { bar, now, change }
}
