import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { instant } from '../../../core/instant.ts'
import { againstHeld } from './againstHeld.ts'

const NOW = instant(1_000_000)
const by = { series: ['asset'], numbers: ['coins', 'supply'] }
const row = (at: number, coins: number, more: object = {}) => ({ asset: 'X', at, knownAt: at + 10, coins, ...more })
const compared = (rows: readonly object[], held: readonly object[]) =>
  againstHeld(rows as Parameters<typeof againstHeld>[0], held as Parameters<typeof againstHeld>[0], by, NOW)

it('keeps what nothing is held of as it was published', () => {
  expect(compared([row(1, 5)], [])).toEqual({ fresh: [row(1, 5)], revised: [], unchanged: 0 })
})

it('drops what is held', () => {
  expect(compared([row(1, 5)], [row(1, 5)])).toEqual({ fresh: [], revised: [], unchanged: 1 })
})

it('takes another number for a revision that is known from now on', () => {
  expect(compared([row(1, 6)], [row(1, 5)])).toEqual({
    fresh: [],
    revised: [{ ...row(1, 6), knownAt: NOW }],
    unchanged: 0,
  })
})

it('takes a number that was not there before for a revision', () => {
  expect(compared([row(1, 5, { supply: 7 })], [row(1, 5)]).revised).toHaveLength(1)
})

it('lets last digits differ', () => {
  expect(compared([row(1, 5.000001)], [row(1, 5)])).toMatchObject({ unchanged: 1 })
  expect(compared([row(1, 5.00001)], [row(1, 5)]).revised).toHaveLength(1)
})

it('tells series apart', () => {
  expect(compared([row(1, 5)], [row(1, 5, { asset: 'Y' })]).fresh).toHaveLength(1)
})

it('has nothing to say when it is asked the same again', () => {
  const rows = fc.uniqueArray(fc.record({ at: fc.nat(50), coins: fc.nat() }), { selector: ({ at }) => at })
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      const held = first.map(({ at, coins }) => row(at, coins))
      const asked = second.map(({ at, coins }) => row(at, coins))
      const { fresh, revised } = compared(asked, held)
      const kept = new Map([...held, ...fresh, ...revised].map((each) => [each['at'], each]))
      expect(compared(asked, [...kept.values()])).toEqual({ fresh: [], revised: [], unchanged: asked.length })
    }),
  )
})

it('tells every other digit, where that is asked', () => {
  const exact = { ...by, within: 0 }
  const rows = [row(1, 120.1235)] as unknown as Parameters<typeof againstHeld>[0]
  const held = [row(1, 120.1234)] as unknown as Parameters<typeof againstHeld>[1]
  expect(againstHeld(rows, held, exact, NOW).revised).toHaveLength(1)
  expect(againstHeld(rows, held, by, NOW).revised).toHaveLength(0)
})

it('takes what fills a hole for a revision, where that is asked, and what lies before or after for news', () => {
  const holes = { ...by, hole: 'revised' } as const
  const held = [row(2, 5), row(4, 5)]
  const rows = [row(1, 5), row(3, 5), row(5, 5), { ...row(3, 5), asset: 'Y' }]
  const { fresh, revised } = againstHeld(rows, held, holes, NOW)
  expect(fresh.map(({ at, asset }) => [at, asset])).toEqual([
    [1, 'X'],
    [5, 'X'],
    [3, 'Y'],
  ])
  expect(revised).toEqual([{ ...row(3, 5), knownAt: NOW }])
})
