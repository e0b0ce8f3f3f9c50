import { describe, expect, it } from 'vitest'
import type { Coverage } from '../../../records/coverage.ts'
import { CoverageBook } from './coverageBook.ts'

const row = (since: number, until: number, fields: Partial<Coverage> = {}): Coverage => ({
  venue: 'bybit',
  market: 'perp',
  lane: 'trade',
  feed: 'perp 1',
  way: 'live',
  since,
  until,
  members: 'BTCUSDT',
  ended: '',
  ...fields,
})
const lane = { venue: 'bybit', market: 'perp', lane: 'trade', instrument: 'BTCUSDT' } as const

describe('CoverageBook', () => {
  it('lets a stretch with the same beginning grow, and adds any other', () => {
    const book = new CoverageBook([row(0, 10)])
    book.put(row(0, 20))
    book.put(row(30, 40))
    expect(book.covered(lane)).toEqual([
      { from: 0, to: 20 },
      { from: 30, to: 40 },
    ])
  })

  it('lets what was fetched grow on from where the last fetch ended, and keeps what explains the gap before it', () => {
    const fetched = (since: number, until: number, ended = '') =>
      row(since, until, { way: 'history', feed: 'BTCUSDT', ended })
    const book = new CoverageBook([row(0, 15), fetched(10, 20, 'served no further back')])
    expect(book.grown(fetched(20, 30))).toEqual(fetched(10, 30, 'served no further back'))
    expect(book.grown(fetched(15, 30))).toEqual(fetched(10, 30, 'served no further back'))
    expect(book.grown(fetched(21, 30))).toEqual(fetched(21, 30))
    expect(book.grown(fetched(12, 18))).toEqual(fetched(12, 18))
  })

  it('keeps stretches apart that began at once by another way or feed', () => {
    const book = new CoverageBook([row(0, 50), row(0, 10, { way: 'history' }), row(0, 20, { feed: 'perp 2' })])
    expect(book.covered(lane)).toEqual([{ from: 0, to: 50 }])
  })

  it('covers every member of a stretch, and nothing but its own lane', () => {
    const book = new CoverageBook([row(0, 10, { members: 'BTCUSDT,ETHUSDT' })])
    expect(book.covered({ ...lane, instrument: 'ETHUSDT' })).toEqual([{ from: 0, to: 10 }])
    for (const other of [{ instrument: 'ETH' }, { lane: 'candle/1m' }, { market: 'spot' as const }, { venue: 'okx' }]) {
      expect(book.covered({ ...lane, ...other })).toEqual([])
    }
    expect(book.lanes()).toEqual([lane, { ...lane, instrument: 'ETHUSDT' }])
  })

  it('asks for neither what is covered nor what is lost', () => {
    const book = new CoverageBook([row(10, 20), row(40, 50)])
    expect(book.uncovered(lane, { from: 0, to: 60 })).toEqual([
      { from: 0, to: 10 },
      { from: 20, to: 40 },
      { from: 50, to: 60 },
    ])
    expect(book.uncovered(lane, { from: 0, to: 60 }, [{ from: 25, to: 60 }])).toEqual([
      { from: 0, to: 10 },
      { from: 20, to: 25 },
    ])
    expect(book.uncovered({ ...lane, instrument: 'SOLUSDT' }, { from: 3, to: 5 })).toEqual([{ from: 3, to: 5 }])
  })

  it('says why each gap began, and what history could not serve before the stretch behind it', () => {
    const book = new CoverageBook([
      row(0, 10, { ended: 'socket closed' }),
      row(20, 30),
      row(40, 50, { ended: 'silent' }),
      row(60, 70, { way: 'history', feed: 'BTCUSDT', ended: 'served for a day only' }),
    ])
    expect(book.gaps(lane)).toEqual([
      { from: 10, to: 20, why: 'socket closed' },
      { from: 30, to: 40, why: 'the collector ended without a word' },
      { from: 50, to: 60, why: 'silent; served for a day only' },
    ])
  })

  it('has no gap where history has filled it', () => {
    const filled = row(10, 20, { way: 'history', feed: 'BTCUSDT' })
    const book = new CoverageBook([row(0, 10, { ended: 'socket closed' }), row(20, 30), filled])
    expect(book.gaps(lane)).toEqual([])
    expect(new CoverageBook([]).gaps(lane)).toEqual([])
  })

  const missed = (since: number, until: number, ended = 'trade "8" never came') =>
    row(since, until, { way: 'missed', feed: 'BTCUSDT', ended })
  const fetched = (since: number, until: number) => row(since, until, { way: 'history', feed: 'BTCUSDT' })

  it('takes what was missed out of what was watched, in whatever order both are told', () => {
    const rows = [row(0, 50, { members: 'BTCUSDT,ETHUSDT' }), missed(20, 30)]
    for (const book of [new CoverageBook(rows), new CoverageBook(rows.toReversed())]) {
      expect(book.covered(lane)).toEqual([
        { from: 0, to: 20 },
        { from: 30, to: 50 },
      ])
      expect(book.missed(lane)).toEqual([{ from: 20, to: 30 }])
      expect(book.gaps(lane)).toEqual([{ from: 20, to: 30, why: 'trade "8" never came' }])
      expect(book.covered({ ...lane, instrument: 'ETHUSDT' })).toEqual([{ from: 0, to: 50 }])
    }
  })

  it('covers what was missed when it was fetched', () => {
    const book = new CoverageBook([row(0, 50), missed(20, 30), fetched(15, 25)])
    expect(book.missed(lane)).toEqual([{ from: 25, to: 30 }])
    expect(book.gaps(lane)).toEqual([{ from: 25, to: 30, why: 'trade "8" never came' }])
    book.put(fetched(25, 30))
    expect([book.covered(lane), book.missed(lane)]).toEqual([[{ from: 0, to: 50 }], []])
  })

  it('has a hole open, as a whole, while some of it was neither fetched nor lost', () => {
    const book = new CoverageBook([missed(20, 30), missed(29, 40), fetched(15, 25)])
    expect(book.openHoles(lane, [])).toEqual([
      { from: 20, to: 30 },
      { from: 29, to: 40 },
    ])
    expect(book.openHoles(lane, [{ from: 20, to: 30 }])).toEqual([{ from: 29, to: 40 }])
    expect(book.openHoles(lane, [{ from: 25, to: 40 }])).toEqual([])
  })

  it('gives the holes that lie wholly in a stretch', () => {
    const book = new CoverageBook([missed(20, 30), missed(25, 40)])
    expect(book.holesWithin(lane, { from: 20, to: 39 })).toEqual([{ from: 20, to: 30 }])
    expect(book.holesWithin(lane, { from: 21, to: 50 })).toEqual([{ from: 25, to: 40 }])
  })

  it('tells of a hole that cannot be had both what is missing and why, once', () => {
    const book = new CoverageBook([row(0, 50, { ended: 'stopped' }), missed(20, 30), row(60, 70)])
    const why = 'the venue does not serve it'
    for (const each of book.explained(lane, { from: 29, to: 31, why })) book.put(each)
    expect(book.explained(lane, { from: 20, to: 30, why })).toEqual([])
    expect(book.explained(lane, { from: 30, to: 40, why: 'another' })).toEqual([])
    expect(book.gaps(lane)).toEqual([
      { from: 20, to: 30, why: 'trade "8" never came; the venue does not serve it' },
      { from: 50, to: 60, why: 'stopped' },
    ])
  })

  it('says of a gap that begins with a hole also what ended in it', () => {
    const book = new CoverageBook([row(0, 25, { ended: 'socket closed' }), missed(20, 41), row(40, 50)])
    expect(book.gaps(lane)).toEqual([{ from: 20, to: 41, why: 'socket closed; trade "8" never came' }])
  })

  it('counts the gaps of all lanes of a venue, whatever grows, fills them or leaves new ones', () => {
    const book = new CoverageBook([row(0, 10, { members: 'BTCUSDT,ETHUSDT' })])
    const counts = (...rows: readonly Coverage[]): number => {
      for (const each of rows) book.put(each)
      const listed = book.lanes().flatMap((each) => book.gaps(each)).length
      expect(book.countGaps('bybit')).toBe(listed)
      return listed
    }
    expect(counts()).toBe(0)
    expect(counts(row(0, 20, { members: 'BTCUSDT,ETHUSDT' }))).toBe(0)
    expect(counts(row(30, 40, { members: 'BTCUSDT,ETHUSDT' }))).toBe(2)
    expect(counts(row(30, 60, { members: 'BTCUSDT,ETHUSDT' }))).toBe(2)
    expect(counts(row(15, 25, { way: 'history' }))).toBe(2)
    expect(counts(row(15, 30, { way: 'history' }))).toBe(1)
    expect(counts(row(70, 80, { lane: 'candle/1m' }), row(50, 60, { lane: 'candle/1m' }))).toBe(2)
    expect(counts(missed(55, 65))).toBe(2)
    expect(counts(row(30, 62, { members: 'BTCUSDT,ETHUSDT' }))).toBe(2)
    expect(counts(row(30, 90, { members: 'BTCUSDT,ETHUSDT' }))).toBe(3)
    expect(counts(missed(55, 70))).toBe(3)
    expect(counts(fetched(55, 70))).toBe(2)
    expect(book.countGaps('okx')).toBe(0)
  })
})
