import { checkAddress } from './checkAddress.ts'
import { NoAnswerError, TooLongAnswerError } from './httpErrors.ts'

export interface HttpRequest {
  readonly url: string
  readonly method?: 'GET' | 'POST'
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
  signal?.throwIfAborted()
  const stop = new AbortController()
  const onAbort = (): void => stop.abort()
  // By hand: a long-lived signal keeps every signal that `AbortSignal.any` made of it.
  signal?.addEventListener('abort', onAbort)
  let late = false
  const timer = setTimeout(() => {
    late = true
    stop.abort()
  }, timeoutMs)
  try {
    const response = await fetch(url, {
      method,
      signal: stop.signal,
      redirect: 'manual',
      headers: { accept: 'application/json', ...JSON_BODY[body === undefined ? 'none' : 'json'], ...request.headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const bytes = await readBody(response, request.maxBytes ?? MAX_BYTES, url)
    return { status: response.status, header: (name) => response.headers.get(name) ?? undefined, body: bytes }
  } catch (cause) {
    signal?.throwIfAborted()
    if (cause instanceof TooLongAnswerError) throw cause
    throw new NoAnswerError(url, late ? `no answer within ${timeoutMs / 1000} s` : reasonOf(cause), cause)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

async function readBody(response: Response, maxBytes: number, url: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxBytes) throw new TooLongAnswerError(url, maxBytes)
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}

/** fetch says "fetch failed" and hides the reason one or two causes below. */
function reasonOf(cause: unknown): string {
  let error = cause
  while (error instanceof Error && error.cause instanceof Error) error = error.cause
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return error.message === '' ? (code ?? error.name) : error.message
}
