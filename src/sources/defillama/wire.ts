import { z } from 'zod'

/** Seconds, and amounts by symbol. */
const day = z.object({ date: z.number().int().positive(), tokens: z.record(z.string(), z.number()) })

/**
 * GET /protocol/{slug}, as far as it is read: dozens of other fields describe the protocol, documented nowhere. `tokens` and
 * `tokensInUsd` are sums over all chains; those by chain are left out of large answers.
 */
export const protocol = z.object({
  category: z.string(),
  methodology: z.string().optional(),
  tokens: z.array(day),
  tokensInUsd: z.array(day),
})
