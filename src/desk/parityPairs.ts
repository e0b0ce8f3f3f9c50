import { isOneMoney } from '../conventions/quotes.ts'
import type { Candles } from '../core/candles.ts'
import type { InstantMs } from '../core/instant.ts'
import { intervalMs } from '../core/interval.ts'
import { priceParity, type PriceParity } from '../frames/priceParity.ts'
import type { SeriesOffer } from '../frames/seriesOffer.ts'
import { toGrid } from '../frames/toGrid.ts'
import { readCandles } from '../store/queries/readCandles.ts'
import type { Desk } from './desk.ts'
import type { HeldInstrument } from './heldInstruments.ts'

/** Two instruments, and how their prices compare; `undefined` where prices of the two cannot be compared. */
export interface ParityPair {
  readonly a: HeldInstrument
  readonly b: HeldInstrument
  readonly parity: PriceParity | undefined
}

/** The parity of every pair of instruments, each over the two series that overlap longest, as known at T. */
export async function parityPairs(
  desk: Desk,
  held: readonly HeldInstrument[],
  asOf: InstantMs,
): Promise<readonly ParityPair[]> {
  const read = candleReader(desk, asOf)
  const pairs = held.flatMap((a, i) => held.slice(i + 1).map((b) => ({ a, b })))
  const judged: ParityPair[] = []
  for (const { a, b } of pairs) {
    const [one, other] = longestOverlap(a.series, b.series)
    const parity = isComparable(a, b) ? priceParity(await read(one), await read(other)) : undefined
    judged.push({ a, b, parity })
  }
  return judged
}

const isComparable = ({ instrument: a }: HeldInstrument, { instrument: b }: HeldInstrument): boolean =>
  a.simulated === b.simulated && isOneMoney(a.quote, b.quote)

/** Candles of a series per coin; each series is read once. */
function candleReader({ store }: Desk, asOf: InstantMs): (series: SeriesOffer) => Promise<Candles> {
  const known = new Map<SeriesOffer, Promise<Candles>>()
  const readOne = async ({
    venue,
    market,
    instrument,
    interval,
    multiplier,
    within,
  }: SeriesOffer): Promise<Candles> => {
    const rows = await readCandles(store, { venue, market, instrument, interval, asOf, ...within })
    return toGrid(rows, intervalMs(interval), multiplier)
  }
  return (series) => {
    const candles = known.get(series) ?? readOne(series)
    known.set(series, candles)
    return candles
  }
}

/** Of the series of two instruments, the two that have most time in common; among these the ones with the finest bars. */
function longestOverlap(
  mine: readonly SeriesOffer[],
  theirs: readonly SeriesOffer[],
): readonly [SeriesOffer, SeriesOffer] {
  const overlap = ([a, b]: readonly [SeriesOffer, SeriesOffer]): number =>
    Math.max(0, Math.min(a.to, b.to) - Math.max(a.from, b.from))
  const coarsest = ([a, b]: readonly [SeriesOffer, SeriesOffer]): number =>
    Math.max(intervalMs(a.interval), intervalMs(b.interval))
  const pairs = mine.flatMap((a) => theirs.map((b) => [a, b] as const))
  const [best] = pairs.toSorted((p, q) => overlap(q) - overlap(p) || coarsest(p) - coarsest(q))
  return best as readonly [SeriesOffer, SeriesOffer]
}
