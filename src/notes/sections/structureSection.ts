import { DAY_MS, formatDay, instant } from '../../core/instant.ts'
import { claim, type Claim, type Figure } from '../claim.ts'
import { LEVEL_BARS, testsMethod, type NoteLevel } from '../levels.ts'
import type { Section } from '../note.ts'
import type { Reading } from '../reading.ts'
import { eventFigure, recentEvents } from '../recent.ts'
import { takenBackAt } from '../voided.ts'
import { plural, sayDay, sayPercent, sayPrice, sayTimes, sentence } from '../wording.ts'

/** Channel, levels with their tests and flips, and what was broken lately. */
export function structureSection(reading: Reading): Section {
  const levels = reading.nearLevels
  const above = levels.findLast((level) => level.kind === 'resistance')
  const below = levels.find((level) => level.kind === 'support')
  const parts = [
    channelEdges(reading),
    channelChoice(reading),
    above === undefined ? undefined : levelClaim(reading, above),
    below === undefined ? undefined : levelClaim(reading, below),
    lastBreak(reading),
    flip(
      reading,
      [above, below].filter((level) => level !== undefined),
    ),
  ]
  return {
    id: 'structure',
    title: 'Structure',
    finding: position(reading, above, below),
    claims: parts.filter((part) => part !== undefined),
    figures: [],
    missing: missing(reading),
  }
}

function position(reading: Reading, above: NoteLevel | undefined, below: NoteLevel | undefined): Claim {
  const { now, asset } = reading
  const price = now.figure('price', 'close')
  const figures = [above, below].flatMap((level) => (level === undefined ? [] : [levelFigure(reading, level)]))
  const text =
    above !== undefined && below !== undefined
      ? `At ${sayPrice(price.value)} ${asset} stands between ${sayPrice(below.price)} and ${sayPrice(above.price)}.`
      : above !== undefined
        ? `At ${sayPrice(price.value)} ${asset} is below every level of its recent pivots; the nearest is ${sayPrice(above.price)}.`
        : below !== undefined
          ? `At ${sayPrice(price.value)} ${asset} is above every level of its recent pivots; the nearest is ${sayPrice(below.price)}.`
          : `Recent pivots of ${asset} form no level near ${sayPrice(price.value)}.`
  return claim('structure-position', text, [price, ...figures], reading.levels.frame)
}

function channelEdges(reading: Reading): Claim | undefined {
  const { daily } = reading
  const upper = daily.figure('upper edge', 'channel.upper')
  const lower = daily.figure('lower edge', 'channel.lower')
  if (Number.isNaN(upper.value)) return undefined
  const slope = daily.figure('slope', 'channel.slope_pct_per_bar')
  const toUpper = daily.figure('distance to the upper edge', 'channel.distance_upper_atr')
  const bars = daily.figure('length', 'channel.bars')
  const start = sayDay(instant(daily.closeAt(daily.last) - bars.value * daily.candles.step), reading.asOf)
  const direction = sayDirection(slope.value)
  const span = `a ${direction} channel, now ${sayPrice(lower.value)} to ${sayPrice(upper.value)}`
  const toLower = daily.figure('distance to the lower edge', 'channel.distance_lower_atr')
  const text =
    toUpper.value > 0
      ? `Since ${start} daily closes had kept within ${span}; the last close is ${sayAtr(toUpper.value)} its upper edge.`
      : toLower.value < 0
        ? `Since ${start} daily closes had kept within ${span}; the last close is ${sayAtr(toLower.value)} its lower edge.`
        : `Since ${start} daily closes have kept within ${span}; the last one is ${sayAtr(toUpper.value)} the upper edge.`
  return claim('structure-channel', text, [toUpper, upper, lower, slope, bars], daily.frame)
}

/** `falling`, `flat` or `rising`, from percent a day. */
export function sayDirection(slope: number): string {
  if (Math.abs(slope) < 0.05) return 'flat'
  return slope > 0 ? 'rising' : 'falling'
}

const sayAtr = (atr: number): string =>
  `${Math.abs(atr).toFixed(1)} average ranges (ATR) ${atr > 0 ? 'above' : 'below'}`

