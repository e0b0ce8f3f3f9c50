import type { BookEvent, SimTrade } from '../market/live/book.ts'
import type { Listing } from '../market/live/listing.ts'
import type { VenueMarket } from '../market/live/venueMarket.ts'

/** A question over HTTP. */
export interface Ask {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Parsed JSON of a body, where there was one. */
  readonly body: unknown
  /** Names in lower case. */
  readonly header: (name: string) => string | undefined
}

/** An answer over HTTP; a body that is no text is sent as JSON. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One open socket of a venue, as its server keeps it. */
export interface SocketSession {
  /** A message of the client. */
  message(text: string): void
  /** Something happened on the market. */
  event(event: BookEvent): void
  /** A second of the market has passed: for what is sent by the clock. */
  tick(now: number): void
}

/** Sends one message to the client; what is no text goes as JSON. */
export type Send = (message: unknown) => void

/** What a session knows of its connection, and can do to it besides sending. */
export interface Line {
  /** A header of the handshake, its name in lower case. */
  header(name: string): string | undefined
  /** Sends a ping frame. */
  ping(): void
  /** Ends the connection with a code of the socket protocol; 1006 cuts it without a word, as the other side sees it. */
  close(code: number): void
}

/** How a venue counts what is asked of it, and what it answers when it is too much. */
export interface RateRule {
  /** What a question costs, and on which counter. */
  readonly weigh: (ask: Ask) => { readonly counter: string; readonly weight: number }
  /** What an answer costs on top, where its size counts. */
  readonly weighAnswer?: (ask: Ask, answer: Answer) => number
  /**
   * What a counter allows in how many milliseconds of the machine's clock. Who asks more is refused for their rest, or
   * for `banMs` where the venue bans.
   */
  readonly allow: (counter: string) => { readonly limit: number; readonly windowMs: number; readonly banMs?: number }
  /** Headers that tell how much is used. */
  readonly headers: (used: number, counter: string) => Readonly<Record<string, string>>
  /** The answer when it is too much. */
  readonly refuse: (waitMs: number, counter: string) => Answer
}

/** A venue's doors over a market, by its own documents. Pure but for what it sends. */
export interface VenueDoors {
  readonly venue: string
  readonly rate: RateRule
  /** The answer to a question; undefined where the venue has no such door. */
  readonly answer: (ask: Ask, market: VenueMarket) => Answer | undefined
  /** The answer to a path that is no door. */
  readonly notFound: Answer
  /** The id that the venue gives a trade, from socket and REST alike. */
  readonly tradeId: (listing: Listing, trade: SimTrade) => string
  /** All ids of a trade, where the venue tells its matches one by one; left out where it has one id. */
  readonly tradeIds?: (trade: SimTrade) => readonly string[]
  /** A session for a socket at a path; undefined where none is served there. */
  readonly connect: (path: string, send: Send, market: VenueMarket, line: Line) => SocketSession | undefined
}
