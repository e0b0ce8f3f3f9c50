import { numberParam } from '../core/params.ts'
import { emaStream } from '../metrics/price/ema.ts'
import { sideOf, type Direction } from './direction.ts'
import type { Emit, SetupFamily } from './setup.ts'

/** Closes before a break that are looked at, and how many of them must lie on the other side. */
const BEFORE = 15
const LEAST_BELOW = 10
/** Closes after a break that confirm it, and that confirm it strongly. */
const CONFIRMING = 2
const CONFIRMING_STRONGLY = 3

/**
 * A break of the exponential moving average. `ema_break(n)`: the first close above EMA(n) with the close before at or below it,
 * after at least 10 of the 15 closes before below it (each against the EMA of its own bar). `ema_break_confirmed`: the next 2
 * closes stay above; `ema_break_confirmed.strong`: the next 3, an event of its own one close later; `ema_break_failed`: a close no
 * longer above before the second. Each names its break in `of`. `ema_break_down` and its states are the mirror.
 *
 * Parameter `n`: bars of the average, 20 unless said. Evidence of a break: `close`, `ema`, `closes_below` (`closes_above` for
 * the mirror) of the 15 before. Of its states: `close`, `ema`, `closes` since the break.
 * @see methods: structure
 * @example detect(emaBreak, { n: 20 }, candles).map((event) => event.setup) // ['ema_break', 'ema_break_confirmed']
 */
export const emaBreak: SetupFamily = {
  kinds: {
    ema_break: 'Break above the EMA',
    ema_break_confirmed: 'Break above the EMA, confirmed by 2 closes',
    'ema_break_confirmed.strong': 'Break above the EMA, confirmed by 3 closes',
    ema_break_failed: 'Break above the EMA, failed',
    ema_break_down: 'Break below the EMA',
    ema_break_down_confirmed: 'Break below the EMA, confirmed by 2 closes',
    'ema_break_down_confirmed.strong': 'Break below the EMA, confirmed by 3 closes',
    ema_break_down_failed: 'Break below the EMA, failed',
  },
  params: [{ name: 'n', kind: 'count', default: 20, min: 2 }],
  warmUp: (params) => numberParam(params, 'n') - 1 + BEFORE + CONFIRMING_STRONGLY,
  detector: (params, emit) => {
    const average = emaStream(numberParam(params, 'n'))
    const up = breakDetector('ema_break', 1, emit)
    const down = breakDetector('ema_break_down', -1, emit)
    return (bars, i) => {
      const close = bars.close[i] as number
      const ema = average(close)
      if (Number.isNaN(ema)) return
      up(close, ema, i)
      down(close, ema, i)
    }
  },
}

function breakDetector(
  name: string,
  direction: Direction,
  emit: Emit,
): (close: number, ema: number, i: number) => void {
  const confirmed = `${name}_confirmed`
  const strong = `${name}_confirmed.strong`
  const failed = `${name}_failed`
  const others = direction === 1 ? 'closes_below' : 'closes_above'
  const side = sideOf(direction)
  // One bit for each of the last 15 closes, set where it lay below.
  let below = 0
  let wasAbove = true
  let broken = -1

  const follow = (close: number, ema: number, i: number, isAbove: boolean): void => {
    const closes = i - broken
    const say = (setup: string): void => {
      emit({ setup, bar: i, side, of: { setup: name, bar: broken }, evidence: { close, ema, closes } })
    }
    if (!isAbove) {
      if (closes <= CONFIRMING) say(failed)
      broken = -1
    } else if (closes === CONFIRMING) say(confirmed)
    else if (closes === CONFIRMING_STRONGLY) {
      say(strong)
      broken = -1
    }
  }

  return (close, ema, i) => {
    const isAbove = direction * close > direction * ema
    if (broken >= 0) follow(close, ema, i, isAbove)
    else if (isAbove && !wasAbove) {
      const count = bitCount(below)
      if (count >= LEAST_BELOW) {
        broken = i
        emit({ setup: name, bar: i, side, evidence: { close, ema, [others]: count } })
      }
    }
    below = ((below << 1) | Number(direction * close < direction * ema)) & ((1 << BEFORE) - 1)
    wasAbove = isAbove
  }
}

function bitCount(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++
  return count
}
