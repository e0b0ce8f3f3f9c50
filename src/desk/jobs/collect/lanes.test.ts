import { expect, it } from 'vitest'
import type { HistoryDoor } from '../../../sources/source.ts'
import { laneKey, laneOfDoor, laneOfFeed, laneOfPoll } from './lanes.ts'

const lane = (door: Pick<HistoryDoor, 'kind' | 'measure' | 'interval'>) => laneOfDoor(door as HistoryDoor)

it('names the lane of a door by kind, measure and grid', () => {
  expect(lane({ kind: 'trade' })).toBe('trade')
  expect(lane({ kind: 'candle', interval: '1h' })).toBe('candle/1h')
  const measured = { kind: 'positioning', measure: 'top_accounts', interval: '5m' } as const
  expect(lane(measured)).toBe('positioning/top_accounts/5m')
})

it('has one lane for what a feed and a door both bring, and two for what they do not', () => {
  expect(laneOfFeed('trade')).toBe(lane({ kind: 'trade' }))
  expect(laneOfFeed('candle')).toBe(lane({ kind: 'candle', interval: '1m' }))
  expect([laneOfPoll('funding'), lane({ kind: 'funding' })]).toEqual(['funding/expected', 'funding/paid'])
  expect([laneOfPoll('openInterest'), laneOfPoll('ticker')]).toEqual(['openInterest/live', 'ticker'])
})

it('joins the parts of a key', () => {
  expect(laneKey('perp', 'candle/1m', 'BTCUSDT')).toBe('perp/candle/1m/BTCUSDT')
})
