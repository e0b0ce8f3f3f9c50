import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'
import { cumulativeDelta } from './cvd.ts'

const flows = {
  'perp_flow.bought': [30, 10, NaN, 20, 5],
  'perp_flow.sold': [10, 25, NaN, 5, 5],
  'spot_flow.bought': [1, 2, 3, 4, 5],
  'spot_flow.sold': [0, 0, 0, 0, 0],
}

it('sums what takers bought less what they sold, and goes on after a gap from where it stood', () => {
  const { value, delta } = outputsOf('cvd(futures)', columnFrame(flows))
  expect(value).toEqual([20, 5, NaN, 20, 20])
  expect(delta).toEqual([20, -15, NaN, 15, 0])
})

it('is of futures unless spot is asked for', () => {
  expect(outputsOf('cvd', columnFrame(flows))).toEqual(outputsOf('cvd(futures)', columnFrame(flows)))
  expect(outputsOf('cvd(spot)', columnFrame(flows))['value']).toEqual([1, 3, 6, 10, 15])
})

it('begins on the day of its anchor, and with the first bar where that is earlier', () => {
  const of = (from: string) => outputsOf(`cvd(spot, ${from})`, columnFrame(flows))
  expect(of('1970-01-04')['value']).toEqual([NaN, NaN, NaN, 4, 9])
  expect(of('1969-12-01')['value']).toEqual([1, 3, 6, 10, 15])
  expect(of('1970-02-01')['value']).toEqual([NaN, NaN, NaN, NaN, NaN])
  // The bar's own delta has no anchor.
  expect(of('1970-01-04')['delta']).toEqual([1, 2, 3, 4, 5])
})

it('is a gap everywhere where a market has no taker volume', () => {
  const { 'spot_flow.bought': bought, 'spot_flow.sold': sold } = flows
  const frame = columnFrame({ 'spot_flow.bought': bought, 'spot_flow.sold': sold })
  expect(outputsOf('cvd(futures)', frame)['value']).toEqual([NaN, NaN, NaN, NaN, NaN])
})

it('differs between two anchors by one number', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 2, maxLength: 40 })
  fc.assert(
    fc.property(amounts, amounts, fc.nat(), (a, b, at) => {
      const length = Math.min(a.length, b.length)
      const [bought, sold] = [Float64Array.from(a.slice(0, length)), Float64Array.from(b.slice(0, length))]
      const from = at % length
      const [whole, later] = [cumulativeDelta(bought, sold), cumulativeDelta(bought, sold, from)]
      const before = from === 0 ? 0 : whole[from - 1]!
      for (let i = from; i < length; i++) expect(whole[i]! - later[i]!).toBe(before)
    }),
    { seed: 1 },
  )
})
