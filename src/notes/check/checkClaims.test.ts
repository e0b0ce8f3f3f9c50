import { describe, expect, it } from 'vitest'
import { judge } from '../../../test/support/judging.ts'
import { totalsOf } from './checkClaims.ts'

describe('totalsOf', () => {
  it('counts every verdict', () => {
    const answers = [
      judge('kind: arithmetic, expr: "1", expect: { above: 0 }'),
      judge('kind: arithmetic, expr: "1", expect: { above: 1 }'),
      judge('kind: value, metric: close, asset: ETH, at: 2025-04-01, expect: { below: 0 }'),
      judge('kind: value, metric: mvrv, asset: ETH, at: 2025-04-01, expect: { below: 0 }'),
    ]
    expect(totalsOf(answers)).toEqual({ supported: 1, contradicted: 1, inconsistent: 1, 'not-checkable': 1 })
  })
})
