import { expect, test } from 'vitest'
import { DAY_MS, parseInstant } from '../core/instant.ts'
import { constantColumn, figureCsv, wordColumn } from './csv.ts'

const grid = { start: parseInstant('2025-04-07'), step: DAY_MS, length: 3 }

test('has a header and one row a bar, in full precision, gaps empty, words quoted', () => {
  const csv = figureCsv(grid, [
    { name: 'close', values: Float64Array.of(1553.04, NaN, 1 / 3) },
    wordColumn(grid, 'mark', [
      [0, '1: "Spring"'],
      [2, '2: Cross'],
      [2, '3: Hammer'],
      [9, 'outside'],
    ]),
    constantColumn(grid, 'level 1,550', 1550, 1),
  ])
  expect(csv).toBe(
    [
      'time,close,mark,"level 1,550"',
      '2025-04-07T00:00:00Z,1553.04,"1: ""Spring""",',
      '2025-04-08T00:00:00Z,,,1550',
      '2025-04-09T00:00:00Z,0.3333333333333333,2: Cross; 3: Hammer,1550',
      '',
    ].join('\n'),
  )
})
