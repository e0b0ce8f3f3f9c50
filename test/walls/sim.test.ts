import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, it } from 'vitest'
import { LEDGER } from '../../src/conventions/ledger.ts'

const src = join(import.meta.dirname, '../../src')

/** What a file imports, in whichever way it is written. */
const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, name]) => name!)

/** Every file that the simulator ships, and all that any of them reaches, by the layer that holds it. */
function reachedFrom(layer: string): ReadonlyMap<string, string> {
  const reached = new Map<string, string>()
  const visit = (file: string): void => {
    if (reached.has(file)) return
    reached.set(file, relative(src, file).split('/')[0]!)
    for (const name of importsOf(file)) if (name.startsWith('.')) visit(join(dirname(file), name))
  }
  const shipped = readdirSync(join(src, layer), { recursive: true, encoding: 'utf8' })
  for (const name of shipped) if (/(?<!\.test)\.ts$/.test(name)) visit(join(src, layer, name))
  return reached
}

it('the simulated venues reach no ledger and no source: what they say is typed from the documents', () => {
  const reached = reachedFrom('sim')
  expect(reached.size).toBeGreaterThan(150)
  expect([...new Set(reached.values())].toSorted()).toEqual(['core', 'records', 'sim'])
})

it('no entry of the ledger is named in what they ship', () => {
  const texts = [...reachedFrom('sim').keys()].map((file) => readFileSync(file, 'utf8'))
  expect(LEDGER.filter(({ id }) => texts.some((text) => text.includes(id)))).toEqual([])
})

it('such an import would be seen: sources reach the ledger', () => {
  expect([...reachedFrom('sources').values()]).toContain('conventions')
})
