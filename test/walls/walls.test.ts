import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { layerNames, layers, pairs, visibleFrom } from './layers.ts'
import { plantedTree, type Complaints } from './plantedTree.ts'

// Each way in which one file can reach another, so that no spelling of an import is a door.
const spellings: Readonly<Record<string, (to: string) => string>> = {
  value: (to) => `import { target } from '../${to}/planted.ts'\nexport const reached = target\n`,
  type: (to) => `import type { Target } from '../${to}/planted.ts'\nexport type Reached = Target\n`,
  bare: (to) => `import '../${to}/planted.ts'\nexport {}\n`,
  again: (to) => `export { target } from '../${to}/planted.ts'\n`,
  all: (to) => `export * from '../${to}/planted.ts'\n`,
  late: (to) => `export const reach = () => import('../${to}/planted.ts')\n`,
  through: (to) => `import { target } from '../../src/${to}/planted.ts'\nexport const reached = target\n`,
  inType: (to) => `export type Reached = import('../${to}/planted.ts').Target\n`,
}

const impure: Readonly<Record<string, string>> = {
  clock: `export const now = new Date()`,
  clockCall: `export const now = Date.now()`,
  chance: `export const roll = Math.random()`,
  chanceTaken: `export const { random } = Math`,
  chanceByName: `export const roll = Math['random']()`,
  globals: `export const all = globalThis`,
  network: `export const page = fetch('http://127.0.0.1/')`,
  process: `export const home = process.env`,
  console: `export const say = () => console.log('x')`,
  timer: `export const wait = () => setTimeout(() => undefined, 1)`,
  stopwatch: `export const start = performance.now()`,
  files: `import { readFileSync } from 'node:fs'\nexport const read = readFileSync`,
  filesByOldName: `import { readFileSync } from 'fs'\nexport const read = readFileSync`,
  filesPromised: `import { readFile } from 'node:fs/promises'\nexport const read = readFile`,
  filesLate: `export const files = () => import('node:fs')`,
  fileNamedLate: `export const files = (name: string) => import(name)`,
  required: `export const files = require('node:fs')`,
  referenced: `/// <reference types="node" />\nexport const home = process.env`,
  evaluated: `export const now = eval('Date.now()')`,
  made: `export const now = new Function('return Date.now()')`,
  madeByCall: `export const now = Function('return Date.now()')`,
  locale: `export const shown = (1.5).toLocaleString()`,
  ordered: `export const order = 'a'.localeCompare('b')`,
}

const wares =
  'zod yaml d3-scale chdb hono @hono/node-server commander playwright-core fast-check vitest d3-array'.split(' ')

const pure = layerNames.filter((layer) => layers[layer]!.pure)
const pairFile = (spelling: string, from: string, to: string) => `src/${from}/planted_${spelling}_${to}.ts`
const impureFile = (layer: string, name: string) => `src/${layer}/planted_${name}.ts`
const wareFile = (layer: string, ware: string) => `src/${layer}/planted_package_${ware.replace('/', '_')}.ts`

const tree = plantedTree()
let lint: Complaints
let types: Complaints
let typesOfForbidden: Complaints

const forbidden = pairs.filter(({ allowed }) => !allowed)
const allowed = pairs.filter((pair) => pair.allowed)

function plantPairs(some: typeof pairs, spelt: readonly string[]): void {
  for (const { from, to } of some) for (const name of spelt) tree.plant(pairFile(name, from, to), spellings[name]!(to))
}

function plantImpure(names: readonly string[]): void {
  for (const layer of pure) for (const name of names) tree.plant(impureFile(layer, name), `${impure[name]}\n`)
}

// In this order, since one planted file can spoil the next: a project that reaches for a foreign file also emits it, under
// the feet of its owner, and a package or a reference brings the types of Node into all of its layer.
beforeAll(() => {
  for (const layer of layerNames)
    tree.plant(`src/${layer}/planted.ts`, 'export const target = 1\nexport type Target = typeof target\n')
  plantImpure(Object.keys(impure).filter((name) => name !== 'referenced'))
  plantPairs(allowed, ['value'])
  types = tree.typeCheck()
  plantPairs(forbidden, ['value'])
  typesOfForbidden = tree.typeCheck()
  plantImpure(['referenced'])
  for (const layer of layerNames)
    for (const ware of wares) tree.plant(wareFile(layer, ware), `import '${ware}'\nexport {}\n`)
  plantPairs(forbidden, Object.keys(spellings))
  lint = tree.lint()
})

afterAll(() => tree.remove())

const refusesImport = (path: string): boolean =>
  lint.get(path)?.some((said) => /no-restricted-imports|consistent-type-imports/.test(said)) ?? false

const isForeignToCompiler = (from: string, to: string): boolean =>
  typesOfForbidden.get(pairFile('value', from, to))?.some((said) => said.startsWith('TS6307')) ?? false

const isRefused = (path: string): boolean => lint.has(path) || types.has(path)

describe('a forbidden import', () => {
  it.each(forbidden)('of $to in $from is refused however it is spelt', ({ from, to }) => {
    const open = Object.keys(spellings).filter((spelling) => !refusesImport(pairFile(spelling, from, to)))
    expect(open).toEqual([])
  })

  it('is refused by the compiler too, wherever no chain of references leads there', () => {
    const hidden = pairs.filter(({ from, to }) => !visibleFrom(from).has(to))
    const open = hidden.filter(({ from, to }) => !isForeignToCompiler(from, to))
    expect(hidden.length).toBeGreaterThan(0)
    expect(open).toEqual([])
  })
})

describe('an allowed import', () => {
  it.each(allowed)('of $to in $from passes', ({ from, to }) => {
    expect(lint.get(pairFile('value', from, to)) ?? []).toEqual([])
    expect(types.get(pairFile('value', from, to)) ?? []).toEqual([])
  })
})

describe('a pure layer', () => {
  it.each(pure)('%s reaches no clock, chance, network, file or process', (layer) => {
    const open = Object.keys(impure).filter((name) => !isRefused(impureFile(layer, name)))
    expect(open).toEqual([])
  })

  it.each(pure)('%s has no types of Node or of a browser either', (layer) => {
    const untyped = ['network', 'process', 'console', 'timer', 'stopwatch', 'files', 'filesByOldName', 'filesLate']
    expect(untyped.filter((name) => !types.has(impureFile(layer, name)))).toEqual([])
  })
})

describe('a package', () => {
  it.each(layerNames)('is refused in %s unless walls.json lists it', (layer) => {
    const accepted = wares.filter((ware) => !refusesImport(wareFile(layer, ware)))
    expect(accepted).toEqual(wares.filter((ware) => layers[layer]!.packages.includes(ware)))
  })
})
