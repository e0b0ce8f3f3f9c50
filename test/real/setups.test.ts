import { beforeAll, describe, expect, it } from 'vitest'
import type { Candles } from '../../src/core/candles.ts'
import { formatDay, formatInstant } from '../../src/core/instant.ts'
import { detect, setupEvents } from '../../src/setups/detect.ts'
import { resolveSetup } from '../../src/setups/registry.ts'
import { readDaily } from '../support/readDaily.ts'
import { dataFile, describeWithData } from './data.ts'

const SPOT_DAILY = 'market/binance_spot_1d_2017_2026.csv.gz'

type Asset = 'BTC' | 'ETH'

describeWithData('setups on Binance spot daily candles', () => {
  let candles: Readonly<Record<Asset, Candles>>
  beforeAll(() => {
    const path = dataFile(SPOT_DAILY)!
    candles = { BTC: readDaily(path, 'BTCUSDT'), ETH: readDaily(path, 'ETHUSDT') }
  })

  function eventsOf(setup: string, asset: Asset, from: string, to: string) {
    const { family, params, kind } = resolveSetup(setup)
    const found = detect(family, params, candles[asset]).filter((event) => event.setup === kind)
    return setupEvents(family, params, candles[asset], found).filter((event) => {
      const day = formatDay(event.at)
      return day >= from && day <= to
    })
  }

  const days = (setup: string, asset: Asset, from: string, to: string) =>
    eventsOf(setup, asset, from, to).map((event) => formatDay(event.at))

  /** Days of both pivots of the pairs that end in a range of days. */
  const pivotDays = (setup: string, asset: Asset, from: string, to: string) =>
    eventsOf(setup, asset, '2017-01-01', '2026-12-31')
      .map((event) => [formatDay(event.firstPivotAt!), formatDay(event.pivotAt!)])
      .filter(([, second]) => second! >= from && second! <= to)

  it('crosses MACD upwards on ETH in April 2025 on the 14th only', () => {
    expect(days('macd_golden_cross', 'ETH', '2025-04-01', '2025-04-30')).toEqual(['2025-04-14'])
  })

  it('has MACD above zero on BTC on 2025-04-22', () => {
    expect(days('macd_above_zero', 'BTC', '2025-04-01', '2025-04-30')).toEqual(['2025-04-22'])
  })

  describe('bullish divergences', () => {
    it('joins 03-10 and 04-08 on the RSI of BTC, knowable at 2025-04-14T00:00Z', () => {
      expect(pivotDays('bullish_divergence(rsi)', 'BTC', '2025-04-01', '2025-04-30')).toEqual([
        ['2025-03-10', '2025-04-08'],
      ])
      const [event] = eventsOf('bullish_divergence(rsi)', 'BTC', '2025-04-13', '2025-04-13')
      expect(event!.id).toBe('bullish_divergence(rsi)@2025-04-13T00:00:00Z')
      expect(formatInstant(event!.knownAt)).toBe('2025-04-14T00:00:00Z')
    })

    it('has no pair on the RSI of ETH that ends in April 2025; one ends on 03-30, known on 04-05', () => {
      expect(pivotDays('bullish_divergence(rsi)', 'ETH', '2025-04-01', '2025-04-30')).toEqual([])
      const late = eventsOf('bullish_divergence(rsi)', 'ETH', '2025-03-20', '2025-04-30')
      expect(late.map((event) => [formatDay(event.pivotAt!), formatInstant(event.knownAt)])).toEqual([
        ['2025-03-30', '2025-04-05T00:00:00Z'],
      ])
    })

    it.each([
      ['macd', 'ETH', '2025-03-13', '2025-04-10'],
      ['macd', 'BTC', '2025-03-11', '2025-04-08'],
      ['momentum', 'ETH', '2025-03-12', '2025-04-06'],
    ] as const)('joins on the %s of %s %s and %s', (osc, asset, first, second) => {
      const found = pivotDays(`bullish_divergence(${osc})`, asset, '2025-04-01', '2025-04-30')
      expect(found).toEqual([[first, second]])
    })
  })

  it('calls stopping volume on ETH on 2025-04-07', () => {
    expect(days('stopping_volume', 'ETH', '2025-04-01', '2025-04-30')).toEqual(['2025-04-07'])
  })

  it('sweeps the low of ETH on 2025-04-07', () => {
    expect(days('sweep', 'ETH', '2025-04-01', '2025-04-30')).toContain('2025-04-07')
  })

  it('has no spring on ETH on 2025-04-07, where 1,754 was not reclaimed within 3 bars', () => {
    expect(days('wyckoff_spring', 'ETH', '2025-04-05', '2025-04-30')).toEqual([])
  })

  it('has a spring on ETH on 2025-04-03, and it failed', () => {
    const [spring, ...others] = eventsOf('wyckoff_spring', 'ETH', '2025-04-01', '2025-04-30')
    expect(others).toEqual([])
    expect(formatDay(spring!.at)).toBe('2025-04-03')
    expect(spring!.evidence['support']).toBeCloseTo(1754, 0)
    expect(spring!.evidence['bars_to_reclaim']).toBe(0)
    const bar = (spring!.at - candles.ETH.start) / candles.ETH.step
    const later = candles.ETH.close.slice(bar + 1, bar + 6)
    expect(Math.min(...later)).toBeLessThan(Number(spring!.evidence['extreme']))
  })

  it('has a spring with a shakeout on BTC on 2025-04-07, where 76,606 was reclaimed', () => {
    const [spring] = eventsOf('wyckoff_spring', 'BTC', '2025-04-07', '2025-04-07')
    expect(spring!.evidence).toMatchObject({ support: 76_606, volume: 'shakeout', bars_to_reclaim: 0 })
    expect(formatDay(spring!.pivotAt!)).toBe('2025-03-11')
  })

  it('breaks the EMA on ETH once around 2025-04-22, confirmed strongly', () => {
    expect(days('ema_break', 'ETH', '2025-04-01', '2025-05-31')).toEqual(['2025-04-22'])
    expect(days('ema_break_confirmed', 'ETH', '2025-04-01', '2025-05-31')).toEqual(['2025-04-24'])
    const [strong] = eventsOf('ema_break_confirmed.strong', 'ETH', '2025-04-01', '2025-05-31')
    expect(formatDay(strong!.at)).toBe('2025-04-25')
    expect(strong!.of).toBe('ema_break(20)@2025-04-22T00:00:00Z')
    expect(days('ema_break_failed', 'ETH', '2025-04-01', '2025-05-31')).toEqual([])
  })

  it('enters oversold on ETH on 04-06 (RSI) and 04-07 (MFI), both lowest on 04-08 and over on 04-09', () => {
    expect(days('rsi_oversold', 'ETH', '2025-04-01', '2025-04-30')).toEqual(['2025-04-06'])
    expect(days('mfi_oversold', 'ETH', '2025-04-01', '2025-04-30')).toEqual(['2025-04-07'])
    for (const setup of ['rsi_oversold_end', 'mfi_oversold_end']) {
      const ends = eventsOf(setup, 'ETH', '2025-04-01', '2025-04-30')
      expect(ends.map((event) => [formatDay(event.at), formatDay(event.pivotAt!)])).toEqual([
        ['2025-04-09', '2025-04-08'],
      ])
    }
  })
})
