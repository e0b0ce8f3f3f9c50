import { isOneMoney } from '../../../conventions/quotes.ts'
import { CANDLE_FIELDS, gaps } from '../../../core/candles.ts'
import { DeskError } from '../../../core/errors.ts'
import { DAY_MS, instant } from '../../../core/instant.ts'
import { intervalMs } from '../../../core/interval.ts'
import { PARITY_BARS, priceParity, type PriceParity } from '../../../frames/priceParity.ts'
import type { SeriesOffer } from '../../../frames/seriesOffer.ts'
import { toGrid, type CandleRows } from '../../../frames/toGrid.ts'
import type { DayPrice } from '../../../sources/publisher.ts'
import { readCandles } from '../../../store/queries/readCandles.ts'
import type { Desk } from '../../desk.ts'
import { readOffers } from '../../readOffers.ts'

/** What candles that are held say of published prices. */
export type PriceProof =
  | { readonly is: 'agrees'; readonly with: string; readonly medianPct: number; readonly days: number }
  /** Nothing speaks for it but the table of names. */
  | { readonly is: 'unproven'; readonly why: string }

export interface PublishedPrices {
  readonly publisher: string
  /** What the publisher calls it. */
  readonly name: string
  readonly asset: string
  /** Oldest first, no day twice. */
  readonly prices: readonly DayPrice[]
  readonly simulated: boolean
}

/**
 * Holds published prices against candles of the asset, as far as any are held, real ones for real, simulated ones for simulated:
 * a name proposes, prices refuse.
 * @throws {CoinMismatchError} they are not of one coin
 */
export async function priceProof(desk: Desk, published: PublishedPrices): Promise<PriceProof> {
  const { asset, prices, simulated } = published
  const offers = await readOffers(desk, { asset, asOf: desk.now })
  const [offer] = longestFirst(
    offers.filter((each) => each.simulated === simulated && isOneMoney(each.quote, 'USD')),
    prices,
  )
  if (offer === undefined) return { is: 'unproven', why: `no candles of ${asset} of that time are held` }
  const parity = priceParity(closesOf(prices), await candlesOf(desk, offer, prices))
  const named = `${offer.venue} ${offer.market} ${offer.instrument}`
  switch (parity.verdict) {
    case 'refused':
      throw new CoinMismatchError(published, named, parity)
    case 'too few':
      return { is: 'unproven', why: `fewer than ${PARITY_BARS} days in common with ${named}` }
    case 'accepted':
      return { is: 'agrees', with: named, medianPct: parity.medianPct, days: parity.bars }
  }
}

/** Series that a day can be built from, those that overlap longest before the others; among these the coarsest, which is read soonest. */
function longestFirst(offers: readonly SeriesOffer[], prices: readonly DayPrice[]): readonly SeriesOffer[] {
  const [from, to] = [prices[0]?.at ?? 0, (prices.at(-1)?.at ?? 0) + DAY_MS]
  const days = (each: SeriesOffer): number => Math.floor((Math.min(each.to, to) - Math.max(each.from, from)) / DAY_MS)
  return offers
    .filter((each) => DAY_MS % intervalMs(each.interval) === 0 && days(each) > 0)
    .toSorted((a, b) => days(b) - days(a) || intervalMs(b.interval) - intervalMs(a.interval))
}

async function candlesOf({ store, now }: Desk, offer: SeriesOffer, prices: readonly DayPrice[]) {
  const { venue, market, instrument: name, interval, multiplier, within } = offer
  const from = instant(Math.max(within?.from ?? -Infinity, prices[0]?.at ?? 0))
  const to = instant(Math.min(within?.to ?? Infinity, (prices.at(-1)?.at ?? 0) + DAY_MS))
  const rows = await readCandles(store, { venue, market, instrument: name, interval, asOf: now, from, to })
  return toGrid(rows, intervalMs(interval), multiplier)
}

/** Days of which nothing is known but the close. */
function closesOf(prices: readonly DayPrice[]) {
  const unknown = Object.fromEntries(CANDLE_FIELDS.map((field) => [field, gaps(prices.length)]))
  const at = Float64Array.from(prices, (each) => each.at)
  const close = Float64Array.from(prices, (each) => each.price)
  return toGrid({ ...unknown, at, close } as CandleRows, DAY_MS, 1)
}

/** Published numbers are of another coin than the one that candles are held of. */
export class CoinMismatchError extends DeskError {
  constructor({ publisher, name, asset }: PublishedPrices, held: string, { ratio, medianPct, bars }: PriceParity) {
    super(
      'COIN_MISMATCH',
      `"${name}" of ${publisher} is not ${asset}: it costs ${ratio.toPrecision(4)} times what ${held} does (median deviation ${medianPct.toFixed(1)} % over ${bars} days)`,
      { hint: `nothing was stored; assayer assets ${asset} shows what is held as ${asset} and why` },
    )
  }
}
