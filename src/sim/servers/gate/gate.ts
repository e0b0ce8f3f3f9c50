import { digestDigits } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { Ask, VenueDoors } from '../door.ts'
import { tradeNumber } from './ids.ts'
import { TOO_MANY } from './refusals.ts'
import { answer, placeOf } from './rest.ts'
import { connect } from './socket.ts'

/** So many questions to one door in so long. */
const LIMIT = 200
const WINDOW_MS = 10_000

/**
 * Gate's spot market and its perpetuals settled in USDT and in BTC, as its documents describe them.
 * @param counting - what open interest counts; the documents say it of `position_size` alone, which is one side either way
 */
export const gateDoors = (counting: Counting): VenueDoors => ({
  venue: 'gate',
  rate: {
    weigh: (ask) => ({ counter: counterOf(ask), weight: 1 }),
    allow: () => ({ limit: LIMIT, windowMs: WINDOW_MS }),
    headers: (used, counter) => ({
      ...usage(Math.max(0, LIMIT - used), Date.now()),
      'X-In-Time': String(Date.now() * 1000),
      'X-Out-Time': String(Date.now() * 1000),
      'X-Gate-Trace-ID': digestDigits(`${counter} ${used} ${Date.now()}`, 32),
    }),
    refuse: (waitMs) => ({ ...TOO_MANY, headers: usage(0, Math.ceil(Date.now() + waitMs)) }),
  },
  answer: (ask, market) => answer(ask, market, counting),
  notFound: { status: 404, body: '<html><body>404 Not Found</body></html>' },
  tradeId: (listing, trade) => String(tradeNumber(listing, trade)),
  // Spot's `id` counts over all markets; beside it every market has a count of its own.
  tradeIds: ({ seq }) => [String(seq)],
  connect: (path, send, market, line) => connect(path, { send, market, line, counting }),
})

export const gate: VenueDoors = gateDoors('one side')

const counterOf = (ask: Ask): string => placeOf(ask)?.door ?? 'none'

/** When it resets is told in milliseconds: about now, but where it was too much. */
const usage = (remain: number, resetAt: number) => ({
  'X-Gate-RateLimit-Requests-Remain': String(remain),
  'X-Gate-RateLimit-Limit': String(LIMIT),
  'X-Gate-RateLimit-Reset-Timestamp': String(resetAt),
})
