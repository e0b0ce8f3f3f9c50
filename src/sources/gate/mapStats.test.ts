import { describe, expect, it } from 'vitest'
import { BTC_KEY, LATER, btc, gatePerp, inverse, payload, resultOf, rowsOf } from '../../../test/support/gate.ts'
import { instant } from '../../core/instant.ts'
import { mapOpenInterestHistory, mapPositioning } from './mapStats.ts'

describe('statistics of contracts', () => {
  const grid = { interval: '5m', now: LATER } as const
  const at = 1603865400000
  const bucket = { ...BTC_KEY, interval: '5m', at, knownAt: at + 300_000 }

  it('tell open interest in contracts, its sides unknown, known when the window is over', () => {
    const mapped = mapOpenInterestHistory(payload('perp-openInterest-history'), btc, grid)
    const amount = { published: 124724, countedIn: 'contracts', sides: 'unknown', coins: expect.closeTo(12.4724, 12) }
    const value = { quoteValue: expect.closeTo(12.4724 * 8865, 6), price: 8865 }
    const convention = 'gate/open_interest_history/unknown-sides'
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([{ ...bucket, ...amount, ...value, convention }])
  })

  it('are worth what the venue says they are worth', () => {
    const is = gatePerp('SOME_USDT', { contractSize: 10 })
    const [row] = rowsOf(mapOpenInterestHistory(payload('perp-openInterest-history-2023'), is, grid))
    expect(row).toMatchObject({ coins: 28517250, quoteValue: expect.closeTo(9872386.7775, 6), price: 0.34619 })
  })

  it('of the inverse contract are dollars', () => {
    const { contract: _, ...stats } = resultOf('inverse-openInterest-socket') as Record<string, unknown>
    const [row] = rowsOf(mapOpenInterestHistory([stats], inverse, { ...grid, interval: '1m' }))
    const coins = expect.closeTo(22883730 / 87746.16, 9)
    expect(row).toMatchObject({ published: 22883730, coins, quoteValue: expect.closeTo(22883730, 6) })
  })

  it('give coins of the asset, not units of the instrument', () => {
    const is = gatePerp('1000PEPE_USDT', { contractSize: 10, multiplier: 1000 })
    const [row] = rowsOf(mapOpenInterestHistory(payload('perp-openInterest-history'), is, grid))
    expect(row).toMatchObject({ coins: 1247240000, price: 8.865, quoteValue: 1247240 * 8865 })
  })

  it('tell four ratios, each by its own definition', () => {
    const mapped = mapPositioning(payload('perp-openInterest-history'), btc, grid)
    const ratio = (measure: string, value: number, convention: string): object => ({
      ...bucket,
      measure,
      ratio: value,
      ...(measure === 'taker_ratio' ? {} : { longShare: value / (1 + value) }),
      convention,
    })
    expect(mapped.faults).toEqual([])
    expect(rowsOf(mapped)).toEqual([
      ratio('long_short_accounts', 0.5, 'gate/long_short_accounts/described-otherwise'),
      ratio('top_accounts', 1.5, 'gate/top_accounts/large'),
      ratio('top_positions', 1.02, 'gate/top_positions/large'),
      ratio('taker_ratio', 100, 'gate/taker_ratio/described-otherwise'),
    ])
  })

  it('read ratios as documented since 2025-07-31 from then on', () => {
    const [stats] = payload('perp-openInterest-history') as [object]
    const conventions = mapPositioning([{ ...stats, time: 1753920000 }], btc, grid).rows.map(
      ({ row }) => row['convention'],
    )
    expect(conventions).toContain('gate/long_short_accounts/users')
    expect(conventions).toContain('gate/taker_ratio/contracts')
  })

  it('tell what takers bought and sold where both are given', () => {
    const [stats] = payload('perp-openInterest-history') as [object]
    const both = { ...stats, lsr_taker: 2, long_taker_size: '2000', short_taker_size: '1000' }
    const takers = mapPositioning([both], btc, grid).rows.at(-1)?.row
    expect(takers).toMatchObject({ measure: 'taker_ratio', ratio: 2, boughtCoins: 0.2, soldCoins: 0.1 })
  })

  it('take a ratio of 0 for none, unless both sides say that it is one', () => {
    const [stats] = payload('perp-openInterest-history') as [object]
    const measures = (fields: object): unknown[] =>
      mapPositioning([{ ...stats, top_lsr_account: 0, ...fields }], btc, grid).rows.map(({ row }) => row['measure'])
    expect(measures({})).not.toContain('top_accounts')
    expect(measures({ top_long_account: 5, top_short_account: 0 })).not.toContain('top_accounts')
    expect(measures({ top_long_account: 0, top_short_account: 5 })).toContain('top_accounts')
  })

  it('of a window that is not over are left out', () => {
    const open = { interval: '5m', now: instant(at + 299_999) } as const
    expect(mapOpenInterestHistory(payload('perp-openInterest-history'), btc, open).rows).toEqual([])
    expect(mapPositioning(payload('perp-openInterest-history'), btc, open).rows).toEqual([])
  })
})
