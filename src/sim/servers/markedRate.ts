import { MINUTE_MS } from '../../core/instant.ts'
import type { RateRule } from './door.ts'

/** Of a publisher that names no limit: nobody needs as many questions as this. No answer can be taken for a real one. */
export const MARKED_RATE: RateRule = {
  weigh: () => ({ counter: 'address', weight: 1 }),
  allow: () => ({ limit: 300, windowMs: MINUTE_MS }),
  headers: () => ({ 'x-simulated': 'yes' }),
  refuse: (waitMs) => ({
    status: 429,
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
    body: 'Too many requests',
  }),
}
