import { closeAt, openAt, type Candles } from '../core/candles.ts'
import type { Frame, Input } from '../core/frame.ts'
import { formatInstant, type InstantMs } from '../core/instant.ts'
import { intervalMs, type Interval } from '../core/interval.ts'
import { resample } from './resample.ts'
import type { SeriesOffer } from './seriesOffer.ts'
import { toGrid, type CandleRows } from './toGrid.ts'

export interface CandleFrameParts {
  readonly series: SeriesOffer
  readonly rows: CandleRows
  readonly interval: Interval
  readonly asOf: InstantMs
}

/**
 * A frame of candles of one series: on a grid, at the wanted interval, per coin, with its provenance.
 * @param parts - the chosen series and its rows known at `asOf`
 * @returns the frame; its grid ends with the last closed bar that is known
 */
export function candleFrame({ series, rows, interval, asOf }: CandleFrameParts): Frame {
  const held = toGrid(rows, intervalMs(series.interval), series.multiplier)
  const candles = resample(held, intervalMs(interval))
  return {
    asset: series.asset,
    asOf,
    interval,
    grid: { start: candles.start, step: candles.step, length: candles.length },
    candles,
    quotes: new Map(),
    columns: new Map(),
    inputs: [candleInput(series, candles, interval)],
    conventions: candleConventions(series),
  }
}

/** What was done to the venue's numbers: a multiplier divided out, bars left out that were another asset. */
function candleConventions({ venue, instrument, asset, multiplier, within }: SeriesOffer): readonly string[] {
  return [
    ...(multiplier === 1 ? [] : [`multiplier/${venue}/${instrument}/${multiplier}`]),
    ...(within?.from === undefined ? [] : [`asset/${venue}/${instrument}/${asset}/from/${formatInstant(within.from)}`]),
    ...(within?.to === undefined ? [] : [`asset/${venue}/${instrument}/${asset}/to/${formatInstant(within.to)}`]),
  ]
}

function candleInput(series: SeriesOffer, candles: Candles, interval: Interval): Input {
  const rows = candles.close.reduce((count, close) => count + Number(!Number.isNaN(close)), 0)
  return {
    kind: 'candles',
    venue: series.venue,
    market: series.market,
    instrument: series.instrument,
    quote: series.quote,
    interval,
    ...(series.interval === interval ? {} : { builtFrom: series.interval }),
    from: openAt(candles, 0),
    to: closeAt(candles, candles.length - 1),
    rows,
    gaps: candles.length - rows,
    simulated: series.simulated,
  }
}
