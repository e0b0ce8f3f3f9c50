import { expect, it } from 'vitest'
import { beyondFaults } from './beyondFaults.ts'

const outages = [
  { from: 100, to: 200 },
  { from: 150, to: 180 },
  { from: 260, to: 300 },
  { from: 900, to: 950 },
]

it.each([
  ['lies inside of its fault', { from: 110, to: 190 }, 0],
  ['begins before and ends behind it', { from: 90, to: 230 }, 10 + 30],
  ['has no fault', { from: 400, to: 700 }, 300],
  ['touches one only', { from: 300, to: 320 }, 20],
  ['has two, and little between', { from: 40, to: 340 }, 60 + 40],
  ['has two, and most between', { from: 100, to: 310 }, 60],
  ['has all, and most between the last', { from: 100, to: 950 }, 600],
])('a gap that %s', (_, gap, beyond) => {
  expect(beyondFaults(gap, outages)).toBe(beyond)
})
