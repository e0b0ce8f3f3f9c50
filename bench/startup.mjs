// What the command costs before it does anything: `assayer --help` beside an empty Node, turn by turn.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const turns = 15
const command = join(import.meta.dirname, '../dist/cli/main.js')

function wallTime(args) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`)
  return performance.now() - start
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

const ms = (value) => `${value.toFixed(1)} ms`

export async function run() {
  const [help, empty] = [[], []]
  wallTime([command, '--help'])
  for (let turn = 0; turn < turns; turn += 1) {
    help.push(wallTime([command, '--help']))
    empty.push(wallTime(['-e', '0']))
  }
  const [withHelp, bare] = [median(help), median(empty)]
  const rows = [
    '| command | median | fastest |',
    '| --- | ---: | ---: |',
    `| \`node dist/cli/main.js --help\` | ${ms(withHelp)} | ${ms(Math.min(...help))} |`,
    `| \`node -e 0\` | ${ms(bare)} | ${ms(Math.min(...empty))} |`,
    `| difference | ${ms(withHelp - bare)} | ${ms(Math.min(...help) - Math.min(...empty))} |`,
  ]
  return { title: `Start-up (${turns} turns each, alternating; bound: 40 ms)`, markdown: rows.join('\n') }
}
