import { claim, isMeasured, type Claim, type Figure } from '../claim.ts'
import { formingDivergences } from '../divergences.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { eventFigure, lastEvent } from '../recent.ts'
import { streak } from '../series.ts'
import { tooFewCandles } from '../sinceGap.ts'
import { plural, sayDay, sayOrdinal, sayPercent, sayPrice, withCommas } from '../wording.ts'

const AVERAGE_DAYS = 20
const EMA = `ema(${AVERAGE_DAYS})`

/** The 20-day average, MACD and momentum: breaks, crosses and divergences. */
export function momentumSection(reading: Reading): Section {
  const claims = [
    averageBreak(reading),
    macdCross(reading),
    macdSide(reading),
    ...divergences(reading),
    ...forming(reading),
    momentum(reading),
  ]
  return {
    id: 'momentum',
    title: 'Average, MACD and momentum',
    finding: averageState(reading),
    claims: claims.filter((part) => part !== undefined).filter(isMeasured),
    figures: [],
    missing: [],
  }
}

/** Closes in a row on the present side of the 20-day average. */
export function daysOnSide(reading: Reading): { readonly side: 'above' | 'below'; readonly days: number } {
  const { daily } = reading
  const average = daily.column(EMA)
  const close = daily.candles.close
  const above = (i: number): boolean => (close[i] ?? NaN) > (average[i] ?? NaN)
  const side = above(daily.last)
  const known = (i: number): boolean => !Number.isNaN(average[i] ?? NaN) && above(i) === side
  return { side: side ? 'above' : 'below', days: streak(daily.last, known) }
}

/** Closes in a row on the other side of the average, before the present run. */
export function otherSideDays(reading: Reading): number {
  const { daily } = reading
  const average = daily.column(EMA)
  const close = daily.candles.close
  const { side, days } = daysOnSide(reading)
  const other = (i: number): boolean =>
    side === 'above' ? (close[i] ?? NaN) <= (average[i] ?? NaN) : (close[i] ?? NaN) > (average[i] ?? NaN)
  return streak(daily.last - days, other)
}

/** The length of that run as a figure. */
export const sideFigure = ({ daily }: Reading, side: 'above' | 'below', days: number): Figure => ({
  name: 'closes in a row',
  value: days,
  unit: 'count',
  method: `closes in a row ${side} ${EMA}`,
  at: daily.closeAt(daily.last),
})

function averageState(reading: Reading): Claim {
  const { daily, asset } = reading
  const average = daily.figure('EMA 20', EMA)
  const close = daily.figure('close', 'close')
  if (Number.isNaN(average.value)) return tooFewCandles(reading, 'momentum-average', 'The 20-day average')
  const { side, days } = daysOnSide(reading)
  const distance = Math.abs(close.value / average.value - 1) * 100
  const where = `${sayPercent(distance)} ${side} its 20-day exponential average of ${sayPrice(average.value)}`
  const text =
    days === 1
      ? `${asset} closed ${where}, after ${plural(otherSideDays(reading), 'close')} on the other side.`
      : `The last daily close of ${asset} was ${where}, on that side for ${withCommas(days)} days in a row.`
  return claim(
    'momentum-average',
    text,
    [
      {
        ...close,
        name: 'distance from EMA 20',
        value: (close.value / average.value - 1) * 100,
        unit: 'pct',
        method: `(${close.value} / ${average.value} - 1) * 100`,
      },
      average,
      close,
    ],
    daily.frame,
  )
}

function averageBreak(reading: Reading): Claim | undefined {
  const { daily, asOf } = reading
  const breaks = [
    { id: `ema_break(${AVERAGE_DAYS})`, later: ['ema_break_confirmed', 'ema_break_failed'], word: 'above' },
    {
      id: `ema_break_down(${AVERAGE_DAYS})`,
      later: ['ema_break_down_confirmed', 'ema_break_down_failed'],
      word: 'below',
    },
  ]
    .map((entry) => ({ ...entry, event: lastEvent(daily, entry.id) }))
    .filter((entry) => entry.event !== undefined)
    .toSorted((a, b) => (a.event?.at ?? 0) - (b.event?.at ?? 0))
  const latest = breaks.at(-1)
  if (latest?.event === undefined) return undefined
  const { event, id, word } = latest
  const [confirmed, failed] = latest.later.map((kind) =>
    daily.eventsSince(`${kind}(${AVERAGE_DAYS})`, daily.barOf(event.at)).find((next) => next.of === event.id),
  )
  const state =
    confirmed !== undefined
      ? `and the next two closes confirmed it`
      : failed !== undefined
        ? `but it failed on ${sayDay(failed.at, asOf)}`
        : `and waits for two more closes ${word} it to be confirmed`
  const text = `The break ${word} the average came on ${sayDay(event.at, asOf)}, ${state}.`
  const figure = eventFigure(daily, id, event)
  const close = daily.figure('close', 'close', daily.barOf(event.at))
  return claim('momentum-break', text, [figure, close], daily.frame)
}

