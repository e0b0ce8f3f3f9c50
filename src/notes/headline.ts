import { claim, type Claim, type Figure } from './claim.ts'
import type { Stance, Verdict } from './note.ts'
import type { Reading } from './reading.ts'
import { lastEvent } from './recent.ts'
import { daysOnSide } from './sections/momentumSection.ts'
import { streak } from './series.ts'
import { sayPrice, withCommas } from './wording.ts'

/** The note in one sentence: what just happened, what the evidence says of it, and the level that decides. */
export function headlineOf(reading: Reading, verdict: Verdict): Claim {
  const { daily, asset } = reading
  const news = newsOf(reading)
  const says = STANCE[verdict.stance]
  const joint = joins(news.side, verdict.stance)
  const level = deciding(verdict)
  const text = `${asset} ${news.text}${joint} ${says}${level === undefined ? '' : `, and ${level}`}.`
  return claim('headline', text, [news.figure], daily.frame)
}

interface News {
  readonly text: string
  readonly side: 'up' | 'down'
  readonly figure: Figure
}

/** What changed last: a break of the average within three days, a cross of MACD, else how long the present side has held. */
function newsOf(reading: Reading): News {
  const { daily } = reading
  const { side, days } = daysOnSide(reading)
  const close = daily.figure('close', 'close')
  const way = side === 'above' ? 'up' : 'down'
  const broken = lastEvent(daily, side === 'above' ? 'ema_break(20)' : 'ema_break_down(20)', 3)
  if (broken !== undefined && days <= 3) {
    const before = otherSide(reading, daily.last - days)
    const figure = { ...close, name: 'closes on the other side before', value: before, unit: 'count' } as const
    return {
      text: `has closed ${side} its 20-day average after ${withCommas(before)} closes on the other side`,
      side: way,
      figure,
    }
  }
  const figure = { ...daily.figure('EMA 20', 'ema(20)'), name: 'closes in a row', value: days, unit: 'count' } as const
  const text =
    days === 1
      ? `has closed ${side} its 20-day average`
      : `has closed ${side} its 20-day average ${withCommas(days)} days in a row`
  return { text, side: way, figure }
}

function otherSide(reading: Reading, bar: number): number {
  const { daily } = reading
  const average = daily.column('ema(20)')
  const above = (i: number): boolean => (daily.candles.close[i] ?? NaN) > (average[i] ?? NaN)
  const side = above(bar)
  return streak(bar, (i) => !Number.isNaN(average[i] ?? NaN) && above(i) === side)
}

const STANCE: Record<Stance, string> = {
  up: 'the evidence agrees that prices are rising',
  'leaning up': 'the evidence leans up without establishing a reversal',
  undecided: 'the evidence is divided',
  'leaning down': 'the evidence leans down',
  down: 'the evidence agrees that prices are falling',
}

function joins(side: 'up' | 'down', stance: Stance): string {
  const agrees = side === 'up' ? stance === 'up' : stance === 'down' || stance === 'leaning down'
  return agrees ? ', and' : ', but'
}

function deciding(verdict: Verdict): string | undefined {
  const { confirm, void: voids, stance } = verdict
  const down = stance === 'down' || stance === 'leaning down'
  if (!down && confirm !== undefined) return `the level to take is ${sayPrice(confirm.price)}`
  return voids === undefined ? undefined : `the level to hold is ${sayPrice(voids.price)}`
}
