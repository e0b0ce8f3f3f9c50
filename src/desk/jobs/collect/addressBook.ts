import { DeskError, reasonOf } from '../../../core/errors.ts'
import { instant, type InstantMs } from '../../../core/instant.ts'
import { isLoopback } from '../../../net/checkAddress.ts'
import { VENUES, type Venue } from '../../../records/venues.ts'
import { PUBLISHERS, type PublisherName } from '../../../sources/publisher.ts'

/** Where venues are, where they are not at their own addresses: simulated ones on this machine. */
export interface AddressBook {
  /** Shown with everything that comes from there. */
  readonly simulated: true
  /** Addresses per venue by the names that its source has for them. */
  readonly venues: Readonly<Partial<Record<Venue, Readonly<Record<string, string>>>>>
  /** Where publishers are. */
  readonly publishers?: Readonly<Partial<Record<PublisherName, string>>>
  /** How the venues' clock runs: from `startAt` on since `began` (both ms), `speed` times as fast as this machine's. */
  readonly clock: { readonly startAt: number; readonly began: number; readonly speed: number }
}

/**
 * Reads an address book of simulated venues.
 * @throws {BadAddressBookError} it has another form, or names an address that is not on this machine
 */
export function parseAddressBook(text: string, file: string): AddressBook {
  const json = parsed(text, file)
  const { venues, publishers, clock } = json as Partial<AddressBook>
  if (typeof venues !== 'object' || venues === null) throw new BadAddressBookError(file, 'it has no "venues"')
  for (const [venue, addresses] of Object.entries(venues)) {
    if (!VENUES.some((each) => each === venue)) throw new BadAddressBookError(file, `"${venue}" is no venue`)
    if (typeof addresses !== 'object' || addresses === null) {
      throw new BadAddressBookError(file, `${venue} has no addresses`)
    }
    for (const address of Object.values(addresses)) refuseElsewhere(file, venue, address)
  }
  for (const [publisher, address] of Object.entries(publishers ?? {})) {
    if (!PUBLISHERS.some((each) => each === publisher)) {
      throw new BadAddressBookError(file, `"${publisher}" is no publisher`)
    }
    refuseElsewhere(file, publisher, address)
  }
  if (![clock?.startAt, clock?.began, clock?.speed].every((part) => Number.isFinite(part))) {
    throw new BadAddressBookError(file, 'its "clock" lacks startAt, began or speed')
  }
  const others = publishers === undefined || publishers === null ? {} : { publishers }
  return { simulated: true, venues, ...others, clock: clock as AddressBook['clock'] }
}

function refuseElsewhere(file: string, of: string, address: string): void {
  if (URL.canParse(address) && isLoopback(address)) return
  throw new BadAddressBookError(file, `"${address}" of ${of} is not on this machine`)
}

/** Now, by the clock of simulated venues. */
export const simulatedNow = ({ startAt, began, speed }: AddressBook['clock'], now: number): InstantMs =>
  instant(Math.floor(startAt + (now - began) * speed))

function parsed(text: string, file: string): object {
  try {
    const json: unknown = JSON.parse(text)
    if (typeof json === 'object' && json !== null) return json
  } catch (cause) {
    throw new BadAddressBookError(file, reasonOf(cause))
  }
  throw new BadAddressBookError(file, 'it is no object')
}

export class BadAddressBookError extends DeskError {
  constructor(file: string, why: string) {
    super('BAD_ADDRESSES', `"${file}" is no address book of simulated venues: ${why}`, {
      hint: 'assayer sim --addresses FILE writes one',
    })
  }
}
