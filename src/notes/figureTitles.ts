import type { Reading } from './reading.ts'
import { lastEvent } from './recent.ts'
import { sayDirection } from './sections/structureSection.ts'
import { daysOnSide } from './sections/momentumSection.ts'
import { sayGap } from './sinceGap.ts'
import { takenBackAt } from './voided.ts'
import { plural, sayDay } from './wording.ts'

/** What the price figure shows: a break of the channel, the channel, else the side of the average. */
export function priceTitle(reading: Reading): string {
  const { daily, asset, asOf } = reading
  const slope = daily.figure('slope', 'channel.slope_pct_per_bar').value
  const broken = lastEvent(daily, 'channel_break', 20)
  if (broken !== undefined && takenBackAt(daily, broken, Number(broken.evidence['edge'])) === undefined) {
    const way = broken.side === 'long' ? 'above' : 'below'
    return `${asset} closed ${way} its ${Number.isNaN(slope) ? '' : `${sayDirection(slope)} `}channel on ${sayDay(broken.at, asOf)}`
  }
  const [upper, lower] = ['upper', 'lower'].map((edge) => daily.figure(edge, `channel.distance_${edge}_atr`).value)
  if ((upper ?? NaN) <= 0 && (lower ?? NaN) >= 0) return `${asset} is inside a ${sayDirection(slope)} channel`
  if (Number.isNaN(daily.figure('EMA 20', 'ema(20)').value)) return `${asset}: ${sayGap(reading)}`
  const { side, days } = daysOnSide(reading)
  return `${asset} has closed ${side} its 20-day average ${days === 1 ? 'for one day' : `for ${plural(days, 'day')}`}`
}

/** What the MACD figure shows: which side of its signal the line is on, and since when. */
export function momentumTitle(reading: Reading): string {
  const { daily, asOf } = reading
  const histogram = daily.figure('histogram', 'macd(12, 26, 9).histogram').value
  if (Number.isNaN(histogram)) return `MACD cannot be measured: ${sayGap(reading)}`
  const up = histogram > 0
  const cross = daily.lastEvent(up ? 'macd_golden_cross' : 'macd_death_cross')
  return `MACD has been ${up ? 'above' : 'below'} its signal${cross === undefined ? '' : ` since ${sayDay(cross.at, asOf)}`}`
}

/** What the oscillator figure shows: where both stand now, against a week before. */
export function strengthTitle(reading: Reading): string {
  const { daily } = reading
  const change = (id: string): { readonly now: string; readonly way: string } => {
    const [before, now] = [daily.column(id)[daily.last - 7] ?? NaN, daily.column(id)[daily.last] ?? NaN]
    const way = Math.abs(now - before) < 3 ? 'held' : now > before ? 'rose' : 'fell'
    return { now: now.toFixed(0), way }
  }
  const [rsi, mfi] = [change('rsi(14)'), change('mfi(14)')]
  if (rsi.now === 'NaN' || mfi.now === 'NaN') return `Strength cannot be measured: ${sayGap(reading)}`
  if (rsi.way !== mfi.way) return `RSI ${sayMove(rsi)} while MFI ${sayMove(mfi)} in a week`
  return rsi.way === 'held'
    ? `RSI held at ${rsi.now} and MFI at ${mfi.now} over a week`
    : `RSI ${rsi.way} to ${rsi.now} and MFI to ${mfi.now} in a week`
}

const sayMove = ({ now, way }: { readonly now: string; readonly way: string }): string =>
  way === 'held' ? `held at ${now}` : `${way} to ${now}`
