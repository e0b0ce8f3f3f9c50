import { describe, expect, it } from 'vitest'
import { candlesOfCloses } from '../../test/support/madeCandles.ts'
import { barAt } from '../core/candles.ts'
import { detect, setupEvents, streamSetup } from './detect.ts'
import type { SetupFamily } from './setup.ts'

/** Emits every third bar of a run, with all that an event may carry. */
const thirds: SetupFamily = {
  kinds: { third: 'Third bar', 'third.close': 'Third bar, its close' },
  params: [{ name: 'n', kind: 'count', default: 3 }],
  warmUp: () => 2,
  detector: (params, emit) => (bars, i) => {
    if (i % Number(params['n']) !== 2) return
    emit({ setup: 'third', bar: i, side: 'neutral', pivot: i - 1, firstPivot: i - 2, evidence: {} })
    const of = { setup: 'third', bar: i }
    emit({ setup: 'third.close', bar: i, side: 'neutral', of, evidence: { close: bars.close[i]! } })
  },
}

const candles = candlesOfCloses([1, 2, 3, NaN, 5, 6, 7, 8, NaN, NaN, 11])

describe('detect', () => {
  it('starts afresh after a gap and counts bars from the first candle', () => {
    const found = detect(thirds, { n: 3 }, candles)
    expect(found.map((event) => [event.setup, event.bar, event.pivot, event.firstPivot, event.of?.bar])).toEqual([
      ['third', 2, 1, 0, undefined],
      ['third.close', 2, undefined, undefined, 2],
      ['third', 6, 5, 4, undefined],
      ['third.close', 6, undefined, undefined, 6],
    ])
    expect(found.at(-1)!.evidence).toEqual({ close: 7 })
  })
})

describe('streamSetup', () => {
  it('gives each bar the events that it completes', () => {
    const push = streamSetup(thirds, { n: 3 })
    const counts = Array.from({ length: candles.length }, (_, i) => push(barAt(candles, i)).length)
    expect(counts).toEqual([0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0])
  })

  it('grows past its first columns', () => {
    const long = candlesOfCloses(Array.from({ length: 2000 }, (_, i) => 100 + Math.sin(i)))
    const push = streamSetup(thirds, { n: 3 })
    const streamed = Array.from({ length: long.length }, (_, i) => push(barAt(long, i))).flat()
    expect(streamed).toEqual(detect(thirds, { n: 3 }, long))
  })
})

describe('setupEvents', () => {
  it('names events by setup, parameters and open of their bar', () => {
    const events = setupEvents(thirds, { n: 3 }, candles, detect(thirds, { n: 3 }, candles))
    expect(events[0]).toEqual({
      id: 'third(3)@1970-01-03T00:00:00Z',
      at: Date.UTC(1970, 0, 3),
      knownAt: Date.UTC(1970, 0, 4),
      pivotAt: Date.UTC(1970, 0, 2),
      firstPivotAt: 0,
      side: 'neutral',
      evidence: {},
    })
    expect(events[1]).toMatchObject({
      id: 'third(3).close@1970-01-03T00:00:00Z',
      of: 'third(3)@1970-01-03T00:00:00Z',
    })
    expect(events[1]).not.toHaveProperty('pivotAt')
  })
})
