import type { Candles } from '../../../core/candles.ts'
import { HOUR_MS, instant } from '../../../core/instant.ts'
import { seededRandom } from '../../../core/random.ts'
import { portableExp, portableLog, portableNormal } from '../portableMath.ts'
import type { WorldAsset } from './assets.ts'

const HOURS_A_YEAR = 365 * 24

/** Hourly candles that lead to an asset's price at the start: a random walk drawn backwards. */
export function pastOf(
  { asset, price, volatilityPct, dayVolume }: WorldAsset,
  { seed, startAt, pastHours }: { readonly seed: string; readonly startAt: number; readonly pastHours: number },
): Candles {
  const random = seededRandom(`${seed}/${asset}/past`)
  const normal = portableNormal(random.uniform)
  const deviation = volatilityPct / 100 / Math.sqrt(HOURS_A_YEAR)
  const column = (): Float64Array => new Float64Array(pastHours)
  const [open, high, low, close, volume, quoteVolume] = [0, 1, 2, 3, 4, 5].map(column) as Columns
  const [trades, takerBuyVolume, takerBuyQuoteVolume] = [0, 1, 2].map(column) as Columns
  let end = portableLog(price)
  for (let h = pastHours - 1; h >= 0; h--) {
    const begin = end - deviation * normal()
    const [higher, lower] = [Math.max(begin, end), Math.min(begin, end)]
    const wick = (): number => deviation * 0.5 * Math.abs(normal())
    open[h] = portableExp(begin)
    close[h] = portableExp(end)
    high[h] = portableExp(higher + wick())
    low[h] = portableExp(lower - wick())
    quoteVolume[h] = (dayVolume / 24) * portableExp(0.4 * normal())
    volume[h] = (quoteVolume[h] as number) / portableExp((begin + end) / 2)
    const share = 0.5 + 0.1 * (random.uniform() - 0.5) + 2 * (end - begin)
    const bought = Math.min(0.9, Math.max(0.1, share))
    takerBuyVolume[h] = (volume[h] as number) * bought
    takerBuyQuoteVolume[h] = (quoteVolume[h] as number) * bought
    trades[h] = Math.round((quoteVolume[h] as number) / 2000)
    end = begin
  }
  const columns = { open, high, low, close, volume, quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume }
  return { start: instant(startAt - pastHours * HOUR_MS), step: HOUR_MS, length: pastHours, ...columns }
}

type Columns = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array]
