import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'

/** An answer that holds what was asked; its time is a number, all numbers inside `data` are text. */
export const success = (market: VenueMarket, data: unknown): Answer =>
  ok({ code: '00000', msg: 'success', requestTime: market.now(), data })

/** A refusal: HTTP 400 with a code as text. */
export const refusal = (market: VenueMarket, code: string, msg: string): Answer => ({
  status: 400,
  body: { code, msg, requestTime: market.now(), data: null },
})

/** Refusals that several doors give. The venue says that a product it does not know "cannot be empty", too. */
export const cannotBeEmpty = (market: VenueMarket, what: string): Answer =>
  refusal(market, '40019', `Parameter ${what} cannot be empty`)

export const doesNotExist = (market: VenueMarket, symbol: string): Answer =>
  refusal(market, '40034', `Parameter ${symbol} does not exist`)

export const wasTakenOff = (market: VenueMarket): Answer => refusal(market, '40309', 'The symbol has been removed')

/** A parameter that is there and cannot be right; the code is from the venue's table, no example of it is known. */
export const isWrong = (market: VenueMarket, what: string): Answer =>
  refusal(market, '40020', `Parameter ${what} error`)
