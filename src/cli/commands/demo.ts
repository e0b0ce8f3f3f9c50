import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeskError } from '../../core/errors.ts'
import { DAY_MS, HOUR_MS, instant, parseInstant, type InstantMs } from '../../core/instant.ts'
import type { Desk } from '../../desk/desk.ts'
import { parseAddressBook, simulatedNow, type AddressBook } from '../../desk/jobs/collect/addressBook.ts'
import { catchUp, COLLECTED_VENUES, type CollectRequest } from '../../desk/jobs/collect/collect.ts'
import { openDesk } from '../../desk/openDesk.ts'
import { writeFiles } from '../../desk/writeNoteFiles.ts'
import { parseScenario } from '../../sim/market/parseScenario.ts'
import { WORLD_ASSETS } from '../../sim/market/live/assets.ts'
import { decreesOf } from '../../sim/market/live/decrees.ts'
import { holdingsOf } from '../../sim/market/live/holdings.ts'
import { macroOf } from '../../sim/market/live/macro.ts'
import { scenarioWorld } from '../../sim/market/live/scenarioWorld.ts'
import { addressBookOf } from '../../sim/servers/addressBookOf.ts'
import { servePublishers, type SimPublishers } from '../../sim/servers/servePublishers.ts'
import { startSimVenues, type SimVenues } from '../../sim/servers/simVenues.ts'
import { importOfDemo } from '../importOfDemo.ts'
import { collectWithNotes } from '../collectWithNotes.ts'
import { LiveNotes } from '../liveNotes.ts'
import { statusScreen } from '../print/collectStatus.ts'
import { EXIT } from '../onError.ts'
import { parsePort } from '../options.ts'
import { stopSignal } from '../stopSignal.ts'

interface Options {
  readonly port?: string
  readonly out?: string
  readonly once?: boolean
}

const BEGIN = parseInstant('2025-04-23T15:00Z')
const AS_OF = parseInstant('2025-04-23T16:00Z')
const ASSETS = ['ETH', 'BTC']
/** The first notes are read from this venue; the others follow while they are looked at. */
const FIRST_VENUE = 'binance'

const KEPT_NOTHING = 'SIMULATED notes written and removed; give --out to keep them, or leave --once out to see them.'

/** What a shell gives for a command ended by Ctrl+C. */
const INTERRUPTED = 130

/** `assayer demo`: six simulated venues, the collector that reads them, and the notes on a local page. */
export async function command(options: Options): Promise<number> {
  const port = parsePort(options.port)
  await provePort(port)
  const { signal, release } = stopSignal()
  const folder = options.out ?? (await mkdtemp(join(tmpdir(), 'assayer-demo-')))
  try {
    await runDemo({ ...options, port, folder, signal })
    return EXIT.done
  } catch (error) {
    // Whatever the work says about a store that was closed under it.
    if (signal.aborted) return INTERRUPTED
    throw error
  } finally {
    if (options.out === undefined) await rm(folder, { recursive: true, force: true })
    release()
  }
}

/** A port in use is better known before the work than after it. */
async function provePort(port: number): Promise<void> {
  if (port !== 0) await (await new LiveNotes({} as Desk, []).serve(port)).close()
}

interface Demo extends Omit<Options, 'port'> {
  readonly port: number
  readonly folder: string
  readonly signal: AbortSignal
}

async function runDemo(demo: Demo): Promise<void> {
  const { venues, publishers } = await simulate()
  try {
    demo.signal.throwIfAborted()
    const clock = { startAt: AS_OF, began: Date.now(), speed: 1 }
    const book = parseAddressBook(JSON.stringify(addressBookOf(venues, clock, { publishers })), 'the demo')
    const path = join(demo.folder, 'store')
    const { desk, close } = await openDesk({ path, now: instant(Date.now()), access: 'hold', log: say })
    try {
      await collectAndShow(demo, desk, book)
    } finally {
      await close()
    }
  } finally {
    await Promise.all([venues.close(), publishers.close()])
  }
}

async function simulate(): Promise<{ readonly venues: SimVenues; readonly publishers: SimPublishers }> {
  const file = new URL('../../sim/market/scenarios/april-2025.json', import.meta.url)
  const scenario = parseScenario(JSON.parse(await readFile(file, 'utf8')), 'april-2025.json')
  say(`Simulating "${scenario.title}": a model fills the hours between dated facts. No network, no real prices.`)
  const world = scenarioWorld(scenario, BEGIN)
  world.advanceTo(AS_OF)
  const venues = await startSimVenues(world, { startAt: AS_OF, speed: 1 })
  const seed = 'april-2025'
  const holdings = holdingsOf({ seed, assets: WORLD_ASSETS, startAt: AS_OF })
  const truth = { world, holdings, macro: macroOf({ seed }), decrees: decreesOf({ seed }) }
  const publishers = await servePublishers(truth)
  say(`Serving six SIMULATED venues on 127.0.0.1, each in its own format: ${COLLECTED_VENUES.join(', ')}.`)
  return { venues, publishers }
}

async function collectAndShow(demo: Demo, desk: Desk, book: AddressBook): Promise<void> {
  const { signal } = demo
  const request: CollectRequest = {
    venues: [FIRST_VENUE],
    assets: ASSETS,
    depths: { hours: 400 * DAY_MS, minutes: 2 * HOUR_MS },
    book,
    signal,
    onEvent: () => undefined,
    onFault: () => undefined,
  }
  const first = await catchUp(desk, request)
  await first.ended
  signal.throwIfAborted()
  say(`Collected ${first.status().written.toLocaleString('en')} rows from ${FIRST_VENUE} as live use does.`)
  const told = await importOfDemo(desk, book, AS_OF)
  signal.throwIfAborted()
  say(`Imported ${told.toLocaleString('en')} values of SIMULATED rates, indices, gold and sentiment.`)
  const notes = new LiveNotes(desk, ASSETS)
  await writeFirst(notes, demo)
  if (demo.once === true) return say(demo.out === undefined ? KEPT_NOTHING : `SIMULATED notes kept in ${demo.out}`)
  const server = await notes.serve(demo.port)
  say(`\nSIMULATED notes: ${ASSETS.map((asset) => `${server.address}${asset.toLowerCase()}`).join('  ')}`)
  say(
    'Open one in a browser; they are written anew every minute while all six venues are collected. Ctrl+C ends the demo.',
  )
  const screen = statusScreen('text')
  const now = (): InstantMs => simulatedNow(book.clock, Date.now())
  const all = { ...request, venues: COLLECTED_VENUES, onEvent: screen.event }
  await collectWithNotes(desk, all, { notes, now, screen })
  await server.close()
}

/** The notes as of the scenario's moment; kept as files where the user named a folder. */
async function writeFirst(notes: LiveNotes, { out }: Demo): Promise<void> {
  for (const each of await notes.write(AS_OF)) {
    if ('missing' in each) throw new DemoFailedError(each.missing)
    say(`SIMULATED: ${each.note.headline}`)
    if (out === undefined) continue
    for (const written of await writeFiles(out, each.note.files)) say(`wrote ${written}`)
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** What was collected is not enough for a note; which must not happen to a demo. */
export class DemoFailedError extends DeskError {
  constructor(why: string) {
    super('DEMO_FAILED', `the demo has no note to show: ${why}`, { hint: 'please report this' })
  }
}
