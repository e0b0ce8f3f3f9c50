import { expect, it } from 'vitest'
import { IdChain } from './idChain.ts'

const links = (chain: IdChain, ...ids: readonly string[]) => ids.map((id) => chain.see('perp/BTCUSDT', id))

it('knows the next from a gap, and what is no later than what was seen', () => {
  expect(links(new IdChain(), '7', '8', '10', '10', '9', '11')).toEqual(['first', 'next', 'gap', 'old', 'old', 'next'])
})

it('goes on behind what is held, instrument by instrument', () => {
  const chain = new IdChain(new Map([['perp/BTCUSDT', 7]]))
  expect(links(chain, '8')).toEqual(['next'])
  expect([chain.see('spot/BTCUSDT', '8'), chain.see('spot/BTCUSDT', '9')]).toEqual(['first', 'next'])
})

it('leaves the map that it was given as it was', () => {
  const held = new Map([['perp/BTCUSDT', 7]])
  links(new IdChain(held), '8')
  expect(held.get('perp/BTCUSDT')).toBe(7)
})

it('learns nothing from an id that is no number or too large for one', () => {
  expect(links(new IdChain(), '7', 'a-b', '9007199254740993', '8')).toEqual(['first', 'first', 'first', 'next'])
})
