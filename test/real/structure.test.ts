import { beforeAll, describe, expect, it } from 'vitest'
import { closeAt, openAt, sliceCandles, type Candles } from '../../src/core/candles.ts'
import { formatDay, formatInstant, parseInstant, HOUR_MS } from '../../src/core/instant.ts'
import { channelAt, channelMetric } from '../../src/metrics/structure/channel.ts'
import { levelsAt, levelsMetric } from '../../src/metrics/structure/levels.ts'
import { detect, setupEvents } from '../../src/setups/detect.ts'
import { resolveSetup } from '../../src/setups/registry.ts'
import { frameOfCandles } from '../support/frameOfCandles.ts'
import { readDaily } from '../support/readDaily.ts'
import { readSymbol } from '../support/readSymbol.ts'
import { dataFile, describeWithData } from './data.ts'

const DAILY = 'market/binance_spot_1d_2017_2026.csv.gz'
const FOUR_HOURS = 'market/binance_spot_4h_BTC_ETH_2017_2026.csv.gz'

/** Index of the bar that closes at an instant. */
const barClosingAt = (candles: Candles, at: string): number => (parseInstant(at) - candles.start) / candles.step - 1

function eventsOf(setup: string, candles: Candles, from: string, to: string) {
  const { family, params, kind } = resolveSetup(setup)
  const found = detect(family, params, candles).filter((event) => event.setup === kind)
  return setupEvents(family, params, candles, found).filter(({ at }) => formatDay(at) >= from && formatDay(at) <= to)
}

describeWithData('structure on Binance spot candles', () => {
  let eth4h: Candles
  let ethDaily: Candles
  let btcDaily: Candles
  beforeAll(() => {
    eth4h = readSymbol(dataFile(FOUR_HOURS)!, 'ETHUSDT', 4 * HOUR_MS)
    ethDaily = readDaily(dataFile(DAILY)!, 'ETHUSDT')
    btcDaily = readDaily(dataFile(DAILY)!, 'BTCUSDT')
  })

  describe('levels of ETH from 4h candles', () => {
    it('hold about 1,550, 1,667, 1,757 and 1,847 as of 2025-04-22 (24:00Z)', () => {
      const prices = levelsAt(eth4h, barClosingAt(eth4h, '2025-04-23T00:00Z')).map(({ price }) => Math.round(price))
      const near = prices.filter((price) => price > 1500 && price < 1900)
      expect(near).toEqual([1550, 1667, 1757, 1847])
    })

    it('are others at 00:00Z of that day, before the break', () => {
      const prices = levelsAt(eth4h, barClosingAt(eth4h, '2025-04-22T00:00Z')).map(({ price }) => Math.round(price))
      expect(prices.filter((price) => price > 1500 && price < 1800)).toEqual([1562, 1625, 1679, 1757])
    })

    it('reject price at 1,650 three times from 2025-04-11 to 04-22', () => {
      const found = eventsOf('level_rejected(1650)', eth4h, '2025-04-11', '2025-04-22')
      expect(found.map(({ at }) => formatInstant(at))).toEqual([
        '2025-04-13T12:00:00Z',
        '2025-04-13T20:00:00Z',
        '2025-04-21T16:00:00Z',
      ])
      expect(found.map(({ id }) => id)[0]).toBe('level_rejected(1650)@2025-04-13T12:00:00Z')
    })

    it('break at 1,667 on 2025-04-22', () => {
      const found = eventsOf('level_break', eth4h, '2025-04-22', '2025-04-22')
      expect(found.map(({ side, evidence }) => [side, Math.round(Number(evidence['level']))])).toEqual([['long', 1667]])
    })
  })

  it('breaks a level of daily BTC upwards on 2025-04-22', () => {
    const found = eventsOf('level_break', btcDaily, '2025-04-20', '2025-04-25')
    expect(found.map(({ at, side }) => [formatDay(at), side])).toEqual([['2025-04-22', 'long']])
    expect(found[0]!.evidence).toMatchObject({ basis: 'cluster', pivots: 5 })
    expect(Number(found[0]!.evidence['level'])).toBeCloseTo(91_259, -2)
  })

  describe('channel of daily ETH on 2025-04-22', () => {
    const valueOf = (name: string, candles: Candles, at: string): number =>
      channelMetric.compute(frameOfCandles(candles), {})[name]![barClosingAt(candles, at)]!

    it('falls, from the high of 2024-12-16', () => {
      const channel = channelAt(ethDaily, barClosingAt(ethDaily, '2025-04-23T00:00Z'))!
      expect(formatDay(openAt(ethDaily, channel.start))).toBe('2024-12-16')
      expect(channel.slope).toBeLessThan(-0.005)
      expect([channel.touchesUpper, channel.touchesLower]).toEqual([4, 3])
    })

    it('has its upper edge at about 1,617, which the close of 1,756 breaks by 1.2 ATR', () => {
      expect(valueOf('upper', ethDaily, '2025-04-23T00:00Z')).toBeCloseTo(1617, -1)
      expect(valueOf('distance_upper_atr', ethDaily, '2025-04-23T00:00Z')).toBeCloseTo(1.2, 1)
      expect(valueOf('distance_upper_atr', ethDaily, '2025-04-22T00:00Z')).toBeLessThan(0)
      const found = eventsOf('channel_break', ethDaily, '2025-04-01', '2025-04-30')
      expect(found.map(({ at, side }) => [formatDay(at), side])).toEqual([['2025-04-22', 'long']])
    })

    it('is one of many whose upper edges lie far apart', () => {
      expect(valueOf('admissible', ethDaily, '2025-04-23T00:00Z')).toBe(80)
      expect(valueOf('upper_max', ethDaily, '2025-04-23T00:00Z')).toBeGreaterThan(2300)
    })
  })

  it('never changes what an earlier bar showed', () => {
    for (const [candles, at] of [
      [eth4h, '2025-04-22T00:00Z'],
      [ethDaily, '2025-04-22T00:00Z'],
    ] as const) {
      const last = barClosingAt(candles, at)
      const cut = sliceCandles(candles, 0, last + 1)
      expect(closeAt(cut, cut.length - 1)).toBe(parseInstant(at))
      for (const metric of [channelMetric, levelsMetric]) {
        const whole = metric.compute(frameOfCandles(candles), {})
        for (const [name, column] of Object.entries(metric.compute(frameOfCandles(cut), {}))) {
          expect(Object.is(column[last], whole[name]![last]), name).toBe(true)
        }
      }
      for (const setup of ['level_break', 'channel_break']) {
        const seen = eventsOf(setup, cut, '2017-01-01', '2025-04-21')
        expect(seen).toEqual(eventsOf(setup, candles, '2017-01-01', '2025-04-21'))
      }
    }
  })
})
