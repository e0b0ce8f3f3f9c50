import { CANDLE_DAYS, CANDLE_SETUPS, type CandleDay } from '../candleEvents.ts'
import { claim, type Claim } from '../claim.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { eventFigure } from '../recent.ts'
import { sayCount, sayDay, sayList } from '../wording.ts'

/** The candles of the last three weeks that mean something, numbered as in the figure. */
export function candleSection(reading: Reading): Section {
  const { days } = reading.candleSignals
  return {
    id: 'candles',
    title: 'Candles that matter',
    finding: finding(reading),
    claims: days.map((day) => dayClaim(reading, day)),
    figures: [],
    missing: [],
  }
}

function finding(reading: Reading): Claim {
  const { daily } = reading
  const named = reading.candleSignals.all.filter(({ voided }) => voided === undefined)
  const long = named.filter(({ side }) => side === 'long').length
  const short = named.filter(({ side }) => side === 'short').length
  const count = {
    name: 'signals that still stand',
    value: named.length,
    unit: 'count',
    method: `events of ${CANDLE_SETUPS.join(', ')} in the last ${CANDLE_DAYS} days that no later close undid`,
    at: daily.closeAt(daily.last),
  } as const
  return claim('candles-finding', sayBalance(long, short), [count], daily.frame)
}

function sayBalance(long: number, short: number): string {
  if (long + short === 0) return `No signal in the candles of the last ${CANDLE_DAYS} days still stands.`
  const all = ['The one signal', 'Both signals'][long + short - 1] ?? `All ${sayCount(long + short)} signals`
  const standing = `in the candles of the last three weeks that still ${long + short === 1 ? 'stands' : 'stand'}`
  if (short === 0) return `${all} ${standing} ${long === 1 ? 'leans' : 'lean'} up.`
  if (long === 0) return `${all} ${standing} ${short === 1 ? 'leans' : 'lean'} down.`
  return `Of the signals ${standing}, ${sayCount(long)} ${long === 1 ? 'leans' : 'lean'} up and ${sayCount(short)} down.`
}

function dayClaim(reading: Reading, day: CandleDay): Claim {
  const { daily, asOf } = reading
  const [first, ...rest] = day.named
  if (first === undefined) throw new RangeError('a candle day has at least one name')
  const names = sayList(day.named.map(({ name }) => name))
  const end = first.voided === undefined ? '' : `; the close of ${sayDay(first.voided, asOf)} undid it`
  const text = `${sayDay(day.at, asOf)} (${day.mark}) was ${names}: ${first.story}${end}.`
  const [main, ...others] = [first, ...rest].map(({ id, event }) => eventFigure(daily, id, event))
  if (main === undefined) throw new RangeError('a candle day has at least one event')
  return claim(`candles-${day.mark}`, text, [main, ...others, daily.figure('close', 'close', day.bar)], daily.frame)
}
