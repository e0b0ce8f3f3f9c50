import { expect, it } from 'vitest'
import type { Input } from '../../core/frame.ts'
import { inUnit } from './units.ts'

const pricedIn = (quote: string): readonly Input[] => [{ quote } as Input]

it('takes a number as it is where nothing is expected', () => {
  expect(inUnit({ value: 3, unit: 'atr' }, undefined, [])).toEqual({ value: 3, unit: 'atr' })
})

it('tells dollars from other money', () => {
  const price = { value: 3, unit: 'quote' }
  expect(inUnit(price, 'usd', pricedIn('USDC'))).toEqual(price)
  expect(inUnit(price, 'usd', pricedIn('EUR'))).toBeUndefined()
  expect(inUnit(price, 'eur', pricedIn('EUR'))).toEqual(price)
  expect(inUnit(price, 'usd', [])).toBeUndefined()
})

it('converts between percent and ratio', () => {
  expect(inUnit({ value: 0.5, unit: 'ratio' }, 'pct', [])).toEqual({ value: 50, unit: 'pct' })
  expect(inUnit({ value: 50, unit: 'pct' }, 'ratio', [])).toEqual({ value: 0.5, unit: 'ratio' })
})

it('takes prices and index levels as points, and nothing else', () => {
  expect(inUnit({ value: 60, unit: 'index' }, 'points', [])).toEqual({ value: 60, unit: 'points' })
  expect(inUnit({ value: 60, unit: 'count' }, 'points', [])).toBeUndefined()
})
