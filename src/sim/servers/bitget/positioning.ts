import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import type { SimSnapshot } from '../../market/live/book.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import type { Answer, Ask } from '../door.ts'
import { forSymbol } from './asked.ts'
import { isWrong, success } from './envelope.ts'

const PERIODS: Readonly<Record<string, number>> = {
  '5m': 5 * MINUTE_MS,
  '15m': 15 * MINUTE_MS,
  '30m': 30 * MINUTE_MS,
  '1h': HOUR_MS,
  '2h': 2 * HOUR_MS,
  '4h': 4 * HOUR_MS,
  '6h': 6 * HOUR_MS,
  '12h': 12 * HOUR_MS,
  '1d': DAY_MS,
}

/** An answer has so many rows, the last one a period that has ended. */
const ROWS = 30

type Sides = readonly [long: number, short: number]

/**
 * Accounts that are long and short. Whom the venue counts its pages say in Chinese only: large holders, here the fifth of
 * the accounts with the largest margin.
 */
export const accountLongShort = (ask: Ask, market: VenueMarket): Answer =>
  shares(ask, market, 'Account', ([{ topLongAccounts, topShortAccounts }]) => [topLongAccounts, topShortAccounts])

/** What the same accounts hold, long and short. */
export const positionLongShort = (ask: Ask, market: VenueMarket): Answer =>
  shares(ask, market, 'Position', ([{ topLongLots, topShortLots }]) => [topLongLots, topShortLots])

/** The page calls it the volume bought and sold, the keys a ratio of long and short: here what takers did. */
export const longShort = (ask: Ask, market: VenueMarket): Answer =>
  shares(ask, market, '', ([, traded]) => [
    traded.reduce((sum, { boughtLots }) => sum + boughtLots, 0),
    traded.reduce((sum, { soldLots }) => sum + soldLots, 0),
  ])

/** Rows from old to new, each at the open of its period; `startTime`, `endTime` and `limit` are not taken. */
function shares(
  ask: Ask,
  market: VenueMarket,
  word: 'Account' | 'Position' | '',
  sidesOf: (at: readonly [opened: SimSnapshot, traded: readonly SimSnapshot[]]) => Sides,
): Answer {
  return forSymbol(ask, market, (listing) => {
    const period = PERIODS[ask.query.get('period') ?? '5m']
    if (period === undefined) return isWrong(market, 'period')
    const all = market.snapshots(listing)
    const ended = all.filter(({ at }) => at % period === 0 && at + period <= market.now()).slice(-ROWS)
    return success(
      market,
      ended.map((opened) => {
        const traded = all.filter(({ at }) => at > opened.at && at <= opened.at + period)
        return shareRow(word, opened.at, sidesOf([opened, traded]))
      }),
    )
  })
}

/** The two shares, and their ratio as the venue writes it: a hundredth of what it is, cut to four decimals. */
function shareRow(word: string, at: number, [long, short]: Sides): object {
  const share = Math.round((10_000 * long) / Math.max(1, long + short)) / 10_000
  const rest = Math.round(10_000 * (1 - share)) / 10_000
  const ratio = rest === 0 ? 0 : Math.floor((100 * share) / rest + 1e-9) / 10_000
  return {
    [`long${word}Ratio`]: String(share),
    [`short${word}Ratio`]: String(rest),
    [`longShort${word}Ratio`]: ratio.toFixed(4),
    ts: String(at),
  }
}
