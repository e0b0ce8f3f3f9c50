import { openAt } from '../core/candles.ts'
import { claim, type Claim, type Figure } from './claim.ts'
import type { Verdict } from './note.ts'
import type { Reading } from './reading.ts'
import { daysOnSide, otherSideDays, sideFigure } from './sections/momentumSection.ts'
import { sayDay, sayPrice, sentence, withCommas } from './wording.ts'
import { staleSince } from './staleness.ts'
import { sayGroups } from './verdict.ts'

/** The note in one line: what just happened to the average, what the groups of evidence say, and the level that decides. */
export function headlineOf(reading: Reading, verdict: Verdict): Claim {
  const { up, down, all } = verdict.groups
  const news = newsOf(reading)
  const level = deciding(verdict)
  const evidence = sentence(sayGroups(up, down, all))
  const last = staleSince(reading)
  const stale = last === undefined ? '' : `No candle after ${sayDay(last, reading.asOf)} is held. `
  const text = `${stale}${reading.asset} ${news.text}. ${evidence}; ${level}.`
  return claim('headline', text, [news.figure], reading.daily.frame)
}

interface News {
  readonly text: string
  readonly figure: Figure
}

/** A fresh break of the average is news; else how long the present side has held. */
function newsOf(reading: Reading): News {
  const { daily } = reading
  const average = daily.figure('EMA 20', 'ema(20)')
  if (Number.isNaN(average.value)) {
    const close = daily.figure('close', 'close')
    const day = sayDay(openAt(daily.candles, daily.last), reading.asOf)
    return { text: `closed at ${sayPrice(close.value)} on ${day}`, figure: close }
  }
  const { side, days } = daysOnSide(reading)
  const other = side === 'above' ? 'below' : 'above'
  const before = otherSideDays(reading)
  if (days === 1 && before >= 5) {
    const figure = { ...sideFigure(reading, other, before), at: daily.closeAt(daily.last - 1) }
    return {
      text: `has closed ${side} its 20-day average for the first time in ${withCommas(before + 1)} days`,
      figure,
    }
  }
  const figure = sideFigure(reading, side, days)
  if (days === 1) return { text: `has closed ${side} its 20-day average`, figure }
  return { text: `has closed ${side} its 20-day average for ${withCommas(days)} days in a row`, figure }
}

function deciding({ confirm, void: voids, groups }: Verdict): string {
  const [trigger, does, side] = groups.down <= groups.up ? [confirm, 'take', 'above'] : [voids, 'hold', 'below']
  return trigger === undefined ? `no recent level lies ${side}` : `${sayPrice(trigger.price)} is the level to ${does}`
}