function channelChoice(reading: Reading): Claim | undefined {
  const { daily } = reading
  const count = daily.figure('admissible channels', 'channel.admissible')
  if (!(count.value > 1)) return undefined
  const low = daily.figure('lowest upper edge', 'channel.upper_min')
  const high = daily.figure('highest upper edge', 'channel.upper_max')
  const text = `It is one of ${plural(count.value, 'channel')} that fit, whose upper edges lie from ${sayPrice(low.value)} to ${sayPrice(high.value)}: a choice, not a fact.`
  return claim('structure-channel-choice', text, [count, low, high], daily.frame)
}

function levelFigure(reading: Reading, level: NoteLevel): Figure {
  const { levels } = reading
  const name = level.kind === 'resistance' ? 'levels.nearest_above' : 'levels.nearest_below'
  return { ...levels.figure(level.kind, name), name: `${level.kind} level` }
}

function levelClaim(reading: Reading, level: NoteLevel): Claim {
  const { levels } = reading
  const span = `${Math.round((LEVEL_BARS * levels.candles.step) / DAY_MS)} days of ${levels.frame.interval} candles`
  const tested =
    level.tests === 0
      ? `has not turned price back in ${span}`
      : `turned price back ${sayTimes(level.tests)} in ${span}, last on ${sayDay(level.lastTest ?? reading.asOf, reading.asOf)}`
  const side = level.kind === 'resistance' ? 'above' : 'below'
  const text = `${sentence(level.kind)} at ${sayPrice(level.price)}, ${sayPercent(level.distancePct)} ${side}, comes from ${plural(level.pivots, 'pivot')} and ${tested}.`
  const tests: Figure = {
    name: 'tests',
    value: level.tests,
    unit: 'count',
    method: testsMethod(level),
    at: levels.closeAt(levels.last),
  }
  return claim(`structure-${level.kind}`, text, [tests, levelFigure(reading, level)], levels.frame)
}

function lastBreak(reading: Reading): Claim | undefined {
  const { levels, asOf } = reading
  const event = recentEvents(levels, 'level_break', 60).at(-1)
  if (event === undefined) return undefined
  const price = Number(event.evidence['level'])
  const close = levels.figure('close', 'close', levels.barOf(event.at))
  const back = takenBackAt(levels, event, price)
  const end = back === undefined ? '' : `; a close on ${sayDay(back, asOf)} took it back`
  const text = `The last level it broke was ${sayPrice(price)}, ${event.side === 'long' ? 'upwards' : 'downwards'}, with the ${levels.frame.interval} close of ${sayDay(event.at, asOf)} at ${sayPrice(close.value)}${end}.`
  return claim('structure-break', text, [close, eventFigure(levels, 'level_break', event)], levels.frame)
}

function flip(reading: Reading, nearby: readonly NoteLevel[]): Claim | undefined {
  const { levels, asOf } = reading
  for (const level of nearby) {
    const event = recentEvents(levels, `level_flip(${level.price})`, LEVEL_BARS).at(-1)
    if (event === undefined) continue
    const [became, before] = event.side === 'long' ? ['support', 'resistance'] : ['resistance', 'support']
    const text = `${sayPrice(level.price)} changed sides: on ${sayDay(event.at, asOf)} it acted as ${became}, having been ${before} before.`
    const figure = eventFigure(levels, `level_flip(${level.price})`, event)
    return claim('structure-flip', text, [figure], levels.frame)
  }
  return undefined
}

function missing(reading: Reading): readonly string[] {
  const coarse =
    reading.fourHour === undefined
      ? [
          'Levels come from daily candles only and are coarser than from 4h candles, which this store cannot give for the past year.',
        ]
      : []
  const noChannel = Number.isNaN(reading.daily.column('channel.upper')[reading.daily.last] ?? NaN)
    ? [
        `No channel meets the definition at the close of ${formatDay(instant(reading.daily.closeAt(reading.daily.last) - 1))}.`,
      ]
    : []
  return [...coarse, ...noChannel]
}
