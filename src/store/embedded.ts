import type * as Chdb from 'chdb'
import type { Session } from 'chdb'

import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DeskError, reasonOf } from '../core/errors.ts'
import { refuseEmptyDefinitions } from './damage.ts'
import {
  engineError,
  quote,
  StoreOpenError,
  StoreStoppedError,
  type CommandOptions,
  type HeldEngine,
  type SelectOptions,
  type Selected,
  type Settings,
  type Shape,
  type Stage,
} from './engine.ts'
import {
  claimHolder,
  dropClaim,
  isSelf,
  readHolder,
  removeHolder,
  StoreBusyError,
  surelyAlive,
  surelyGone,
  writeHolder,
} from './holder.ts'
import { inTurn } from './inTurn.ts'
import { makeFolder } from './makeFolder.ts'
import { decodeBlocks } from './native/decodeBlocks.ts'
import type { ReadOnlySql } from './readOnlySql.ts'
import { closeScratch, dropScratches, openScratch, sweepScratches } from './scratch.ts'
import { Sessions } from './sessions.ts'
import { openFileStage } from './stage.ts'

const READERS = 2
const CLOSE_DEADLINE_MS = 5_000
const MAX_SECONDS = 60
/** A guest cannot ask for more than the patient queries of the holder do. */
const MAX_GUEST_SECONDS = 600
/** A process that was killed can hold the lock for a moment after its end. */
const OPENINGS = 3
const OPENING_PAUSE_MS = 300

/** The engine binds one data directory per process; this is it while one is open. */
let openPath: string | undefined

export interface EmbeddedOptions {
  /** How long `close` waits for what still runs; 5 s unless said. */
  readonly closeDeadlineMs?: number
}

/**
 * Opens ClickHouse inside this process, on the data below `path`; makes it where there is none.
 * @throws {StoreBusyError} another process has it open
 * @throws {StoreOpenError} another store is open in this process, a table definition is empty, or the engine refuses
 * @throws {EngineMissingError} the engine is not installed
 */
export async function openEmbedded(path: string, options: EmbeddedOptions = {}): Promise<HeldEngine> {
  const home = resolve(path)
  if (openPath !== undefined) throw alreadyOpen(home, openPath)
  openPath = home
  try {
    return new Embedded(home, await openData(home), options.closeDeadlineMs ?? CLOSE_DEADLINE_MS)
  } catch (error) {
    openPath = undefined
    throw error
  }
}

/**
 * Ends this process at once. The one way out after `close` gave `abandoned`: an exit would wait for the engine's query.
 * What was stored stays whole.
 */
export function killSelf(): never {
  dropScratches()
  process.kill(process.pid, 'SIGKILL')
  throw new DeskError('UNREACHABLE', 'the process outlived its end')
}

class Embedded implements HeldEngine {
  readonly #home: string
  readonly #deadlineMs: number
  readonly #writer: Sessions
  readonly #readers: Sessions
  /** Stops queries: the sessions they run on are busy with them. */
  readonly #control: Sessions
  readonly #guests = inTurn()
  readonly #reads = new Set<string>()
  #scratch: Promise<string> | undefined
  #count = 0
  #closing: Promise<'closed' | 'abandoned'> | undefined

  constructor(home: string, { first, open }: Data, deadlineMs: number) {
    this.#home = home
    this.#deadlineMs = deadlineMs
    this.#readers = new Sessions(READERS, open, [first])
    this.#writer = new Sessions(1, open)
    this.#control = new Sessions(1, open)
  }

  command(sql: string, { params, settings = {} }: CommandOptions = {}): Promise<void> {
    return this.#write(withSettings(sql, settings), params)
  }

  async select<S extends Shape>(sql: string, shape: S, options: SelectOptions = {}): Promise<Selected<S>> {
    const blocks: Uint8Array[] = []
    await this.#read(sql, options, (block) => void blocks.push(block))
    return decodeBlocks(blocks.length === 1 && blocks[0] !== undefined ? blocks[0] : Buffer.concat(blocks), shape)
  }

