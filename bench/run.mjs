// Runs every workload of this folder, each in a process of its own, and writes RESULTS.md with the machine and the day.
// A workload is a file that exports `run(): Promise<{ title, markdown }>`; files without it serve the others.
// `node bench/run.mjs startup note` runs those named and prints them without writing.
import { fork } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, totalmem, type } from 'node:os'
import { join } from 'node:path'

const workloads = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.mjs') && name !== 'run.mjs')
  .map((name) => name.slice(0, -'.mjs'.length))
  .toSorted()

function machine() {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`
  const cores = `${availableParallelism()} cores`
  return `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cores}, ${memory}, ${type()} ${arch()}, Node ${process.version}`
}

// One process each: what the one leaves on the heap, or compiled, must not weigh on the next.
function runApart(name) {
  return new Promise((resolve) => {
    let result = { title: name, failure: 'ended without a result' }
    const child = fork(import.meta.filename, ['--only', name])
    child.on('message', (message) => (result = message.result))
    child.on('exit', (code) => resolve(code === 0 ? result : { title: name, failure: `ended with exit code ${code}` }))
  })
}

async function runHere(name) {
  const workload = await import(join(import.meta.dirname, `${name}.mjs`))
  return typeof workload.run === 'function' ? workload.run() : undefined
}

function section({ title, markdown, failure }) {
  return `## ${title}\n\n${failure === undefined ? markdown.trim() : `Failed: ${failure}`}\n`
}

async function runAll(names) {
  const results = []
  for (const name of names) {
    console.error(`${name} …`)
    const result = await runApart(name)
    if (result === undefined) continue
    console.log(section(result))
    results.push(result)
  }
  return results
}

function report(results) {
  const day = new Date().toISOString().slice(0, 10)
  const head = `# Results\n\nMeasured on ${day} by \`npm run bench\` on: ${machine()}.\n`
  return [head, ...results.map(section)].join('\n')
}

async function main(args) {
  if (args[0] === '--only') return process.send({ result: await runHere(args[1]) }, () => process.disconnect())
  const results = await runAll(args.length > 0 ? args : workloads)
  if (args.length === 0) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), report(results))
  if (results.some(({ failure }) => failure !== undefined)) process.exitCode = 1
}

await main(process.argv.slice(2))
