import type { VenueDoors } from '../door.ts'
import { tradeId } from './ids.ts'
import { DOORS } from './rest.ts'
import { connect } from './socket.ts'

const MINUTE = 60_000

/** Bybit, spot and contracts, as its documents describe it. */
export const bybit: VenueDoors = {
  venue: 'bybit',
  rate: {
    weigh: () => ({ counter: 'address', weight: 1 }),
    allow: () => ({ limit: 600, windowMs: 5_000, banMs: 10 * MINUTE }),
    headers: () => ({}),
    refuse: () => ({ status: 403, body: '403, access too frequent' }),
  },
  answer: (ask, market) => {
    // A GET must have no body, not even an empty one in JSON.
    if (ask.method === 'GET' && ask.body !== undefined) return { status: 403, body: '' }
    return DOORS[ask.path]?.(ask, market)
  },
  notFound: { status: 404, body: '' },
  tradeId,
  connect,
}
