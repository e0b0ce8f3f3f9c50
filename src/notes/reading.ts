import { closeAt } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { DAY_MS, type InstantMs } from '../core/instant.ts'
import { median } from '../core/sum.ts'
import { channelAt, type Channel } from '../metrics/structure/channel.ts'
import { candleSignals, type CandleSignals } from './candleEvents.ts'
import type { ContractReading } from './contractReading.ts'
import { noteDivergences, type NoteDivergence } from './divergences.ts'
import { frameReader, type FrameReader } from './frameReader.ts'
import type { MacroReading } from './macroReading.ts'
import { noteLevels, type NoteLevel } from './levels.ts'

/** The asset's candles by day and, where there are any, by four hours. */
export interface ReadFrames {
  readonly asset: string
  readonly asOf: InstantMs
  readonly simulated: boolean
  readonly daily: FrameReader
  readonly fourHour: FrameReader | undefined
  /** The frame that knows the latest price. */
  readonly now: FrameReader
  /** Where levels and their tests are counted. */
  readonly levels: FrameReader
}

/** Everything a note is written from: the candles, and what several of its parts speak of, found once. */
export interface Reading extends ReadFrames {
  readonly nearLevels: readonly NoteLevel[]
  readonly candleSignals: CandleSignals
  readonly divergences: readonly NoteDivergence[]
  /** The channel that the last day is judged against. */
  readonly channel: Channel | undefined
  /** Where open interest is held. */
  readonly contracts?: ContractReading
  /** Of a real market. */
  readonly macro?: MacroReading
}

/** Bars of a frame that hold a candle. */
export const barsHeld = ({ candles }: Frame): number =>
  candles?.close.reduce((count, close) => count + Number(!Number.isNaN(close)), 0) ?? 0

/** Daily bars that every measure of a note needs before its last one. */
export const DAYS_NEEDED = 60

/**
 * A reading from its frames. Four-hour candles are left aside where they end before the daily ones, since they would show an old
 * price; where they begin later than the past year and than the daily ones, since they would not know its high; where only one of the
 * two is simulated; and where the two do not price the asset alike.
 * @param daily - daily candles as of T
 * @param fourHour - four-hour candles as of the same T, where the store can give them
 */
export function readingOf(daily: Frame, fourHour: Frame | undefined): Reading | undefined {
  if (daily.candles === undefined || barsHeld(daily) < DAYS_NEEDED) return undefined
  const days = frameReader(daily, daily.candles)
  const fine = fourHour === undefined ? undefined : fresh(fourHour, days)
  const frames: ReadFrames = {
    asset: daily.asset,
    asOf: daily.asOf,
    simulated: isSimulated(daily),
    daily: days,
    fourHour: fine,
    now: fine ?? days,
    levels: fine ?? days,
  }
  return {
    ...frames,
    nearLevels: noteLevels(frames),
    candleSignals: candleSignals(frames),
    divergences: noteDivergences(frames),
    channel: channelAt(days.candles),
  }
}

const YEAR_MS = 365 * DAY_MS
const isSimulated = ({ inputs }: Frame): boolean => inputs.some(({ simulated }) => simulated)

function fresh(frame: Frame, days: FrameReader): FrameReader | undefined {
  if (frame.candles === undefined || frame.candles.length < DAYS_NEEDED) return undefined
  const reader = frameReader(frame, frame.candles)
  const since = Math.max(days.candles.start, days.frame.asOf - YEAR_MS)
  const reaches = closeAt(reader.candles, reader.last) >= closeAt(days.candles, days.last)
  const isSame = isSimulated(frame) === isSimulated(days.frame) && arePriced(reader, days)
  return reaches && frame.candles.start <= since + DAY_MS && isSame ? reader : undefined
}

/** Days over which two series must agree before a note reads both, and how far their closes may be apart. */
const PARITY_DAYS = 30
const PARITY = 0.02

/** True where two series price one asset alike: one quote, and the median of their daily closes apart by less than 2 %. */
function arePriced(fine: FrameReader, days: FrameReader): boolean {
  const [a, b] = [fine, days].map(({ frame }) => frame.inputs[0]?.quote)
  if (a !== b) return false
  const apart: number[] = []
  for (let bar = Math.max(0, days.last - PARITY_DAYS + 1); bar <= days.last; bar++) {
    const same = fine.candles.close[fine.barOf(closeAt(days.candles, bar)) - 1]
    const difference = Math.abs((same ?? NaN) / (days.candles.close[bar] ?? NaN) - 1)
    if (!Number.isNaN(difference)) apart.push(difference)
  }
  return median(apart) < PARITY
}
