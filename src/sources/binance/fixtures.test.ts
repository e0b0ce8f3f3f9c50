import { expect, it } from 'vitest'
import { fixture, fixtureNames } from '../../../test/support/wire.ts'
import * as wire from './wire.ts'

/** What every documented payload is read by; the others are of doors that are not collected, each with its reason. */
const READ: Readonly<Record<string, { safeParse: (value: unknown) => { success: boolean } }>> = {
  'perp-candle-rest': wire.kline.array(),
  'perp-candle-socket': wire.klineEvent,
  'perp-candle-socket-captured': wire.klineEvent,
  'perp-funding-history': wire.fundingPaid.array(),
  'perp-funding-history-all': wire.fundingPaid.array(),
  'perp-funding-history-rateType': wire.fundingPaid.array(),
  'perp-funding-info': wire.fundingInfo.array(),
  'perp-funding-info-captured': wire.fundingInfo.array(),
  'perp-instrument-rest': wire.perpListing,
  'cm-liquidation-socket': wire.forceOrderEvent,
  'perp-liquidation-socket': wire.forceOrderEvent,
  'perp-liquidation-socket-all': wire.forceOrderEvent,
  'perp-liquidation-socket-captured': wire.forceOrderEvent,
  'perp-liquidation-socket-captured-long': wire.forceOrderEvent,
  'perp-markPrice-rest': wire.premiumIndex,
  'perp-markPrice-rest-captured': wire.premiumIndex,
  'perp-openInterest-history': wire.openInterestBucket.array(),
  'perp-openInterest-history-captured': wire.openInterestBucket.array(),
  'perp-openInterest-history-page': wire.openInterestBucket.array(),
  'perp-openInterest-rest': wire.openInterestNow,
  'perp-positioning-global-accounts': wire.accountsRatio.array(),
  'perp-positioning-global-accounts-captured': wire.accountsRatio.array(),
  'perp-positioning-taker': wire.takerRatio.array(),
  'perp-positioning-top-accounts': wire.accountsRatio.array(),
  'perp-positioning-top-positions': wire.accountsRatio.array(),
  'perp-ticker-rest': wire.ticker24h,
  'perp-time-rest': wire.time,
  'perp-trade-rest': wire.aggTrade.array(),
  'perp-trade-socket': wire.aggTradeEvent,
  'spot-candle-rest': wire.kline.array(),
  'spot-candle-socket': wire.klineEvent,
  'spot-instrument-rest': wire.spotListing,
  'spot-ticker-rest': wire.ticker24h,
  'spot-ticker-rest-all': wire.ticker24h.array(),
  'spot-time-rest': wire.time,
  'spot-trade-rest': wire.aggTrade.array(),
  'spot-trade-socket': wire.aggTradeEvent,
}

/** Read by other parts: files by `sources/files`, refusals and control messages by the tests of this folder. */
const ELSEWHERE = /^(dump|error)-|-control-socket$/
const NOT_COLLECTED: Readonly<Record<string, string>> = {
  'perp-envelope-socket-combined': 'the /ws path sends no envelope',
  'spot-envelope-socket-combined': 'the /ws path sends no envelope',
  'perp-markPrice-socket': 'the estimate of funding is asked for once a minute',
  'perp-markPrice-socket-all': 'the estimate of funding is asked for once a minute',
  'perp-ticker-socket': 'tickers are asked for once a minute',
  'perp-ticker-socket-all': 'tickers are asked for once a minute',
  'spot-ticker-rest-mini': 'has no bid and ask',
  'spot-ticker-socket': 'tickers are asked for once a minute',
  'spot-ticker-socket-all': 'retired by the venue',
  'spot-ticker-socket-mini': 'tickers are asked for once a minute',
}

it.each(fixtureNames('binance').filter((name) => !ELSEWHERE.test(name) && !(name in NOT_COLLECTED)))(
  'the documented payload %s is read in full, without a field that is not known',
  (name) => {
    const schema = READ[name]
    if (schema === undefined) throw new Error(`"${name}" is read by nothing`)
    expect(schema.safeParse(fixture('binance', name).payload)).toMatchObject({ success: true })
  },
)

it('every schema has a documented payload', () => {
  const names = new Set(fixtureNames('binance'))
  expect([...Object.keys(READ), ...Object.keys(NOT_COLLECTED)].filter((name) => !names.has(name))).toEqual([])
})
