import { z } from 'zod'

const digits = () => z.string().regex(/^\d+$/, 'is no whole number')

/** An element of GET /fng/: numbers are text, the time is in seconds. */
const reading = z.strictObject({
  value: digits(),
  value_classification: z.string(),
  timestamp: digits(),
  /** Seconds, of the newest alone. */
  time_until_update: digits().optional(),
})

/** GET /fng/?limit=0&format=json, the newest first. */
export const index = z.strictObject({
  name: z.string(),
  data: z.array(reading),
  metadata: z.strictObject({ error: z.string().nullable() }),
})
