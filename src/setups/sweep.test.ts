import { describe, expect, it } from 'vitest'
import { candlesOf, type Row } from '../../test/support/madeCandles.ts'
import { describeMirror, describeSetupContract } from '../../test/support/setupContract.ts'
import { detect } from './detect.ts'
import { sweep } from './sweep.ts'

describeSetupContract('sweep', sweep, {})
describeMirror(sweep, {}, { sweep: 'sweep_high' })

const quiet = (length: number): Row[] => Array.from({ length }, () => [100, 101, 99, 100, 10])
const found = (rows: readonly Row[]) => detect(sweep, {}, candlesOf(rows))

describe('sweep', () => {
  it('is a low under the lowest of 20 bars with the close back above it', () => {
    expect(found([...quiet(20), [100, 100.5, 97, 99.5, 10]])).toEqual([
      { setup: 'sweep', bar: 20, side: 'long', pivot: 19, evidence: { level: 99, extreme: 97, close: 99.5 } },
    ])
  })

  it('mirrors at the high', () => {
    expect(found([...quiet(20), [100, 103, 99.5, 100.5, 10]])).toEqual([
      { setup: 'sweep_high', bar: 20, side: 'short', pivot: 19, evidence: { level: 101, extreme: 103, close: 100.5 } },
    ])
  })

  it('wants the close above the level, not on it', () => {
    expect(found([...quiet(20), [100, 100.5, 97, 99, 10]])).toEqual([])
  })

  it('wants the low under the level, not on it', () => {
    expect(found([...quiet(20), [100, 100.5, 99, 100, 10]])).toEqual([])
  })

  it('looks at 20 bars and no more', () => {
    const deep: Row = [100, 101, 95, 100, 10]
    const swept: Row = [100, 100.5, 97, 99.5, 10]
    expect(found([deep, ...quiet(19), swept])).toEqual([])
    expect(found([deep, ...quiet(20), swept])).toHaveLength(1)
  })

  it('needs 20 bars before it', () => {
    expect(found([...quiet(19), [100, 100.5, 97, 99.5, 10]])).toEqual([])
  })
})
