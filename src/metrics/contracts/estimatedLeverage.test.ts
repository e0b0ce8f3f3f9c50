import { expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'

const interest = {
  'open_interest.coins': [208, 208, NaN, 208],
  'open_interest.published': [416, 416, NaN, 416],
  'open_interest.least': [104, 208, NaN, 208],
}

it('is open interest over the coins in the wallets: comparable, as published, and the least it can be', () => {
  const frame = columnFrame({ ...interest, 'wallets.coins': [100, 100, 100, 100] })
  const { value, published, least } = outputsOf('estimated_leverage', frame)
  expect([value![0], published![0], least![0]]).toEqual([2.08, 4.16, 1.04])
})

it('is a gap without either, and where the list of wallets is empty', () => {
  const frame = columnFrame({ ...interest, 'wallets.coins': [NaN, 0, 100, 100] })
  expect(outputsOf('estimated_leverage', frame)['value']).toEqual([NaN, NaN, NaN, 2.08])
})
