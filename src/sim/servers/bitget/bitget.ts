import type { Counting } from '../counting.ts'
import type { Answer, Ask, VenueDoors } from '../door.ts'
import { DOORS } from './rest.ts'
import { connect } from './socket.ts'
import { tradeId } from './tradeId.ts'

/**
 * Bitget, spot and USDT futures, as its documents describe it: Classic (v2), and of the next generation the liquidations.
 * @param counting - of open interest; the venue does not say
 */
export const bitgetDoors = (counting: Counting): VenueDoors => ({
  venue: 'bitget',
  rate: {
    weigh: ({ path }) => ({ counter: path, weight: 1 }),
    allow: (counter) => ({ limit: asksASecond(counter), windowMs: 1000 }),
    headers: (used, counter) => ({ 'x-mbx-used-remain-limit': String(Math.max(0, asksASecond(counter) - used)) }),
    refuse: () => ({
      status: 429,
      body: { code: '429', msg: 'Too Many Requests', requestTime: Date.now(), data: null },
    }),
  },
  answer: (ask, market) => DOORS.get(ask.path)?.answer(ask, market, counting) ?? retired(ask),
  notFound: { status: 404, body: { code: '40404', msg: 'Request URL NOT FOUND', data: null } },
  tradeId: (_, trade) => tradeId(trade),
  connect: (url, send, market, line) => connect(url, { send, market, line, counting, clock: () => performance.now() }),
})

export const bitget: VenueDoors = bitgetDoors('one side')

const asksASecond = (path: string): number => DOORS.get(path)?.asksASecond ?? 20

/** The paths of the first generation. */
const retired = ({ path }: Ask): Answer | undefined =>
  /^\/api\/(mix|spot)\/v1\//.test(path)
    ? {
        status: 400,
        body: { code: '30032', msg: 'The V1 API has been decommissioned. Please migrate to a newer version.' },
      }
    : undefined
