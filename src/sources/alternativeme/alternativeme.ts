import { MINUTE_MS, SECOND_MS } from '../../core/instant.ts'
import type { LevelSource } from '../levelSource.ts'
import type { Publisher } from '../publisher.ts'
import { mapIndex } from './map.ts'
import * as wire from './wire.ts'

/** The open interface of alternative.me, of its index alone. One question brings all; sixty a minute are said to be allowed. */
const publisher: Publisher = {
  name: 'alternativeme',
  base: 'https://api.alternative.me',
  budget: { limit: 10, windowMs: MINUTE_MS },
  maxBytes: 8 * 1024 ** 2,
  timeoutMs: 30 * SECOND_MS,
  proof: { path: '/fng/?limit=1&format=json', as: 'json', isAnswer: (json) => wire.index.safeParse(json).success },
}

/** The Crypto Fear & Greed Index: all days since 2018 in one answer. */
export const alternativeme: LevelSource = {
  publisher,
  series: { FEAR_GREED: ['FEAR_GREED'] },
  fetch: async ({ ask }, { now }) => {
    const { json, simulated } = await ask('/fng/', { limit: 0, format: 'json' })
    return { ...mapIndex(json, now), simulated }
  },
}
