import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'

/** An answer in the envelope that every REST answer of the venue has. */
export const answered = (market: VenueMarket, result: object, retMsg = 'OK'): Answer =>
  ok({ retCode: 0, retMsg, result, retExtInfo: {}, time: market.now() })

/** A wrong parameter: HTTP 200 all the same. Only the text tells one from another. */
export const refused = (market: VenueMarket, retMsg: string, result: object = {}): Answer =>
  ok({ retCode: 10001, retMsg, result, retExtInfo: {}, time: market.now() })

/** The refusal of a parameter by its name, worded as the venue words that of a symbol. */
export const invalid = (market: VenueMarket, parameter: string): Answer =>
  refused(market, `params error: ${parameter} invalid`)

/** What most doors say to a symbol that is not listed in the category. */
export const notSupported = (market: VenueMarket): Answer => refused(market, 'Not supported symbols')
