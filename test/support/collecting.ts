import { instant } from '../../src/core/instant.ts'
import { parseAddressBook } from '../../src/desk/jobs/collect/addressBook.ts'
import { catchUp, collect, type Collecting, type CollectRequest } from '../../src/desk/jobs/collect/collect.ts'
import type { Pace } from '../../src/desk/jobs/collect/pace.ts'
import { VENUES } from '../../src/records/venues.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { addressBookOf } from '../../src/sim/servers/addressBookOf.ts'
import type { SimVenues } from '../../src/sim/servers/simVenues.ts'
import type { Store } from '../../src/store/open.ts'

/** Paces at which what usually takes minutes takes seconds. */
export const QUICK: Pace = {
  sweepMs: 300,
  servedMs: 300,
  relistMs: 20_000,
  relistSoonMs: 300,
  mostPollMs: 3_000,
  retryMs: 40,
  deniedMs: 6_000,
  clearMs: 500,
  knownMs: 5_000,
  withoutFeedMs: 3_000,
  patienceMs: 5_000,
}

export interface Run {
  readonly collecting: Collecting
  /** What was told so far. */
  readonly lines: readonly string[]
  /** Ends the collector; what it received is stored. */
  stop(): Promise<void>
}

/** A collector in this process over simulated venues. */
export async function collectFrom(
  venues: SimVenues,
  store: Store,
  options: Partial<Omit<CollectRequest, 'signal'>> & {
    readonly job?: typeof collect | typeof catchUp
    /** How fast the venues' clock runs, from now on; as this machine's unless said. */
    readonly speed?: number
  } = {},
): Promise<Run> {
  const { job = collect, speed = 1, ...request } = options
  const clock = { startAt: speed < 1 ? venues.world.now() : venues.now(), began: Date.now(), speed }
  const lines: string[] = []
  const end = new AbortController()
  const collecting = await job(
    { store, now: instant(Date.now()) },
    {
      venues: VENUES,
      assets: WORLD_ASSETS.map(({ asset }) => asset),
      depths: { hours: 30 * 60_000, minutes: 20 * 60_000 },
      book: parseAddressBook(JSON.stringify(addressBookOf(venues, clock)), 'the test'),
      pace: QUICK,
      signal: end.signal,
      onEvent: (line) => void lines.push(line),
      onFault: ({ venue, channel, what, path }) => void lines.push(`${venue} ${channel}: ${what} at "${path}"`),
      ...request,
    },
  )
  return {
    collecting,
    lines,
    stop: async () => {
      end.abort()
      await collecting.ended
    },
  }
}
