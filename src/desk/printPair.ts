import { formatInstant } from '../core/instant.ts'
import { intervalOfMs } from '../core/interval.ts'
import { PARITY_BARS, type PriceParity } from '../frames/priceParity.ts'
import { printNumber } from './answers.ts'
import type { HeldInstrument } from './heldInstruments.ts'
import type { ParityPair } from './parityPairs.ts'

interface PrintedSide {
  readonly venue: string
  readonly market: string
  readonly instrument: string
  readonly multiplier: number
  readonly asset: string
}

/** Two instruments and their price parity as JSON prints it. */
export interface PrintedPair {
  readonly a: PrintedSide
  readonly b: PrintedSide
  /** Of the prices alone. */
  readonly verdict: PriceParity['verdict'] | 'not compared'
  /** Whether the two may stand for one asset; null where nothing settles it. */
  readonly one: boolean | null
  /** What follows, as a sentence. */
  readonly says: string
  readonly medianPct: number | null
  readonly p5Pct: number | null
  readonly p95Pct: number | null
  /** How many coins of `b` one coin of `a` costs. */
  readonly ratio: number | null
  readonly commonBars: number
  readonly interval: string | null
  readonly from: string | null
  readonly to: string | null
}

export function printPair(pair: ParityPair): PrintedPair {
  const { a, b, parity } = pair
  const { says, one } = judge(pair)
  return {
    a: printSide(a),
    b: printSide(b),
    verdict: parity?.verdict ?? 'not compared',
    one,
    says,
    medianPct: printNumber(parity?.medianPct),
    p5Pct: printNumber(parity?.p5Pct),
    p95Pct: printNumber(parity?.p95Pct),
    ratio: printNumber(parity?.ratio),
    commonBars: parity?.bars ?? 0,
    interval: parity === undefined ? null : intervalOfMs(parity.step),
    from: parity?.from === undefined ? null : formatInstant(parity.from),
    to: parity?.to === undefined ? null : formatInstant(parity.to),
  }
}

/** Two are one asset where names and prices both say so. Prices can refuse what names say, and cannot overrule it. */
function judge({ a: { instrument: a }, b: { instrument: b }, parity }: ParityPair): {
  readonly says: string
  readonly one: boolean | null
} {
  const isOneName = a.asset === b.asset
  const apart = `two assets, ${a.asset} and ${b.asset}`
  if (parity === undefined) {
    const why = a.simulated === b.simulated ? `prices in ${a.quote} and in ${b.quote}` : 'one of the two is simulated'
    return { says: why, one: isOneName ? null : false }
  }
  switch (parity.verdict) {
    case 'accepted':
      if (isOneName) return { says: `one asset, ${a.asset}`, one: true }
      return {
        says: `prices agree, but by name they are ${apart}: not merged without an entry in the graph`,
        one: false,
      }
    case 'refused':
      if (!isOneName) return { says: `${apart}: merging them by name would be wrong`, one: false }
      return {
        says: `both are called ${a.asset} and are not one asset, or a multiplier is wrong: use neither beside the other`,
        one: false,
      }
    case 'too few':
      return {
        says: `${parity.bars} common bars of ${PARITY_BARS} needed${isOneName ? '' : `; by name ${apart}`}`,
        one: isOneName ? null : false,
      }
  }
}

const printSide = ({ instrument: { venue, market, instrument, multiplier, asset } }: HeldInstrument): PrintedSide => ({
  venue,
  market,
  instrument,
  multiplier,
  asset,
})
