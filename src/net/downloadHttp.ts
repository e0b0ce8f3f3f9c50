import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { DeskError, reasonOf } from '../core/errors.ts'
import { checkAddress } from './checkAddress.ts'
import { headersOf, readBody, type HttpAnswer } from './httpAnswer.ts'
import { TooLongAnswerError } from './httpErrors.ts'
import { statusError } from './statusError.ts'
import { withPatience } from './withPatience.ts'

export interface DownloadRequest {
  readonly url: string
  /** Where its bytes go; what is there is written over. */
  readonly path: string
  /** Hosts that may be asked; a loopback address always may. */
  readonly hosts: readonly string[]
  /** A file longer than this is given up. */
  readonly maxBytes: number
  /** The tag it had when it was fetched before: where it still has it, it is not sent again. */
  readonly etag?: string | undefined
  /** Silence longer than this ends it; 30 s unless said. */
  readonly idleMs?: number
  readonly signal?: AbortSignal | undefined
  /** Bytes so far, and of how many where the server says so. */
  readonly onProgress?: ((bytes: number, total: number | undefined) => void) | undefined
}

/** A file that was fetched, or that is still what it was. */
export type Downloaded =
  | { readonly is: 'same' }
  | {
      readonly is: 'fetched'
      readonly bytes: number
      readonly sha256: string
      readonly header: HttpAnswer['header']
    }

const IDLE_MS = 30_000
/** Of a refusal so much is read. */
const REFUSAL_BYTES = 64 * 1024
const NOT_MODIFIED = 304

/**
 * Fetches a file once, straight onto the disk; no redirect is followed. What was written is not to be used where it throws.
 * @throws {AddressRefusedError} the host is not one that may be asked
 * @throws {NoAnswerError} no connection, a connection cut before the end, or silence
 * @throws {TooLongAnswerError} the file is longer than allowed
 * @throws {UnwritableFileError} the disk is full, or will not have it
 * @throws what `statusError` gives, and whatever the signal was aborted with
 */
export async function downloadHttp(request: DownloadRequest): Promise<Downloaded> {
  const { url, etag, idleMs = IDLE_MS, signal } = request
  checkAddress(url, request.hosts)
  return await withPatience({ url, timeoutMs: idleMs, signal }, async (stop, heard) => {
    const response = await fetch(url, {
      signal: stop,
      redirect: 'manual',
      // The very bytes that lie there: a file that was unpacked on its way has another hash.
      headers: { 'accept-encoding': 'identity', ...(etag === undefined ? {} : { 'if-none-match': etag }) },
    })
    heard()
    if (response.status === NOT_MODIFIED && etag !== undefined) return { is: 'same' }
    const header = headersOf(response)
    const refusal = statusError(url, { status: response.status, header, text: await refusalText(response, url) })
    if (refusal !== undefined) throw refusal
    const written = await writeBody(response, request, { total: lengthOf(header), heard })
    return { is: 'fetched', ...written, header }
  })
}

const refusalText = async (response: Response, url: string): Promise<string> =>
  response.ok ? '' : new TextDecoder().decode(await readBody(response, REFUSAL_BYTES, url))

function lengthOf(header: HttpAnswer['header']): number | undefined {
  const text = header('content-length')
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

interface Hearing {
  readonly total: number | undefined
  readonly heard: () => void
}

async function writeBody(
  response: Response,
  { url, path, maxBytes, onProgress }: DownloadRequest,
  { total, heard }: Hearing,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  if (total !== undefined && total > maxBytes) throw new TooLongAnswerError(url, maxBytes)
  const hash = createHash('sha256')
  const file = await onDisk(path, () => open(path, 'w', 0o600))
  try {
    let bytes = 0
    for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
      heard()
      bytes += chunk.length
      if (bytes > maxBytes) throw new TooLongAnswerError(url, maxBytes)
      hash.update(chunk)
      await onDisk(path, () => file.writeFile(chunk))
      onProgress?.(bytes, total)
    }
    return { bytes, sha256: hash.digest('hex') }
  } finally {
    await file.close()
  }
}

/** What goes wrong with the disk is no fault of whoever was asked. */
async function onDisk<T>(path: string, job: () => Promise<T>): Promise<T> {
  try {
    return await job()
  } catch (cause) {
    throw new UnwritableFileError(path, cause)
  }
}

/** What is fetched cannot be written down. */
export class UnwritableFileError extends DeskError {
  constructor(path: string, cause: unknown) {
    const why = reasonOf(cause)
    super('UNWRITABLE_FILE', `"${path}" cannot be written: ${why}`, {
      hint: 'make room, or name another folder for temporary files by TMPDIR',
      cause,
    })
  }
}
