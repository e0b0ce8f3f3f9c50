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
  const rows = names.map((name) => ({ record: openInterest, row: { instrument: name } }))
  const instruments = ['A', 'B', 'C'].map(instrument)
  return coverage
    .answered({ poll: poll(['openInterest']), venue: 'bybit', instruments, rows, at })
    .map(({ since, until, members }) => `${members} ${since}-${until}`)
}

it('covers from the first of a row of answers to the last', () => {
  const coverage = new PollCoverage()
  expect(answers(coverage, 1000, ['A', 'B'])).toEqual(['A,B 1000-1001'])
  expect(answers(coverage, 1100, ['A', 'B'])).toEqual(['A,B 1000-1101'])
  expect(answers(coverage, 1300, ['A', 'B'])).toEqual(['A,B 1000-1301'])
})

it('leaves a gap before an answer that comes late', () => {
  const coverage = new PollCoverage()
  answers(coverage, 1000, ['A'])
  expect(answers(coverage, 1201, ['A'])).toEqual(['A 1201-1202'])
})

it('goes on without the one that is missing in an answer, which begins anew when it is back', () => {
  const coverage = new PollCoverage()
  answers(coverage, 1000, ['A', 'B'])
  answers(coverage, 1100, ['A', 'B'])
  expect(answers(coverage, 1200, ['A'])).toEqual(['A 1100-1201'])
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
  const answered = { poll: poll(['openInterest', 'funding']), venue: 'bybit', rows, at: 1000 } as const
  const found = new PollCoverage().answered({ ...answered, instruments: ['A', 'B'].map(instrument) })
  expect(found).toMatchObject([
    { lane: 'openInterest/live', members: 'A', way: 'poll', feed: 'perp tickers' },
    { lane: 'funding/expected', members: 'B' },
  ])
})
