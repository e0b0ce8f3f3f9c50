import { gaps, type Candles, type Grid } from '../../core/candles.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { OpenInterest } from '../../records/openInterest.ts'

/** What a liquidation map is estimated from: prices per coin and open interest of one instrument, bucket by bucket. */
export interface MapTapeColumns extends Grid {
  readonly low: Float64Array
  readonly high: Float64Array
  readonly close: Float64Array
  /** Average price weighted by volume; where the source gives no turnover, the mean of high, low and close. */
  readonly vwap: Float64Array
  /** At the end of the bucket: coins, of an inverse contract dollars; where the sides are not known as published. */
  readonly openInterest: Float64Array
}

/** Readings of open interest of one instrument at instants, oldest first. */
export interface InterestReadings {
  readonly at: ArrayLike<number>
  readonly coins: ArrayLike<number>
  readonly quoteValue: ArrayLike<number>
  readonly sides: ArrayLike<OpenInterest['sides']>
}

/**
 * Candles and open interest of one instrument on the candles' grid. A reading at the end of a bucket belongs to it, not to the next. Where
 * the ledger reads a number in another way from one reading to the next there is a gap, so that this is not taken for a change.
 * @param candles - of the instrument, per coin
 * @param contract - one settled in the coin is counted in dollars, since its coins change with the price alone
 * @returns columns; a bucket without a candle or a reading is a gap in what comes of it
 * @example mapTape(candles, readings, 'linear').openInterest[0] // 81_250
 */
export function mapTape(
  candles: Candles,
  readings: InterestReadings,
  contract: Instrument['contract'],
): MapTapeColumns {
  const { start, step, length, low, high, close, volume, quoteVolume } = candles
  const openInterest = gaps(length)
  const amounts = contract === 'inverse' ? readings.quoteValue : readings.coins
  for (let k = 0; k < amounts.length; k++) {
    const bucket = Math.ceil(((readings.at[k] as number) - start) / step) - 1
    const isReadAnew = k > 0 && readings.sides[k] !== readings.sides[k - 1]
    if (bucket >= 0 && bucket < length) openInterest[bucket] = isReadAnew ? NaN : (amounts[k] as number)
  }
  const vwap = close.map((price, i) => {
    const [lowest, highest] = [low[i] as number, high[i] as number]
    const average = (quoteVolume[i] as number) / (volume[i] as number)
    return average >= lowest && average <= highest ? average : (lowest + highest + price) / 3
  })
  return { start, step, length, low, high, close, vwap, openInterest }
}
