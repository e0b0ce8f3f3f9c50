import { readFile } from 'node:fs/promises'
import { parseAddressBook, type AddressBook } from '../desk/jobs/collect/addressBook.ts'
import { COLLECTED_VENUES } from '../desk/jobs/collect/collect.ts'
import { choice } from './options.ts'

/** The venues that are named, separated by commas; all where none are. @throws {UnknownChoiceError} one is none */
export function venuesOption(text: string | undefined): typeof COLLECTED_VENUES {
  if (text === undefined) return COLLECTED_VENUES
  return text.split(',').map((venue) => choice(venue.trim().toLowerCase(), COLLECTED_VENUES, 'venue'))
}

/** Where simulated venues are, from the file that says it; undefined where none is named. @throws {BadAddressBookError} */
export async function addressesOption(file: string | undefined): Promise<AddressBook | undefined> {
  return file === undefined ? undefined : parseAddressBook(await readFile(file, 'utf8'), file)
}
