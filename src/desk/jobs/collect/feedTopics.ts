import type { Instrument } from '../../../records/instrument.ts'
import type { Feed, MapContext } from '../../../sources/source.ts'

/** How many topics a connection of a feed has at most besides those of its instruments. */
export const countShared = ({ sharedTopics, beats = [] }: Feed): number => sharedTopics.length + beats.length

/** What a connection of a feed asks for. Beats of what is not listed are left out: some venues refuse all for one. */
export function topicsOf(
  feed: Feed,
  members: readonly Instrument[],
  { instrument: find }: MapContext,
): readonly string[] {
  const beats = (feed.beats ?? []).filter(({ instrument }) => find(feed.market, instrument) !== undefined)
  return [...members.flatMap((each) => feed.topics(each)), ...feed.sharedTopics, ...beats.map(({ topic }) => topic)]
}
