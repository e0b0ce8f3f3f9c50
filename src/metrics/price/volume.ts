import { textParam, type Params } from '../../core/params.ts'
import { candlesOf, single } from '../candleMetric.ts'
import type { Metric } from '../metric.ts'
import { rollingSum } from '../rollingSum.ts'
import { windowBars } from '../window.ts'

/**
 * Registry entry `volume(window, market, unit)`: what was traded. `window` is `bar` or a trailing window such as `24h` that must be a
 * whole number of bars and is a gap where one of them is. `market` (`spot` or `futures`; `any` takes the frame's own) is part of
 * what it needs. `quote` volume is a gap where the source does not give it: coins times some price is another number.
 */
export const volumeMetric: Metric = {
  id: 'volume',
  title: 'Volume',
  params: [
    { name: 'window', kind: 'word', default: 'bar' },
    { name: 'market', kind: 'word', default: 'any', choices: ['any', 'spot', 'futures'] },
    { name: 'unit', kind: 'word', default: 'quote', choices: ['quote', 'base'] },
  ],
  outputs: single('quote'),
  outputsOf: (params) => single(isBase(params) ? 'coins' : 'quote'),
  needs: (params) => [{ kind: 'candles', ...MARKETS[textParam(params, 'market')] }],
  compute: (frame, params) => {
    const candles = candlesOf(frame)
    const perBar = isBase(params) ? candles.volume : candles.quoteVolume
    const window = textParam(params, 'window')
    return { value: window === 'bar' ? perBar : rollingSum(perBar, windowBars(window, candles.step)) }
  },
}

/** The market of the records by the word for it in an id. */
const MARKETS: Readonly<Record<string, { readonly market: 'spot' | 'perp' }>> = {
  spot: { market: 'spot' },
  futures: { market: 'perp' },
}

const isBase = (params: Params): boolean => textParam(params, 'unit') === 'base'
