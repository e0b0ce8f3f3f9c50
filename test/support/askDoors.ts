import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import type { Answer, Line, SocketSession, VenueDoors } from '../../src/sim/servers/door.ts'

/** What a venue's door answers, without a server between: a GET of a path with its query. */
export function askDoors(doors: VenueDoors, market: VenueMarket, address: string): Answer {
  const url = new URL(address, 'http://127.0.0.1')
  const ask = { method: 'GET', path: url.pathname, query: url.searchParams, body: undefined, header: () => undefined }
  return doors.answer(ask, market) ?? doors.notFound
}

/** A session of a venue's socket without a server between, and all that came of it. */
export interface OpenSession extends SocketSession {
  readonly sent: unknown[]
  readonly pings: () => number
  readonly closedWith: () => number | undefined
}

/** Opens a session that hears of everything on the market; time passes for it by `tick` only. */
export function openSession(doors: VenueDoors, market: VenueMarket, path: string): OpenSession {
  const sent: unknown[] = []
  let pings = 0
  let code: number | undefined
  const line: Line = { header: () => undefined, ping: () => void pings++, close: (with_) => void (code = with_) }
  const session = doors.connect(path, (message) => void sent.push(message), market, line)
  if (session === undefined) throw new RangeError(`no socket is served at "${path}"`)
  market.subscribe((event) => session.event(event))
  return {
    sent,
    pings: () => pings,
    closedWith: () => code,
    message: (text) => session.message(text),
    event: (event) => session.event(event),
    tick: (now) => session.tick(now),
  }
}
