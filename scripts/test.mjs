// Every check of the project in the order of CI. It stops at the first step that fails, and its last line always counts:
// each test is one, each step that is no test run is one.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const scratch = mkdtempSync(join(tmpdir(), 'assayer-test-'))
const reportFile = join(scratch, 'vitest.json')
const bin = (name) => join(root, 'node_modules/.bin', name)
const script = (name, ...args) => [process.execPath, join(root, 'scripts', name), ...args]

const steps = [
  { name: 'format', command: [bin('oxfmt'), '--check', '.'] },
  { name: 'lint', command: [bin('oxlint')] },
  { name: 'lock', command: script('lock.mjs', '--check') },
  { name: 'walls', command: script('walls.mjs', '--check') },
  { name: 'build', command: script('build.mjs') },
  { name: 'indexes of docs', command: script('docs.mjs', '--check') },
  { name: 'links of docs', command: script('links.mjs') },
  { name: 'types of tests', command: [bin('tsc'), '-b', 'tsconfig.tests.pure.json', 'tsconfig.tests.json'] },
  { name: 'tests', command: vitestCommand('--exclude', 'test/live/**'), count: countTests },
  // They go by the clock, and what else the machine does would be part of what they see.
  { name: 'tests of live collecting', command: vitestCommand('test/live'), count: countTests },
  { name: 'knip', command: [bin('knip')] },
  { name: 'knip, files that ship', command: [bin('knip'), '--production', '--include', 'files'] },
]

function vitestCommand(...which) {
  return [bin('vitest'), 'run', ...which, '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`]
}

// A file that cannot even be loaded holds no test to count, and an error outside any test belongs to none: each is one.
function countTests(exitedWell) {
  const report = readReport()
  for (const reason of skippedGroups(report)) console.log(`skipped: ${reason}`)
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const failed = report.numFailedTests + unloaded.length
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && !exitedWell ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

// Whoever skips tests says why in the name of their group.
function skippedGroups({ testResults }) {
  const skipped = testResults.flatMap((file) => file.assertionResults).filter(({ status }) => status === 'skipped')
  return new Set(skipped.map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title))
}

function readReport() {
  try {
    const report = JSON.parse(readFileSync(reportFile, 'utf8'))
    rmSync(reportFile)
    return report
  } catch {
    // It is never that of the step before: each is taken away when it was read.
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
  }
}

const countStep = (exitedWell) => ({ passed: exitedWell ? 1 : 0, failed: exitedWell ? 0 : 1, skipped: 0 })

function runStep({ name, command: [program, ...args], count = countStep }) {
  console.log(`\n== ${name}`)
  const start = performance.now()
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  if (error !== undefined) console.error(error.message)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const counted = count(status === 0)
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'FAILED'}, ${seconds} s`)
  return counted
}

function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }
}

let total = { passed: 0, failed: 0, skipped: 0 }
for (const step of steps) {
  total = add(total, runStep(step))
  if (total.failed > 0) break
}
rmSync(scratch, { recursive: true, force: true })
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 ? 1 : 0