  async readBlocks(
    sql: ReadOnlySql,
    options: SelectOptions,
    take: (block: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const settings = { ...options.settings, readonly: 1 }
    const maxSeconds = Math.min(options.maxSeconds ?? MAX_SECONDS, MAX_GUEST_SECONDS)
    await this.#guests(() => this.#read(sql, { ...options, settings, maxSeconds }, take))
  }

  async stage(columnsSql: string): Promise<Stage> {
    this.#refuseClosed()
    this.#scratch ??= openScratch()
    return await openFileStage(join(await this.#scratch, `${this.#count++}.native`), columnsSql)
  }

  insert(sql: string, token: string): Promise<void> {
    // Partitions are years or months here: there are never so many that the engine's guard of 100 helps.
    return this.#write(withSettings(sql, { insert_deduplication_token: token, max_partitions_per_insert_block: 0 }))
  }

  close(): Promise<'closed' | 'abandoned'> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #write(sql: string, params: CommandOptions['params'] = {}): Promise<void> {
    this.#refuseClosed()
    await this.#writer.use(async (session) => {
      this.#refuseClosed()
      try {
        // The answer is not looked at: after a failure it can hold an earlier query's bytes.
        await session.queryBindAsync(sql, params)
      } catch (error) {
        throw engineError(error, sql)
      }
    })
  }

