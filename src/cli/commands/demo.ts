import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant, parseInstant } from '../../core/instant.ts'
import type { Desk } from '../../desk/desk.ts'
import { importRecords } from '../../desk/jobs/importRecords.ts'
import { answerNote } from '../../desk/note.ts'
import { openDesk } from '../../desk/openDesk.ts'
import { renderNote } from '../../desk/renderNote.ts'
import { writeNoteFiles } from '../../desk/writeNoteFiles.ts'
import { servePages, type Page } from '../../server/servePages.ts'
import { parseScenario } from '../../sim/market/parseScenario.ts'
import { simulatedBatches } from '../../sim/market/simulatedBatches.ts'
import { simulateMarket } from '../../sim/market/simulateMarket.ts'
import { EXIT } from '../onError.ts'
import { parsePort } from '../options.ts'
import { version } from '../version.ts'

interface Options {
  readonly port?: string
  readonly out?: string
  readonly once?: boolean
}

const AS_OF = parseInstant('2025-04-23T16:00Z')
const ASSETS = ['ETH', 'BTC']

/** `assayer demo`: a simulated market through the real store, its notes on a local page. */
export async function command(options: Options): Promise<number> {
  const port = parsePort(options.port)
  const folder = options.out ?? (await mkdtemp(join(tmpdir(), 'assayer-demo-')))
  try {
    const pages = await writeDemo(folder, options.out)
    const server = await servePages(pages, port)
    say(`\nSIMULATED notes: ${ASSETS.map((asset) => `${server.address}${asset.toLowerCase()}`).join('  ')}`)
    if (options.once !== true) {
      say('Open one in a browser. Ctrl+C ends the demo.')
      await untilStopped()
    }
    await server.close()
    return EXIT.done
  } finally {
    if (options.out === undefined) await rm(folder, { recursive: true, force: true })
  }
}

/** Makes the market and its notes; keeps the notes as files where the user named a folder. */
async function writeDemo(folder: string, out: string | undefined): Promise<ReadonlyMap<string, Page>> {
  const path = join(folder, 'store')
  const { desk, close } = await openDesk({ path, now: instant(Date.now()), log: say })
  try {
    await simulate(desk)
    const pages = new Map<string, Page>()
    for (const asset of ASSETS) {
      const note = await answerNote(desk, { asset, asOf: AS_OF })
      say(`SIMULATED: ${note.headline.text}`)
      const files = await renderNote(note, ['html', 'json'], version)
      const [html, json] = [...files.values()].map(String)
      if (out !== undefined)
        for (const written of await writeNoteFiles(note, ['html', 'json'], out, version)) say(`wrote ${written}`)
      pages.set(`/${asset.toLowerCase()}`, { type: 'text/html', body: html ?? '' })
      pages.set(`/${asset.toLowerCase()}.json`, { type: 'application/json', body: json ?? '' })
    }
    return pages
  } finally {
    await close()
  }
}

async function simulate(desk: Desk): Promise<void> {
  const file = new URL('../../sim/market/scenarios/april-2025.json', import.meta.url)
  const scenario = parseScenario(JSON.parse(await readFile(file, 'utf8')), 'april-2025.json')
  say(`Simulating "${scenario.title}": a model fills the hours between dated facts. No network, no real prices.`)
  const batches = [...simulatedBatches(scenario, simulateMarket(scenario))]
  const { rows } = await importRecords(desk, batches, 'april-2025.json')
  say(`Stored ${rows.toLocaleString('en')} simulated hourly candles.`)
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve())
  })
}