function macdCross(reading: Reading): Claim | undefined {
  const { daily, asOf } = reading
  const latest = ['macd_golden_cross', 'macd_death_cross']
    .map((id) => ({ id, event: daily.lastEvent(id) }))
    .toSorted((a, b) => (a.event?.at ?? 0) - (b.event?.at ?? 0))
    .at(-1)
  if (latest?.event === undefined) return undefined
  const { event, id } = latest
  const bar = daily.barOf(event.at)
  const line = daily.figure('MACD at the cross', 'macd(12, 26, 9).line', bar)
  const way = id === 'macd_golden_cross' ? 'rose above' : 'fell below'
  const zero = line.value < 0 ? 'below' : 'above'
  const age = daily.last - bar
  const text = `The MACD line ${way} its signal on ${sayDay(event.at, asOf)}${age === 0 ? '' : `, ${plural(age, 'day')} before the last close`}; that cross was ${zero} zero.`
  return claim('momentum-cross', text, [line, eventFigure(daily, id, event)], daily.frame)
}

function macdSide(reading: Reading): Claim {
  const { daily } = reading
  const line = daily.figure('MACD line', 'macd(12, 26, 9).line')
  const signal = daily.figure('MACD signal', 'macd(12, 26, 9).signal')
  const histogram = daily.figure('MACD histogram', 'macd(12, 26, 9).histogram')
  const both = Math.sign(line.value) === Math.sign(signal.value)
  const growing = Math.abs(histogram.value) > Math.abs(daily.column('macd(12, 26, 9).histogram')[daily.last - 1] ?? NaN)
  const gap = `their gap is ${growing ? 'widening' : 'narrowing'}`
  const text = both
    ? `Line and signal are both ${line.value > 0 ? 'above' : 'below'} zero, and ${gap}.`
    : `The line is ${line.value > 0 ? 'above' : 'below'} zero, the signal is not yet, and ${gap}.`
  return claim('momentum-side', text, [line, signal, histogram], daily.frame)
}

function divergences(reading: Reading): readonly Claim[] {
  const { daily, asOf } = reading
  return reading.divergences.map(({ side, osc, name, event, firstPivotAt, pivotAt, voided, figures }) => {
    const [price, value] = side === 'bullish' ? ['a lower low', 'a higher low'] : ['a higher high', 'a lower high']
    const end = voided === undefined ? '' : `; the close of ${sayDay(voided, asOf)} undid it`
    const text = `Between ${sayDay(firstPivotAt, asOf)} and ${sayDay(pivotAt, asOf)} price made ${price} and ${name} ${value}, a ${side} divergence known since the close of ${sayDay(event.at, asOf)}${end}.`
    return claim(`momentum-${side}-${osc}`, text, figures, daily.frame)
  })
}

function forming(reading: Reading): readonly Claim[] {
  const { daily, asOf } = reading
  return formingDivergences(reading).map(({ side, osc, name, pivotAt, barsToConfirm, figures }) => {
    const closes = barsToConfirm === 1 ? 'one more close' : `${plural(barsToConfirm, 'more close')}`
    const text = `A ${side} divergence of ${name} may be forming at ${sayDay(pivotAt, asOf)}; it takes ${closes} to know, so it is no evidence yet.`
    return claim(`momentum-forming-${side}-${osc}`, text, figures, daily.frame)
  })
}

function momentum(reading: Reading): Claim | undefined {
  const { daily } = reading
  const now = daily.figure('momentum', 'momentum(10)')
  if (Number.isNaN(now.value)) return undefined
  const column = daily.column('momentum(10)')
  const days = streak(daily.last, (i) => Math.sign(column[i] ?? NaN) === Math.sign(now.value))
  const text = `Ten-day momentum is ${now.value >= 0 ? 'positive' : 'negative'}: the close is ${sayPrice(Math.abs(now.value))} ${now.value >= 0 ? 'above' : 'below'} that of ten days before, ${days === 1 ? 'for the first day' : `for the ${sayOrdinal(days)} day running`}.`
  return claim(
    'momentum-ten',
    text,
    [
      now,
      {
        ...now,
        name: 'days of one sign',
        value: days,
        unit: 'days',
        method: 'days in a row of one sign of momentum(10)',
      },
    ],
    daily.frame,
  )
}
