import { describe, expect, it } from 'vitest'
import { candlesOfCloses } from '../../test/support/madeCandles.ts'
import { describeMirror, describeSetupContract } from '../../test/support/setupContract.ts'
import { detect } from './detect.ts'
import { emaBreak } from './emaBreak.ts'

describeSetupContract('emaBreak', emaBreak, { n: 20 })
describeMirror(
  emaBreak,
  { n: 20 },
  {
    ema_break: 'ema_break_down',
    ema_break_confirmed: 'ema_break_down_confirmed',
    'ema_break_confirmed.strong': 'ema_break_down_confirmed.strong',
    ema_break_failed: 'ema_break_down_failed',
  },
)

/** 40 falling closes, all below their average from bar 20 on; the average ends near 70.5. */
const falling = Array.from({ length: 40 }, (_, i) => 100 - i)
const setupsOf = (closes: readonly number[]) =>
  detect(emaBreak, { n: 20 }, candlesOfCloses(closes)).map((event) => [event.setup, event.bar])

describe('emaBreak', () => {
  it('breaks at the first close above, is confirmed by the second after it and strongly by the third', () => {
    expect(setupsOf([...falling, 80, 81, 82, 83, 84])).toEqual([
      ['ema_break', 40],
      ['ema_break_confirmed', 42],
      ['ema_break_confirmed.strong', 43],
    ])
  })

  it('names its break in every later state', () => {
    const [first, ...states] = detect(emaBreak, { n: 20 }, candlesOfCloses([...falling, 80, 81, 82, 83]))
    expect(first).toMatchObject({ side: 'long', evidence: { close: 80, closes_below: 15 } })
    expect(states.map((state) => state.of)).toEqual([
      { setup: 'ema_break', bar: 40 },
      { setup: 'ema_break', bar: 40 },
    ])
  })

  it('fails at a close back below before the confirmation', () => {
    expect(setupsOf([...falling, 80, 60, 59])).toEqual([
      ['ema_break', 40],
      ['ema_break_failed', 41],
    ])
    expect(setupsOf([...falling, 80, 81, 60])).toEqual([
      ['ema_break', 40],
      ['ema_break_failed', 42],
    ])
  })

  it('does not fail after its confirmation, and is not strong when the third close is back below', () => {
    expect(setupsOf([...falling, 80, 81, 82, 60])).toEqual([
      ['ema_break', 40],
      ['ema_break_confirmed', 42],
    ])
  })

  it('breaks again after a failure while 10 of the 15 closes before lie below', () => {
    expect(setupsOf([...falling, 80, 60, 85]).map(([setup]) => setup)).toEqual([
      'ema_break',
      'ema_break_failed',
      'ema_break',
    ])
  })

  it('wants 10 of the 15 closes before below the average', () => {
    const above = [80, 81, 82, 83, 84, 85]
    expect(
      setupsOf([...falling, ...above.slice(0, 5), 50, 90]).filter(([setup]) => setup === 'ema_break'),
    ).toHaveLength(2)
    expect(setupsOf([...falling, ...above, 50, 90]).filter(([setup]) => setup === 'ema_break')).toHaveLength(1)
  })

  it('takes a close on the average neither for above nor for below', () => {
    const flat = Array.from({ length: 40 }, () => 100)
    expect(setupsOf([...flat, 101, 102, 103])).toEqual([])
  })
})
