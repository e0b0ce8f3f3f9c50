// Completes package-lock.json after `npm install`: npm leaves out the optional packages of other platforms when it finds
// them neither installed nor in its registry, and `npm ci` then refuses the lock. `--check` only says what is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const path = join(import.meta.dirname, '../package-lock.json')
const lock = JSON.parse(readFileSync(path, 'utf8'))

// Found as Node finds a module: in the folder of the one who asks, then in each folder above it.
function isLocked(asker, name) {
  const own = `${asker === '' ? '' : `${asker}/`}node_modules/${name}`
  if (own in lock.packages) return true
  return asker !== '' && isLocked(asker.slice(0, Math.max(0, asker.lastIndexOf('/node_modules/'))), name)
}

function missing() {
  return Object.entries(lock.packages).flatMap(([asker, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(asker, name))
      .map(([name, version]) => ({ name, version, asker: entry })),
  )
}

// The platform is part of such a package's name: binding-linux-arm64-musl, lib-darwin-x64.
function platformOf(name) {
  const [, os, cpu, abi] = /-(android|darwin|freebsd|linux|openharmony|win32)-([a-z0-9]+)(?:-(\w+))?$/.exec(name) ?? []
  if (os === undefined) throw new Error(`"${name}" names no platform: install it, or take it out of the lock by hand`)
  const libc = { gnu: ['glibc'], musl: ['musl'] }[os === 'linux' ? abi : '']
  return { os: [os], cpu: [cpu], libc }
}

function entryFor({ name, version, asker }) {
  if (!/^\d/.test(version)) throw new Error(`"${name}" is asked for as "${version}", which is no exact version`)
  const { os, cpu, libc } = platformOf(name)
  return { version, cpu, dev: asker.dev, libc, license: asker.license, optional: true, os }
}

function complete(found) {
  const added = found.map((one) => [`node_modules/${one.name}`, entryFor(one)])
  const entries = [...Object.entries(lock.packages), ...added]
  const packages = Object.fromEntries(entries.toSorted(([a], [b]) => a.localeCompare(b, 'en')))
  writeFileSync(path, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`)
}

const found = missing()
if (!process.argv.includes('--check')) complete(found)
else if (found.length > 0) {
  console.error(`package-lock.json lacks ${found.map(({ name }) => name).join(', ')}; run: npm run lock`)
  process.exitCode = 1
}
