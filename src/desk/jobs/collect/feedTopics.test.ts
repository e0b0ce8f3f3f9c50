import { expect, it } from 'vitest'
import type { Instrument } from '../../../records/instrument.ts'
import { SOURCES } from '../../../sources/registry.ts'
import type { Feed, MapContext } from '../../../sources/source.ts'
import { countShared, topicsOf } from './feedTopics.ts'

const feed = SOURCES.bitget.feeds.find(({ id }) => id === 'perp-liquidations') as Feed
const listing = (...names: readonly string[]): MapContext =>
  ({
    instrument: (_: string, name: string) => (names.includes(name) ? 'left out' : undefined),
  }) as unknown as MapContext

it('asks for beats of what is listed, be it collected or not, and of nothing else', () => {
  expect(topicsOf(feed, [], listing('ETHUSDT', 'PEPEUSDT'))).toEqual([
    'usdt-futures/liquidation',
    'usdt-futures/publicTrade/ETHUSDT',
  ])
  expect(topicsOf(feed, [], listing())).toEqual(['usdt-futures/liquidation'])
  expect(countShared(feed)).toBe(1 + (feed.beats ?? []).length)
})

it('asks for the topics of each instrument', () => {
  const trades = SOURCES.bitget.feeds.find(({ id }) => id === 'spot') as Feed
  const members = ['BTCUSDT', 'ETHUSDT'].map((instrument) => ({ market: 'spot', instrument }) as unknown as Instrument)
  expect(topicsOf(trades, members, listing())).toEqual(['SPOT/trade/BTCUSDT', 'SPOT/trade/ETHUSDT'])
})
