import { describe, expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'

it('shows the columns of its group, coverage in percent', () => {
  const frame = columnFrame({
    'open_interest.coins': [3, 2],
    'open_interest.usd': [30, 20],
    'open_interest.least': [2, 1],
    'open_interest.usdLeast': [20, 10],
    'open_interest.published': [4, 3],
    'open_interest.likeForLike': [3, 3],
    'open_interest.coverage': [1, 0.5],
    'open_interest.carried': [0, 0.25],
  })
  expect(outputsOf('open_interest', frame)).toEqual({
    coins: [3, 2],
    usd: [30, 20],
    coins_least: [2, 1],
    usd_least: [20, 10],
    published: [4, 3],
    like_for_like: [3, 3],
    coverage: [100, 50],
    carried: [0, 25],
  })
})

it('is gaps where nothing is held, as liquidations are', () => {
  const frame = columnFrame({ 'funding.annual': [1, 2] })
  expect(outputsOf('open_interest', frame)['coins']).toEqual([NaN, NaN])
  expect(outputsOf('liquidations', frame)).toEqual({ long: [NaN, NaN], short: [NaN, NaN] })
})

describe('a change of open interest', () => {
  // A second venue of 100 coins goes before the third bar, a third of 500 comes before the fifth.
  const columns = {
    'open_interest.coins': [200, 210, 110, 121, 621],
    'open_interest.least': [150, 157.5, 110, 121, 371],
    'open_interest.usd': [2000, 2310, 1320, 1452, 7452],
    'open_interest.price': [10, 11, 12, 12, 12],
    'open_interest.likeForLike': [200, 210, 210, 231, 231],
    'open_interest.chain': [1, 1, 1, 1, 1],
    'open_interest.coverage': [1, 1, 0.5, 0.5, 2 / 3],
  }
  const of = (id: string): readonly number[] =>
    outputsOf(id, columnFrame(columns))['value']!.map((pct) => Number(pct.toFixed(6)))

  it('is over the instruments that stay, not a fall where one goes nor a rise where one comes', () => {
    expect(of('change(open_interest.coins, 1d)')).toEqual([NaN, 5, 0, 10, 0])
    expect(of('change(open_interest.coins, 3d)')).toEqual([NaN, NaN, NaN, 15.5, 10])
    expect(of('change(open_interest.like_for_like, 1d)')).toEqual([NaN, 5, 0, 10, 0])
  })

  it('is its own where the same instruments are in it, and in dollars at the price where they are not', () => {
    expect(of('change(open_interest.usd, 1d)')).toEqual([NaN, 15.5, 9.090909, 10, 0])
    expect(of('change(open_interest.coins_least, 1d)')).toEqual([NaN, 5, 0, 10, 0])
  })

  it('of coverage is that of its column', () => {
    expect(of('change(open_interest.coverage, 1d)')).toEqual([NaN, 0, -50, 0, 33.333333])
  })

  it('cannot be said between bars that share no instrument', () => {
    const apart = columnFrame({ ...columns, 'open_interest.chain': [1, 1, 1, 2, 2] })
    expect(outputsOf('change(open_interest.coins, 2d)', apart)['value']!.slice(2)).toEqual([
      expect.closeTo(5, 9),
      NaN,
      NaN,
    ])
  })
})
