const SECOND = 1000
const HOUR = 3_600_000

/** What a connection may do. */
const MESSAGE_BYTES = 4096
const MESSAGES_A_SECOND = 10
const ASKS_AN_HOUR = 240
const CHANNELS = 1000
/** Without a ping for so long the connection is cut, also while data flows. */
const PING_MS = 120_000

/** What one connection has used of what it may, by the machine's clock. */
export class SocketLimits {
  readonly #messages: number[] = []
  readonly #asks: number[] = []
  #pinged: number

  constructor(now: number) {
    this.#pinged = now
  }

  ping(now: number): void {
    this.#pinged = now
  }

  /** Whether a ping is overdue. */
  isLost(now: number): boolean {
    return now - this.#pinged > PING_MS
  }

  /** Counts a message, pings too; false where it is one too many or too long, after which the venue closes. */
  allowsMessage(now: number, bytes: number): boolean {
    return bytes <= MESSAGE_BYTES && count(this.#messages, now, SECOND) <= MESSAGES_A_SECOND
  }

  /** Counts a subscription; false where it is one too many, which is refused. */
  allowsAsk(now: number, channels: number): boolean {
    return count(this.#asks, now, HOUR) <= ASKS_AN_HOUR && channels < CHANNELS
  }
}

function count(times: number[], now: number, windowMs: number): number {
  while (times.length > 0 && (times[0] as number) <= now - windowMs) times.shift()
  return times.push(now)
}
