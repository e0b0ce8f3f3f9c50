/**
 * How wide a line of text will be, on the safe side: widths of Helvetica's characters, with room for the broader of the usual
 * system faces.
 * @param text - one line
 * @param size - font size in pixels
 * @param weight - bold letters are wider
 * @returns pixels
 * @example Math.round(textWidth('1,795', 12)) // 33
 */
export function textWidth(text: string, size: number, weight: 'normal' | 'bold' = 'normal'): number {
  let thousandths = 0
  for (const character of text) thousandths += WIDTHS.get(character) ?? 560
  return (thousandths / 1000) * size * (weight === 'bold' ? 1.26 : 1.08)
}

/**
 * Breaks text into lines that are no wider than `width`; a word that is wider than a line is cut. A number keeps its sign of percent.
 * @returns at least one line; one empty line for no text
 * @example wrapText('one two three', 60, 12) // ['one two', 'three']
 */
export function wrapText(
  text: string,
  width: number,
  size: number,
  weight: 'normal' | 'bold' = 'normal',
): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+(?!%)/).flatMap((word) => cut(word, width, size, weight))) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer, size, weight) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

function cut(word: string, width: number, size: number, weight: 'normal' | 'bold'): readonly string[] {
  if (textWidth(word, size, weight) <= width) return [word]
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece !== '' && textWidth(piece + character, size, weight) > width) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}

const GROUPS: readonly (readonly [width: number, characters: string])[] = [
  [222, "ijl'|"],
  [278, 'ftI ,.:;/![]·\u2009'],
  [333, 'r()-’'],
  [500, 'ckvxyszJ'],
  [584, '+−=<>'],
  [611, 'TFZ'],
  [667, 'ABEKPSVXY&'],
  [722, 'CDHNRUw'],
  [778, 'GOQ'],
  [833, 'mM'],
  [889, '%'],
  [944, 'W'],
]

const WIDTHS: ReadonlyMap<string, number> = new Map(
  GROUPS.flatMap(([width, characters]) => [...characters].map((character) => [character, width] as const)),
)
