import { DeskError } from '../../core/errors.ts'

/**
 * The hash in a checksum file, as `sha256sum` writes it: hash, blanks (the second may be an asterisk), name of the file.
 * @throws {UnreadableChecksumError} it is a page, of another form, or of another file
 * @example readChecksum(`${hash}  BTCUSDT-1m-2025-04.zip\n`, address, 'BTCUSDT-1m-2025-04.zip') // hash
 */
export function readChecksum(text: string, address: string, name: string): string {
  const [, hash, file] = /^([0-9a-f]{64})[ \t]+\*?(?:.*\/)?([^/\s]+)\s*$/i.exec(text) ?? []
  if (hash === undefined) throw new UnreadableChecksumError(address, excerptOf(text))
  if (file !== name) throw new UnreadableChecksumError(address, `it is of "${file}"`)
  return hash.toLowerCase()
}

function excerptOf(text: string): string {
  const plain = text.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  const what = plain.startsWith('<') ? 'a page' : plain === '' ? 'nothing' : 'no SHA-256 with a name'
  return plain === '' ? what : `${what}: ${plain.slice(0, 100)}`
}

/** Thrown where what should be the hash of a file is none. */
export class UnreadableChecksumError extends DeskError {
  constructor(address: string, why: string) {
    super('CHECKSUM_UNREADABLE', `"${address}" is no checksum: ${why}`, {
      hint: 'nothing of the file was kept; see whether the address is that of a dump site',
    })
  }
}
