import { claim, isMeasured, type Figure } from './claim.ts'
import type { FrameReader } from './frameReader.ts'
import { testsMethod } from './levels.ts'
import type { Evidence } from './note.ts'
import type { Reading } from './reading.ts'
import type { SetupEvent } from '../setups/setup.ts'
import { eventFigure, lastEvent, recentEvents } from './recent.ts'
import { takenBackAt } from './voided.ts'
import { daysOnSide, sideFigure } from './sections/momentumSection.ts'
import { sayYear, yearBefore } from './sections/priceSection.ts'
import { plural, sayDay, sayList, sayPercent, sayPrice, sentence } from './wording.ts'

/** Days for which a break of the channel is worth a line. */
const RECENT_BREAK_DAYS = 20

type Rule = (reading: Reading) => readonly (Evidence | undefined)[]

/** Every fact of the reading that leans towards higher or lower prices, group by group. */
export function evidenceOf(reading: Reading): readonly Evidence[] {
  const rules: readonly Rule[] = [average, channel, macd, divergence, strength, volume, breaks, nearness, depth]
  return rules
    .flatMap((rule) => rule(reading))
    .filter((found) => found !== undefined)
    .filter(({ claim }) => isMeasured(claim))
}

function average(reading: Reading): readonly (Evidence | undefined)[] {
  const { daily } = reading
  const { side, days } = daysOnSide(reading)
  const ema = daily.figure('EMA 20', 'ema(20)')
  const held =
    days === 1
      ? `The last close is ${side} the 20-day average`
      : `${plural(days, 'close')} in a row ${side} the 20-day average`
  const text = `${sentence(held)} of ${sayPrice(ema.value)}.`
  const figures = [sideFigure(reading, side, days), ema] as const
  return [
    {
      side: side === 'above' ? 'for' : 'against',
      group: 'trend',
      claim: claim('evidence-average', text, figures, daily.frame),
    },
  ]
}

function channel(reading: Reading): readonly (Evidence | undefined)[] {
  return [channelBreak(reading) ?? channelSlope(reading)]
}

function channelBreak(reading: Reading): Evidence | undefined {
  const { daily, asOf } = reading
  const event = standingBreak(daily, 'channel_break', 'edge', RECENT_BREAK_DAYS)
  if (event === undefined) return undefined
  const way = event.side === 'long' ? 'above' : 'below'
  const text = `Price closed ${way} its channel on ${sayDay(event.at, asOf)}.`
  const figure = eventFigure(daily, 'channel_break', event)
  return {
    side: event.side === 'long' ? 'for' : 'against',
    group: 'trend',
    claim: claim('evidence-channel-break', text, [figure], daily.frame),
  }
}

function channelSlope({ daily }: Reading): Evidence | undefined {
  const slope = daily.figure('channel slope', 'channel.slope_pct_per_bar')
  const toUpper = daily.figure('distance to its upper edge', 'channel.distance_upper_atr')
  const toLower = daily.figure('distance to its lower edge', 'channel.distance_lower_atr')
  const inside = toUpper.value <= 0 && toLower.value >= 0
  if (!inside || Math.abs(slope.value) < 0.05) return undefined
  const text = `The channel ${slope.value < 0 ? 'falls' : 'rises'} ${sayPercent(slope.value)} a day, and the last close is inside it.`
  return {
    side: slope.value < 0 ? 'against' : 'for',
    group: 'trend',
    claim: claim('evidence-channel', text, [slope, toUpper, toLower], daily.frame),
  }
}

/** The last break within so many bars, unless a later close has taken it back. */
function standingBreak(reader: FrameReader, id: string, line: string, bars: number): SetupEvent | undefined {
  const event = recentEvents(reader, id, bars).at(-1)
  if (event === undefined) return undefined
  return takenBackAt(reader, event, Number(event.evidence[line])) === undefined ? event : undefined
}

function macd(reading: Reading): readonly (Evidence | undefined)[] {
  const { daily, asOf } = reading
  const line = daily.figure('MACD line', 'macd(12, 26, 9).line')
  const signal = daily.figure('MACD signal', 'macd(12, 26, 9).signal')
  if (Number.isNaN(signal.value)) return []
  const up = line.value > signal.value
  const cross = lastEvent(daily, up ? 'macd_golden_cross' : 'macd_death_cross', daily.last)
  const since = cross === undefined ? '' : ` since ${sayDay(cross.at, asOf)}`
  const zero =
    line.value > 0 && signal.value > 0
      ? ', both above zero'
      : line.value < 0 && signal.value < 0
        ? ', both below zero'
        : ''
  const text = `MACD has been ${up ? 'above' : 'below'} its signal${since}${zero}.`
  return [
    {
      side: up ? 'for' : 'against',
      group: 'momentum',
      claim: claim('evidence-macd', text, [line, signal], daily.frame),
    },
  ]
}

function divergence(reading: Reading): readonly (Evidence | undefined)[] {
  const { daily, asOf } = reading
  const standing = reading.divergences.filter(({ voided }) => voided === undefined)
  return (['bullish', 'bearish'] as const).map((side): Evidence | undefined => {
    const found = standing.filter((each) => each.side === side)
    const [first, ...rest] = found.flatMap(({ figures }) => figures)
    if (first === undefined) return undefined
    const names = found.map(({ name, pivotAt }) => `${name} (second pivot ${sayDay(pivotAt, asOf)})`)
    const text = `${found.length === 1 ? `A ${side} divergence stands` : `${sentence(side)} divergences stand`}: ${sayList(names)}.`
    const group = 'momentum'
    return {
      side: side === 'bullish' ? 'for' : 'against',
      group,
      claim: claim(`evidence-${side}`, text, [first, ...rest], daily.frame),
    }
  })
}

