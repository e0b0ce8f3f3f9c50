import { array, assert, constantFrom, double, integer, property, record } from 'fast-check'
import { expect, test } from 'vitest'
import { spreadLabels, type WantedLabel } from './labels.ts'

const label = record({
  y: double({ min: 0, max: 300, noNaN: true }),
  height: integer({ min: 8, max: 20 }),
  weight: constantFrom(1, 3, 1000),
})

const sortedByPlace = (
  wanted: readonly WantedLabel[],
  places: readonly number[],
): readonly (readonly [number, number])[] =>
  places.map((y, i) => [y, wanted[i]!.height] as const).sort((a, b) => a[0] - b[0])

test('leaves labels alone that do not collide', () => {
  expect(
    spreadLabels(
      [10, 50, 90].map((y) => ({ y, height: 12, weight: 1 })),
      0,
      100,
    ),
  ).toEqual([10, 50, 90])
})

test('moves the light label and hardly the heavy one', () => {
  const [tag, level] = spreadLabels(
    [
      { y: 50, height: 12, weight: 1000 },
      { y: 51, height: 12, weight: 1 },
    ],
    0,
    100,
  ) as [number, number]
  expect(tag).toBeCloseTo(50, 1)
  expect(level).toBeCloseTo(62, 1)
})

test('gives nothing for nothing', () => {
  expect(spreadLabels([], 0, 100)).toEqual([])
})

test('never lets two labels overlap, in any column', () => {
  assert(
    property(array(label, { maxLength: 30 }), (wanted) => {
      const column = sortedByPlace(wanted, spreadLabels(wanted, 0, 300))
      for (let i = 1; i < column.length; i++) {
        const [[y1, h1], [y2, h2]] = [column[i - 1]!, column[i]!]
        expect(y2 - y1).toBeGreaterThanOrEqual((h1 + h2) / 2 - 1e-9)
      }
    }),
  )
})

test('keeps labels inside the column where they fit, in the order of their wishes', () => {
  assert(
    property(array(label, { minLength: 1, maxLength: 14 }), (wanted) => {
      const places = spreadLabels(wanted, 0, 300)
      places.forEach((y, i) => {
        expect(y).toBeGreaterThanOrEqual(wanted[i]!.height / 2 - 1e-9)
        expect(y).toBeLessThanOrEqual(300 - wanted[i]!.height / 2 + 1e-9)
        wanted.forEach((other, k) => {
          if (other.y < wanted[i]!.y) expect(places[k]!).toBeLessThan(y)
        })
      })
    }),
  )
})
