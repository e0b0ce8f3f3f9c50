import { expect, it } from 'vitest'
import { isServedAgain } from '../../../../test/support/refetch.ts'
import { VENUES } from '../../../records/venues.ts'
import { SOURCES } from '../../../sources/registry.ts'
import { laneOfFeed } from './lanes.ts'
import { toldOnceBy } from './toldOnce.ts'

it.each(VENUES)('what %s tells once is what by its documents it does not serve again, or in part', (venue) => {
  const isToldOnce = toldOnceBy([SOURCES[venue]])
  for (const { market, kinds } of SOURCES[venue].feeds) {
    for (const kind of kinds) {
      const lane = { venue, market, lane: laneOfFeed(kind), instrument: '' }
      expect([kind, isToldOnce({ venue, market }, kind)]).toEqual([kind, !isServedAgain(lane)])
    }
  }
})

it('knows of nothing that is told once elsewhere', () => {
  const isToldOnce = toldOnceBy([SOURCES.hyperliquid])
  expect(isToldOnce({ venue: 'hyperliquid', market: 'perp' }, 'trade')).toBe(true)
  expect(isToldOnce({ venue: 'hyperliquid', market: 'spot' }, 'trade')).toBe(false)
  expect(isToldOnce({ venue: 'okx', market: 'perp' }, 'trade')).toBe(false)
})
