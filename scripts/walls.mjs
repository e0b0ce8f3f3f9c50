// Writes from walls.json: one tsconfig per layer (its references), the two that check the tests, and the lint rules of
// every layer. `--check` writes nothing and fails where a generated file differs or where a source steps round a wall.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const at = (path) => join(root, path)
const read = (path) => readFileSync(at(path), 'utf8')
const text = (value) => `${JSON.stringify(value, null, 2)}\n`

const { layers } = JSON.parse(read('walls.json'))
const present = Object.keys(layers).filter((layer) => existsSync(at(`src/${layer}`)))
const pureLayers = present.filter((layer) => layers[layer].pure)
const ioLayers = present.filter((layer) => !layers[layer].pure)

function layerConfig(layer) {
  const { pure, imports } = layers[layer]
  return {
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      lib: ['es2023'],
      types: pure ? [] : ['node'],
      rootDir: '..',
      outDir: '../../dist',
      tsBuildInfoFile: `../../dist/.build/${layer}.tsbuildinfo`,
    },
    include: ['**/*.ts'],
    exclude: ['**/*.test.ts'],
    references: imports.filter((other) => present.includes(other)).map((other) => ({ path: `../${other}` })),
  }
}

// Tests of pure layers see pure layers only: a metric whose test needs the store is not a pure metric.
function testsConfig({ name, include, types, references }) {
  return {
    extends: './tsconfig.base.json',
    compilerOptions: {
      lib: ['es2023'],
      types,
      composite: false,
      declaration: false,
      incremental: true,
      noEmit: true,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
      tsBuildInfoFile: `dist/.build/${name}.tsbuildinfo`,
    },
    include,
    references: references.map((layer) => ({ path: `src/${layer}` })),
  }
}

const testsOf = (some) => some.map((layer) => `src/${layer}/**/*.test.ts`)

// Anchored on `..`, so that a layer's own subfolder may bear another layer's name.
const climbingTo = (folders) => `(^|/)\\.\\.[./]*/(${folders.join('|')})/`

function forbiddenLayers(layer) {
  return Object.keys(layers)
    .filter((other) => other !== layer && !layers[layer].imports.includes(other))
    .map((other) => ({ regex: climbingTo([other]), message: `${layer} may not import ${other} (walls.json)` }))
}

function forbiddenOutside(layer) {
  const folders = ['src', 'dist', 'test', 'bench', 'scripts', 'web', 'node_modules']
  return { regex: climbingTo(folders), message: `${layer} may import layers only, by ../layer/file.ts` }
}

// A list of what is allowed: whatever else is or will be installed is refused without naming it.
function forbiddenPackages(layer) {
  const { pure, packages } = layers[layer]
  const allowed = ['.', '..', ...packages].flatMap((name) => [`!${name}`, `!${name}/**`])
  const node = pure ? [] : ['!node:*', '!node:*/**']
  const message = pure ? `${layer} is pure and may not use this package or module` : `${layer} may not use this package`
  return { group: ['**', ...allowed, ...node], message: `${message} (walls.json)` }
}

function importRules(layer) {
  const patterns = [...forbiddenLayers(layer), forbiddenOutside(layer), forbiddenPackages(layer)]
  return {
    'no-restricted-imports': ['error', { patterns }],
    // Names that the patterns above cannot read: import(name), type X = import('…'), require, reference comments.
    'import/no-dynamic-require': ['error', { esmodule: true }],
    'typescript/consistent-type-imports': ['error', { prefer: 'type-imports', disallowTypeAnnotations: true }],
    'typescript/no-require-imports': 'error',
    'typescript/triple-slash-reference': ['error', { path: 'never', types: 'never', lib: 'never' }],
  }
}

const impureGlobals = (
  'Date Intl performance setTimeout setInterval setImmediate queueMicrotask fetch WebSocket XMLHttpRequest crypto ' +
  'console process require globalThis global self window eval Function'
).split(' ')

// The machine's language decides how these two answer, so the same input would not give the same output everywhere.
const localeMethods = ['toLocaleString', 'localeCompare']

function purityRules(layer) {
  const message = `${layer} is pure: pass it in as an argument`
  return {
    'no-eval': 'error',
    'no-new-func': 'error',
    'no-restricted-globals': ['error', ...impureGlobals.map((name) => ({ name, message }))],
    'no-restricted-properties': [
      'error',
      { object: 'Math', property: 'random', message },
      ...localeMethods.map((property) => ({ property, message: `${layer} is pure: no locale` })),
    ],
  }
}

const lintRules = (layer) => ({ ...importRules(layer), ...(layers[layer].pure ? purityRules(layer) : {}) })

function lintConfig() {
  const base = JSON.parse(read('lint.base.json'))
  const overrides = present.map((layer) => ({
    files: [`src/${layer}/**/*.ts`],
    excludeFiles: ['**/*.test.ts'],
    rules: lintRules(layer),
  }))
  return { ...base, overrides: [...(base.overrides ?? []), ...overrides] }
}

function generatedFiles() {
  const pure = { name: 'tests.pure', include: testsOf(pureLayers), types: [], references: pureLayers }
  const others = ['test/**/*.ts', 'vitest.config.ts']
  const io = { name: 'tests', include: [...testsOf(ioLayers), ...others], types: ['node'], references: present }
  return {
    'tsconfig.json': { files: [], references: present.map((layer) => ({ path: `src/${layer}` })) },
    'tsconfig.tests.pure.json': testsConfig(pure),
    'tsconfig.tests.json': testsConfig(io),
    '.oxlintrc.json': lintConfig(),
    ...Object.fromEntries(present.map((layer) => [`src/${layer}/tsconfig.json`, layerConfig(layer)])),
  }
}

const wallRules = new Set(present.flatMap((layer) => Object.keys(lintRules(layer))))

function stepsRound(line) {
  if (/@ts-(ignore|nocheck|expect-error)/.test(line)) return 'switches the type checker off'
  if (/\bimport\(\s*`/.test(line)) return 'imports by a template, which no rule reads'
  const disabled = /(?:oxlint|eslint)-disable(?:-next-line|-line)?(.*?)(?:--|\*\/|$)/.exec(line)
  if (disabled === null) return undefined
  const names = disabled[1].split(/[\s,]+/).filter((name) => name !== '')
  return names.length === 0 || names.some((name) => wallRules.has(name)) ? 'switches a wall off' : undefined
}

function loopholes() {
  return readdirSync(at('src'), { recursive: true })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      read(`src/${path}`)
        .split('\n')
        .map((line, i) => [`src/${path}:${i + 1}`, stepsRound(line)]),
    )
    .filter(([, reason]) => reason !== undefined)
    .map(([place, reason]) => `${place} ${reason}`)
}

function strangers() {
  return readdirSync(at('src'))
    .filter((name) => !(name in layers))
    .map((name) => `src/${name} is no layer of walls.json`)
}

const stale = Object.entries(generatedFiles()).filter(
  ([path, value]) => !existsSync(at(path)) || read(path) !== text(value),
)

function check() {
  const outdated = stale.map(([path]) => `${path} is not as walls.json says; run: npm run walls`)
  const problems = [...outdated, ...strangers(), ...loopholes()]
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) process.exitCode = 1
}

if (process.argv.includes('--check')) check()
else for (const [path, value] of stale) writeFileSync(at(path), text(value))
