import { checkAddress } from './checkAddress.ts'
import { TooLongAnswerError } from './httpErrors.ts'
import { withPatience } from './withPatience.ts'

export interface HttpRequest {
  readonly url: string
  readonly method?: 'GET' | 'HEAD' | 'POST'
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Hosts that may be asked; a loopback address always may. */
  readonly hosts: readonly string[]
  readonly timeoutMs?: number
  /** An answer longer than this is given up; 32 MiB unless said. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly header: (name: string) => string | undefined
  readonly body: Uint8Array
}

const JSON_BODY = { none: {}, json: { 'content-type': 'application/json' } } as const
const TIMEOUT_MS = 15_000
const MAX_BYTES = 32 * 1024 ** 2

/**
 * Asks once and gives the answer whatever its status; no redirect is followed.
 * @throws {AddressRefusedError} the host is not one that may be asked
 * @throws {NoAnswerError} no connection, a connection cut, or no answer in time
 * @throws {TooLongAnswerError} the answer is longer than allowed
 * @throws whatever the signal was aborted with
 */
export async function askHttp(request: HttpRequest): Promise<HttpAnswer> {
  const { url, method = 'GET', body, timeoutMs = TIMEOUT_MS, signal } = request
  checkAddress(url, request.hosts)
  return await withPatience({ url, timeoutMs, signal }, async (stop) => {
    const response = await fetch(url, {
      method,
      signal: stop,
      redirect: 'manual',
      headers: { accept: 'application/json', ...JSON_BODY[body === undefined ? 'none' : 'json'], ...request.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const bytes = await readBody(response, request.maxBytes ?? MAX_BYTES, url)
    return { status: response.status, header: headersOf(response), body: bytes }
  })
}

/** Names in lower case. */
export const headersOf =
  (response: Response): HttpAnswer['header'] =>
  (name) =>
    response.headers.get(name) ?? undefined

/** @throws {TooLongAnswerError} it is longer than allowed */
export async function readBody(response: Response, maxBytes: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxBytes) throw new TooLongAnswerError(url, maxBytes)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}
