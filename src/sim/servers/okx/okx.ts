import type { Counting } from '../counting.ts'
import type { Ask, VenueDoors } from '../door.ts'
import { DOORS } from './doors.ts'
import { lastIdOf, matchesOf } from './matches.ts'
import { tooMany } from './refusals.ts'
import { connect } from './socket.ts'

const WINDOW_MS = 2_000
/** For what is no door; that it is counted is not documented. */
const NO_DOOR = { budget: 100, by: undefined }

/**
 * OKX, spot and swaps of both kinds, as its documents describe it.
 * @param counting - of open interest; the venue does not say
 */
export const okxDoors = (counting: Counting): VenueDoors => ({
  venue: 'okx',
  rate: {
    weigh: (ask) => ({ counter: counterOf(ask), weight: 1 }),
    allow: (counter) => ({ limit: doorAt(counter.split(' ')[0] ?? '').budget, windowMs: WINDOW_MS }),
    headers: () => ({}),
    refuse: tooMany,
  },
  answer: (ask, market) => DOORS[ask.path]?.answer(ask, market, counting),
  notFound: { status: 404, body: '<html><body>404 Not Found</body></html>' },
  tradeId: (_, trade) => String(lastIdOf(trade)),
  tradeIds: (trade) => matchesOf(trade).map(({ id }) => String(id)),
  connect: (path, send, market, line) => connect(path, { send, market, line, counting }),
})

export const okx: VenueDoors = okxDoors('one side')

const doorAt = (path: string): { readonly budget: number; readonly by?: string | undefined } => DOORS[path] ?? NO_DOOR

function counterOf({ path, query }: Ask): string {
  const { by } = doorAt(path)
  return by === undefined ? path : `${path} ${query.get(by) ?? ''}`
}
