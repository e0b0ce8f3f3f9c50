// Writes from walls.json: one tsconfig per layer (its references) and the lint rules of every layer.
// `node scripts/walls.mjs --check` writes nothing and fails where a generated file differs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)
const at = (path) => new URL(path, root)
const readJson = (path) => JSON.parse(readFileSync(at(path), 'utf8'))
const text = (value) => `${JSON.stringify(value, null, 2)}\n`

const { layers } = readJson('walls.json')
const { dependencies, optionalDependencies, devDependencies } = readJson('package.json')
const packages = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies })
const present = Object.keys(layers).filter((layer) => existsSync(at(`src/${layer}`)))

function tsconfig(layer) {
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

function forbiddenLayers(layer) {
  return Object.keys(layers)
    .filter((other) => other !== layer && !layers[layer].imports.includes(other))
    .map((other) => ({
      group: [`**/../${other}/**`, `**/src/${other}/**`],
      message: `${layer} may not import ${other} (walls.json)`,
    }))
}

function forbiddenPackages(layer) {
  const { pure, packages: allowed } = layers[layer]
  const banned = packages.filter((name) => !allowed.includes(name)).flatMap((name) => [name, `${name}/**`])
  const message = `${layer} may not use this package (walls.json)`
  const node = pure ? [{ group: ['node:*', 'fs', 'net', 'http', 'https', 'child_process'], message: `${layer} is pure` }] : []
  return [{ group: banned, message }, ...node]
}

function lintRules(layer) {
  const rules = { 'no-restricted-imports': ['error', { patterns: [...forbiddenLayers(layer), ...forbiddenPackages(layer)] }] }
  if (!layers[layer].pure) return rules
  return {
    ...rules,
    'no-restricted-globals': ['error', 'Date', 'globalThis', 'Intl', 'fetch', 'process', 'console', 'setTimeout', 'performance'],
    'no-restricted-properties': ['error', { object: 'Math', property: 'random' }],
  }
}

function lintConfig() {
  const base = readJson('lint.base.json')
  const overrides = present.map((layer) => ({
    files: [`src/${layer}/**/*.ts`],
    excludeFiles: ['**/*.test.ts'],
    rules: lintRules(layer),
  }))
  return { ...base, overrides: [...(base.overrides ?? []), ...overrides] }
}

const generated = {
  'tsconfig.json': { files: [], references: present.map((layer) => ({ path: `src/${layer}` })) },
  '.oxlintrc.json': lintConfig(),
  ...Object.fromEntries(present.map((layer) => [`src/${layer}/tsconfig.json`, tsconfig(layer)])),
}

const check = process.argv.includes('--check')
const stale = Object.entries(generated).filter(([path, value]) => !existsSync(at(path)) || readFileSync(at(path), 'utf8') !== text(value))
if (!check) for (const [path, value] of stale) writeFileSync(at(path), text(value))
if (check && stale.length > 0) {
  console.error(`Not as walls.json says: ${stale.map(([path]) => path).join(', ')}. Run: npm run walls`)
  process.exit(1)
}
