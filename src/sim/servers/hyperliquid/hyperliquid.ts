import { ok } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { VenueDoors } from '../door.ts'
import { leaderboard } from './clearinghouse.ts'
import { info } from './info.ts'
import { connect } from './socket.ts'
import { tidOf } from './trades.ts'
import { RATE } from './weights.ts'

/**
 * Hyperliquid's first dex of perpetuals, as its documents describe it.
 * @param counting - of open interest; nobody has measured it
 */
export const hyperliquidDoors = (counting: Counting): VenueDoors => ({
  venue: 'hyperliquid',
  rate: RATE,
  answer: (ask, market) => {
    if (ask.path === '/info') return info(ask, market, counting)
    return ask.path === '/Mainnet/leaderboard' && ask.method === 'GET' ? ok(leaderboard(market)) : undefined
  },
  notFound: { status: 404, body: '', headers: { 'content-type': 'text/plain' } },
  tradeId: (listing, trade) => String(tidOf(listing, trade)),
  connect: (path, send, market, line) => connect({ path, send, market, line, counting }),
})

export const hyperliquid: VenueDoors = hyperliquidDoors('one side')
