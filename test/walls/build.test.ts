import { afterEach, beforeEach, expect, it } from 'vitest'
import { plantedTree, type PlantedTree } from './plantedTree.ts'

let tree: PlantedTree

beforeEach(() => {
  tree = plantedTree()
})

afterEach(() => tree.remove())

it('stops the build at one forbidden import and says which wall it met', () => {
  tree.plant('src/store/planted.ts', 'export const target = 1\n')
  tree.plant('src/metrics/planted.ts', `import { target } from '../store/planted.ts'\nexport const reached = target\n`)
  const { status, stderr } = tree.build()
  expect(status).not.toBe(0)
  expect(stderr).toContain('metrics may not import store (walls.json)')
})

it('passes the walls as they stand', () => {
  expect(tree.check()).toEqual({ status: 0, stdout: '', stderr: '' })
})

it('refuses a generated file that was edited by hand', () => {
  tree.plant('src/core/tsconfig.json', '{}\n')
  const { status, stderr } = tree.check()
  expect(status).toBe(1)
  expect(stderr).toContain('src/core/tsconfig.json is not as walls.json says; run: npm run walls')
})

it('refuses a folder of src that walls.json does not name', () => {
  tree.plant('src/stranger/planted.ts', 'export const target = 1\n')
  expect(tree.check().stderr).toContain('src/stranger is no layer of walls.json')
})

it.each([
  ['every rule switched off', '/* oxlint-disable */', 'switches a wall off'],
  ['a wall switched off for a line', '// oxlint-disable-next-line no-restricted-imports', 'switches a wall off'],
  ['a wall switched off with a reason', '// eslint-disable-line no-restricted-globals -- soon', 'switches a wall off'],
  ['the compiler switched off', '// @ts-expect-error', 'switches the type checker off'],
  ['a module named by a template', 'export const f = () => import(`node:fs`)', 'imports by a template'],
])('refuses %s', (_, line, reason) => {
  tree.plant('src/core/planted.ts', `export const target = 1\n${line}\n`)
  const { status, stderr } = tree.check()
  expect(status).toBe(1)
  expect(stderr).toContain(`src/core/planted.ts:2 ${reason}`)
})

it('lets a rule that is no wall be switched off for a line', () => {
  tree.plant('src/core/planted.ts', '// oxlint-disable-next-line no-bitwise -- a hash\nexport const target = 1 | 2\n')
  expect(tree.check().status).toBe(0)
})
