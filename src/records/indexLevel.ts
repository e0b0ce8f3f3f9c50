import { z } from 'zod'
import { instantField, number, symbol, type RecordSpec } from './record.ts'

const schema = z.object({
  /** Who publishes it; `file` where only a file is known. */
  venue: symbol(),
  /** `VIX`, `SPX`, `GLD`. */
  instrument: symbol(),
  interval: symbol(),
  at: instantField(),
  knownAt: instantField(),
  value: number(),
})

/** One value of a plain series: an index level, a rate, a published indicator. */
export type IndexLevel = z.infer<typeof schema>

export const indexLevel = {
  name: 'indexLevel',
  schema,
  series: ['venue', 'instrument', 'interval'],
  partition: 'none',
} as const satisfies RecordSpec
