import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { readAll, rowsOf, seriesOf, type Row } from './rows.ts'
import * as wire from './wire.ts'

type Bar = Row<readonly [number, number, number, number, number, number, number, number, '0' | '1']>

/** Candles of a REST answer; a bar that is still open is left out. */
export function mapCandles(json: unknown, is: Instrument, interval: Interval): Mapped {
  const mapping = new Mapping(`candles ${interval}`)
  for (const row of rowsOf(mapping, wire.candle, json)) keepClosed(mapping, row, is, interval)
  return mapping.done()
}

/** The candles that a message of `candle1m` closes. */
export function mapCandlePush(json: unknown, market: Instrument['market'], context: MapContext): Mapped {
  const mapping = new Mapping('candle1m')
  mapping.read(wire.push, json, [], ({ arg, data }) => {
    const is = mapping.instrument(context, market, { name: arg.instId, path: 'arg.instId', raw: json })
    if (is === undefined) return
    for (const row of readAll(mapping, wire.candle, data)) keepClosed(mapping, row, is, '1m')
  })
  return mapping.done()
}

function keepClosed(mapping: Mapping, { value, raw }: Bar, is: Instrument, interval: Interval): void {
  const [at, open, high, low, close, vol, volCcy, quoteVolume, confirm] = value
  if (confirm === '0') return
  const { rule } = convention({
    venue: 'okx',
    field: 'candle',
    contract: is.contract,
    at: instant(at),
    rule: 'candle',
  })
  // Where `vol` counts contracts, `volCcy` has the units; an inverse contract could not be converted without a price.
  const volume = rule.volumeIn === 'contracts' ? volCcy : vol
  const knownAt = at + intervalMs(interval)
  mapping.keep(candle, { ...seriesOf(is), interval, at, knownAt, open, high, low, close, volume, quoteVolume }, raw)
}
