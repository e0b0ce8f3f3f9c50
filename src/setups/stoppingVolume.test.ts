import { describe, expect, it } from 'vitest'
import { candlesOf, type Row } from '../../test/support/madeCandles.ts'
import { describeMirror, describeSetupContract } from '../../test/support/setupContract.ts'
import { detect } from './detect.ts'
import { stoppingVolume } from './stoppingVolume.ts'

describeSetupContract('stoppingVolume', stoppingVolume, {}, 6000)
describeMirror(stoppingVolume, {}, { stopping_volume: 'buying_climax' })

/** Falls by 1 a bar, from 200, at volume 100. */
const falling = (length: number): Row[] =>
  Array.from({ length }, (_, i) => [200 - i, 200.5 - i, 198.5 - i, 199 - i, 100])
const found = (rows: readonly Row[]) => detect(stoppingVolume, {}, candlesOf(rows))
/** Range 10, lower shadow 5, body 3. */
const climax: Row = [141, 143, 133, 138, 101]

describe('stoppingVolume', () => {
  it('is the highest volume of 60 bars with a long lower shadow and a small body under a falling average', () => {
    const [event, ...others] = found([...falling(59), climax])
    expect(others).toEqual([])
    expect(event).toMatchObject({ setup: 'stopping_volume', bar: 59, side: 'long' })
    expect(event!.evidence).toMatchObject({ shadow_pct: 50, body_pct: 30, volume: 101, volume_ratio: 1.01, close: 138 })
  })

  it('needs 60 bars', () => {
    expect(found([...falling(58), climax])).toEqual([])
  })

  it('wants more volume than any of the 59 before', () => {
    const rows = falling(60)
    rows[1] = [199, 199.5, 197.5, 198, 101]
    expect(found([...rows, climax])).toEqual([])
    rows[1] = [199, 199.5, 197.5, 198, 100]
    rows[0] = [200, 200.5, 198.5, 199, 500]
    expect(found([...rows, climax])).toHaveLength(1)
  })

  it('wants a lower shadow of 40 % of the range', () => {
    expect(found([...falling(59), [141, 143, 133, 137, 101]])).toHaveLength(0)
    expect(found([...falling(59), [140, 143, 133, 137, 101]])).toHaveLength(1)
    expect(found([...falling(59), [139, 143, 133, 136.9, 101]])).toHaveLength(0)
  })

  it('wants a body of at most 35 % of the range', () => {
    expect(found([...falling(59), [141.5, 143, 133, 138, 101]])).toHaveLength(1)
    expect(found([...falling(59), [141.6, 143, 133, 138, 101]])).toHaveLength(0)
  })

  it('wants the close below the average', () => {
    expect(found([...falling(59), [180, 182, 160, 178, 101]])).toEqual([])
  })

  it('finds nothing where volume is unknown', () => {
    const silent = [...falling(59), climax].map(([o, h, l, c]): Row => [o, h, l, c, NaN])
    expect(found(silent)).toEqual([])
  })
})
