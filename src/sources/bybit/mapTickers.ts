import type { Instrument } from '../../records/instrument.ts'
import { funding } from '../../records/funding.ts'
import { ticker } from '../../records/ticker.ts'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import { volumesOf } from './mapCandles.ts'
import { fundingSeries } from './mapFunding.ts'
import { keepOpenInterest } from './mapOpenInterest.ts'
import { unlessZero, readList, seriesOf } from './readList.ts'
import * as wire from './wire.ts'

/** What is shown of every spot instrument. One that never traded has no price and is left out. */
export function mapSpotTickers(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('spot tickers')
  readList(mapping, json, { answer: wire.tickers, element: wire.spotTicker }, (each, { index, raw, answer }) => {
    const is = mapping.instrument(context, 'spot', { name: each.symbol, path: pathOf(index), raw })
    if (is !== undefined) keepTicker(mapping, is, { ...each, at: answer.time, raw })
  })
  return mapping.done()
}

/**
 * What is shown of every perpetual of a category: its ticker, its open interest and the funding expected next. Dated futures
 * and contracts that do not trade yet stand in the same list and are left out.
 */
export function mapContractTickers(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('contract tickers')
  readList(mapping, json, { answer: wire.tickers, element: wire.contractTicker }, (each, { index, raw, answer }) => {
    if (each.fundingRate === undefined || isBeforeTrading(each.curPreListingPhase)) return
    const is = mapping.instrument(context, 'perp', { name: each.symbol, path: pathOf(index), raw })
    if (is === undefined) return
    const at = answer.time
    const mark = each.markPrice !== undefined && each.markPrice > 0 ? each.markPrice : undefined
    keepTicker(mapping, is, { ...each, at, raw })
    if (each.openInterest !== undefined) {
      const number = { field: 'open_interest', interval: 'live', published: each.openInterest } as const
      keepOpenInterest(mapping, is, { ...number, at, single: each.singleOpenInterest, mark, raw })
    }
    const hours = unlessZero('hours', each.fundingIntervalHour ?? is.fundingHours)
    const row = { rate: each.fundingRate, ...hours, ...unlessZero('markPrice', mark) }
    mapping.keep(funding, { ...fundingSeries(is, 'expected', at), ...row }, raw)
  })
  return mapping.done()
}

const pathOf = (index: number): string => `result.list[${index}].symbol`

const isBeforeTrading = (phase: string | undefined): boolean => phase !== undefined && phase !== ''

interface WireTicker {
  readonly at: number
  readonly lastPrice: number | undefined
  readonly markPrice?: number | undefined
  readonly indexPrice?: number | undefined
  readonly bid1Price: number | undefined
  readonly ask1Price: number | undefined
  readonly volume24h: number
  readonly turnover24h: number
  readonly raw: unknown
}

function keepTicker(mapping: Mapping, is: Instrument, each: WireTicker): void {
  const { at, lastPrice: last, raw } = each
  if (last === undefined || last === 0) return
  const { volume: volume24h, quoteVolume: quoteVolume24h } = volumesOf(is, at, [each.volume24h, each.turnover24h])
  const row = {
    at,
    knownAt: at,
    last,
    ...unlessZero('mark', each.markPrice),
    ...unlessZero('index', each.indexPrice),
    ...unlessZero('bid', each.bid1Price),
    ...unlessZero('ask', each.ask1Price),
    volume24h,
    quoteVolume24h,
  }
  mapping.keep(ticker, { ...seriesOf(is), ...row }, raw)
}
