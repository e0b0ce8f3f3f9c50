import { DeskError } from '../core/errors.ts'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])
const ENCRYPTED = new Set(['https:', 'wss:'])
const PLAIN = new Set(['http:', 'ws:'])

/** True for an address on this machine. */
export const isLoopback = (url: string): boolean => URL.canParse(url) && LOOPBACK.has(new URL(url).hostname)

/**
 * Lets an address pass where its host is on the list and it is encrypted, or where it is on this machine.
 * @throws {AddressRefusedError} it is neither
 */
export function checkAddress(url: string, hosts: readonly string[]): void {
  if (!URL.canParse(url)) throw new AddressRefusedError(url, 'is no address')
  const { protocol, hostname } = new URL(url)
  if (PLAIN.has(protocol) && LOOPBACK.has(hostname)) return
  if (!ENCRYPTED.has(protocol)) throw new AddressRefusedError(url, 'is not encrypted')
  if (LOOPBACK.has(hostname)) return
  if (!hosts.includes(hostname)) throw new AddressRefusedError(url, 'is not one of the hosts that may be asked')
}

/** An address that this desk does not connect to. */
export class AddressRefusedError extends DeskError {
  constructor(url: string, why: string) {
    super('ADDRESS_REFUSED', `"${url}" ${why}`, {
      hint: 'only the hosts of the sources and addresses on this machine are asked',
    })
  }
}
