import { describe, expect, it } from 'vitest'
import { BTC_KEY, btc, payload, rowsOf } from '../../../test/support/gate.ts'
import { mapFundingPaid } from './mapFunding.ts'

describe('funding', () => {
  it('was paid at the time of its row', () => {
    const mapped = mapFundingPaid(payload('perp-funding-rest'), btc)
    const at = 1543968000000
    const row = { state: 'paid', at, knownAt: at, rate: 0.000157, hours: 8, convention: 'gate/funding/interval' }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...BTC_KEY, ...row }])
  })
})
