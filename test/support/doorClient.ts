import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import type { Answer, Line, SocketSession, VenueDoors } from '../../src/sim/servers/door.ts'

/** What a venue answers to a posted body, without a server between; text is posted as it is, and parsed where it can be. */
export function postTo(
  doors: VenueDoors,
  market: VenueMarket,
  asked: { readonly path: string; readonly body: unknown; readonly method?: string; readonly contentType?: string },
): Answer {
  const { path, body, method = 'POST', contentType = 'application/json' } = asked
  const header = (name: string): string | undefined => (name === 'content-type' ? contentType : undefined)
  const ask = { method, path, query: new URLSearchParams(), body: parsed(body), header }
  return doors.answer(ask, market) ?? doors.notFound
}

function parsed(body: unknown): unknown {
  if (typeof body !== 'string') return body
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** A session of a venue's socket without a server between, all that came of it, and whether it was cut. */
export interface HeardSession extends SocketSession {
  readonly heard: unknown[]
  readonly isCut: () => boolean
}

/** Opens a session that hears of everything on the market; time passes for it by `tick` only. */
export function listenTo(doors: VenueDoors, market: VenueMarket, path: string): HeardSession {
  const heard: unknown[] = []
  let isCut = false
  const cut = (): void => {
    isCut = true
  }
  const line: Line = { header: () => undefined, ping: () => undefined, close: cut }
  const session = doors.connect(path, (message) => void heard.push(message), market, line)
  if (session === undefined) throw new RangeError(`no socket is served at "${path}"`)
  market.subscribe((event) => session.event(event))
  return {
    heard,
    isCut: () => isCut,
    message: (text) => session.message(text),
    event: (event) => session.event(event),
    tick: (now) => session.tick(now),
  }
}
