import { writeFile } from 'node:fs/promises'
import { DeskError } from '../../core/errors.ts'
import { formatInstant, HOUR_MS, instant, parseInstant } from '../../core/instant.ts'
import { WORLD_ASSETS } from '../../sim/market/live/assets.ts'
import { holdingsOf } from '../../sim/market/live/holdings.ts'
import { decreesOf } from '../../sim/market/live/decrees.ts'
import { macroOf } from '../../sim/market/live/macro.ts'
import { newWorld } from '../../sim/market/live/world.ts'
import { addressBookOf } from '../../sim/servers/addressBookOf.ts'
import { dumpSite, linesOf } from '../../sim/servers/dumps/dumpSite.ts'
import { serveDumps } from '../../sim/servers/dumps/serveDumps.ts'
import { servePublishers } from '../../sim/servers/servePublishers.ts'
import { startSimVenues } from '../../sim/servers/simVenues.ts'
import { EXIT } from '../onError.ts'

interface Options {
  readonly seed: string
  readonly speed: string
  readonly assets: string
  readonly rate: string
  readonly from?: string
  readonly addresses?: string
}

/** Past that venues serve candles of, before the simulation's start. */
const PAST_HOURS = 400 * 24

/** `assayer sim`: six venues on this machine, their dumps and seven publishers, that speak as the real ones do. */
export async function command(options: Options): Promise<number> {
  const speed = numberOption('--speed', options.speed, 1, 3600)
  const count = numberOption('--assets', options.assets, 1, WORLD_ASSETS.length)
  const rate = numberOption('--rate', options.rate, 0.01, 1000)
  const now = options.from === undefined ? Date.now() : parseInstant(options.from)
  const startAt = Math.floor(now / HOUR_MS) * HOUR_MS
  const assets = WORLD_ASSETS.slice(0, count)
  const world = newWorld({ seed: options.seed, assets, startAt, rate, pastHours: PAST_HOURS })
  world.advanceTo(now)
  const clock = { startAt: now, speed }
  const venues = await startSimVenues(world, clock)
  const dumps = await serveDumps(dumpSite(linesOf(world)))
  const { seed } = options
  const truth = {
    world,
    holdings: holdingsOf({ seed, assets, startAt }),
    macro: macroOf({ seed }),
    decrees: decreesOf({ seed }),
  }
  const publishers = await servePublishers(truth)
  const book = addressBookOf(venues, { ...clock, began: Date.now() }, { dumps, publishers })
  if (options.addresses !== undefined) await writeFile(options.addresses, `${JSON.stringify(book, null, 2)}\n`)
  say(`SIMULATED venues, ${count} assets, from ${formatInstant(instant(now))} at speed ${speed}:`)
  for (const [venue, { port }] of venues.servers) say(`  ${venue.padEnd(12)} http://127.0.0.1:${port}`)
  say(`  ${'their dumps'.padEnd(12)} http://127.0.0.1:${dumps.port}`)
  for (const [publisher, address] of Object.entries(publishers.addresses)) say(`  ${publisher.padEnd(12)} ${address}`)
  if (options.addresses !== undefined) say(`assayer collect --addresses ${options.addresses} reads them. Ctrl+C ends.`)
  await new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  await Promise.all([venues.close(), dumps.close(), publishers.close()])
  return EXIT.done
}

function numberOption(name: string, text: string, least: number, most: number): number {
  const value = Number(text)
  if (Number.isFinite(value) && value >= least && value <= most) return value
  throw new BadNumberError(name, text, least, most)
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

export class BadNumberError extends DeskError {
  constructor(name: string, text: string, least: number, most: number) {
    super('BAD_NUMBER', `${name} "${text}" is not a number from ${least} to ${most}`)
  }
}
