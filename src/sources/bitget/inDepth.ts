import { DAY_MS, instant } from '../../core/instant.ts'
import type { Mapped, Past, Reached, VenueIo } from '../source.ts'

/** Reads what the venue still has of a stretch, and says where that begins. */
export async function* inDepth(
  io: VenueIo,
  past: Past,
  depthMs: number,
  read: (part: Past) => AsyncGenerator<Mapped, Reached>,
): AsyncGenerator<Mapped, Reached> {
  const from = instant(Math.max(past.from, Math.min(io.now() - depthMs, past.to)))
  const reached = from < past.to ? yield* read({ ...past, from }) : { from }
  if (reached.why !== undefined || from === past.from) return reached
  return { from, why: `the venue serves ${depthMs / DAY_MS} days` }
}
