import type { DeskError } from '../core/errors.ts'
import type { InstantMs } from '../core/instant.ts'
import type { BudgetSpec } from '../net/rateBudget.ts'
import type { Collected } from '../records/coverage.ts'
import type { Instrument } from '../records/instrument.ts'
import type { RecordSpec } from '../records/record.ts'
import type { Venue } from '../records/venues.ts'
import type { WireFault } from './wire/wireFault.ts'

/** A record of its kind, mapped and found sound. */
export interface MappedRow {
  readonly record: RecordSpec
  readonly row: Readonly<Record<string, unknown>>
}

/** What an answer or a message came to: rows to keep, and what was wrong with the rest. */
export interface Mapped {
  readonly rows: readonly MappedRow[]
  readonly faults: readonly WireFault[]
}

/** One question to a venue. */
export interface VenueRequest {
  /** Name of one of the source's addresses. */
  readonly address: string
  /** Path behind that address, `/fapi/v1/klines`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | number | undefined>>
  /** Sent as JSON by POST. */
  readonly body?: unknown
  /** Name of the counter it is charged to, and what it costs there. */
  readonly budget: string
  readonly weight: number
}

/** A source's way to its venue: asks within the venue's limits, tries again what may be tried again, and knows its clock. */
export interface VenueIo {
  /** The JSON of an answer, however it looks. @throws errors of `net` */
  readonly ask: (request: VenueRequest) => Promise<unknown>
  /** Now, by the venue's clock. */
  readonly now: () => InstantMs
  readonly signal: AbortSignal
}

/** What mapping needs to know besides the message. Pure. */
export interface MapContext {
  readonly venue: Venue
  /** The instrument of a venue's own name on a market: `left out` where it is listed but not collected, undefined where it is not listed. */
  readonly instrument: (market: Instrument['market'], name: string) => Instrument | 'left out' | undefined
  /** Now, by the venue's clock. */
  readonly now: InstantMs
}

/** What is known of an instrument from the venue alone, before its asset is resolved. */
export interface Listed {
  readonly instrument: Omit<Instrument, 'asset' | 'multiplier' | 'simulated'>
  /** Ticker of the coin as the venue names it, multiplier included: `1000PEPE`, `kPEPE`. */
  readonly ticker: string
  /** Turnover of the last 24 hours in the quote unit, where the same answer tells it. */
  readonly quoteVolume24h?: number
}

export interface Listing {
  readonly listed: readonly Listed[]
  readonly faults: readonly WireFault[]
}

/** A stretch of one instrument's past. */
export interface Past {
  readonly instrument: Instrument
  /** From this instant, up to but without the other. */
  readonly from: InstantMs
  readonly to: InstantMs
}

/**
 * A door to the past of one record kind. Its rows come in any order, in pages; when it ends, everything that the venue serves
 * of the stretch has come, and it says from when on that is complete.
 */
export interface HistoryDoor {
  readonly kind: Collected
  readonly market: Instrument['market']
  /** The grid of its rows, where they have one: `1m`, `1h`, `5m`. */
  readonly interval?: string
  /** Which of several doors of one kind and grid: the measure of a positioning ratio. */
  readonly measure?: string
  /** False for instruments that the venue has no such history of. */
  readonly covers: (instrument: Instrument) => boolean
  /** How far back the venue serves it; Infinity where to the listing. */
  readonly depthMs: number
  /** How long after its time a row is served at the latest. */
  readonly delayMs: number
  /** How much may be missing at the end before it is asked for again, where a question is dear; a row's grid unless said. */
  readonly everyMs?: number
  /** `the newest`: whatever is asked for, so that one question answers for all that is missing. What is asked for unless said. */
  readonly serves?: 'the newest'
  readonly fetch: (io: VenueIo, context: MapContext, past: Past) => AsyncGenerator<Mapped, Reached>
}

/** How much of a stretch a venue could serve. */
export interface Reached {
  /** From here to the stretch's end nothing is missing. */
  readonly from: InstantMs
  /** Why not from the beginning, where not. */
  readonly why?: string
}

/** A number that has no past: it is asked for again and again. */
export interface Poll {
  readonly id: string
  readonly kinds: readonly Collected[]
  readonly market: Instrument['market']
  readonly everyMs: number
  readonly covers: (instrument: Instrument) => boolean
  /** One question for all instruments, or one each. */
  readonly fetch: (io: VenueIo, context: MapContext, instruments: readonly Instrument[]) => AsyncIterable<Mapped>
}

