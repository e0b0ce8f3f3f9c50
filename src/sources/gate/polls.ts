import { MINUTE_MS } from '../../core/instant.ts'
import { answeredNow } from '../answeredNow.ts'
import type { Poll } from '../source.ts'
import { askFutures, askSpot, settleOf, type Settle } from './doors.ts'
import { fetchContracts } from './listing.ts'
import { mapContracts } from './mapContracts.ts'
import { mapPerpTickers, mapSpotTickers } from './mapTickers.ts'

/** What is shown now; each question is for all instruments of its kind at once. */
export const polls: readonly Poll[] = [
  {
    id: 'spot tickers',
    kinds: ['ticker'],
    market: 'spot',
    everyMs: MINUTE_MS,
    covers: () => true,
    fetch: async function* (io, context) {
      const json = await askSpot(io, 'tickers')
      yield mapSpotTickers(json, answeredNow(io, context))
    },
  },
  ...(['usdt', 'btc'] as const).flatMap((settle) => [contracts(settle), tickers(settle)]),
]

/** Of the two doors that show open interest this is the one whose sides are documented. */
function contracts(settle: Settle): Poll {
  return {
    id: `${settle} contracts`,
    kinds: ['openInterest', 'funding'],
    market: 'perp',
    everyMs: MINUTE_MS,
    covers: (is) => settleOf(is) === settle,
    fetch: async function* (io, context) {
      for await (const page of fetchContracts(io, settle)) yield mapContracts(page, answeredNow(io, context))
    },
  }
}

function tickers(settle: Settle): Poll {
  return {
    id: `${settle} tickers`,
    kinds: ['ticker'],
    market: 'perp',
    everyMs: MINUTE_MS,
    covers: (is) => settleOf(is) === settle,
    fetch: async function* (io, context) {
      const json = await askFutures(io, settle, 'tickers')
      yield mapPerpTickers(json, answeredNow(io, context))
    },
  }
}