function strength(reading: Reading): readonly (Evidence | undefined)[] {
  const now = [atExtreme(reading, 'RSI', 'rsi(14)', 30, 70), atExtreme(reading, 'MFI', 'mfi(14)', 20, 80)]
  const half = now[0] === undefined ? midline(reading) : undefined
  return [...now, half, exits(reading, 'oversold', 'for'), exits(reading, 'overbought', 'against')]
}

function midline({ daily }: Reading): Evidence | undefined {
  const rsi = daily.figure('RSI', 'rsi(14)')
  if (Number.isNaN(rsi.value)) return undefined
  const [side, where] = rsi.value >= 50 ? (['for', 'above'] as const) : (['against', 'below'] as const)
  const text = `RSI is ${where} its midline, at ${rsi.value.toFixed(0)}.`
  return { side, group: 'strength', claim: claim('evidence-rsi', text, [rsi], daily.frame) }
}

/** An oscillator beyond a threshold now: stretched prices lean the other way. */
function atExtreme({ daily }: Reading, name: string, id: string, low: number, high: number): Evidence | undefined {
  const value = daily.figure(name, id)
  if (!(value.value < low || value.value > high)) return undefined
  const [side, word] = value.value < low ? (['for', 'oversold'] as const) : (['against', 'overbought'] as const)
  const text = `${name} is ${word}, at ${value.value.toFixed(0)}.`
  return { side, group: 'strength', claim: claim(`evidence-${name.toLowerCase()}-${word}`, text, [value], daily.frame) }
}

/** RSI and MFI that left an extreme within 20 days, in one line. */
function exits(reading: Reading, extreme: 'oversold' | 'overbought', side: Evidence['side']): Evidence | undefined {
  const { daily, asOf } = reading
  const left = [
    { name: 'RSI', id: `rsi_${extreme}_end` },
    { name: 'MFI', id: `mfi_${extreme}_end` },
  ].flatMap(({ name, id }) => {
    const event = lastEvent(daily, id, 20)
    return event === undefined ? [] : [{ name, at: event.at, figure: eventFigure(daily, id, event) }]
  })
  const [first, ...rest] = left
  if (first === undefined) return undefined
  const together = left.every(({ at }) => at === first.at)
  const text = together
    ? `${sayList(left.map(({ name }) => name))} left ${extreme} on ${sayDay(first.at, asOf)}.`
    : `${sayList(left.map(({ name, at }) => `${name} left ${extreme} on ${sayDay(at, asOf)}`))}.`
  const figures = [first.figure, ...rest.map(({ figure }) => figure)] as const
  return { side, group: 'strength', claim: claim(`evidence-${extreme}`, text, figures, daily.frame) }
}

const VOLUME_SETUPS = new Set([
  'stopping_volume',
  'buying_climax',
  'wyckoff_spring',
  'wyckoff_upthrust',
  'sweep',
  'sweep_high',
])

function volume(reading: Reading): readonly (Evidence | undefined)[] {
  const { daily, asOf } = reading
  return reading.candleSignals.days.map((day): Evidence | undefined => {
    const named = day.named.find(({ id, voided }) => VOLUME_SETUPS.has(id) && voided === undefined)
    if (named === undefined || named.side === 'neutral') return undefined
    const text = `${sayDay(day.at, asOf)} was ${named.name}: ${named.story}.`
    return {
      side: named.side === 'long' ? 'for' : 'against',
      group: 'volume',
      claim: claim(`evidence-candle-${day.mark}`, text, [eventFigure(daily, named.id, named.event)], daily.frame),
    }
  })
}

function breaks(reading: Reading): readonly (Evidence | undefined)[] {
  const { levels, asOf } = reading
  const event = standingBreak(levels, 'level_break', 'level', breakBars(levels))
  if (event === undefined) return []
  const price = Number(event.evidence['level'])
  const text = `The last level broken was ${sayPrice(price)}, ${event.side === 'long' ? 'upwards' : 'downwards'}, on ${sayDay(event.at, asOf)}.`
  return [
    {
      side: event.side === 'long' ? 'for' : 'against',
      group: 'structure',
      claim: claim('evidence-break', text, [eventFigure(levels, 'level_break', event)], levels.frame),
    },
  ]
}

/** Ten days of bars. */
const breakBars = (reader: FrameReader): number => Math.round(864_000_000 / reader.candles.step)

function nearness(reading: Reading): readonly (Evidence | undefined)[] {
  const { levels } = reading
  const all = reading.nearLevels
  const above = all.findLast((level) => level.kind === 'resistance')
  if (above === undefined || above.tests === 0 || above.distanceAtr > 2) return []
  const tests: Figure = {
    name: 'tests',
    value: above.tests,
    unit: 'count',
    method: testsMethod(above),
    at: levels.closeAt(levels.last),
  }
  const text = `Resistance at ${sayPrice(above.price)}, ${sayPercent(above.distancePct)} away, has turned price back ${above.tests === 1 ? 'once' : `${plural(above.tests, 'time')}`}.`
  return [{ side: 'against', group: 'structure', claim: claim('evidence-resistance', text, [tests], levels.frame) }]
}

function depth(reading: Reading): readonly (Evidence | undefined)[] {
  const { now, asset } = reading
  const drawdown = now.figure('below the high', `drawdown(${yearBefore(reading)}).current`)
  if (!(drawdown.value < -20)) return []
  const text = `${asset} is still ${sayPercent(drawdown.value)} below its high of ${sayYear(reading)}.`
  return [{ side: 'against', group: 'trend', claim: claim('evidence-drawdown', text, [drawdown], now.frame) }]
}
