import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '../../src/core/random.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import type { SimVenue } from '../../src/sim/market/live/listings.ts'
import { addressBookOf } from '../../src/sim/servers/addressBookOf.ts'
import type { SimVenues } from '../../src/sim/servers/simVenues.ts'
import { startCli, type Running } from './cli.ts'
import { ruin } from './doors.ts'

export interface ChaosPlan {
  readonly minutes: number
  readonly kills: number
  readonly outages: number
  /** An outage lasts up to so many seconds. */
  readonly outageSeconds: number
  readonly seed: string
}

/** A time in which a venue could not be collected, by the venue's clock: from the fault to the next subscription. */
export interface Outage {
  readonly venue: SimVenue
  readonly from: number
  readonly to: number
  readonly why: string
}

export interface ChaosResult {
  readonly startedAt: number
  /** What happened up to here is to be held, or reported as missing. */
  readonly endAt: number
  readonly outages: readonly Outage[]
  /** How long the last collector took to fetch what was still missing, seconds. */
  readonly caughtUpInS: number
  /** What the collectors wrote to stderr. */
  readonly log: string
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Lets a collector run against simulated venues while both are treated badly: the collector is killed, venues go away, sockets fall
 * silent or are cut in half. Then the collector is asked to fetch what is missing.
 */
export async function runChaos(venues: SimVenues, folder: string, plan: ChaosPlan): Promise<ChaosResult> {
  const random = seededRandom(plan.seed)
  const addresses = join(folder, 'addresses.json')
  const began = Date.now()
  writeFileSync(addresses, JSON.stringify(addressBookOf(venues, { startAt: venues.now(), began, speed: 1 })))
  const assets = WORLD_ASSETS.map(({ asset }) => asset)
  const args = ['collect', ...assets, '--addresses', addresses, '--store', join(folder, 'store')]
  const depth = ['--history', '2h', '--recent', '30m']
  const logs: string[] = []
  let running: Running = startCli([...args, ...depth])
  const faults: { venue: SimVenue; from: number; why: string; ends?: number }[] = []
  const all = [...venues.servers.keys()]

  const startedAt = venues.now()
  const liquidating = setInterval(() => ruinSome(venues, random.uniform), LIQUIDATION_EVERY_MS)
  const end = performance.now() + plan.minutes * 60_000
  const moments = [
    ...Array.from({ length: plan.kills }, () => 'kill' as const),
    ...Array.from({ length: plan.outages }, () => 'outage' as const),
    'silent' as const,
    'half-closed' as const,
  ]
  const at = (i: number): number => ((i + 0.6 + 0.3 * random.uniform()) / (moments.length + 1)) * plan.minutes * 60_000
  const schedule = shuffled(moments, random.uniform).map((what, i) => ({ what, at: at(i) }))
  const first = performance.now()
  for (const { what, at: due } of schedule) {
    await pause(Math.max(0, first + due - performance.now()))
    const venue = all[Math.floor(random.uniform() * all.length)] as SimVenue
    if (what === 'kill') {
      for (const each of all) faults.push({ venue: each, from: venues.now(), why: 'kill' })
      running.child.kill('SIGKILL')
      logs.push((await running.ended).stderr)
      running = startCli([...args, ...depth])
      continue
    }
    const ms = what === 'silent' ? SILENT_MS : (0.3 + 0.7 * random.uniform()) * plan.outageSeconds * 1000
    const ends = what === 'half-closed' ? {} : { ends: venues.now() + ms }
    faults.push({ venue, from: venues.now(), why: what, ...ends })
    venues.servers.get(venue)?.fault(what === 'half-closed' ? { is: what } : { is: what, ms })
  }
  await pause(Math.max(0, end - performance.now()))
  // The collector must be whole again before the end, or what is open then would be counted as lost.
  await pause(8_000)
  const endAt = venues.now()
  await pause(4_000)
  running.child.kill('SIGTERM')
  // What a venue serves a minute late can be asked for only then.
  await pause(SERVED_AT_LAST_MS)
  logs.push((await running.ended).stderr)
  const caughtUpFrom = performance.now()
  const last = await startCli([...args, ...depth, '--once']).ended
  logs.push(last.stderr)
  const caughtUpInS = (performance.now() - caughtUpFrom) / 1000
  clearInterval(liquidating)
  return { startedAt, endAt, outages: outagesOf(venues, faults, endAt), caughtUpInS, log: logs.join('\n---\n') }
}

const SILENT_MS = 20_000
const SERVED_AT_LAST_MS = 65_000
const LIQUIDATION_EVERY_MS = 300

/** Puts two accounts of some contract where the next trade finds them liquidated. */
function ruinSome(venues: SimVenues, uniform: () => number): void {
  const markets = [...venues.world.venues.values()]
  const market = markets[Math.floor(uniform() * markets.length)]
  const contracts = market?.listings.filter((listing) => listing.market === 'perp') ?? []
  const listing = contracts[Math.floor(uniform() * contracts.length)]
  if (market !== undefined && listing !== undefined) ruin(market, listing)
}

/**
 * An outage lasts as long as its server was away; whatever else until a socket of that venue subscribes again, and silence as long as
 * it does at least, since it acknowledges.
 */
function outagesOf(
  venues: SimVenues,
  faults: readonly { venue: SimVenue; from: number; why: string; ends?: number }[],
  endAt: number,
): readonly Outage[] {
  return faults.map(({ venue, from, why, ends = from }) => {
    const server = venues.servers.get(venue)
    const paths = new Set(server?.subscriptions.map(({ path }) => path))
    // A venue is whole again when the last of its sockets is.
    const back = [...paths].map(
      (path) => server?.subscriptions.find((each) => each.path === path && each.at > from)?.at ?? endAt,
    )
    return { venue, from, to: why === 'outage' ? ends : Math.max(ends, ...back), why }
  })
}

function shuffled<T>(items: readonly T[], uniform: () => number): readonly T[] {
  return items
    .map((item) => ({ item, key: uniform() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
