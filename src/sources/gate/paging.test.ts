import { describe, expect, it } from 'vitest'
import { instant } from '../../core/instant.ts'
import { trade } from '../../records/trade.ts'
import type { Mapped } from '../source.ts'
import { halving, numbered, within } from './paging.ts'

const mappedOf = (ats: readonly number[]): Mapped => ({
  rows: ats.map((at) => ({ record: trade, row: { at } })),
  faults: [],
})

async function all<R>(pages: AsyncGenerator<Mapped, R>): Promise<{ ats: number[]; faults: number; end: R }> {
  const ats: number[] = []
  let faults = 0
  for (;;) {
    const { done, value } = await pages.next()
    if (done === true) return { ats, faults, end: value }
    ats.push(...value.rows.map(({ row }) => Number(row['at'])))
    faults += value.faults.length
  }
}

describe('numbered pages', () => {
  const pagesOf = (rows: readonly number[], mostPages: number) =>
    numbered({ pageRows: 3, mostPages }, async (page) => {
      const json = rows.slice(page * 3, page * 3 + 3)
      return { json, mapped: mappedOf(json) }
    })

  it('are read until one is not full', async () => {
    expect(await all(pagesOf([1, 2, 3, 4, 5], 9))).toEqual({ ats: [1, 2, 3, 4, 5], faults: 0, end: 'all' })
    expect(await all(pagesOf([1, 2, 3], 9))).toEqual({ ats: [1, 2, 3], faults: 0, end: 'all' })
    expect(await all(pagesOf([], 9))).toEqual({ ats: [], faults: 0, end: 'all' })
  })

  it('say that there is more where the last page served is full', async () => {
    expect(await all(pagesOf([1, 2, 3, 4, 5, 6], 2))).toMatchObject({ ats: [1, 2, 3, 4, 5, 6], end: 'more' })
  })

  it('say that there is more where the same page comes again', async () => {
    const same = numbered({ pageRows: 3, mostPages: 9 }, async () => ({ json: [1, 2, 3], mapped: mappedOf([1, 2, 3]) }))
    expect(await all(same)).toMatchObject({ ats: [1, 2, 3], end: 'more' })
  })

  it('end where an answer is no list', async () => {
    const broken = numbered({ pageRows: 3, mostPages: 9 }, async () => ({ json: {}, mapped: mappedOf([]) }))
    expect(await all(broken)).toMatchObject({ ats: [], end: 'all' })
  })
})

describe('halving', () => {
  const stretch = { from: instant(500), to: instant(9_700) }

  it('reads what fits as it is, and the rest by halves at whole seconds', async () => {
    const held = Array.from({ length: 92 }, (_, i) => 500 + i * 100)
    const asked: (readonly [number, number])[] = []
    const read = halving(stretch, 'x', async function* (from, to) {
      asked.push([from, to])
      const rows = held.filter((at) => at >= from && at < to)
      yield mappedOf(rows.slice(0, 30))
      return rows.length > 30 ? 'more' : 'all'
    })
    const { ats, faults } = await all(read)
    expect([...new Set(ats)].toSorted((a, b) => a - b)).toEqual(held)
    expect(faults).toBe(0)
    expect(asked).toEqual([
      [500, 9700],
      [500, 5000],
      [500, 3000],
      [3000, 5000],
      [5000, 9700],
      [5000, 7000],
      [7000, 9700],
    ])
  })

  it('tells of a second that holds more than is served, and goes on', async () => {
    const read = halving({ from: instant(0), to: instant(4000) }, 'x', async function* (from, to) {
      yield mappedOf([from])
      return from <= 1000 && to > 1000 ? 'more' : 'all'
    })
    const { faults, ats } = await all(read)
    expect(faults).toBe(1)
    expect(ats).toContain(2000)
  })
})

describe('within', () => {
  it('keeps the beginning and not the end', () => {
    expect(within(mappedOf([1, 2, 3, 4]), 2, 4).rows.map(({ row }) => row['at'])).toEqual([2, 3])
  })
})
