import { assert, asyncProperty, integer, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { made } from '../../test/support/wire.ts'
import { instant, type InstantMs } from '../core/instant.ts'
import { trade } from '../records/trade.ts'
import { forward, windows, type ForwardPage } from './forward.ts'
import type { Mapped, Past, Reached } from './source.ts'

const past = (from: number, to: number): Past => ({ instrument: made('bybit'), from: instant(from), to: instant(to) })
const rowsAt = (times: readonly number[]): Mapped => ({
  rows: times.map((at) => ({ record: trade, row: { at } })),
  faults: [],
})

async function drain(pages: AsyncGenerator<Mapped, Reached>): Promise<{ times: number[]; reached: Reached }> {
  const times: number[] = []
  for (;;) {
    const next = await pages.next()
    if (next.done === true) return { times, reached: next.value }
    times.push(...next.value.rows.map(({ row }) => Number(row['at'])))
  }
}

/** A venue that holds rows at these times and serves pages of three, oldest first. */
function venue(times: readonly number[]) {
  const asked: number[] = []
  const page = async (from: InstantMs, to: InstantMs): Promise<ForwardPage> => {
    asked.push(from)
    const served = times.filter((at) => at >= from && at < to).slice(0, 3)
    return { ...rowsAt(served), count: served.length, last: served.at(-1) ?? NaN }
  }
  return { asked, page }
}

describe('forward', () => {
  it('asks on after the last row, until a page is not full', async () => {
    const { asked, page } = venue([1, 2, 5, 7, 8, 9, 12])
    expect(await drain(forward(past(0, 100), 3, page))).toEqual({ times: [1, 2, 5, 7, 8, 9, 12], reached: { from: 0 } })
    expect(asked).toEqual([0, 6, 10])
  })

  it('asks once more after a full page that was the last', async () => {
    const { asked, page } = venue([1, 2, 5])
    await drain(forward(past(0, 100), 3, page))
    expect(asked).toEqual([0, 6])
  })

  it('asks nothing for no time', async () => {
    const { asked, page } = venue([1])
    expect(await drain(forward(past(5, 5), 3, page))).toEqual({ times: [], reached: { from: 5 } })
    expect(asked).toEqual([])
  })

  it('gives every row once, whatever the rows and the stretch', async () => {
    const times = uniqueArray(integer({ min: 0, max: 60 }), { maxLength: 40 })
    await assert(
      asyncProperty(
        times,
        integer({ min: 0, max: 60 }),
        integer({ min: 0, max: 60 }),
        async (unsorted, from, length) => {
          const held = unsorted.toSorted((a, b) => a - b)
          const { asked, page } = venue(held)
          const { times: read, reached } = await drain(forward(past(from, from + length), 3, page))
          expect(read).toEqual(held.filter((at) => at >= from && at < from + length))
          expect(reached).toEqual({ from })
          expect(new Set(asked).size).toBe(asked.length)
        },
      ),
    )
  })

  it('is not asked for ever by a venue that gives the same page again', async () => {
    let asks = 0
    const same = async (): Promise<ForwardPage> => {
      asks++
      return { ...rowsAt([1, 2, 3]), count: 3, last: 3 }
    }
    await drain(forward(past(100, 110), 3, same))
    expect(asks).toBe(10)
  })

  it('refuses to end where a full page does not say where the next begins', async () => {
    const lost = async (): Promise<ForwardPage> => ({ ...rowsAt([]), count: 3, last: NaN })
    await expect(drain(forward(past(0, 10), 3, lost))).rejects.toMatchObject({
      code: 'NO_NEXT_PAGE',
      retry: 'later',
      message: 'the last row of the page from "1970-01-01T00:00:00Z" on has no time that can be read',
    })
  })

  it('hands on what was wrong with a page', async () => {
    const fault = { channel: 'x', what: 'impossible', path: '', why: 'no', raw: '' } as const
    const pages = forward(past(0, 10), 3, async () => ({ rows: [], faults: [fault], count: 1, last: 1 }))
    expect((await pages.next()).value).toMatchObject({ faults: [fault] })
  })
})

describe('windows', () => {
  it('covers the stretch without an overlap, the last window as long as is left', async () => {
    const asked: [number, number][] = []
    const pages = windows(past(5, 27), 10, async function* (from, to) {
      asked.push([from, to])
      yield rowsAt([from])
    })
    expect(await drain(pages)).toEqual({ times: [5, 15, 25], reached: { from: 5 } })
    expect(asked).toEqual([
      [5, 15],
      [15, 25],
      [25, 27],
    ])
  })

  it('covers every instant once, whatever the stretch and the window', async () => {
    const small = integer({ min: 1, max: 40 })
    await assert(
      asyncProperty(small, small, small, async (from, length, windowMs) => {
        let next = from
        const pages = windows(past(from, from + length), windowMs, async function* (begin, end) {
          expect(begin).toBe(next)
          expect(end - begin).toBeLessThanOrEqual(windowMs)
          next = end
          yield rowsAt([])
        })
        await drain(pages)
        expect(next).toBe(from + length)
      }),
    )
  })
})
