import { PositionMarket, type Forced } from './positionMarket.ts'
import { TapeWriter, type Tape } from './tape.ts'
import { MINUTES_A_DAY } from './marketPrice.ts'

/** A position that stands at some moment, with the price at which its venue would end it. */
export interface Standing {
  readonly side: 'long' | 'short'
  readonly margin: 'isolated' | 'cross'
  readonly coins: number
  /** 0 where no price does. */
  readonly liquidationPrice: number
}

/** A liquidation, with the bucket in which it happened. */
export interface Liquidated extends Forced {
  readonly bucket: number
}

/** The past of one simulated perpetual, with all that nobody can see of a real one. */
export interface PositionedPast {
  readonly stepMs: number
  readonly tape: Tape
  readonly liquidations: readonly Liquidated[]
  /** Every position that stood at the end of a bucket that was asked for, by that bucket. */
  readonly standing: ReadonlyMap<number, readonly Standing[]>
}

export const BUCKET_MINUTES = 5
/** Days that pass before the tape begins, so that positions of every age stand. */
const DAYS_BEFORE = 20

/**
 * Lets a market of positions trade and writes down what happens in buckets of five minutes. Who trades, and how, is drawn from the
 * seed (`habits.ts`). It knows of no map of liquidations: positions end where their own venue's table of margins says.
 * @param days - length of the tape
 * @param moments - the buckets at whose end the standing positions are listed
 * @example simulatePositions({ seed: 'a', days: 2, moments: [575] }).tape.openInterest.length // 576
 */
export function simulatePositions(asked: {
  readonly seed: string
  readonly days: number
  readonly moments: readonly number[]
}): PositionedPast {
  const buckets = (asked.days * MINUTES_A_DAY) / BUCKET_MINUTES
  const market = new PositionMarket(asked.seed)
  const writer = new TapeWriter(buckets)
  const liquidations: Liquidated[] = []
  const standing = new Map<number, readonly Standing[]>()
  const moments = new Set(asked.moments)
  for (let minute = 0; minute < DAYS_BEFORE * MINUTES_A_DAY; minute++) market.next()
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let minute = 0; minute < BUCKET_MINUTES; minute++) {
      const { price, volume, bought, forced } = market.next()
      writer.see(price)
      writer.trade(volume, bought)
      for (const each of forced) liquidations.push({ ...each, bucket })
    }
    writer.end(market.openInterest)
    if (moments.has(bucket)) standing.set(bucket, standingNow(market))
  }
  return { stepMs: BUCKET_MINUTES * 60_000, tape: writer.tape, liquidations, standing }
}

const standingNow = ({ open }: PositionMarket): readonly Standing[] =>
  open.all.map(({ side, margin, coins, level }) => ({
    side: side > 0 ? 'long' : 'short',
    margin,
    coins,
    liquidationPrice: level,
  }))
