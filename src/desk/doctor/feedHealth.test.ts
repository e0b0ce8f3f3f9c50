import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import type { Coverage } from '../../records/coverage.ts'
import { VENUES } from '../../records/venues.ts'
import { STOPPED } from '../jobs/collect/liveFeed.ts'
import { feedHealth } from './feedHealth.ts'

const now = parseInstant('2026-07-02T12:00Z')
/** Minutes ago. */
const ago = (minutes: number): number => now - minutes * 60_000
const row = (since: number, until: number, fields: Partial<Coverage> = {}): Coverage => ({
  venue: 'bybit',
  market: 'perp',
  lane: 'trade',
  feed: 'perp/0',
  way: 'live',
  since: ago(since),
  until: ago(until),
  members: 'BTCUSDT,ETHUSDT',
  ended: '',
  ...fields,
})
const healthOf = (...rows: readonly Coverage[]) => feedHealth(rows, { venues: VENUES, now, speed: 1 })

describe('feedHealth', () => {
  it('is alive where everything that is watched came lately', () => {
    const [bybit, ...others] = healthOf(row(600, 1), row(600, 2, { lane: 'openInterest/live', way: 'poll' }))
    expect(others).toEqual([])
    expect(bybit).toMatchObject({
      venue: 'bybit',
      state: 'alive',
      instruments: 2,
      gaps: 0,
      missingMs: 0,
      ageMs: 60_000,
    })
    expect(bybit!.coveredUntil).toBe('2026-07-02T11:59:00Z')
    expect(bybit!.lanes).toMatchObject([
      { market: 'perp', lane: 'trade', instruments: 2, silent: false },
      { market: 'perp', lane: 'openInterest/live', ageMs: 120_000, silent: false },
    ])
  })

  it('is silent where one lane says nothing while others do', () => {
    const [bybit] = healthOf(row(600, 1), row(600, 30, { lane: 'ticker', way: 'poll' }))
    expect(bybit).toMatchObject({ state: 'silent', lanes: [{ silent: false }, { lane: 'ticker', silent: true }] })
  })

  it('takes no quiet for silence where it is usual: no liquidations, no history for long', () => {
    const quiet = [
      row(600, 300, { lane: 'liquidation', feed: 'l' }),
      row(9000, 300, { lane: 'candle/1h', way: 'history' }),
    ]
    expect(healthOf(row(600, 1), ...quiet)).toMatchObject([{ state: 'alive' }])
  })

  it('is stopped where its collector was told to end', () => {
    const polled = row(600, 90, { lane: 'ticker', way: 'poll' })
    expect(healthOf(row(600, 90, { ended: STOPPED }), polled)).toMatchObject([{ state: 'stopped' }])
    expect(healthOf(row(600, 90, { ended: 'it was cut' }), polled)).toMatchObject([{ state: 'silent' }])
  })

  it('counts the gaps of the last day, of each instrument, and the time that is missing once', () => {
    const [bybit] = healthOf(
      row(4000, 3000, { members: 'BTCUSDT' }),
      row(1500, 600),
      row(590, 300),
      row(295, 1, { members: 'BTCUSDT' }),
    )
    expect(bybit).toMatchObject({ gaps: 3, missingMs: 15 * 60_000 })
    // What began before the day counts from its beginning.
    const [old] = healthOf(row(4000, 3000), row(1000, 1))
    expect(old).toMatchObject({ gaps: 2, missingMs: 440 * 60_000 })
  })

  it('counts what was missed on a connection that stayed up, and does not take it for covered', () => {
    const missed = row(20, 10, { way: 'missed', feed: 'BTCUSDT', members: 'BTCUSDT', ended: 'trade "8" never came' })
    expect(healthOf(row(600, 1), missed)).toMatchObject([{ state: 'alive', gaps: 1, missingMs: 10 * 60_000 }])
    expect(healthOf(row(600, 15), missed)).toMatchObject([{ ageMs: 15 * 60_000 }])
  })

  it('bears more where the clock of the venues runs faster', () => {
    expect(feedHealth([row(600, 30)], { venues: VENUES, now, speed: 60 })).toMatchObject([{ state: 'alive' }])
    expect(feedHealth([row(600, 30)], { venues: ['okx'], now, speed: 60 })).toEqual([])
  })
})
