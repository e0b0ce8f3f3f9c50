import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const copied = ['src', 'scripts', 'walls.json', 'lint.base.json', 'package.json', 'tsconfig.base.json']

/** What was said against each file, by its path. */
export type Complaints = ReadonlyMap<string, readonly string[]>

/** How a script ended and what it printed. */
export interface Outcome {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A copy of the tree in which offending files can be planted, with the generated walls made anew from walls.json. */
export interface PlantedTree {
  readonly plant: (path: string, text: string) => void
  readonly lint: () => Complaints
  readonly typeCheck: () => Complaints
  readonly check: () => Outcome
  readonly build: () => Outcome
  readonly remove: () => void
}

export function plantedTree(): PlantedTree {
  const folder = mkdtempSync(join(tmpdir(), 'assayer-walls-'))
  for (const path of copied) cpSync(join(root, path), join(folder, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const run = (program: string, ...args: string[]) => runIn(folder, program, args)
  run(process.execPath, 'scripts/walls.mjs')
  return {
    plant: (path, text) => plant(join(folder, path), text),
    lint: () => lintComplaints(run(binary('oxlint'), '--format=json', 'src').stdout),
    typeCheck: () => typeComplaints(run(binary('tsc'), '-b', '--pretty', 'false').stdout),
    check: () => run(process.execPath, 'scripts/walls.mjs', '--check'),
    build: () => run(process.execPath, 'scripts/build.mjs'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const binary = (name: string): string => join(root, 'node_modules/.bin', name)

function runIn(folder: string, program: string, args: readonly string[]): Outcome {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 })
  return { status, stdout, stderr }
}

function plant(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

interface Diagnostic {
  readonly filename: string
  readonly code: string
  readonly message: string
}

function lintComplaints(json: string): Complaints {
  const { diagnostics } = JSON.parse(json) as { readonly diagnostics: readonly Diagnostic[] }
  return byFile(diagnostics.map(({ filename, code, message }) => [filename, `${code} ${message}`]))
}

function typeComplaints(output: string): Complaints {
  const lines = output.matchAll(/^(\S+\.ts)\(\d+,\d+\): error (.*)$/gm)
  return byFile([...lines].map(([, path = '', message = '']) => [path, message]))
}

function byFile(found: readonly (readonly [string, string])[]): Complaints {
  const complaints = new Map<string, string[]>()
  for (const [path, message] of found) complaints.set(path, [...(complaints.get(path) ?? []), message])
  return complaints
}
