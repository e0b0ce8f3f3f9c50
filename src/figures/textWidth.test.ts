import { expect, test } from 'vitest'
import { textWidth, wrapText } from './textWidth.ts'

test('wider characters, sizes and weights take more room', () => {
  expect(textWidth('WWW', 12)).toBeGreaterThan(textWidth('iii', 12))
  expect(textWidth('a', 24)).toBeCloseTo(2 * textWidth('a', 12), 9)
  expect(textWidth('a', 12, 'bold')).toBeGreaterThan(textWidth('a', 12))
})

test('no line is wider than it may be, and no character is lost', () => {
  const text = 'ETH has broken its 20-day average, but a reversal is not established: averyveryveryverylongwordindeed'
  for (const width of [60, 120, 300, 900]) {
    const lines = wrapText(text, width, 16, 'bold')
    for (const line of lines) expect(textWidth(line, 16, 'bold')).toBeLessThanOrEqual(width)
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  }
})

test('a number keeps its sign of percent', () => {
  const width = textWidth('and 63', 12)
  expect(wrapText('and 63 % of', width, 12)).toEqual(['and', '63 %', 'of'])
})

test('no text is one empty line', () => {
  expect(wrapText('', 100, 12)).toEqual([''])
})
