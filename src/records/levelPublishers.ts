/** Who publishes plain series that are fetched; whoever makes a number stands before who passes it on. */
export const LEVEL_PUBLISHERS = ['nyfed', 'alternativeme', 'fred', 'coingecko'] as const
export type LevelPublisher = (typeof LEVEL_PUBLISHERS)[number]
