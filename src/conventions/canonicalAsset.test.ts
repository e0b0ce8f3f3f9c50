import { expect, test } from 'vitest'
import { canonicalAsset } from './canonicalAsset.ts'

test('a coin with the ticker of an index has an id of its own', () => {
  expect(canonicalAsset('SPX', 'perp')).toBe('SPX6900')
  expect(canonicalAsset('SPX', 'spot')).toBe('SPX6900')
})

test('the index keeps its ticker', () => {
  expect(canonicalAsset('SPX', 'index')).toBe('SPX')
})

test('any other ticker is the id', () => {
  expect(canonicalAsset('NEIROETH', 'perp')).toBe('NEIROETH')
})
