import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'assayer-skill-'))
const FILES = ['docs/metrics/liquidation_map.csv', 'docs/metrics/liquidation_map.md', 'src/notes/mapSkillMeasured.ts']

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Checks so many markets against the files of a folder. */
function check(markets: number, where: string) {
  const args = ['scripts/mapSkill.mjs', '--check', `${markets}`, '--in', where]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })
  return { status, stderr }
}

/** A copy of the files in which one of them is changed. */
function copyWith(file: string, change: (text: string) => string): string {
  const where = mkdtempSync(join(folder, 'copy-'))
  for (const name of FILES) {
    mkdirSync(dirname(join(where, name)), { recursive: true })
    cpSync(join(root, name), join(where, name))
  }
  writeFileSync(join(where, file), change(readFileSync(join(where, file), 'utf8')))
  return where
}

it('the table of the page is what two of its markets give when they are measured again, and all of them when they are averaged', () => {
  expect(check(2, root)).toEqual({ status: 0, stderr: '' })
})

it('another number in a row of a market is seen', () => {
  const where = copyWith(FILES[0]!, (text) =>
    text.replace(
      /^(7,market 1,map,[^,]*,[^,]*,\d+\.\d\d\d)(\d)$/m,
      (_, kept, last) => `${kept}${(Number(last) + 1) % 10}`,
    ),
  )
  expect(check(1, where).stderr).toContain('lacks the row that is measured: 7,market 1,map')
})

it('another number on the page, or among the constants, is seen', () => {
  const page = copyWith(FILES[1]!, (text) =>
    text.replace(/(\| estimated map \| -?)(\d)/, (_, kept, digit) => `${kept}${(Number(digit) + 1) % 10}`),
  )
  expect(check(0, page).stderr).toContain('liquidation_map.md is not what the rows say')
  const constants = copyWith(FILES[2]!, (text) =>
    text.replace(/mean: (\d)/, (_, digit) => `mean: ${(Number(digit) + 1) % 10}`),
  )
  expect(check(0, constants).stderr).toContain('mapSkillMeasured.ts is not what the rows say')
})
