import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Instrument } from '../../../records/instrument.ts'
import type { Feed } from '../../../sources/source.ts'
import { shardsOf } from './shards.ts'

/** Instruments that are called after how many topics they have. */
const instruments = (topics: readonly number[]) =>
  topics.map((count, i) => ({ instrument: `${i}:${count}` }) as Instrument)
const topicsOf = ({ instrument }: Instrument) => Array<string>(Number(instrument.split(':')[1])).fill('topic')
const feed = (topicsPerSocket: number, shared: number) =>
  ({ topicsPerSocket, sharedTopics: Array<string>(shared).fill('all'), topics: topicsOf }) as unknown as Feed

it('needs one connection where all fit on one, and none for nothing', () => {
  const three = instruments([2, 2, 2])
  expect(shardsOf(feed(6, 0), three)).toEqual([three])
  expect(shardsOf(feed(6, 1), three)).toEqual([three.slice(0, 2), three.slice(2)])
  expect(shardsOf(feed(6, 0), [])).toEqual([])
})

it('has every instrument once, in order, no connection with too many topics, and none that the one before had room for', () => {
  const topics = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 40 })
  fc.assert(
    fc.property(topics, fc.integer({ min: 5, max: 12 }), fc.integer({ min: 0, max: 1 }), (counts, most, shared) => {
      const all = instruments(counts)
      const shards = shardsOf(feed(most, shared), all)
      const load = (shard: readonly Instrument[]) => shared + shard.flatMap(topicsOf).length
      expect(shards.flat()).toEqual(all)
      for (const [i, shard] of shards.entries()) {
        expect(load(shard)).toBeLessThanOrEqual(most)
        const next = shards[i + 1]?.[0]
        if (next !== undefined) expect(load([...shard, next])).toBeGreaterThan(most)
      }
    }),
  )
})
