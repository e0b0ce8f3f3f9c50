// What a user waits for with real files: importing them, importing them again, and writing a note from a warm store.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const TURNS = 5
const command = join(import.meta.dirname, '../dist/cli/main.js')
const folders = [process.env['ASSAYER_DATA'], join(import.meta.dirname, '../../shared/data')]
const data = folders.find((folder) => folder !== undefined && existsSync(join(folder, 'market')))

// Told by the process itself when it ends: its peak memory in kB.
const tellPeak = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS+'\\n'))`

const CASES = [
  {
    name: '50,846 daily candles (spot), first import',
    bound: '4 s',
    fresh: true,
    args: (market) => ['import', 'candles', join(market, 'binance_spot_1d_2017_2026.csv.gz'), '--venue', 'binance'],
  },
  {
    name: 'the same again',
    bound: '4 s',
    args: (market) => ['import', 'candles', join(market, 'binance_spot_1d_2017_2026.csv.gz'), '--venue', 'binance'],
  },
  {
    name: '306,946 4h candles (perp), first import',
    bound: '8 s, 700 MB',
    fresh: true,
    args: (market) => [
      'import',
      'candles',
      join(market, 'binance_um_perp_4h_2024-12-01_2025-05-10.csv.gz'),
      '--venue',
      'binance',
      '--market',
      'perp',
    ],
  },
]

const NOTE = {
  name: '`note ETH --as-of 2025-04-23T16:00Z`, warm store',
  bound: '2 s',
  args: () => ['note', 'ETH', '--as-of', '2025-04-23T16:00Z'],
}

function assayer(args, cwd, store) {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['--import', tellPeak, command, ...args, '--store', store], {
    cwd,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`assayer ${args.join(' ')} ended with ${status}: ${stderr}`)
  return { seconds: (performance.now() - start) / 1000, peakMb: Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024 }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

function measure(entry, folder, store, market) {
  const runs = Array.from({ length: TURNS }, () => {
    if (entry.fresh) rmSync(store, { recursive: true, force: true })
    return assayer(entry.args(market), folder, store)
  })
  const seconds = median(runs.map((run) => run.seconds))
  const peak = Math.max(...runs.map((run) => run.peakMb))
  return `| ${entry.name} | ${seconds.toFixed(2)} s | ${peak.toFixed(0)} MB | ${entry.bound} |`
}

export async function run() {
  const title = `Files and notes (whole process, median of ${TURNS}, highest peak memory)`
  if (data === undefined) return { title, markdown: 'Not run: no real data here (set ASSAYER_DATA to its folder).' }
  const folder = mkdtempSync(join(tmpdir(), 'assayer-bench-'))
  const market = join(data, 'market')
  try {
    const store = join(folder, 'store')
    const rows = CASES.map((entry) => measure(entry, folder, store, market))
    for (const name of ['binance_spot_1d_2017_2026', 'binance_spot_4h_BTC_ETH_2017_2026']) {
      assayer(['import', 'candles', join(market, `${name}.csv.gz`), '--venue', 'binance'], folder, store)
    }
    rows.push(measure(NOTE, folder, store, market))
    return { title, markdown: ['| work | time | memory | bound |', '| --- | ---: | ---: | ---: |', ...rows].join('\n') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
