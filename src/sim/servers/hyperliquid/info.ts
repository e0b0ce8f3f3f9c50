import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Counting } from '../counting.ts'
import type { Answer, Ask } from '../door.ts'
import { candleRow, candles, isInterval } from './candles.ts'
import { clearinghouseState } from './clearinghouse.ts'
import { contexts, mids } from './contexts.ts'
import { fillsByTime, newestFills } from './fills.ts'
import { fundingHistory, predictedFundings } from './funding.ts'
import { addressOf } from './holding.ts'
import { tradeRow } from './trades.ts'
import { isKnown, listed, marginTable, meta, SPOT_META } from './universe.ts'

/** The members of a body. */
type Fields = Readonly<Record<string, unknown>>

type Door = (body: Fields, market: VenueMarket, counting: Counting) => Answer

const TRADES = 10
/** By how much the venue's clock trails, ms. */
const TRAIL_MS = 200

const text = (status: number, body: string): Answer => ({ status, body, headers: { 'content-type': 'text/plain' } })

/** A body that fits no type. */
const unfit = (): Answer => text(422, 'Failed to deserialize the JSON body into the target type')
/** An unknown dex or coin. What candles and trades of an unknown coin are answered is not documented: the same here. */
const unknown = (): Answer => ({ status: 500, body: null })

/** The answer to a question to `/info`. */
export function info(ask: Ask, market: VenueMarket, counting: Counting): Answer {
  if (ask.method !== 'POST') return text(405, '')
  if (!/^application\/json\b/.test(ask.header('content-type') ?? '')) {
    return text(415, 'Expected request with `Content-Type: application/json`')
  }
  if (ask.body === undefined) return text(400, 'Failed to parse the request body as JSON')
  const body = fieldsOf(ask.body)
  const door = DOORS[typeOf(ask)]
  return body === undefined || door === undefined ? unfit() : door(body, market, counting)
}

/** The type that a body names; empty where it names none. */
export function typeOf({ body }: Ask): string {
  const type = fieldsOf(body)?.['type']
  return typeof type === 'string' && Object.hasOwn(DOORS, type) ? type : ''
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined

/** A door that serves one dex a question; only the first is simulated. */
const ofDex =
  (door: Door): Door =>
  (body, market, counting) => {
    const dex = body['dex'] ?? ''
    if (typeof dex !== 'string') return unfit()
    return dex === '' ? door(body, market, counting) : unknown()
  }

const DOORS: Readonly<Record<string, Door>> = {
  exchangeStatus: (_, market) => ok({ specialStatuses: null, time: market.now() - TRAIL_MS }),
  perpDexs: () => ok([null]),
  meta: ofDex((_, market) => ok(meta(market))),
  metaAndAssetCtxs: ofDex((_, market, counting) => ok([meta(market), contexts(market, counting)])),
  spotMeta: () => ok(SPOT_META),
  spotMetaAndAssetCtxs: () => ok([SPOT_META, []]),
  marginTable: ofDex(({ id }) => (typeof id === 'number' ? ok(marginTable(id) ?? null) : unfit())),
  allMids: ofDex((_, market) => ok(mids(market))),
  predictedFundings: (_, market) => ok(predictedFundings(market)),
  fundingHistory: (body, market) => {
    const [{ coin }, time] = [body, timeOf(body)]
    if (typeof coin !== 'string' || time === undefined) return unfit()
    return ofCoin(coin, market, (listing) => fundingHistory(market, listing, time))
  },
  recentTrades: ({ coin }, market) => {
    if (typeof coin !== 'string') return unfit()
    return ofCoin(coin, market, (listing) =>
      market
        .trades(listing)
        .slice(-TRADES)
        .map((trade) => tradeRow(listing, trade)),
    )
  },
  candleSnapshot: ({ req }, market) => {
    const asked = fieldsOf(req) ?? {}
    const { coin, interval } = asked
    const time = timeOf(asked)
    if (typeof coin !== 'string' || !isInterval(interval) || time === undefined) return unfit()
    return ofCoin(coin, market, (listing) =>
      candles(market, { listing, interval, ...time }).map((bar) => candleRow(listing, interval, bar)),
    )
  },
  clearinghouseState: ofDex((body, market) => ofUser(body, (user) => clearinghouseState(market, user))),
  userFills: (body, market) => ofUser(body, (user) => newestFills(market, user)),
  userFillsByTime: (body, market) => {
    const time = timeOf(body)
    return time === undefined ? unfit() : ofUser(body, (user) => fillsByTime(market, user, time))
  },
}

/** Rows of a coin; none of one that was delisted, whose past is not simulated. */
function ofCoin(
  coin: string,
  market: VenueMarket,
  rows: (listing: NonNullable<ReturnType<typeof listed>>) => readonly unknown[],
): Answer {
  if (!isKnown(market, coin)) return unknown()
  const listing = listed(market, coin)
  return ok(listing === undefined ? [] : rows(listing))
}

function ofUser({ user }: Fields, found: (user: string) => unknown): Answer {
  const address = addressOf(user)
  return address === undefined ? unfit() : ok(found(address))
}

/** The asked time: a start must be there, an end may be. */
function timeOf({ startTime, endTime }: Fields): { readonly from: number; readonly to: number } | undefined {
  if (typeof startTime !== 'number') return undefined
  if (endTime !== undefined && endTime !== null && typeof endTime !== 'number') return undefined
  return { from: startTime, to: typeof endTime === 'number' ? endTime : Infinity }
}
