import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { layerNames } from './walls/layers.ts'

const root = join(import.meta.dirname, '..')
const ours = ['.ci', 'bench', 'docs', 'scripts', 'src', 'test'].map((name) => join(root, name)).filter(existsSync)

function foldersUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => [join(folder, entry.name), ...foldersUnder(join(folder, entry.name))])
}

it('holds no empty folder', () => {
  const folders = ours.flatMap((folder) => [folder, ...foldersUnder(folder)])
  const empty = folders.filter((folder) => readdirSync(folder).length === 0)
  expect(empty).toEqual([])
})

it.each(layerNames)('holds code in the layer %s', (layer) => {
  const paths = readdirSync(join(root, 'src', layer), { recursive: true, encoding: 'utf8' })
  expect(paths.some((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))).toBe(true)
})

it('holds no code in src that the walls do not read', () => {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  expect(paths.filter((path) => /\.([cm][jt]s|jsx?|tsx)$/.test(path))).toEqual([])
})

it('has its generated files as walls.json says', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/walls.mjs', '--check'], { cwd: root })
  expect(stderr.toString()).toBe('')
  expect(status).toBe(0)
})
