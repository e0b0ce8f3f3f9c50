import { claim, isMeasured, type Claim } from '../claim.ts'
import type { FrameReader } from '../frameReader.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { eventFigure, lastEvent } from '../recent.ts'
import { streak } from '../series.ts'
import { tooFewCandles } from '../sinceGap.ts'
import { plural, sayDay } from '../wording.ts'

interface Oscillator {
  readonly name: string
  readonly id: string
  readonly low: number
  readonly high: number
  readonly oversold: string
  readonly overbought: string
}

const RSI: Oscillator = {
  name: 'RSI',
  id: 'rsi(14)',
  low: 30,
  high: 70,
  oversold: 'rsi_oversold',
  overbought: 'rsi_overbought',
}
const MFI: Oscillator = {
  name: 'MFI',
  id: 'mfi(14)',
  low: 20,
  high: 80,
  oversold: 'mfi_oversold',
  overbought: 'mfi_overbought',
}

/** RSI and MFI: where they are, when they last were at an extreme, and whether they agree. */
export function strengthSection(reading: Reading): Section {
  const claims = [state(reading, RSI), state(reading, MFI), extreme(reading, RSI), extreme(reading, MFI)]
  return {
    id: 'strength',
    title: 'Strength and money flow',
    finding: agreement(reading),
    claims: claims.filter((part) => part !== undefined).filter(isMeasured),
    figures: [],
    missing: [],
  }
}

function agreement(reading: Reading): Claim {
  const { daily } = reading
  const rsi = daily.figure('RSI', RSI.id)
  const mfi = daily.figure('MFI', MFI.id)
  if (Number.isNaN(rsi.value + mfi.value)) return tooFewCandles(reading, 'strength-finding', 'Strength')
  const [a, b] = [zone(RSI, rsi.value), zone(MFI, mfi.value)]
  const text = a === b ? `RSI and MFI agree: both are ${a}.` : `RSI is ${a} while MFI, which counts volume, is ${b}.`
  return claim('strength-finding', text, [rsi, mfi], daily.frame)
}

function zone({ low, high }: Oscillator, value: number): string {
  if (value < low) return 'oversold'
  if (value > high) return 'overbought'
  return value >= 50 ? 'in the upper half' : 'in the lower half'
}

function state(reading: Reading, oscillator: Oscillator): Claim | undefined {
  const { daily } = reading
  const now = daily.figure(oscillator.name, oscillator.id)
  const before = daily.figure('a week before', oscillator.id, daily.last - 7)
  if (Number.isNaN(before.value)) return undefined
  const change = now.value - before.value
  const verb = Math.abs(change) < 3 ? 'little changed from' : change > 0 ? 'up from' : 'down from'
  const text = `${oscillator.name} closed at ${now.value.toFixed(0)}, ${verb} ${before.value.toFixed(0)} a week before.`
  return claim(`strength-${oscillator.name.toLowerCase()}`, text, [now, before], daily.frame)
}

/** Bars back to the last extreme worth a sentence. */
const EXTREME_BARS = 60

function extreme(reading: Reading, oscillator: Oscillator): Claim | undefined {
  const { daily } = reading
  const candidates = [oscillator.oversold, oscillator.overbought]
    .map((id) => ({ id, event: lastEvent(daily, id, EXTREME_BARS) }))
    .filter((found) => found.event !== undefined)
    .toSorted((a, b) => (a.event?.at ?? 0) - (b.event?.at ?? 0))
  const latest = candidates.at(-1)
  if (latest?.event === undefined) return quietSince(reading, oscillator)
  const { id, event } = latest
  const word = id.endsWith('oversold') ? 'oversold' : 'overbought'
  const end = daily.eventsSince(`${id}_end`, daily.barOf(event.at)).find((later) => later.of === event.id)
  const value = daily.figure(oscillator.name, oscillator.id, daily.barOf(event.at))
  const tail =
    end === undefined
      ? 'and has not left it'
      : `and left it on ${sayDay(end.at, reading.asOf)} after ${inside(daily, event.at, end.at)}`
  const text = `${oscillator.name} became ${word} on ${sayDay(event.at, reading.asOf)}, at ${value.value.toFixed(0)}, ${tail}.`
  return claim(
    `strength-${id.replaceAll('_', '-')}`,
    text,
    [value, eventFigure(daily, id, event), ...(end === undefined ? [] : [eventFigure(daily, `${id}_end`, end)])],
    daily.frame,
  )
}

/** No entry into an extreme lately: between the thresholds, or beyond one, for all that time; unless it was unknown in part. */
function quietSince(reading: Reading, { name, id, low, high }: Oscillator): Claim | undefined {
  const { daily } = reading
  const column = daily.column(id)
  const now = daily.figure(name, id)
  const [word, method, test] =
    now.value < low
      ? ['oversold', `below ${low}`, (value: number) => value < low]
      : now.value > high
        ? ['overbought', `above ${high}`, (value: number) => value > high]
        : [
            `neither below ${low} nor above ${high}`,
            `from ${low} to ${high}`,
            (value: number) => value >= low && value <= high,
          ]
  const bars = streak(daily.last, (i) => test(column[i] ?? NaN))
  if (bars < EXTREME_BARS) return undefined
  const days = {
    ...now,
    name: 'days in a row',
    value: bars,
    unit: 'days',
    method: `days in a row of ${id} ${method}`,
  } as const
  const text = `${name} has been ${word} for ${plural(bars, 'day')}.`
  return claim(`strength-${name.toLowerCase()}-quiet`, text, [days, now], daily.frame)
}

function inside(daily: FrameReader, entry: number, exit: number): string {
  return plural((exit - entry) / daily.candles.step, 'day')
}
