import { convention } from '../../conventions/ledger.ts'
import { instant, MINUTE_MS } from '../../core/instant.ts'
import { intervalMs, intervalOfMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { isOf, readList, seriesOf } from './readList.ts'
import * as wire from './wire.ts'

/** Candles of a REST answer. A bar that was still open when the venue answered is left out. */
export function mapCandles(json: unknown, is: Instrument, interval: Interval): Mapped {
  const mapping = new Mapping(`kline ${interval}`)
  const schemas = { answer: wire.candles, element: wire.candle }
  readList(mapping, json, schemas, ([at, open, high, low, close, ...traded], { raw, answer }) => {
    const knownAt = at + intervalMs(interval)
    if (!isOf(mapping, is, answer.result.symbol, raw) || knownAt > answer.time) return
    const row = { ...seriesOf(is), interval, at, knownAt, open, high, low, close, ...volumesOf(is, at, traded) }
    mapping.keep(candle, row, raw)
  })
  return mapping.done()
}

/** The candles of a socket message that are closed. */
export function mapCandlePush(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('kline')
  mapping.read(wire.push, json, [], ({ topic, data }) => {
    const name = topic.split('.').slice(2).join('.')
    const is = mapping.instrument(context, market, { name, path: 'topic', raw: json })
    if (is === undefined) return
    for (const [i, raw] of data.entries()) {
      mapping.read(wire.candlePush, raw, ['data', i], (bar) => {
        if (!bar.confirm) return
        const { start: at, open, high, low, close, volume, turnover } = bar
        const interval = intervalOfMs(Number(bar.interval) * MINUTE_MS)
        const series = { ...seriesOf(is), interval, at, knownAt: at + intervalMs(interval) }
        mapping.keep(candle, { ...series, open, high, low, close, ...volumesOf(is, at, [volume, turnover]) }, raw)
      })
    }
  })
  return mapping.done()
}

/** What was traded, in units of the instrument and in the quote: on inverse contracts the venue's two numbers change places. */
export function volumesOf(
  is: Instrument,
  at: number,
  [volume, turnover]: readonly [volume: number, turnover: number],
): { readonly volume: number; readonly quoteVolume: number } {
  const lookup = { venue: 'bybit', field: 'candle', contract: is.contract, at: instant(at), rule: 'candle' } as const
  const { volumeIn } = convention(lookup).rule
  return volumeIn === 'quote' ? { volume: turnover, quoteVolume: volume } : { volume, quoteVolume: turnover }
}
