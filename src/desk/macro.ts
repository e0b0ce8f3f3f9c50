import type { Need } from '../core/frame.ts'
import type { InstantMs } from '../core/instant.ts'
import { macroReading, type MacroReading } from '../notes/macroReading.ts'
import { readPolicy } from '../sources/policy/readPolicy.ts'
import type { Desk } from './desk.ts'
import { readFrame } from './readFrame.ts'

/** What equities are compared with, in a note of any asset. */
const BASE = 'BTC'
const NEEDS: readonly Need[] = [
  { kind: 'columns', group: 'us_close' },
  { kind: 'columns', group: 'rate_path' },
  ...['DFF', 'VIX', 'SPX', 'GLD', 'FEAR_GREED'].map((symbol) => ({ kind: 'quote', symbol }) as const),
]

/** What is known beside an asset's own market as of T. */
export async function readMacro(desk: Desk, asOf: InstantMs): Promise<MacroReading> {
  const { frame, missing } = await readFrame(desk, NEEDS, { asset: BASE, interval: '1d', asOf })
  return macroReading(frame, readPolicy(), missing)
}
