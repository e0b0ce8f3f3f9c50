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

const KEPT_NOTHING = 'SIMULATED notes written and removed; give --out to keep them, or leave --once out to see them.'

/** What a shell gives for a command ended by Ctrl+C. */
const INTERRUPTED = 130

/** `assayer demo`: a simulated market through the real store, its notes on a local page. */
export async function command(options: Options): Promise<number> {
  const port = parsePort(options.port)
  await provePort(port)
  const stop = new AbortController()
  const onSignal = (): void => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const folder = options.out ?? (await mkdtemp(join(tmpdir(), 'assayer-demo-')))
  try {
    const pages = await writeDemo(folder, options.out, stop.signal)
    if (options.once === true) say(options.out === undefined ? KEPT_NOTHING : `SIMULATED notes kept in ${options.out}`)
    else await show(pages, port, stop.signal)
    return EXIT.done
  } catch (error) {
    // Whatever the work says about a store that was closed under it.
    if (stop.signal.aborted) return INTERRUPTED
    throw error
  } finally {
    if (options.out === undefined) await rm(folder, { recursive: true, force: true })
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

/** A port in use is better known before the work than after it. */
async function provePort(port: number): Promise<void> {
  if (port !== 0) await (await servePages(new Map(), port)).close()
}

/** Serves the notes until the signal. */
async function show(pages: ReadonlyMap<string, Page>, port: number, stop: AbortSignal): Promise<void> {
  const server = await servePages(pages, port)
  say(`\nSIMULATED notes: ${ASSETS.map((asset) => `${server.address}${asset.toLowerCase()}`).join('  ')}`)
  say('Open one in a browser. Ctrl+C ends the demo.')
  if (!stop.aborted) await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()))
  await server.close()
}

/** Makes the market and its notes; keeps the notes as files where the user named a folder. */
async function writeDemo(
  folder: string,
  out: string | undefined,
  stop: AbortSignal,
): Promise<ReadonlyMap<string, Page>> {
  const path = join(folder, 'store')
  const { desk, close } = await openDesk({ path, now: instant(Date.now()), access: 'write', log: say })
  // A closed store refuses what comes next, which ends the work.
  const onStop = (): void => void close().catch(() => undefined)
  stop.addEventListener('abort', onStop)
  try {
    stop.throwIfAborted()
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
    stop.throwIfAborted()
    return pages
  } finally {
    stop.removeEventListener('abort', onStop)
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
