import { describe, expect, it } from 'vitest'
import { candle } from '../../../records/candle.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { liquidation } from '../../../records/liquidation.ts'
import { trade } from '../../../records/trade.ts'
import type { Feed } from '../../../sources/source.ts'
import { FeedSession } from './feedSession.ts'

const START = Date.UTC(2026, 0, 5)
const is = (instrument: string): Instrument => ({
  venue: 'binance',
  market: 'perp',
  instrument,
  asset: 'BTC',
  quote: 'USDT',
  multiplier: 1,
  simulated: true,
  contract: 'linear',
})
const members = [is('A'), is('B')]
const LATE_MS = 300

function session(...kinds: readonly string[]): FeedSession {
  const feed = { id: 'perp', market: 'perp', kinds, lateMs: LATE_MS } as unknown as Feed
  const made = new FeedSession({ feed, name: 'perp/0', venue: 'binance' }, members)
  made.begin(START)
  return made
}

const at = (record: typeof trade | typeof liquidation | typeof candle, ms: number) => ({
  record,
  row: { at: START + ms },
})

/** Stretches as `lane from to`, in ms from the start, less what may be late. */
const stretches = (covered: readonly Coverage[]): readonly string[] =>
  covered.map(({ lane, since, until }) => `${lane} ${since - START} ${until - START + LATE_MS}`)

describe('FeedSession', () => {
  it('covers nothing before the first event', () => {
    expect(session('trade').covered('')).toEqual([])
  })

  it('covers up to its last event and not to the clock: a feed that fell silent covers no silence', () => {
    const made = session('trade', 'liquidation')
    made.heard([at(trade, 5_000)], START + 5_100)
    const silent = made.covered('it was silent')
    expect(stretches(silent)).toEqual(['trade 0 5000', 'liquidation 0 5000'])
    expect(silent.map(({ ended, members: of }) => `${ended} ${of}`)).toEqual(['it was silent A,B', 'it was silent A,B'])
  })

  it('believes no time from the future', () => {
    const made = session('trade')
    made.heard([at(trade, 9_000)], START + 5_000)
    expect(stretches(made.covered(''))).toEqual(['trade 0 5000'])
  })

  it('covers trades up to the last trade only, whatever else goes on coming', () => {
    const made = session('trade', 'candle')
    made.heard([at(trade, 100_000)], START + 100_000)
    made.heard([at(candle, 60_000)], START + 120_500)
    made.heard([at(candle, 120_000)], START + 180_500)
    const [trades, candles] = made.covered('')
    expect(trades).toMatchObject({ lane: 'trade', until: START + 100_000 - LATE_MS })
    expect(candles).toMatchObject({ lane: 'candle/1m', until: START + 180_000 })
  })

  it('covers liquidations while trades or beats come: they are rare, and their silence says nothing', () => {
    const [besideTrades, besideBeats] = [session('trade', 'liquidation'), session('liquidation')]
    besideTrades.heard([at(trade, 7_000)], START + 7_000)
    besideBeats.beat(undefined, START + 7_000)
    expect(stretches(besideTrades.covered(''))).toContain('liquidation 0 7000')
    expect(stretches(besideBeats.covered(''))).toEqual(['liquidation 0 7000'])
  })

  it('covers up to when a beat was sent, where it says so, however late it is read, and not beyond now', () => {
    const made = session('liquidation')
    made.beat(START + 5_000, START + 7_000)
    expect(stretches(made.covered(''))).toEqual(['liquidation 0 5000'])
    made.beat(START + 4_000, START + 8_000)
    expect(stretches(made.covered(''))).toEqual(['liquidation 0 5000'])
    made.beat(START + 60_000, START + 9_000)
    expect(stretches(made.covered(''))).toEqual(['liquidation 0 9000'])
  })

  it('begins again after a doubtful silence, and covers none of it', () => {
    const made = session('trade')
    made.heard([at(trade, 2_000)], START + 2_000)
    const before = made.doubt('it was silent for longer than usual', START + 15_000)
    expect(stretches(before)).toEqual(['trade 0 2000'])
    made.heard([at(trade, 16_000)], START + 16_000)
    expect(stretches(made.covered(''))).toEqual(['trade 15000 16000'])
  })

  it('does not begin again while something unreadable comes', () => {
    const made = session('trade')
    made.spoil('not as documented')
    expect(made.doubt('', START + 15_000)).toEqual([])
    made.heard([at(trade, 16_000)], START + 16_000)
    expect([made.covered(''), made.isSpoilt]).toEqual([[], true])
  })
})