/** An account that traded, and for how much in the quote unit. */
export interface Trader {
  readonly address: string
  readonly at: InstantMs
  readonly quoteValue: number
}

/** An account that is asked for its positions. */
export interface AskedAccount {
  readonly address: string
  /** Where it had a position when it was last asked: one that is closed since is told as such. */
  readonly held: readonly Instrument[]
}

/** Positions account by account, where a venue publishes them. */
export interface AccountDoor {
  readonly market: Instrument['market']
  /** Accounts asked a minute at most, so that the venue's limit is left to other questions. */
  readonly perMinute: number
  readonly fetch: (io: VenueIo, context: MapContext, account: AskedAccount) => Promise<Mapped>
}

/** What a message on a socket is. */
export type Reading =
  | ({ readonly is: 'rows'; readonly traders?: readonly Trader[] } & Mapped)
  /** Topics that are subscribed now; `all` where the venue acknowledges a whole request without naming them. */
  | { readonly is: 'acknowledged'; readonly topics: readonly string[] | 'all' }
  | { readonly is: 'refused'; readonly why: string; readonly topics?: readonly string[] }
  /** An event of the market that no record comes of: it shows that the socket brings events, up to when it was sent where it says so. */
  | { readonly is: 'beat'; readonly sentAt?: number }
  /** Of no interest: an answer to a ping, a greeting. */
  | { readonly is: 'pulse' }

/** A topic of an instrument that is always busy; it is asked for where the instrument is listed. */
export interface Beat {
  readonly instrument: string
  readonly topic: string
}

/** A group of socket subscriptions of one market. Pure but for its constants. */
export interface Feed {
  /** `perp`, `perp-public`: unique within the venue. */
  readonly id: string
  readonly market: Instrument['market']
  readonly kinds: readonly Collected[]
  /** Those of them of which the venue serves nothing again, or little: what of them is lost is lost for ever. */
  readonly toldOnce: readonly Collected[]
  /** Name of one of the source's socket addresses, and the path behind it. */
  readonly address: string
  readonly path: string
  readonly covers: (instrument: Instrument) => boolean
  /** Topics of one instrument, by the venue's names. */
  readonly topics: (instrument: Instrument) => readonly string[]
  /** Topics that hold for all instruments at once. */
  readonly sharedTopics: readonly string[]
  /** Where nothing else is steady: what comes often, whatever the rest does, and shows that the socket brings what happens. */
  readonly beats?: readonly Beat[]
  /** Topics at most on one connection. */
  readonly topicsPerSocket: number
  /** The messages that subscribe to topics; `id` numbers the first of them, `now` is the venue's clock. */
  readonly subscribe: (topics: readonly string[], id: number, now: InstantMs) => readonly string[]
  /** A ping of the venue's own making, where it wants one; protocol pings are sent anyway. */
  readonly ping?: { readonly everyMs: number; readonly text: string | ((now: InstantMs) => string) }
  /** Topics that are there at any time: where there is no ping, the venue shows by them that it listens. */
  readonly probeTopics?: readonly string[]
  /** Some event comes at least so often, as the venue documents, whatever the market does; left out where none does. */
  readonly atLeastEveryMs?: number
  /** A record can come this much later than its own time. */
  readonly lateMs: number
  readonly read: (text: string, context: MapContext) => Reading
}

/** All that is known of how to read one venue. */
export interface VenueSource {
  readonly venue: Venue
  /** Names of addresses with the venue's own: `{ rest: 'https://api.bybit.com', socket: 'wss://stream.bybit.com' }`. */
  readonly addresses: Readonly<Record<string, string>>
  readonly budgets: Readonly<Record<string, BudgetSpec>>
  /** Sent with every question and every connection. */
  readonly headers?: Readonly<Record<string, string>>
  /** What a venue says in an answer that looks well: the error in it, where it is a refusal. It is treated as any other refusal is. */
  readonly refusal?: (json: unknown, path: string) => DeskError | undefined
  /** The venue's clock, ms, asked at one of its addresses; at whichever is best where none is named. */
  readonly fetchTime: (io: VenueIo, address?: string) => Promise<InstantMs>
  /** Everything that is listed now on the markets that are collected. */
  readonly fetchListing: (io: VenueIo) => Promise<Listing>
  readonly history: readonly HistoryDoor[]
  readonly polls: readonly Poll[]
  readonly feeds: readonly Feed[]
  readonly accounts?: AccountDoor
}
