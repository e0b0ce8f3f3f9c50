import { expect } from 'vitest'
import { textWidth } from '../../src/figures/textWidth.ts'

/** Proves that every element is closed in order. */
export function checkWellFormed(svg: string): void {
  const open: string[] = []
  for (const [, close, name, self] of svg.matchAll(/<(\/?)([a-zA-Z]+)[^<>]*?(\/?)>/g)) {
    if (close === '/') expect(open.pop()).toBe(name)
    else if (self !== '/') open.push(name as string)
  }
  expect(open).toEqual([])
  expect(svg.replaceAll(/<[^<>]*>/g, '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|quot;)/)
}

/** All that a figure writes, without its style and its description. */
export const wordsOf = (svg: string): string =>
  svg
    .replaceAll(/<style>.*?<\/style>|<desc.*?<\/desc>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')

interface Box {
  readonly words: string
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Pairs of texts that stand on each other, and texts that leave the figure: none where a figure can be read. */
export function collisions(svg: string): readonly string[] {
  const boxes = textBoxes(svg)
  const width = Number(/viewBox="0 0 ([\d.]+)/.exec(svg)?.[1])
  const outside = boxes
    .filter(({ left, right }) => left < -0.5 || right > width + 0.5)
    .map(({ words }) => `outside: ${words}`)
  const pairs = boxes.flatMap((a, i) =>
    boxes
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.words} | ${b.words}`),
  )
  return [...outside, ...pairs]
}

/** Texts with the room that their letters take; those that are turned are left out. */
function textBoxes(svg: string): readonly Box[] {
  const sizes = {
    title: sizeOf(svg, /\.f-title\{font-size:([\d.]+)px/),
    sub: sizeOf(svg, /\.f-sub\{font-size:([\d.]+)px/),
  }
  const label = sizeOf(svg, /text\{font:400 ([\d.]+)px/)
  const shifts = [0]
  const found: Box[] = []
  for (const [all, group, text] of svg.matchAll(/(<g(?: [^>]*)?>|<\/g>)|(<text [^>]*>.*?<\/text>)/gs)) {
    if (group !== undefined) {
      if (group === '</g>') shifts.pop()
      else shifts.push((shifts.at(-1) as number) + Number(/translate\(0,([-\d.]+)\)/.exec(group)?.[1] ?? 0))
    } else if (text !== undefined && !text.includes('rotate(')) {
      const [x, y] = ['x', 'y'].map((name) => Number(new RegExp(` ${name}="([-\\d.]+)"`).exec(text)?.[1])) as [
        number,
        number,
      ]
      const kind = /class="([^"]*)"/.exec(text)?.[1] ?? ''
      const size = kind.includes('f-title') ? sizes.title : kind.includes('f-sub') ? sizes.sub : label
      const words = all.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;/g, '&')
      const width = textWidth(words, size, /f-b|f-title/.test(kind) ? 'bold' : 'normal') * 0.92
      const left = kind.includes('f-end') ? x - width : kind.includes('f-mid') ? x - width / 2 : x
      const baseline = (shifts.at(-1) as number) + y
      found.push({ words, left, right: left + width, top: baseline - size * 0.7, bottom: baseline + size * 0.15 })
    }
  }
  return found
}

const sizeOf = (svg: string, pattern: RegExp): number => Number(pattern.exec(svg)?.[1])
