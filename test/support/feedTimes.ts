import { instant } from '../../src/core/instant.ts'
import { instrumentOf } from '../../src/desk/jobs/collect/chooseInstruments.ts'
import { topicsOf } from '../../src/desk/jobs/collect/feedTopics.ts'
import { shardsOf } from '../../src/desk/jobs/collect/shards.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import type { Venue } from '../../src/records/venues.ts'
import type { World } from '../../src/sim/market/live/world.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import type { VenueDoors } from '../../src/sim/servers/door.ts'
import { DOORS } from '../../src/sim/servers/simVenues.ts'
import { SOURCES } from '../../src/sources/registry.ts'
import type { Feed, MapContext, VenueIo, VenueSource } from '../../src/sources/source.ts'

/** One connection of a feed of a venue, with the instruments that it brings. */
export interface Connected {
  readonly venue: Venue
  readonly feed: Feed
  readonly name: string
  readonly members: readonly Instrument[]
}

/** The connections that a collector of everything would have, by what the venues of a world list. */
export async function connectionsOf(world: World): Promise<readonly Connected[]> {
  const all: Connected[] = []
  for (const [venue, market] of world.venues) {
    const source = SOURCES[venue]
    const { listed } = await source.fetchListing(ioOf(source, DOORS[venue], market))
    const instruments = listed.flatMap((each) => {
      const is = instrumentOf(each, { simulated: true, at: instant(market.now()) })
      return is === undefined ? [] : [is]
    })
    for (const feed of source.feeds) {
      const covered = instruments.filter((is) => is.market === feed.market && feed.covers(is))
      for (const [i, members] of shardsOf(feed, covered).entries()) {
        all.push({ venue, feed, name: `${venue} ${feed.id}/${i}`, members })
      }
    }
  }
  return all
}

/** A source's way to a simulated venue, without a network. */
function ioOf(source: VenueSource, doors: VenueDoors, market: VenueMarket): VenueIo {
  const ask: VenueIo['ask'] = ({ path, query: asked = {}, body }) => {
    const query = new URLSearchParams()
    for (const [key, value] of Object.entries(asked)) if (value !== undefined) query.set(key, String(value))
    const method = body === undefined ? 'GET' : 'POST'
    const answer = doors.answer({ method, path, query, body, header: headerOf }, market)
    return answer?.status === 200
      ? Promise.resolve(answer.body)
      : Promise.reject(new RangeError(`${source.venue} ${path} answers ${answer?.status}`))
  }
  return { ask, now: () => instant(market.now()), signal: new AbortController().signal }
}

const headerOf = (name: string): string | undefined => (name === 'content-type' ? 'application/json' : undefined)

/** Simulated venues move on so often, ms, where nothing else is said, and tell by the clock so often. */
const [BEAT_MS, TICK_MS] = [50, 1_000]

/**
 * When events came on each connection while a world went on for so long, ms since then: what a source takes for an event, out of what the
 * venue sends. Acknowledgements and answers to pings are none.
 */
export async function eventTimes(
  world: World,
  connections: readonly Connected[],
  { ms, beatMs = BEAT_MS }: { readonly ms: number; readonly beatMs?: number },
): Promise<ReadonlyMap<Connected, readonly number[]>> {
  const began = world.now()
  const all = connections.map((connected) => {
    const { venue, feed, members } = connected
    const market = world.venues.get(venue) as VenueMarket
    const byName = new Map(members.map((is) => [is.instrument, is]))
    const context: MapContext = {
      venue,
      now: instant(began + ms),
      instrument: (_, name) => byName.get(name) ?? 'left out',
    }
    const times: number[] = []
    const send = (message: unknown): void => {
      const { is } = feed.read(typeof message === 'string' ? message : JSON.stringify(message), context)
      if (is === 'refused') throw new RangeError(`${connected.name} is refused: ${JSON.stringify(message)}`)
      if (is === 'rows' || is === 'beat') times.push(world.now() - began)
    }
    const line = { header: headerOf, ping: () => undefined, close: () => undefined }
    const session = DOORS[venue].connect(feed.path, send, market, line)
    if (session === undefined) throw new RangeError(`${venue} has no socket at "${feed.path}"`)
    const topics = topicsOf(feed, members, context)
    for (const text of feed.subscribe(topics, 1, instant(began))) session.message(text)
    return { connected, session, times, end: market.subscribe((event) => session.event(event)) }
  })
  for (let passed = beatMs; passed <= ms; passed += beatMs) {
    world.advanceTo(began + passed)
    // Some venues gather what happens at once, and send it in the next turn.
    await undefined
    if (passed % TICK_MS === 0) for (const { session } of all) session.tick(world.now())
  }
  for (const { end } of all) end()
  return new Map(all.map(({ connected, times }) => [connected, times]))
}

/**
 * When trades came on each connection while a world went on for so long, ms since then, in order. What venues send by the clock is left
 * out, so that only the market is heard.
 */
export function tradeTimes(
  world: World,
  connections: readonly Connected[],
  ms: number,
): ReadonlyMap<Connected, readonly number[]> {
  const began = world.now()
  const byInstrument = new Map<string, number[][]>()
  const all = new Map<Connected, number[]>()
  for (const connected of connections) {
    const times: number[] = []
    all.set(connected, times)
    for (const { venue, market, instrument } of connected.members) {
      const key = `${venue} ${market} ${instrument}`
      byInstrument.set(key, [...(byInstrument.get(key) ?? []), times])
    }
  }
  for (const [venue, market] of world.venues) {
    market.subscribe((event) => {
      if (event.is !== 'trade') return
      const { listing, trade } = event
      for (const times of byInstrument.get(`${venue} ${listing.market} ${listing.name}`) ?? [])
        times.push(trade.at - began)
    })
  }
  world.advanceTo(began + ms)
  return new Map([...all].map(([connected, times]) => [connected, times.toSorted((a, b) => a - b)]))
}
