import { ok } from '../answers.ts'
import type { VenueDoors } from '../door.ts'
import { leaderboard } from './clearinghouse.ts'
import type { OpenInterestSides } from './contexts.ts'
import { info } from './info.ts'
import { connect } from './socket.ts'
import { tidOf } from './trades.ts'
import { RATE } from './weights.ts'

export interface HyperliquidOptions {
  readonly openInterest: OpenInterestSides
}

/** Hyperliquid's first dex of perpetuals, as its documents describe it. How it counts open interest, they do not say. */
export const hyperliquidDoors = ({ openInterest }: HyperliquidOptions): VenueDoors => ({
  venue: 'hyperliquid',
  rate: RATE,
  answer: (ask, market) => {
    if (ask.path === '/info') return info(ask, market, openInterest)
    return ask.path === '/Mainnet/leaderboard' && ask.method === 'GET' ? ok(leaderboard(market)) : undefined
  },
  notFound: { status: 404, body: '', headers: { 'content-type': 'text/plain' } },
  tradeId: (listing, trade) => String(tidOf(listing, trade)),
  connect: (path, send, market, line) => connect({ path, send, market, line, openInterest }),
})

/** The same with open interest of one side. */
export const hyperliquid: VenueDoors = hyperliquidDoors({ openInterest: 'one-sided' })
