import { HOUR_MS, instant, MINUTE_MS, type InstantMs } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { mapTape, type MapTapeColumns } from '../../frames/contracts/mapTape.ts'
import { resample } from '../../frames/resample.ts'
import type { SeriesOffer } from '../../frames/seriesOffer.ts'
import { toGrid } from '../../frames/toGrid.ts'
import type { MapModel } from '../../metrics/contracts/liquidationBook.ts'
import { readCandles } from '../../store/queries/readCandles.ts'
import { listInterest, readInterest, type InterestSeriesRow } from '../../store/queries/readInterest.ts'
import type { Desk } from '../desk.ts'
import { readOffers } from '../readOffers.ts'
import { dollarPerps, type AssetInstrument, type GroupWish } from './group.ts'

/** Lengths of a bucket, the first that is held being taken. Coarser ones tell too little of the price at which something was opened. */
const STEPS_MS = [5 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS]

/** One perpetual, bucket by bucket, with what a map assumes of it. */
export interface HeldTape {
  readonly is: AssetInstrument
  readonly tape: MapTapeColumns
  readonly model: MapModel
  /** True where the ledger does not know whether one side is counted or both: amounts may then be half. */
  readonly mayBeHalf: boolean
  /** Entries of the ledger by which its open interest was read. */
  readonly conventions: readonly string[]
}

/** The perpetuals of an asset that a map can be estimated from. */
export interface HeldTapes {
  readonly tapes: readonly HeldTape[]
  /** Why there are none. */
  readonly missing: string
}

/**
 * Open interest and candles of the perpetuals of an asset from a moment on, each at the finest length of bucket that both are held at,
 * five minutes at the finest and an hour at the coarsest. Real before simulated; the two are never mixed.
 */
export async function readMapTapes(desk: Desk, wish: GroupWish, from: InstantMs): Promise<HeldTapes> {
  const perps = dollarPerps(wish)
  const range = { from, asOf: wish.asOf }
  const series = perps.length === 0 ? [] : await listInterest(desk.store, perps, range)
  const offers = (await readOffers(desk, wish)).filter(({ market }) => market === 'perp')
  const sources = perps.flatMap((is) => sourceOf(is, series, offers) ?? [])
  const isReal = sources.some(({ is }) => !is.simulated)
  const tapes: HeldTape[] = []
  for (const source of sources) if (source.is.simulated !== isReal) tapes.push(await readTape(desk, source, range))
  return { tapes, missing: sayLacking(wish, series, perps) }
}

interface TapeSource {
  readonly is: AssetInstrument
  readonly interval: string
  readonly offer: SeriesOffer
  readonly stepMs: number
}

/** The readings and candles with the finest bucket that both make up, of several those that tell of most time. */
function sourceOf(
  is: AssetInstrument,
  series: readonly InterestSeriesRow[],
  offers: readonly SeriesOffer[],
): TapeSource | undefined {
  const isOwn = (each: { readonly venue: string; readonly instrument: string }): boolean =>
    each.venue === is.venue && each.instrument === is.instrument
  const own = series.filter(isOwn).toSorted((a, b) => b.buckets - a.buckets)
  const covered = ({ rows, interval }: SeriesOffer): number => rows * intervalMs(interval)
  const candles = offers
    .filter(isOwn)
    .toSorted((a, b) => covered(b) - covered(a) || intervalMs(b.interval) - intervalMs(a.interval))
  for (const stepMs of STEPS_MS) {
    const reading = own.find(({ interval }) => spacingMs(interval) <= stepMs)
    const offer = candles.find(({ interval }) => stepMs % intervalMs(interval) === 0)
    if (reading !== undefined && offer !== undefined) return { is, interval: reading.interval, offer, stepMs }
  }
  return undefined
}

/** How far readings of a series are apart; what is a mean, or of another kind, is no reading. */
function spacingMs(interval: string): number {
  if (interval === 'live') return 0
  return /^[1-9]\d*[smhd]$/.test(interval) ? intervalMs(interval as Interval) : Infinity
}

async function readTape(
  desk: Desk,
  { is, interval, offer, stepMs }: TapeSource,
  { from, asOf }: { readonly from: InstantMs; readonly asOf: InstantMs },
): Promise<HeldTape> {
  const { venue, market, instrument } = is
  const [start, end] = [Math.max(from, is.from), is.to]
  const within = { from: instant(start), ...(end === Infinity ? {} : { to: instant(end) }), asOf }
  const rows = await readCandles(desk.store, { venue, market, instrument, interval: offer.interval, ...within })
  const interest = await readInterest(desk.store, { venue, instrument, interval, stepMs, ...within })
  const candles = resample(toGrid(rows, intervalMs(offer.interval), is.multiplier), stepMs)
  return {
    is,
    tape: mapTape(candles, interest, is.contract),
    model: { contract: is.contract === 'inverse' ? 'inverse' : 'linear' },
    mayBeHalf: interest.sides.includes('unknown'),
    conventions: [...new Set(interest.convention)],
  }
}

function sayLacking(
  { asset, venue }: GroupWish,
  series: readonly InterestSeriesRow[],
  perps: readonly AssetInstrument[],
): string {
  const where = venue === undefined ? '' : ` on ${venue}`
  const isOf = (each: InterestSeriesRow): boolean =>
    perps.some((is) => is.venue === each.venue && is.instrument === each.instrument)
  const held = series.filter(isOf).map((each) => `${each.venue} ${each.instrument} ${each.interval}`)
  const said = held.length === 0 ? '' : ` (open interest held: ${held.slice(0, 4).join(', ')})`
  return `open interest of ${asset}${where} an hour apart or less, with candles of the same perpetual${said}: assayer collect`
}
