import { describe, expect, it } from 'vitest'
import { candlesOf, randomCandles, type Row } from '../../../../test/support/madeCandles.ts'
import { frameAsOf, frameOf, startingAt } from '../../../../test/support/madeFrame.ts'
import { judge, PUBLISHED, requested } from '../../../../test/support/judging.ts'
import type { Frame } from '../../../core/frame.ts'
import { DAY_MS, formatDay, parseInstant } from '../../../core/instant.ts'
import { detect, setupEvents } from '../../../setups/detect.ts'
import { resolveSetup } from '../../../setups/registry.ts'

/** 60 flat days from 1 March with lows of 99; on each day named the low is 90 and the close back at 100. */
function sweptOn(...days: readonly string[]): Frame {
  const flat: Row = [100, 101, 99, 100, 10]
  const rows = Array.from({ length: 60 }, (): Row => flat)
  for (const [i, day] of days.entries()) {
    rows[(parseInstant(day) - parseInstant('2025-03-01')) / DAY_MS] = [100, 101, 90 - i, 100, 10]
  }
  return frameOf(startingAt('2025-03-01', candlesOf(rows)))
}

describe('an event claim', () => {
  const event = (expected: string) => `kind: event, setup: sweep, asset: ETH, interval: 1d, expect: ${expected}`
  const swept = { ETH: sweptOn('2025-04-09') }

  it('is supported on its day', () => {
    expect(judge(event('{ on: 2025-04-09 }'), swept)).toMatchObject({
      verdict: 'supported',
      found: '2025-04-09',
      unit: 'date',
      remarks: ['known at 2025-04-10T00:00:00Z'],
    })
  })

  it('is contradicted on another day, with the nearest one found', () => {
    expect(judge(event('{ on: 2025-04-10 }'), swept)).toMatchObject({
      verdict: 'contradicted',
      found: '2025-04-09',
      remarks: ['the nearest one is on 2025-04-09', 'known at 2025-04-10T00:00:00Z'],
    })
    const twice = { ETH: sweptOn('2025-03-28', '2025-04-09') }
    expect(judge(event('{ on: 2025-04-02 }'), twice).found).toBe('2025-03-28')
    expect(judge(event('{ on: 2025-04-04 }'), twice).found).toBe('2025-04-09')
  })

  it('is contradicted with nothing found where there never was one', () => {
    expect(judge(event('{ on: 2025-04-09 }'), { ETH: sweptOn() })).toMatchObject({
      verdict: 'contradicted',
      found: null,
      remarks: ['no such event in all that was known then'],
    })
  })

  it('is looked for on the one bar that opens at an instant', () => {
    expect(judge(event('{ on: 2025-04-09T00:00Z }'), swept).verdict).toBe('supported')
    expect(judge(event('{ on: 2025-04-08T00:00Z }'), swept).verdict).toBe('contradicted')
  })

  it('has the slack of so many bars on both sides', () => {
    expect(judge(event('{ on: 2025-04-11, withinBars: 2 }'), swept).verdict).toBe('supported')
    expect(judge(event('{ on: 2025-04-07, withinBars: 2 }'), swept).verdict).toBe('supported')
    expect(judge(event('{ on: 2025-04-12, withinBars: 2 }'), swept).verdict).toBe('contradicted')
    expect(judge(event('{ on: 2025-04-06, withinBars: 2 }'), swept).verdict).toBe('contradicted')
  })

  it('is supported between two days, both included', () => {
    for (const days of ['2025-04-09, 2025-04-11', '2025-04-01, 2025-04-09', '2025-04-09, 2025-04-09']) {
      expect(judge(event(`{ between: [${days}] }`), swept).verdict).toBe('supported')
    }
    expect(judge(event('{ between: [2025-04-10, 2025-04-20] }'), swept).verdict).toBe('contradicted')
    expect(judge(event('{ between: [2025-03-25, 2025-04-08] }'), swept).verdict).toBe('contradicted')
  })

  it('is judged by what was knowable when the note came out', () => {
    expect(requested(event('{ on: 2025-04-09 }'))).toMatchObject([{ asOf: 'published', interval: '1d' }])
    const later = { ETH: sweptOn('2025-04-23') }
    expect(judge(event('{ on: 2025-04-23 }'), later)).toMatchObject({
      verdict: 'not-checkable',
      found: null,
      missing: [expect.stringMatching(/not knowable at publication, as of 2025-04-23T16:00:00Z$/)],
    })
    expect(judge(event('{ between: [2025-04-20, 2025-04-30] }'), later).verdict).toBe('not-checkable')
    expect(judge(event('{ between: [2025-04-20, 2025-04-30] }'), { ETH: sweptOn('2025-04-22') }).verdict).toBe(
      'supported',
    )
  })

  it('is not checkable where the candles do not reach its days, or only some of them', () => {
    expect(judge(event('{ on: 2025-02-09 }'), swept)).toMatchObject({ verdict: 'not-checkable' })
    expect(judge(event('{ on: 2025-03-01 }'), swept)).toMatchObject({ verdict: 'not-checkable' })
    const short = { ETH: frameAsOf(sweptOn('2025-04-18'), parseInstant('2025-04-16')) }
    expect(judge(event('{ between: [2025-04-10, 2025-04-20] }'), short)).toMatchObject({
      verdict: 'not-checkable',
      missing: [
        expect.stringMatching(
          /^1d candles of ETH from 2025-03-21T00:00:00Z .* to 2025-04-21T00:00:00Z \(held: 2025-03-01.* to 2025-04-16/,
        ),
      ],
    })
  })

  it('means the day of the pivot where it says so', () => {
    const candles = startingAt('2024-01-01', randomCandles('pivots', 400))
    const frame = frameOf(candles, { asOf: parseInstant(PUBLISHED) })
    const { family, params, kind } = resolveSetup('bullish_divergence(rsi)')
    const all = setupEvents(family, params, candles, detect(family, params, candles))
    const [found] = all.filter(({ id, pivotAt, at }) => id.startsWith(kind) && pivotAt !== undefined && pivotAt < at)
    const { at, pivotAt, firstPivotAt } = found!
    const claim = (day: string, of: string) =>
      judge(`kind: event, setup: "bullish_divergence(rsi)", asset: ETH, expect: { on: ${day}${of} }`, { ETH: frame })
    const pivot = claim(formatDay(pivotAt!), ', of: pivot')
    expect(pivot).toMatchObject({ verdict: 'supported', found: formatDay(pivotAt!) })
    expect(pivot.remarks[0]).toBe(`it joins the pivots of ${formatDay(firstPivotAt!)} and ${formatDay(pivotAt!)}`)
    expect(claim(formatDay(at), '').verdict).toBe('supported')
    expect(claim(formatDay(at), ', of: pivot').verdict).toBe('contradicted')
  })

  it('says of a setup that it does not know', () => {
    const unknown = judge('kind: event, setup: sweeep, asset: ETH, expect: { on: 2025-04-09 }')
    expect(unknown).toMatchObject({ verdict: 'not-checkable', missing: [] })
    expect(unknown.remarks[0]).toMatch(/^no setup "sweeep" in this version; nearest: sweep/)
  })
})

describe('the warm-up of a setup', () => {
  const sweeps = 'kind: count, setup: sweep, asset: ETH, from: DAY, to: 2025-04-22, expect: { value: 0, within: 0 }'
  const crosses = 'kind: event, setup: macd_golden_cross, asset: ETH, expect: { on: DAY }'

  it('must be held before the days that are asked about', () => {
    const frames = { ETH: sweptOn() }
    expect(judge(sweeps.replace('DAY', '2025-03-21'), frames).verdict).toBe('supported')
    expect(judge(sweeps.replace('DAY', '2025-03-20'), frames)).toMatchObject({
      verdict: 'not-checkable',
      missing: [expect.stringMatching(/^1d candles of ETH from 2025-02-28T00:00:00Z \(20 bars before 2025-03-20/)],
    })
    expect(judge(crosses.replace('DAY', '2025-04-04'), frames).verdict).toBe('contradicted')
    expect(judge(crosses.replace('DAY', '2025-04-03'), frames).verdict).toBe('not-checkable')
  })

  it('must be without a gap, as must the days', () => {
    const whole = sweptOn()
    const holed = (bar: number) => {
      const candles = { ...whole.candles!, close: whole.candles!.close.with(bar, NaN) }
      return { ETH: { ...whole, candles } }
    }
    const claim = sweeps.replace('DAY', '2025-04-10')
    expect(judge(claim, holed(19)).verdict).toBe('supported')
    for (const bar of [20, 40, 52]) {
      expect(judge(claim, holed(bar))).toMatchObject({
        verdict: 'not-checkable',
        missing: [expect.stringMatching(/^1d candles of ETH from 2025-03-21.* without a gap \(1 missing\)/)],
      })
    }
    expect(judge(claim, holed(53)).verdict).toBe('supported')
  })

  it('is not asked for where the event is found', () => {
    const swept = { ETH: sweptOn('2025-03-25') }
    const claim = 'kind: event, setup: sweep, asset: ETH, expect: { between: [2025-03-10, 2025-04-30] }'
    expect(judge(claim, swept)).toMatchObject({ verdict: 'supported', found: '2025-03-25', missing: [] })
  })
})

describe('a count claim', () => {
  const count = (from: string, to: string, value: number) =>
    `kind: count, setup: sweep, asset: ETH, from: ${from}, to: ${to}, interval: 1d, expect: { value: ${value}, within: 0 }`
  const frames = { ETH: sweptOn('2025-03-25', '2025-04-09', '2025-04-22') }

  it('counts the days from one to the other, both included', () => {
    expect(judge(count('2025-03-25', '2025-04-22', 3), frames)).toMatchObject({
      verdict: 'supported',
      found: 3,
      unit: 'count',
      remarks: ['counted on 1d bars: 2025-03-25T00:00:00Z, 2025-04-09T00:00:00Z, 2025-04-22T00:00:00Z'],
    })
    expect(judge(count('2025-03-26', '2025-04-21', 1), frames).verdict).toBe('supported')
    expect(judge(count('2025-04-09', '2025-04-09', 1), frames).verdict).toBe('supported')
    expect(judge(count('2025-04-10', '2025-04-21', 0), frames)).toMatchObject({
      verdict: 'supported',
      found: 0,
      remarks: ['counted on 1d bars'],
    })
    expect(judge(count('2025-03-25', '2025-04-22', 2), frames)).toMatchObject({ verdict: 'contradicted', found: 3 })
  })

  it('is judged by what happened, also after the note', () => {
    expect(requested(count('2025-04-09', '2025-04-29', 1))).toMatchObject([{ asOf: 'now' }])
    expect(judge(count('2025-04-20', '2025-04-29', 1), { ETH: sweptOn('2025-04-26') }).found).toBe(1)
  })

  it('is not checkable where the candles cover a part of its days only', () => {
    expect(judge(count('2025-04-09', '2025-05-20', 2), frames).verdict).toBe('not-checkable')
    expect(judge(count('2025-02-01', '2025-04-22', 3), frames).verdict).toBe('not-checkable')
  })
})
