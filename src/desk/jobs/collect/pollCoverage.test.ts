import { expect, it } from 'vitest'
import { funding } from '../../../records/funding.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { openInterest } from '../../../records/openInterest.ts'
import type { Poll } from '../../../sources/source.ts'
import { PollCoverage } from './pollCoverage.ts'

const instrument = (name: string): Instrument => ({
  venue: 'bybit',
  market: 'perp',
  instrument: name,
  asset: name,
  quote: 'USDT',
  multiplier: 1,
  simulated: true,
  contract: 'linear',
})
const poll = (kinds: Poll['kinds']): Poll => ({
  id: 'perp tickers',
  kinds,
  market: 'perp',
  everyMs: 100,
  covers: () => true,
  fetch: () => {
    throw new Error('nothing is asked here')
  },
})

/** What answers cover that have rows of the instruments named. */
function answers(coverage: PollCoverage, at: number, names: readonly string[]): readonly string[] {
  return answersOf(coverage, names.length === 0 ? [] : [[at, names]])
}

/** The same of answers that come one after another. */
function answersOf(coverage: PollCoverage, came: readonly (readonly [number, readonly string[]])[]): readonly string[] {
  const rowOf = (name: string) => ({ record: openInterest, row: { instrument: name } })
  const pages = came.map(([at, names]) => ({ at, rows: names.map(rowOf) }))
  const instruments = ['A', 'B', 'C'].map(instrument)
  return coverage
    .answered({ poll: poll(['openInterest']), venue: 'bybit', instruments, pages })
    .map(({ since, until, members, ended }) => `${members} ${since}-${until}${ended === '' ? '' : `: ${ended}`}`)
}

it('covers from the first of a row of answers to the last', () => {
  const coverage = new PollCoverage()
  expect(answers(coverage, 1000, ['A', 'B'])).toEqual(['A,B 1000-1001'])
  expect(answers(coverage, 1100, ['A', 'B'])).toEqual(['A,B 1000-1101'])
  expect(answers(coverage, 1300, ['A', 'B'])).toEqual(['A,B 1000-1301'])
})

it('leaves a gap before an answer that comes late, and says why', () => {
  const coverage = new PollCoverage()
  answers(coverage, 1000, ['A'])
  expect(answers(coverage, 1201, ['A'])).toEqual(['A 1000-1001: no answer came in time', 'A 1201-1202'])
  coverage.failed({ id: 'perp tickers' }, 'the venue is away')
  const ended = 'A 1201-1202: no answer came in time: the venue is away'
  expect(answers(coverage, 1500, ['A'])).toEqual([ended, 'A 1500-1501'])
})

it('forgets why a poll failed that was answered in time all the same', () => {
  const coverage = new PollCoverage()
  answers(coverage, 1000, ['A'])
  coverage.failed({ id: 'perp tickers' }, 'the venue is away')
  expect(answers(coverage, 1200, ['A'])).toEqual(['A 1000-1201'])
  expect(answers(coverage, 1500, ['A'])[0]).toBe('A 1000-1201: no answer came in time')
})

it('ends with what was answered for last', () => {
  const coverage = new PollCoverage()
  answers(coverage, 1000, ['A', 'B'])
  answers(coverage, 1100, ['A', 'B', 'C'])
  expect(coverage.end('stopped')).toMatchObject([
    { since: 1000, until: 1101, members: 'A,B', ended: 'stopped' },
    { since: 1100, until: 1101, members: 'C', ended: 'stopped' },
  ])
})

it('goes on without the one that is missing in an answer, which begins anew when it is back', () => {
  const coverage = new PollCoverage()
  answers(coverage, 1000, ['A', 'B'])
  answers(coverage, 1100, ['A', 'B'])
  expect(answers(coverage, 1200, ['A'])).toEqual(['A,B 1000-1101: an answer came without it', 'A 1100-1201'])
  expect(answers(coverage, 1300, ['A', 'B'])).toEqual(['A 1100-1301', 'B 1300-1301'])
})

it('covers nothing by an answer without a row, and takes no row for one that was not asked', () => {
  const coverage = new PollCoverage()
  expect(answers(coverage, 1000, [])).toEqual([])
  expect(answers(coverage, 1100, ['A', 'Z'])).toEqual(['A 1100-1101'])
})

it('keeps the kinds of one answer apart, each in its lane', () => {
  const rows = [
    { record: openInterest, row: { instrument: 'A' } },
    { record: funding, row: { instrument: 'B' } },
  ]
  const answered = { poll: poll(['openInterest', 'funding']), venue: 'bybit', pages: [{ rows, at: 1000 }] } as const
  const found = new PollCoverage().answered({ ...answered, instruments: ['A', 'B'].map(instrument) })
  expect(found).toMatchObject([
    { lane: 'openInterest/live', members: 'A', way: 'poll', feed: 'perp tickers' },
    { lane: 'funding/expected', members: 'B' },
  ])
})

it('takes each instrument at the time of its own answer', () => {
  const coverage = new PollCoverage()
  expect(
    answersOf(coverage, [
      [1000, ['A', 'B']],
      [1040, ['C']],
    ]),
  ).toEqual(['A,B 1000-1001', 'C 1040-1041'])
  // The first answer comes in time, the second does not.
  const second = answersOf(coverage, [
    [1150, ['A', 'B']],
    [1250, ['C']],
  ])
  expect(second).toEqual(['C 1040-1041: no answer came in time', 'A,B 1000-1151', 'C 1250-1251'])
})

it('gives those that part beginnings of their own, without a gap', () => {
  const coverage = new PollCoverage()
  answers(coverage, 1000, ['A', 'B', 'C'])
  const parted = answersOf(coverage, [
    [1100, ['A']],
    [1110, ['B']],
    [1120, ['C']],
  ])
  expect(parted).toEqual(['A 1000-1101', 'B 999-1111', 'C 998-1121'])
  expect(
    answersOf(coverage, [
      [1200, ['A']],
      [1210, ['B']],
      [1220, ['C']],
    ]),
  ).toEqual(['A 1000-1201', 'B 999-1211', 'C 998-1221'])
})
