import { expect, it } from 'vitest'
import { holesBetween, joinRuns, runsOf } from './idRuns.ts'

/** Each at ten times its number. */
const numbered = (id: number) => ({ id, at: 10 * id })
const idsOf = (runs: ReturnType<typeof runsOf>) => runs.map(({ first, last }) => [first.id, last.id])

it('joins records that follow each other, in whatever order they come and however often', () => {
  expect(idsOf(runsOf([9, 7, 8, 8, 12, 11].map(numbered)))).toEqual([
    [7, 9],
    [11, 12],
  ])
  expect(runsOf([])).toEqual([])
  expect(runsOf([numbered(NaN)])).toEqual([])
})

it('joins runs of several pages', () => {
  const pages = [[20, 21], [5, 6, 7], [8], [6, 7]].map((ids) => runsOf(ids.map(numbered)))
  expect(idsOf(joinRuns(pages.flat()))).toEqual([
    [5, 8],
    [20, 21],
  ])
})

it('finds what is missing between runs', () => {
  expect(holesBetween(runsOf([1, 2, 4, 9].map(numbered)))).toEqual([
    { before: numbered(2), behind: numbered(4) },
    { before: numbered(4), behind: numbered(9) },
  ])
  expect(holesBetween(runsOf([1, 2].map(numbered)))).toEqual([])
})
