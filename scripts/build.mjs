// Builds dist/ from src/: the walls, then types and code, then the files that ship beside the code.
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const src = join(root, 'src')
const dist = join(root, 'dist')
const HELP = 'cli/help.txt'
const bin = (name) => join(root, 'node_modules/.bin', name)

// Silent when all is well: the build stands before every demo and every pack.
function run(command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  if (status === 0) return
  const reason = error === undefined ? '' : `${basename(command)}: ${error.message} (npm ci installs it)\n`
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${reason}`)
  process.exit(status ?? 1)
}

function filesUnder(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
}

// Fixtures serve tests and .md files serve readers of the source: neither is needed to run.
function ships(path) {
  return (
    !/\.([cm]?[jt]sx?|md)$/.test(path) && basename(path) !== 'tsconfig.json' && !path.split('/').includes('fixtures')
  )
}

function isSame(from, to) {
  if (!existsSync(to)) return false
  const [a, b] = [statSync(from), statSync(to)]
  return a.size === b.size && a.mtimeMs <= b.mtimeMs
}

function copyAssets() {
  for (const path of filesUnder(src).filter(ships)) {
    const [from, to] = [join(src, path), join(dist, path)]
    if (isSame(from, to)) continue
    mkdirSync(dirname(to), { recursive: true })
    copyFileSync(from, to)
  }
}

function hasSource(path) {
  if (path === HELP) return true
  const code = /^(.*)\.(?:js|d\.ts)(?:\.map)?$/.exec(path)
  if (code !== null) return existsSync(join(src, `${code[1]}.ts`))
  return ships(path) && existsSync(join(src, path))
}

// The compiler leaves behind what a deleted or renamed source once gave, and a package would ship it.
function sweepOrphans() {
  const layers = readdirSync(dist).filter((name) => name !== '.build' && name !== 'web')
  for (const layer of layers) {
    const orphans = filesUnder(join(dist, layer)).filter((path) => !hasSource(join(layer, path)))
    for (const path of orphans) rmSync(join(dist, layer, path))
  }
}

// What `--help` prints, taken from the commands themselves, so that asking for it loads none of them.
async function writeHelp() {
  const to = join(dist, HELP)
  if (existsSync(to) && statSync(to).mtimeMs > statSync(join(dist, 'cli/program.js')).mtimeMs) return
  const { program } = await import('../dist/cli/program.js')
  let words = ''
  program.configureOutput({ writeOut: (text) => (words += text), getOutHelpWidth: () => 80 }).outputHelp()
  writeFileSync(to, words)
}

function makeExecutable(path) {
  if (existsSync(path)) chmodSync(path, 0o755)
}

run(process.execPath, ['scripts/walls.mjs', '--check'])
run(bin('oxlint'), ['src', '--ignore-pattern', '**/*.test.ts'])
run(bin('tsc'), ['-b'])
copyAssets()
sweepOrphans()
await writeHelp()
makeExecutable(join(dist, 'cli/main.js'))
