import { levelsAt } from '../metrics/structure/levels.ts'
import type { LevelRow } from './note.ts'
import type { ReadFrames } from './reading.ts'
import { recentEvents } from './recent.ts'

/** Bars over which the tests of a level are counted: those its pivots come from. */
export const LEVEL_BARS = 360
const ROWS_EACH_SIDE = 4

/** A level of the note: rounded so that its id reads as it is said. */
export interface NoteLevel extends LevelRow {
  readonly pivots: number
  /** `level_rejected(1667)`. */
  readonly setup: string
}

/** The levels nearest to the last price, at most four on either side, highest first. */
export function noteLevels(reading: ReadFrames): readonly NoteLevel[] {
  const { levels: reader, now } = reading
  const price = now.candles.close[now.last] ?? NaN
  const atr = reader.column('atr(14)')[reader.last] ?? NaN
  const all = levelsAt(reader.candles).map((level) => noteLevel(reading, level, price, atr))
  const above = all.filter((level) => level.price > price).toSorted((a, b) => a.price - b.price)
  const below = all.filter((level) => level.price <= price).toSorted((a, b) => b.price - a.price)
  return [...above.slice(0, ROWS_EACH_SIDE).toReversed(), ...below.slice(0, ROWS_EACH_SIDE)]
}

function noteLevel(
  reading: ReadFrames,
  level: { readonly price: number; readonly pivots: number },
  price: number,
  atr: number,
): NoteLevel {
  const { levels: reader } = reading
  const rounded = roundPrice(level.price)
  const setup = `level_rejected(${rounded})`
  const kind = rounded > price ? 'resistance' : 'support'
  const turned = kind === 'resistance' ? 'short' : 'long'
  const tests = recentEvents(reader, setup, LEVEL_BARS).filter(({ side }) => side === turned)
  return {
    price: rounded,
    kind,
    tests: tests.length,
    lastTest: tests.at(-1)?.at,
    distancePct: (rounded / price - 1) * 100,
    distanceAtr: (rounded - price) / atr,
    basis: `${level.pivots} pivots, ${reader.frame.interval}`,
    pivots: level.pivots,
    setup,
  }
}

/** How the tests of a level are counted: from the side that price is on now, as long as its pivots reach back. */
export const testsMethod = ({ setup, kind }: NoteLevel): string =>
  `${setup} from ${kind === 'resistance' ? 'below' : 'above'} in the last ${LEVEL_BARS} bars`

/** Four significant figures, as a number. */
const roundPrice = (value: number): number => Number(value.toPrecision(4))
