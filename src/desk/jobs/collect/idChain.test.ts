import { expect, it } from 'vitest'
import { IdChain } from './idChain.ts'

const KEY = 'perp/BTCUSDT'
/** Each at ten times its number. */
const numbered = (id: number) => ({ id, at: 10 * id })
const links = (chain: IdChain, ...ids: readonly number[]) => ids.map((id) => chain.see(KEY, numbered(id)))
const hole = (before: number, behind: number) => ({ before: numbered(before), behind: numbered(behind) })

it('knows the next from a hole, and what is no later than what was seen', () => {
  const found = links(new IdChain(), 7, 8, 10, 10, 9, 11)
  expect(found).toEqual(['first', 'next', hole(8, 10), 'old', 'old', 'next'])
})

it('goes on behind what is held, instrument by instrument', () => {
  const chain = new IdChain(new Map([[KEY, numbered(7)]]))
  expect(links(chain, 8)).toEqual(['next'])
  expect([8, 9].map((id) => chain.see('spot/BTCUSDT', numbered(id)))).toEqual(['first', 'next'])
})

it('leaves the map that it was given as it was', () => {
  const held = new Map([[KEY, numbered(7)]])
  links(new IdChain(held), 8)
  expect(held.get(KEY)).toEqual(numbered(7))
})

it('learns nothing from an id that is no number or too large for one', () => {
  expect(links(new IdChain(), 7, NaN, 2 ** 53 + 2, 8)).toEqual(['first', 'first', 'first', 'next'])
})
