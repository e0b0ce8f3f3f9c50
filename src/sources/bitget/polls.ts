import { MINUTE_MS } from '../../core/instant.ts'
import { answeredNow } from '../answeredNow.ts'
import type { MapContext, Mapped, Poll, VenueRequest } from '../source.ts'
import { askList } from './askData.ts'
import { familiesOf } from './families.ts'
import { mapFundingExpected } from './mapFunding.ts'
import { mapOpenInterest, mapPerpTickers, mapSpotTickers } from './mapTickers.ts'

const PERP_TICKERS = { address: 'rest', path: '/api/v2/mix/market/tickers', budget: 'perpTickers', weight: 1 } as const
const FUNDING = {
  address: 'rest',
  path: '/api/v2/mix/market/current-fund-rate',
  budget: 'fundingNow',
  weight: 1,
} as const
const SPOT_TICKERS = { address: 'rest', path: '/api/v2/spot/market/tickers', budget: 'spotTickers', weight: 1 } as const

/** Each of them brings a whole family in one answer; open interest has no past, so it is asked for more often. */
export const polls: readonly Poll[] = [
  families({ id: 'open interest', kind: 'openInterest', everyMs: 10_000 }, PERP_TICKERS, mapOpenInterest),
  families({ id: 'perp tickers', kind: 'ticker', everyMs: MINUTE_MS }, PERP_TICKERS, mapPerpTickers),
  families({ id: 'expected funding', kind: 'funding', everyMs: MINUTE_MS }, FUNDING, mapFundingExpected),
  {
    id: 'spot tickers',
    kinds: ['ticker'],
    market: 'spot',
    everyMs: MINUTE_MS,
    covers: () => true,
    fetch: async function* (io, context) {
      const list = await askList(io, SPOT_TICKERS)
      yield mapSpotTickers(list, answeredNow(io, context))
    },
  },
]

interface PollNames {
  readonly id: string
  readonly kind: Poll['kinds'][number]
  readonly everyMs: number
}

function families(
  { id, kind, everyMs }: PollNames,
  request: VenueRequest,
  map: (list: readonly unknown[], context: MapContext) => Mapped,
): Poll {
  return {
    id,
    kinds: [kind],
    market: 'perp',
    everyMs,
    covers: () => true,
    fetch: async function* (io, context, instruments) {
      for (const productType of familiesOf(instruments)) {
        const list = await askList(io, { ...request, query: { productType } })
        yield map(list, answeredNow(io, context))
      }
    },
  }
}
