import type { Instrument } from '../../../records/instrument.ts'
import type { Feed } from '../../../sources/source.ts'
import { countShared } from './feedTopics.ts'

/**
 * Instruments of a feed, cut into as many groups as connections are needed: none has more topics than a connection may.
 * @param instruments - those that the feed covers
 */
export function shardsOf(feed: Feed, instruments: readonly Instrument[]): readonly (readonly Instrument[])[] {
  const shards: Instrument[][] = []
  let room = 0
  for (const each of instruments) {
    const topics = feed.topics(each).length
    if (shards.length === 0 || topics > room) {
      shards.push([])
      room = feed.topicsPerSocket - countShared(feed)
    }
    shards.at(-1)?.push(each)
    room -= topics
  }
  return shards
}
