import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../../..')

/** A fault put into the built project: text of one file and what stands there instead. */
export interface Mutant {
  readonly name: string
  /** The kinds of answers in which it is seen. */
  readonly shows: readonly string[]
  readonly edits: readonly (readonly [file: string, from: string, to: string])[]
}

const EVERYWHERE = ['command', 'events', 'note']

/** The three ways in which research most often sees the future. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a candle known at its open',
    shows: EVERYWHERE,
    edits: [
      ['sources/files/candleRows.js', 'parts.knownAt(cells, row.at + step)', 'parts.knownAt(cells, row.at)'],
      ['sources/files/candleRows.js', '!(row.knownAt >= row.at + step)', '!(row.knownAt >= row.at)'],
    ],
  },
  {
    // As one who looks over the whole column finds pivots: at their own bar, from values of the five bars after it.
    name: 'a pivot known at its own bar',
    shows: ['known'],
    edits: [
      ['setups/divergence.js', 'return (bars, i) => {', 'let next = 0; return (bars, i) => {'],
      [
        'setups/divergence.js',
        'const found = pairs.push(bars, i, oscillator(bars.close[i]));',
        `const found = [];
         for (; next <= i + 5 && next < bars.close.length; next++)
           found.push(...pairs.push(bars, next, oscillator(bars.close[next])));`,
      ],
    ],
  },
  {
    name: 'a bar that has not closed',
    shows: EVERYWHERE,
    edits: [
      [
        'desk/readOffers.js',
        'listSeries(desk.store, { instruments: wanted, asOf })',
        'listSeries(desk.store, { instruments: wanted, asOf: asOf + 86_400_000 })',
      ],
      [
        'desk/readFrame.js',
        'asOf: wish.asOf, ...within })',
        'asOf: wish.asOf + intervalMs(wish.interval), ...within })',
      ],
    ],
  },
]

/**
 * A copy of the built project in a folder of its own, with a fault in it.
 * @returns the folder to load it from
 * @throws where the text to be replaced is not there exactly once: the fault would not be planted
 */
export function plantMutant({ name, edits }: Mutant, folder: string): string {
  const dist = join(folder, 'dist')
  mkdirSync(folder, { recursive: true })
  cpSync(join(root, 'dist'), dist, { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  symlinkSync(join(root, 'policy'), join(folder, 'policy'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
  for (const [file, from, to] of edits) {
    const path = join(dist, file)
    const parts = readFileSync(path, 'utf8').split(from)
    if (parts.length !== 2) throw new Error(`"${name}" finds "${from}" ${parts.length - 1} times in ${file}, not once`)
    writeFileSync(path, parts.join(to))
  }
  return dist
}
