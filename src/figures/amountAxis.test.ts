import { assert, double, integer, property } from 'fast-check'
import { expect, test } from 'vitest'
import { amountAxis } from './amountAxis.ts'
import { layoutFor } from './figure.ts'
import { textWidth } from './textWidth.ts'

test('begins at 0 and has the largest amount at its right end', () => {
  const axis = amountAxis(layoutFor(960), { left: 10, right: 210 }, 8e6)
  expect([axis.x(0), axis.x(8e6)]).toEqual([10, 210])
  expect(axis.ticks.map(({ label }) => label)).toEqual(['0', '2m', '4m', '6m', '8m'])
})

test('has its 0 alone where there are no amounts', () => {
  expect(amountAxis(layoutFor(960), { left: 0, right: 100 }, 0).ticks.map(({ label }) => label)).toEqual(['0'])
})

test('never lets two amounts overlap, and none leave the axis', () => {
  assert(
    property(integer({ min: 60, max: 600 }), double({ min: 1, max: 1e13, noNaN: true }), (width, largest) => {
      const { ticks } = amountAxis(layoutFor(360), { left: 0, right: width }, largest)
      let end = -8
      for (const { from, label } of ticks) {
        expect(from).toBeGreaterThanOrEqual(end + 8 - 1e-9)
        end = from + textWidth(label, 11)
        expect(end).toBeLessThanOrEqual(width + 1e-9)
      }
    }),
  )
})
