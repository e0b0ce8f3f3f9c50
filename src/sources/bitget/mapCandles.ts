import { unitsOf } from '../../conventions/comparable.ts'
import { convention } from '../../conventions/ledger.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { seriesOf } from './seriesOf.ts'
import * as wire from './wire.ts'

type Bar = readonly [at: number, open: number, high: number, low: number, close: number]

/**
 * Candles of an answer; a bar that is still open is left out.
 * @param now - by the venue's clock
 */
export function mapCandles(list: readonly unknown[], is: Instrument, interval: Interval, now: number): Mapped {
  const mapping = new Mapping(`candles ${interval}`)
  for (const [i, element] of list.entries()) {
    const keep = (bar: Bar, volumes: Volumes): void => {
      const [at, open, high, low, close] = bar
      const knownAt = at + intervalMs(interval)
      if (knownAt > now) return
      const { rule } = convention({
        venue: 'bitget',
        field: 'candle',
        contract: is.contract,
        at: instant(at),
        rule: 'candle',
      })
      const volume = unitsOf(volumes.base, rule.volumeIn, { instrument: is, price: close })
      const measures = { open, high, low, close, volume, quoteVolume: volumes.quote }
      mapping.keep(candle, { ...seriesOf(is), interval, at, knownAt, ...measures }, element)
    }
    if (is.market === 'spot') {
      mapping.read(wire.spotCandle, element, ['data', i], ([at, open, high, low, close, base, one, other]) =>
        keep([at, open, high, low, close], spotVolumes(base, [one, other], close)),
      )
    } else {
      mapping.read(wire.perpCandle, element, ['data', i], ([at, open, high, low, close, one, other]) =>
        keep([at, open, high, low, close], contractVolumes(is, [one, other], close)),
      )
    }
  }
  return mapping.done()
}

interface Volumes {
  readonly base: number
  readonly quote: number
}

/** How far the mean price that two volumes come to is from the bar's own; without volume nothing is nearer than anything. */
function offPrice(base: number, quote: number, close: number): number {
  const off = Math.abs(Math.log(quote / base / close))
  return Number.isNaN(off) ? Infinity : off
}

/** One copy of the documents says quote then USDT, another the reverse: the volume in the quote is the one that fits the price. */
function spotVolumes(base: number, [one, other]: readonly [number, number], close: number): Volumes {
  return { base, quote: offPrice(base, other, close) < offPrice(base, one, close) ? other : one }
}

/**
 * Base, then quote. For inverse contracts the documents say the same and a reader of the venue the reverse: there the bar tells,
 * since a mean price far from its own cannot be.
 */
function contractVolumes({ contract }: Instrument, [one, other]: readonly [number, number], close: number): Volumes {
  const isReversed = contract === 'inverse' && offPrice(other, one, close) < offPrice(one, other, close)
  return isReversed ? { base: other, quote: one } : { base: one, quote: other }
}
