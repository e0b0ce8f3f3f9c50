import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant, MINUTE_MS } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { listOf, seriesOf } from './rows.ts'
import * as wire from './wire.ts'

/** How far ahead of our idea of its clock the venue may open a bar. */
const CLOCK_ERROR_MS = MINUTE_MS

/**
 * Candles of a REST answer; a bar that is still open is left out.
 * @param now - by the venue's clock, not later than the answer: the last bar of an answer is what had traded until then
 */
export function mapKlines(json: unknown, is: Instrument, interval: Interval, now: number): Mapped {
  const mapping = new Mapping(`klines ${interval}`)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.kline, element, [i], (bar) => {
      const [at, open, high, low, close, volume, , quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume] = bar
      if (at > now + CLOCK_ERROR_MS) return mapping.impossible(`[${i}][0]`, 'a time in the future', element)
      if (at + intervalMs(interval) > now) return
      const prices = { open, high, low, close }
      const traded = { volume, quoteVolume, trades, takerBuyVolume, takerBuyQuoteVolume }
      mapping.keep(candle, candleRow(is, interval, { at, ...prices, ...traded }), element)
    })
  }
  return mapping.done()
}

/** The candle of a socket message, where the message closes it. */
export function mapKlineEvent(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('@kline')
  mapping.read(wire.klineEvent, json, [], ({ s, k }) => {
    if (!k.x) return
    const is = mapping.instrument(context, market, { name: s, path: 's', raw: json })
    if (is === undefined) return
    const prices = { open: k.o, high: k.h, low: k.l, close: k.c }
    const taker = { takerBuyVolume: k.V, takerBuyQuoteVolume: k.Q }
    const traded = { volume: k.v, quoteVolume: k.q, trades: k.n, ...taker }
    mapping.keep(candle, candleRow(is, k.i as Interval, { at: k.t, ...prices, ...traded }), json)
  })
  return mapping.done()
}

interface Bar {
  readonly at: number
  readonly close: number
  readonly volume: number
  readonly takerBuyVolume: number
}

function candleRow(is: Instrument, interval: Interval, bar: Bar): Readonly<Record<string, unknown>> {
  const { at, close: price } = bar
  const { rule } = convention({
    venue: 'binance',
    field: 'candle',
    contract: is.contract,
    at: instant(at),
    rule: 'candle',
  })
  const [volume, takerBuyVolume] = [bar.volume, bar.takerBuyVolume].map((quantity) =>
    unitsOf(quantity, rule.volumeIn, { instrument: is, price }),
  )
  return { ...seriesOf(is), interval, knownAt: at + intervalMs(interval), ...bar, volume, takerBuyVolume }
}
