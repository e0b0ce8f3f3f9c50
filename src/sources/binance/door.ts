import { DeskError } from '../../core/errors.ts'
import type { HistoryDoor, Mapped, Past, Reached, VenueIo } from '../source.ts'
import { excerptOf } from '../wire/wireFault.ts'
import { refusalOf } from './refusals.ts'

export type Pages = AsyncGenerator<Mapped, Reached>
type DoorSpec = Omit<HistoryDoor, 'fetch' | 'covers'> & { readonly read: (io: VenueIo, past: Past) => Pages }

/** A door that ends where its instrument is not listed any more, which is nobody's fault. */
export function door({ read, ...spec }: DoorSpec): HistoryDoor {
  return {
    ...spec,
    covers: () => true,
    fetch: async function* (io, _, past) {
      try {
        return yield* read(io, past)
      } catch (error) {
        if (refusalOf(error) !== 'no such symbol') throw error
        return { from: past.to, why: `the venue does not know "${past.instrument.instrument}" any more` }
      }
    },
  }
}

/** The rows of an answer. @throws {UnreadablePageError} it is no list: that nothing came must not count as nothing to come */
export function listIn(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  throw new UnreadablePageError(json)
}

/** An answer with status 200 that holds no row which could be read. */
export class UnreadablePageError extends DeskError {
  constructor(json: unknown) {
    super('UNREADABLE_PAGE', `an answer of binance cannot be read as rows: ${excerptOf(json)}`, { retry: 'later' })
  }
}
