import { describe, expect, it } from 'vitest'
import { BTC_KEY, LATER, gateContext, gatePerp, payload, rowsOf } from '../../../test/support/gate.ts'
import { contextOf } from '../../../test/support/wire.ts'
import { mapContracts } from './mapContracts.ts'

describe('contracts', () => {
  const now = { at: LATER, knownAt: LATER }

  it('tell open interest of one side and the funding expected next', () => {
    const mapped = mapContracts(payload('perp-instrument-rest'), gateContext)
    const coins = expect.closeTo(522.3816, 9)
    const amount = { published: 5223816, countedIn: 'contracts', sides: 'one', coins, price: 37985.6 }
    const quoteValue = expect.closeTo(522.3816 * 37985.6, 3)
    const oi = { ...amount, quoteValue, convention: 'gate/open_interest/long-positions' }
    const next = {
      state: 'expected',
      rate: 0.002053,
      hours: 8,
      markPrice: 37985.6,
      convention: 'gate/funding/interval',
    }
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([
      { ...BTC_KEY, interval: 'live', ...now, ...oi },
      { ...BTC_KEY, ...now, ...next },
    ])
  })

  it('are read with sizes that are numbers too', () => {
    const is = gatePerp('0G_USDT', { contractSize: 1 })
    const mapped = mapContracts(payload('perp-instrument-rest-2026'), contextOf('gate', [is]))
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toMatchObject([{ coins: 783779 }, { rate: -0.003216 }])
  })

  it('of the inverse settlement count dollars', () => {
    const [oi] = rowsOf(mapContracts(payload('inverse-instrument-rest'), gateContext))
    expect(oi).toMatchObject({ published: 4323221, coins: expect.closeTo(4323221 / 4121.41, 9) })
  })

  it('that do not trade yet or no more are left out', () => {
    const [row] = payload('perp-instrument-rest') as [object]
    const gone = { ...row, name: 'GONE_USDT', status: 'delisted' }
    const emptied = { ...row, name: 'EMPTY_USDT', in_delisting: true, position_size: '0' }
    expect(mapContracts([gone, emptied], gateContext)).toEqual({ rows: [], faults: [] })
  })
})
