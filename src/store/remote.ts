import { request, type IncomingMessage } from 'node:http'
import { DeskError } from '../core/errors.ts'
import {
  StoreOpenError,
  StoreStoppedError,
  type Engine,
  type SelectOptions,
  type Selected,
  type Shape,
} from './engine.ts'
import type { FrontAddress } from './frontFile.ts'
import { errorOf, OUTCOME, uncarry, type Carried, type Question } from './frontWire.ts'
import { sayHolder, type Holder } from './holder.ts'
import { decodeBlocks } from './native/decodeBlocks.ts'
import { StoreReadOnlyError } from './readOnlySql.ts'

/** How long a front may take until it says that it listens. It then works or waits for other guests. */
const LISTENS_MS = 5_000
/** Beyond the time that the query itself may take. */
const WAITS_MS = 60_000

/** A store that another process holds. */
export interface HeldStore {
  readonly path: string
  readonly holder: Holder
  readonly front: FrontAddress
}

/**
 * The engine of another process, read through its front. Whatever would change the store is refused by name; errors of
 * queries are those that the engine throws in its own process.
 */
export const openRemote = (held: HeldStore): Engine => new Remote(held)

class Remote implements Engine {
  readonly #held: HeldStore
  readonly #closing = new AbortController()

  constructor(held: HeldStore) {
    this.#held = held
  }

  async select<S extends Shape>(sql: string, shape: S, options: SelectOptions = {}): Promise<Selected<S>> {
    const { signal, ...rest } = options
    if (this.#closing.signal.aborted) throw new StoreOpenError(`the store "${this.#held.path}" is closed`)
    const signals = signal === undefined ? [] : [signal]
    return decodeBlocks(await this.#ask({ sql, ...rest }, AbortSignal.any([this.#closing.signal, ...signals])), shape)
  }

  command(sql: string): Promise<never> {
    return this.#refuse(sql)
  }

  stage(): Promise<never> {
    return this.#refuse('rows to be stored')
  }

  insert(sql: string): Promise<never> {
    return this.#refuse(sql)
  }

  async close(): Promise<'closed'> {
    this.#closing.abort()
    return 'closed'
  }

  async #ask(question: Question, signal: AbortSignal): Promise<Uint8Array> {
    try {
      const response = await send(this.#held.front, question, signal)
      const body = await bodyOf(response)
      this.#throwRefusal(response, body)
      const error = errorOf(outcomeIn(response))
      if (error !== undefined) throw this.#errorFrom(error, question.sql)
      return body
    } catch (error) {
      if (signal.aborted) throw new StoreStoppedError('cancelled', signal.reason)
      if (error instanceof DeskError) throw error
      throw new StoreFrontError(this.#held, `does not answer: ${(error as Error).message}`, error)
    }
  }

  #throwRefusal({ statusCode }: IncomingMessage, body: Uint8Array): void {
    if (statusCode === 200) return
    throw this.#errorFrom(JSON.parse(Buffer.from(body).toString()) as Carried, '')
  }

  #errorFrom(carried: Carried, sql: string): DeskError {
    if (carried.code === 'STORE_READ_ONLY') return new StoreReadOnlyError(carried.message)
    return uncarry(carried, sql) ?? new StoreFrontError(this.#held, `says: ${carried.message}`)
  }

  async #refuse(what: string): Promise<never> {
    const { path, holder } = this.#held
    throw new StoreReadOnlyError(
      `${sayHolder(holder)} has the store "${path}" open, so that it can only be read here; refused: "${excerpt(what)}"`,
      'stop that process to change the store',
    )
  }
}

const excerpt = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 80)

/** One connection per question: none can go stale in between. */
function send({ address, token }: FrontAddress, question: Question, signal: AbortSignal): Promise<IncomingMessage> {
  const body = JSON.stringify(question)
  const headers = { authorization: `Bearer ${token}`, 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = request(address, { method: 'POST', agent: false, headers, signal })
    sent.setTimeout(LISTENS_MS, () => sent.destroy(new Error('it is silent')))
    sent.on('error', reject)
    sent.on('response', (response) => {
      sent.setTimeout((question.maxSeconds ?? 60) * 1000 + WAITS_MS)
      resolve(response)
    })
    sent.end(body)
  })
}

function outcomeIn({ trailers }: IncomingMessage): string {
  const outcome = trailers[OUTCOME]
  if (outcome === undefined) throw new Error('the answer was broken off')
  return outcome
}

async function bodyOf(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Another process holds the store, and reading through its front failed: it has ended, is ending, or hangs. */
export class StoreFrontError extends DeskError {
  constructor({ path, holder }: HeldStore, what: string, cause?: unknown) {
    super('STORE_FRONT', `${sayHolder(holder)} has the store "${path}" open and ${what}`, {
      hint: 'run it again; once that process has ended, the store is opened without it',
      retry: 'later',
      ...(cause === undefined ? {} : { cause }),
    })
  }
}
