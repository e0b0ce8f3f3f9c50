import type { Need } from '../core/frame.ts'
import type { InstantMs } from '../core/instant.ts'
import { macroReading, type MacroReading } from '../notes/macroReading.ts'
import { ALTERNATIVES } from '../notes/relativeTo.ts'
import { readPolicy } from '../sources/policy/readPolicy.ts'
import type { Desk } from './desk.ts'
import { readFrame } from './readFrame.ts'

/** What equities are compared with, in a note of any asset. */
const BASE = 'BTC'
const NEEDS: readonly Need[] = [
  { kind: 'columns', group: 'us_close' },
  { kind: 'columns', group: 'rate_path' },
  { kind: 'columns', group: 'rate_futures' },
  { kind: 'columns', group: 'rate_now' },
  { kind: 'columns', group: 'market_cap' },
  ...['VIX', ...ALTERNATIVES.flat(), `ETF_FLOW_${BASE}`, 'STABLECOIN_SUPPLY', 'TOTAL_CAP', 'FEAR_GREED'].map(
    (symbol) => ({ kind: 'quote', symbol }) as const,
  ),
]

/** Either says what futures imply: where one is held the other is not missing. */
const PATHS = [/^rate probabilities/, /^settlements of fed funds futures/]

/** What is known beside an asset's own market as of T. */
export async function readMacro(desk: Desk, asOf: InstantMs): Promise<MacroReading> {
  const { frame, missing } = await readFrame(desk, NEEDS, { asset: BASE, interval: '1d', asOf })
  const isPathHeld = frame.inputs.some(({ kind }) => kind === 'rate_path' || kind === 'rate_futures')
  const lacking = missing.filter((text) => !isPathHeld || !PATHS.some((path) => path.test(text)))
  return macroReading(frame, readPolicy(), ALTERNATIVES.reduce(missingOnce, lacking))
}

/** What lacks, where of series that stand for one another none is missed if one is held, and all are named at once if none is. */
function missingOnce(missing: readonly string[], symbols: readonly string[]): readonly string[] {
  const lines = missing.filter((text) => symbols.some((symbol) => text.startsWith(`values of ${symbol}: `)))
  const [first, ...others] = lines
  const all = lines.length < symbols.length ? [] : [lines.join('; or ')]
  return missing.flatMap((text) => (text === first ? all : others.includes(text) ? [] : [text]))
}
