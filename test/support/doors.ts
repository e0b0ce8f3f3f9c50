import type { BookEvent } from '../../src/sim/market/live/book.ts'
import type { Listing } from '../../src/sim/market/live/listing.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import type { World } from '../../src/sim/market/live/world.ts'
import type { Answer, VenueDoors } from '../../src/sim/servers/door.ts'

export type Headers = Readonly<Record<string, string>>

export interface Question {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Headers
}

/** Asks a venue's doors without a network. */
export const asking =
  (doors: VenueDoors, market: VenueMarket) =>
  (address: string, { method = 'GET', body, headers = {} }: Question = {}): Answer | undefined => {
    const { pathname, searchParams } = new URL(address, 'http://127.0.0.1')
    const header = (name: string): string | undefined => headers[name]
    return doors.answer({ method, path: pathname, query: searchParams, body, header }, market)
  }

/** What a session of a venue was told and said, without a network. */
export interface Listened {
  /** Everything that came, oldest first. */
  readonly sent: readonly Readonly<Record<string, unknown>>[]
  readonly send: (message: unknown) => void
  /** Lets so many milliseconds of the world pass, a beat at a time. */
  readonly live: (ms: number) => void
}

const BEAT_MS = 250
const TICK_MS = 1000

/** Opens a session at a path. */
export function listening(
  doors: VenueDoors,
  { world, market }: { readonly world: World; readonly market: VenueMarket },
  path: string,
  headers: Headers = {},
): Listened {
  const sent: Readonly<Record<string, unknown>>[] = []
  const keep = (message: unknown): void => void sent.push(structuredClone(message) as (typeof sent)[number])
  const line = { header: (name: string) => headers[name], ping: () => undefined, close: () => undefined }
  const session = doors.connect(path, keep, market, line)
  if (session === undefined) throw new RangeError(`no socket at "${path}"`)
  return {
    sent,
    send: (message) => session.message(typeof message === 'string' ? message : JSON.stringify(message)),
    live: (ms) => {
      const stop = market.subscribe((event: BookEvent) => session.event(event))
      const began = world.now()
      for (let passed = BEAT_MS; passed <= ms; passed += BEAT_MS) {
        world.advanceTo(began + passed)
        if (passed % TICK_MS === 0) session.tick(world.now())
      }
      stop()
    },
  }
}

/** Puts one long and one short account where the next trade finds them liquidated, neither as the other's counterpart. */
export function ruin(market: VenueMarket, listing: Listing): void {
  const accounts = market.positions(listing)
  accounts.find(({ lots }) => lots > 0)!.entry = 3 * market.mark(listing)
  accounts.findLast(({ lots }) => lots < 0)!.entry = market.mark(listing) / 3
}