  async #read(sql: string, options: SelectOptions, take: Take): Promise<void> {
    this.#refuseClosed()
    await this.#readers.use(async (session) => {
      this.#refuseClosed()
      if (options.signal?.aborted) throw new StoreStoppedError('cancelled before it began', options.signal.reason)
      await this.#stream(session, { sql, options }, take)
    })
  }

  /** Reads are streams without exception: only they are free of a failed query's left-over bytes. */
  async #stream(session: Session, { sql, options }: Query, take: Take): Promise<void> {
    const mark = `assayer-${process.pid}-${this.#count++}`
    // The engine takes whole seconds, and 0 for no limit.
    const limits = { max_execution_time: Math.ceil(options.maxSeconds ?? MAX_SECONDS), log_comment: mark }
    // Should even that fail, the time limit ends the query.
    const stop = (): void => void this.#stop(mark).catch(() => undefined)
    this.#reads.add(mark)
    options.signal?.addEventListener('abort', stop)
    try {
      const marked = withSettings(sql, { ...options.settings, ...limits })
      const stream = session.queryStreamBind(marked, options.params ?? {}, { format: 'Native' })
      for await (const chunk of stream) await take(chunk.raw())
    } catch (error) {
      await forgetFailed(session)
      throw engineError(error, sql)
    } finally {
      options.signal?.removeEventListener('abort', stop)
      this.#reads.delete(mark)
    }
  }

  /** `async`, because the engine hangs on `sync`. */
  async #stop(mark: string): Promise<void> {
    const sql = `kill query where Settings['log_comment'] = ${quote(mark)} async`
    await this.#control.use((session) => session.queryAsync(sql))
  }

  async #close(): Promise<'closed' | 'abandoned'> {
    const sessions = [this.#readers, this.#writer, this.#control]
    const drained = this.#stopReads().then(() => Promise.all(sessions.map((each) => each.drained())))
    if (!(await within(this.#deadlineMs, drained))) return 'abandoned'
    for (const each of sessions) each.close()
    if (this.#scratch !== undefined) await closeScratch(await this.#scratch)
    removeHolder(this.#home)
    openPath = undefined
    return 'closed'
  }

  /** A stop that fails leaves its read running: whether it ends in time is for the deadline to find. */
  async #stopReads(): Promise<void> {
    await Promise.allSettled([...this.#reads].map((mark) => this.#stop(mark)))
  }

  #refuseClosed(): void {
    if (this.#closing !== undefined) throw new StoreOpenError(`the store "${this.#home}" is closed`)
  }
}

type Take = (block: Uint8Array) => Promise<void> | void

interface Query {
  readonly sql: string
  readonly options: SelectOptions
}

interface Data {
  /** Holds the engine's lock on the data while it is open. */
  readonly first: Session
  /** Opens another session on the same data. */
  readonly open: () => Session
}

async function openData(home: string): Promise<Data> {
  const holder = readHolder(home)
  if (holder !== undefined && surelyAlive(holder)) throw new StoreBusyError(home, holder)
  // A folder of its own: the engine takes what lies in its directory, `tmp` for one, as its own to remove.
  const directory = join(home, 'clickhouse')
  await makeFolder(directory).catch((cause: unknown) => {
    throw new StoreOpenError(`cannot make a store in "${home}": ${reasonOf(cause)}`, {
      hint: 'choose another folder with --store, or set ASSAYER_STORE',
      cause,
    })
  })
  await refuseEmptyDefinitions(directory)
  await sweepScratches()
  const { Session } = await loadEngine()
  const open = (): Session => new Session(directory)
  const first = await openFirst(home, open)
  writeHolder(home)
  return { first, open }
}

/** The engine's own lock decides who may open; what it says about it goes to stderr only, so the holder is named here. */
async function openFirst(home: string, open: () => Session): Promise<Session> {
  for (let opening = 1; ; opening++) {
    claimHolder(home)
    try {
      return open()
    } catch (cause) {
      const holder = readHolder(home)
      const isOther = holder !== undefined && !isSelf(holder) && !surelyGone(holder)
      if (isOther) throw new StoreBusyError(home, holder, cause)
      if (opening === OPENINGS) throw refusedByEngine(home, cause)
    }
    await pause(OPENING_PAUSE_MS)
  }
}

function refusedByEngine(home: string, cause: unknown): StoreOpenError {
  dropClaim(home)
  return new StoreOpenError(`the engine cannot open the store "${home}": ${(cause as Error).message}`, {
    hint: 'the engine wrote its reason above; "Cannot lock file" there means that another process has the store open',
    cause,
  })
}

async function loadEngine(): Promise<typeof Chdb> {
  try {
    return await import('chdb')
  } catch (cause) {
    throw new EngineMissingError(cause)
  }
}

/** A failed stream keeps what it has in memory, and its place among the running queries, until the session's next one. */
async function forgetFailed(session: Session): Promise<void> {
  try {
    for await (const chunk of session.queryStreamBind('select 1', {}, { format: 'Native' })) chunk.raw()
  } catch {
    // Where even this fails, the next query will say why.
  }
}

/** A SETTINGS clause, since the engine keeps what SET changes for all later queries of the session. */
function withSettings(sql: string, settings: Settings): string {
  const clause = Object.entries(settings).map(
    ([name, value]) => `${name} = ${typeof value === 'number' ? value : quote(value)}`,
  )
  return clause.length === 0 ? sql : `${sql}\nsettings ${clause.join(', ')}`
}

/** True where the promise settles within the time. */
async function within(ms: number, promise: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((settle) => (timer = setTimeout(() => settle(false), ms)))
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

const alreadyOpen = (home: string, held: string): StoreOpenError =>
  new StoreOpenError(`the store "${home}" cannot be opened while "${held}" is open in this process`, {
    hint: 'close that one first; the engine opens one data directory per process',
  })

/** The embedded engine is an optional part of the installation, and it is not there. */
export class EngineMissingError extends DeskError {
  constructor(cause: unknown) {
    super('ENGINE_MISSING', `the embedded database engine cannot be loaded: ${(cause as Error).message}`, {
      hint: 'npm install chdb@3.4.0 (Linux with glibc, or macOS; on Windows in WSL)',
      cause,
    })
  }
}
