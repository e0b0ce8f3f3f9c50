import type { MapContext, VenueIo } from './source.ts'

/**
 * What mapping needs to know of an answer without a time of its own, that has just come. It may have waited its turn and been asked for
 * again, so that the time of asking says little.
 */
export const answeredNow = (io: VenueIo, context: MapContext): MapContext => ({ ...context, now: io.now() })
