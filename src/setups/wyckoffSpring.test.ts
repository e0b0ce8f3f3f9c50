import { describe, expect, it } from 'vitest'
import { candlesOf, type Row } from '../../test/support/madeCandles.ts'
import { describeMirror, describeSetupContract } from '../../test/support/setupContract.ts'
import { detect } from './detect.ts'
import { wyckoffSpring } from './wyckoffSpring.ts'

describeSetupContract('wyckoffSpring', wyckoffSpring, {}, 6000)
describeMirror(wyckoffSpring, {}, { wyckoff_spring: 'wyckoff_upthrust' })

const range: Row = [100, 101, 99, 100, 10]
const ranging = (length: number): Row[] => Array.from({ length }, () => range)
const low: Row = [100, 101, 98, 100, 10]
/** A range with its low of 98 at bar 30 and `after` bars behind it; the true range is 2 to 3. */
const withLow = (after: number): Row[] => [...ranging(30), low, ...ranging(after)]
const found = (rows: readonly Row[]) => detect(wyckoffSpring, {}, candlesOf(rows))

const spring: Row = [100, 100.5, 97, 99, 10]
const pierced: Row = [100, 100.5, 97, 97.5, 10]
const under: Row = [97.5, 97.8, 96.5, 97.4, 10]
const back: Row = [97.4, 99, 97.2, 98.5, 10]

describe('wyckoffSpring', () => {
  it('is a low under a pivot low that held, with the close back above it', () => {
    expect(found([...withLow(39), spring])).toEqual([
      {
        setup: 'wyckoff_spring',
        bar: 70,
        side: 'long',
        pivot: 30,
        evidence: {
          support: 98,
          extreme: 97,
          close: 99,
          bars_to_reclaim: 0,
          volume: 'ordinary',
          volume_percentile: 0,
        },
      },
    ])
  })

  it('waits up to 3 bars for the close, and keeps the lowest low on the way', () => {
    const [event] = found([...withLow(39), pierced, under, back])
    expect(event).toMatchObject({ bar: 72, evidence: { bars_to_reclaim: 2, extreme: 96.5, close: 98.5 } })
    expect(found([...withLow(39), pierced, under, under, back])).toHaveLength(1)
    expect(found([...withLow(39), pierced, under, under, under, back])).toEqual([])
  })

  it('wants the close above the support, not on it', () => {
    expect(found([...withLow(39), [100, 100.5, 97, 98, 10]])).toEqual([])
  })

  it('takes a support of 20 to 120 bars', () => {
    expect(found([...withLow(18), spring])).toEqual([])
    expect(found([...withLow(19), spring])).toHaveLength(1)
    expect(found([...withLow(119), spring])).toHaveLength(1)
    expect(found([...withLow(120), spring])).toEqual([])
  })

  it('springs once from a support', () => {
    expect(found([...withLow(39), spring, range, range, spring])).toHaveLength(1)
    expect(found([...withLow(39), pierced, under, under, under, back, spring])).toEqual([])
  })

  it('wants 10 bars near the support in between', () => {
    const away: Row[] = Array.from({ length: 30 }, () => [120, 121, 119, 120, 10])
    expect(found([...withLow(8), ...away, [120, 121, 97, 99, 10]])).toEqual([])
    expect(found([...withLow(10), ...away, [120, 121, 97, 99, 10]])).toHaveLength(1)
  })

  it('names the volume of the bar that pierced the support', () => {
    const volumeOf = (volume: number) =>
      found([...withLow(39), [...pierced.slice(0, 4), volume] as unknown as Row, back])[0]!.evidence['volume']
    expect(volumeOf(50)).toBe('shakeout')
    expect(volumeOf(1)).toBe('quiet')
    expect(volumeOf(10)).toBe('ordinary')
  })

  it('does not know the volume before 60 bars', () => {
    const [event] = found([...withLow(20), spring])
    expect(event!.evidence).toMatchObject({ volume: 'unknown' })
    expect(event!.evidence).not.toHaveProperty('volume_percentile')
  })

  it('names the floor where one close reclaims two supports', () => {
    const higher: Row = [100, 101, 98.5, 100, 10]
    const rows = [...withLow(15), higher, ...ranging(25), [100, 100.5, 97, 99.5, 10] as Row]
    expect(found(rows).map((event) => event.evidence['support'])).toEqual([98])
  })

  it('names the support reclaimed first, then the deeper one', () => {
    const higher: Row = [100, 101, 98.9, 100, 10]
    const rows = [...withLow(15), higher, ...ranging(25), [100, 100.5, 97, 98.5, 10] as Row, range]
    expect(found(rows).map((event) => [event.bar, event.evidence['support']])).toEqual([
      [72, 98],
      [73, 98.9],
    ])
  })
})
