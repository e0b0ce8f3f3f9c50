import { expect, it } from 'vitest'
import { editDistance, nearest } from './nearest.ts'

it('counts the letters to insert, leave out or replace', () => {
  expect([
    editDistance('macd', 'mad'),
    editDistance('rsi', 'rsy'),
    editDistance('', 'ema'),
    editDistance('a', 'a'),
  ]).toEqual([1, 1, 3, 0])
})

it('names at most three, the most alike first', () => {
  expect(nearest('smaa', ['ema', 'sma', 'rsi', 'mfi', 'soma'])).toEqual(['sma', 'ema', 'soma'])
})

it('names none where nothing is alike', () => {
  expect(nearest('liquidation_map', ['rsi', 'ema'])).toEqual([])
})
