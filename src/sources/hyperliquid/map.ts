import { comparableOpenInterest, unitsOf } from '../../conventions/comparable.ts'
import type { Field, Rule } from '../../conventions/convention.ts'
import { convention } from '../../conventions/ledger.ts'
import { HOUR_MS, instant, type InstantMs } from '../../core/instant.ts'
import { barOpen, intervalMs, type Interval } from '../../core/interval.ts'
import { candle } from '../../records/candle.ts'
import { funding } from '../../records/funding.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import { ticker } from '../../records/ticker.ts'
import { trade } from '../../records/trade.ts'
import type { z } from 'zod'
import type { MapContext, Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/**
 * Candles of an answer; a bar that is still open is left out.
 * @param now - by the venue's clock, before it was asked: a bar that closed while it answered may lack its last trades
 */
export function mapCandles(json: unknown, is: Instrument, interval: Interval, now: InstantMs): Mapped {
  const mapping = new Mapping(`candleSnapshot ${interval}`)
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.candleBar, element, [i], ({ t: at, s, i: of, o, h, l, c, v, n: trades }) => {
      if (s !== is.instrument || of !== interval) {
        mapping.impossible(`[${i}]`, `${s} ${of} was not asked for`, element)
        return
      }
      const knownAt = at + intervalMs(interval)
      if (knownAt > now) return
      const { rule } = conventionOf('candle', is, at, 'candle')
      const volume = unitsOf(v, rule.volumeIn, { instrument: is })
      const row = { interval, at, knownAt, open: o, high: h, low: l, close: c, volume, trades }
      mapping.keep(candle, { ...seriesOf(is), ...row }, element)
    })
  }
  return mapping.done()
}

/** The newest trades of a REST answer. */
export function mapRecentTrades(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('recentTrades')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.trade, element, [i], (each) => {
      if (each.coin === is.instrument) mapping.keep(trade, tradeRow(is, each), element)
      else mapping.impossible(`[${i}].coin`, `${each.coin} was not asked for`, element)
    })
  }
  return mapping.done()
}

/** The trades of a socket message. The first one after subscribing repeats trades, under the same ids. */
export function mapTradesMessage(json: unknown, context: MapContext): Mapped {
  const mapping = new Mapping('trades')
  mapping.read(wire.tradesMessage, json, [], ({ data }) => {
    for (const [i, element] of data.entries()) {
      mapping.read(wire.trade, element, ['data', i], (each) => {
        const named = { name: each.coin, path: `data[${i}].coin`, raw: element }
        const is = mapping.instrument(context, 'perp', named)
        if (is !== undefined) mapping.keep(trade, tradeRow(is, each), element)
      })
    }
  })
  return mapping.done()
}

function tradeRow(is: Instrument, { px, sz, side, time, tid }: z.infer<typeof wire.trade>): Row {
  const { rule } = conventionOf('trade', is, time, 'trade')
  const quantity = unitsOf(sz, rule.countedIn, { instrument: is, price: px })
  const row = { at: time, knownAt: time, tradeId: String(tid), price: px, quantity, takerBuy: side === 'B' }
  return { ...seriesOf(is), ...row }
}

/**
 * Open interest, expected funding and ticker of every contract, of one answer.
 * @param at - when it was answered: nothing in it tells a time
 */
export function mapContexts(json: unknown, context: MapContext, at: InstantMs): Mapped {
  const mapping = new Mapping('metaAndAssetCtxs')
  mapping.read(wire.metaAndContexts, json, [], ([{ universe }, contexts]) => {
    if (universe.length !== contexts.length) {
      // Without names a place more or less would give every contract the numbers of its neighbour.
      mapping.notDocumented('[1]', `${contexts.length} contexts for ${universe.length} names`, json)
      return
    }
    for (const [i, element] of universe.entries()) {
      mapping.read(wire.perp, element, [0, 'universe', i], ({ name, isDelisted }) => {
        if (isDelisted === true) return
        const is = mapping.instrument(context, 'perp', { name, path: `[0].universe[${i}].name`, raw: element })
        if (is === undefined) return
        mapping.read(wire.assetContext, contexts[i], [1, i], (state) => {
          mapping.keep(openInterest, openInterestRow(is, at, state), contexts[i])
          // Without a premium nothing is computed: the rate says 0 and means none.
          if (state.premium !== null) mapping.keep(funding, expectedRow(is, at, state), contexts[i])
          if (state.midPx !== null) mapping.keep(ticker, tickerRow(is, at, state, state.midPx), contexts[i])
        })
      })
    }
  })
  return mapping.done()
}

type AssetContext = z.infer<typeof wire.assetContext>

function openInterestRow(is: Instrument, at: InstantMs, { openInterest: published, markPx }: AssetContext): Row {
  const { id, rule } = conventionOf('open_interest', is, at, 'open interest')
  const { coins, sides, quoteValue } = comparableOpenInterest(rule, published, { instrument: is, price: markPx })
  const counted = { published, countedIn: rule.countedIn, sides, coins, quoteValue, price: markPx / is.multiplier }
  return { ...seriesOf(is), interval: 'live', at, knownAt: at, ...counted, convention: id }
}

const expectedRow = (is: Instrument, at: InstantMs, { funding: rate, markPx: markPrice }: AssetContext): Row => ({
  ...fundingRow(is, at),
  state: 'expected',
  knownAt: at,
  rate,
  markPrice,
})

/** The venue shows the mean of the best bid and ask where others show the last price, and neither of the two. */
function tickerRow(is: Instrument, at: InstantMs, state: AssetContext, last: number): Row {
  const { markPx: mark, oraclePx: index, dayNtlVlm: quoteVolume24h, dayBaseVlm } = state
  const volume = dayBaseVlm === undefined ? {} : { volume24h: dayBaseVlm }
  return { ...seriesOf(is), at, knownAt: at, last, mark, index, quoteVolume24h, ...volume }
}

/** Funding that was paid, at the full hour that it was paid for. */
export function mapFundingPaid(json: unknown, is: Instrument): Mapped {
  const mapping = new Mapping('fundingHistory')
  for (const [i, element] of listOf(mapping, json).entries()) {
    mapping.read(wire.fundingPaid, element, [i], ({ coin, fundingRate: rate, time }) => {
      if (coin !== is.instrument) {
        mapping.impossible(`[${i}].coin`, `${coin} was not asked for`, element)
        return
      }
      mapping.keep(
        funding,
        { ...fundingRow(is, barOpen(instant(time), HOUR_MS)), state: 'paid', knownAt: time, rate },
        element,
      )
    })
  }
  return mapping.done()
}

/** How long the rate of a convention is for. */
const FUNDING_HOURS: Readonly<Record<string, number>> = {
  'hyperliquid/funding/eight-hourly': 8,
  'hyperliquid/funding/hourly': 1,
}

function fundingRow(is: Instrument, at: InstantMs): Row {
  const { id } = conventionOf('funding', is, at, 'note')
  const hours = FUNDING_HOURS[id]
  return { ...seriesOf(is), at, ...(hours === undefined ? {} : { hours }), convention: id }
}

export type Row = Readonly<Record<string, unknown>>

/** What the ledger says of a field of a contract at an instant. */
export const conventionOf = <R extends Rule['of']>(field: Field, { contract }: Instrument, at: number, rule: R) =>
  convention({ venue: 'hyperliquid', field, contract, at: instant(at), rule })

/** The venue, market and name that key every record of an instrument. */
export const seriesOf = ({ venue, market, instrument }: Instrument): Row => ({ venue, market, instrument })

function listOf(mapping: Mapping, json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  mapping.notDocumented('', 'not a list', json)
  return []
}
