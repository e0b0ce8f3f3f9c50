import type { AskedAccount, MapContext, Mapped, VenueIo } from '../source.ts'
import { info } from './info.ts'
import { mapPositions } from './mapPositions.ts'

/** What the positions of one account cost of the 1200 a minute. */
const POSITIONS_WEIGHT = 2

/** Asks for the positions of one account. An address that never traded has none, which is no error. */
export async function fetchPositions(io: VenueIo, context: MapContext, account: AskedAccount): Promise<Mapped> {
  const json = await io.ask(info({ type: 'clearinghouseState', user: account.address }, POSITIONS_WEIGHT))
  return mapPositions(json, account, context)
}
