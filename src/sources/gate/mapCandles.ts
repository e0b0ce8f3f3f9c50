import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant, type InstantMs } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/**
 * Spot candles of a REST answer. A bar that is still open is left out; one that is over and yet not marked as closed is told.
 * @param now - by the venue's clock
 */
export function mapSpotCandles(json: unknown, is: Instrument, interval: Interval, now: InstantMs): Mapped {
  const mapping = new Mapping(`spot candlesticks ${interval}`)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.spotCandle, element, [i], (bar) => {
      const [at, quoteVolume, close, high, low, open, traded, closed] = bar
      const knownAt = at + intervalMs(interval)
      if (knownAt > now) return
      if (closed === 'false') return mapping.impossible(`[${i}][7]`, 'over, but not closed', element)
      const volume = volumeOf(traded, is, { at, price: close })
      const row = { interval, at, knownAt, open, high, low, close, volume, quoteVolume }
      mapping.keep(candle, { ...seriesOf(is), ...row }, element)
    })
  }
  return mapping.done()
}

/**
 * Candles of contracts, of a REST answer. No row is marked as closed, so the bar that is still open is left out by its time.
 * @param now - by the venue's clock
 */
export function mapPerpCandles(json: unknown, is: Instrument, interval: Interval, now: InstantMs): Mapped {
  const mapping = new Mapping(`futures candlesticks ${interval}`)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.perpCandle, element, [i], ({ t: at, o: open, h: high, l: low, c: close, v, sum }) => {
      const knownAt = at + intervalMs(interval)
      if (knownAt > now) return
      // Coins of an inverse contract depend on the price of every trade; the middle of the bar is off by half its range at most.
      const volume = volumeOf(v, is, { at, price: (high + low) / 2 })
      const row = { interval, at, knownAt, open, high, low, close, volume, quoteVolume: quoteVolumeOf(v, is, sum) }
      mapping.keep(candle, { ...seriesOf(is), ...row }, element)
    })
  }
  return mapping.done()
}

function volumeOf(
  traded: number,
  is: Instrument,
  { at, price }: { readonly at: number; readonly price: number },
): number {
  const { rule } = convention({
    venue: 'gate',
    field: 'candle',
    contract: is.contract,
    at: instant(at),
    rule: 'candle',
  })
  return unitsOf(traded, rule.volumeIn, { instrument: is, price })
}

/** An inverse contract is worth its size in the quote; what `sum` counts there no document says. */
const quoteVolumeOf = (contracts: number, { contract, contractSize = NaN }: Instrument, sum: number): number =>
  contract === 'inverse' ? contracts * contractSize : sum
