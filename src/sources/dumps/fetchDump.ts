import { basename, join } from 'node:path'
import { DeskError } from '../../core/errors.ts'
import { downloadHttp } from '../../net/downloadHttp.ts'
import type { RetryOptions } from '../../net/retry.ts'
import type { Instrument } from '../../records/instrument.ts'
import { askPatiently } from './askPatiently.ts'
import type { DumpFile } from './dumpFile.ts'
import { DUMP_SITES } from './dumpFiles.ts'
import { fetchChecksum } from './fetchChecksum.ts'
import { proveFormat } from './proveFormat.ts'

/** What a file was when its rows were stored. */
export interface Pinned {
  readonly sha256: string
  /** Empty where the server named none. */
  readonly etag: string
}

export interface FetchDumpOptions {
  /** Address of the site or of a mirror of it, without the path of a file. */
  readonly base: string
  /** Folder that the file is put into, under its own name. */
  readonly folder: string
  /** What it was when it was stored, where it was. */
  readonly pinned?: Pinned | undefined
  /** What happens where it has changed since: it is told, or it is fetched anew. */
  readonly onChange: 'flag' | 'fetch'
  /** A file longer than this is given up; 8 GiB unless said. */
  readonly maxBytes?: number
  readonly retry?: RetryOptions
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((bytes: number, total: number | undefined) => void) | undefined
}

/** What came of asking for a file. */
export type FetchedDump =
  /** It is what it was when it was stored. */
  | { readonly is: 'same' }
  /** It has changed since it was stored; nothing was kept of it. */
  | { readonly is: 'changed'; readonly sha256: string }
  /** The site has no such file. */
  | { readonly is: 'missing' }
  | {
      readonly is: 'fetched'
      /** Where it lies. */
      readonly path: string
      readonly sha256: string
      readonly bytes: number
      readonly etag: string
      /** Whether the site says that it is a simulation. */
      readonly simulated: Instrument['simulated']
    }

const MAX_BYTES = 8 * 1024 ** 3

/** Where a file of a dump is, behind a base address. */
export const addressOf = (base: string, { path }: Pick<DumpFile, 'path'>): string =>
  `${base.replace(/\/+$/, '')}/${path.split('/').map(encodeURIComponent).join('/')}`

/**
 * Fetches a file of a dump, proves that it is whole, and tells whether it is what it was. With a hash beside it, what was stored
 * before costs one small question; without one, the server is asked whether it still has the state that was stored, and where it
 * cannot say, the file is fetched again.
 * @throws {ChecksumMismatchError} its bytes are not what the hash beside it says
 * @throws {ChecksumMissingError} it lies there without its hash
 * @throws {UnreadableChecksumError} what lies there as its hash is none
 * @throws {NotADumpError} something else came in its place, a page for example
 * @throws what `askPatiently` and `downloadHttp` throw
 */
export async function fetchDump(file: DumpFile, options: FetchDumpOptions): Promise<FetchedDump> {
  const { pinned, onChange } = options
  if (pinned === undefined) return await fetchWhole(file, options)
  if (DUMP_SITES[file.venue].checksum === 'beside') {
    const sha256 = await checksumOf(file, options)
    if (sha256 === undefined) return { is: 'missing' }
    if (sha256 === pinned.sha256) return { is: 'same' }
    return onChange === 'flag' ? { is: 'changed', sha256 } : await fetchWhole(file, options)
  }
  const fetched = await fetchWhole(file, options)
  if (fetched.is !== 'fetched') return fetched
  if (fetched.sha256 === pinned.sha256) return { is: 'same' }
  return onChange === 'flag' ? { is: 'changed', sha256: fetched.sha256 } : fetched
}

async function fetchWhole(file: DumpFile, options: FetchDumpOptions): Promise<FetchedDump> {
  const { base, folder, maxBytes = MAX_BYTES, pinned, signal, onProgress } = options
  const { checksum, format } = DUMP_SITES[file.venue]
  const hashed = checksum === 'beside'
  const [url, path] = [addressOf(base, file), join(folder, basename(file.path))]
  // A hash beside the file says more than a tag.
  const etag = hashed || pinned === undefined || pinned.etag === '' ? undefined : pinned.etag
  const request = { url, path, hosts: [new URL(base).hostname], maxBytes, etag, signal, onProgress }
  const downloaded = await askPatiently(retryOf(options), () => downloadHttp(request))
  if (downloaded === undefined) return { is: 'missing' }
  if (downloaded.is === 'same') return downloaded
  await proveFormat(url, path, format)
  const { sha256, bytes, header } = downloaded
  if (hashed) {
    const wanted = await checksumOf(file, options)
    if (wanted === undefined) throw new ChecksumMissingError(url)
    if (wanted !== sha256) throw new ChecksumMismatchError(url, { wanted, sha256, bytes })
  }
  const simulated = header('x-simulated') !== undefined
  return { is: 'fetched', path, sha256, bytes, etag: header('etag') ?? '', simulated }
}

const checksumOf = (file: DumpFile, options: FetchDumpOptions): Promise<string | undefined> =>
  fetchChecksum(addressOf(options.base, file), basename(file.path), retryOf(options))

const retryOf = ({ retry, signal }: FetchDumpOptions): RetryOptions => ({
  ...retry,
  ...(signal === undefined ? {} : { signal }),
})

/** A file that is not what the hash beside it says. Nothing of it is kept. */
export class ChecksumMismatchError extends DeskError {
  constructor(url: string, found: { readonly wanted: string; readonly sha256: string; readonly bytes: number }) {
    const { wanted, sha256, bytes } = found
    super('CHECKSUM_MISMATCH', `"${url}" (${bytes} bytes) has the SHA-256 ${sha256}, its checksum says ${wanted}`, {
      hint: 'nothing of it was kept; it may be being replaced: try again later. A few files of the site never fit',
    })
  }
}

/** A file without the hash that should lie beside it: it cannot be told whole from broken. */
export class ChecksumMissingError extends DeskError {
  constructor(url: string) {
    super('CHECKSUM_MISSING', `"${url}" has no .CHECKSUM beside it`, {
      hint: 'nothing of it was kept; a mirror must hold the checksums too',
    })
  }
}
