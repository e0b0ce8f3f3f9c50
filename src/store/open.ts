import { resolve } from 'node:path'
import { detachedParts } from './damage.ts'
import { openEmbedded, type EmbeddedOptions } from './embedded.ts'
import type { Engine } from './engine.ts'
import { inTurn } from './inTurn.ts'
import { FIRST_MIGRATION, migrate } from './migrate.ts'
import { replayJournals } from './replayJournals.ts'

/** Records kept and read back. Functions that take a store say what can be done with it. */
export interface Store {
  readonly path: string
  readonly engine: Engine
  /** What was found wrong at opening, one sentence each, for the user to read. */
  readonly problems: readonly string[]
  /** Runs one change of the store after another, so that what a change has looked at stays true until it ends. */
  readonly alone: <T>(job: () => Promise<T>) => Promise<T>
  close(): Promise<'closed' | 'abandoned'>
}

export interface OpenOptions extends EmbeddedOptions {
  /** Told every line that a user may want to see: tables made, damage found. */
  readonly log?: (line: string) => void
}

/**
 * Opens the store at a path; makes it where there is none.
 * @throws what `openEmbedded` and `migrate` throw
 */
export async function openStore(path: string, options: OpenOptions = {}): Promise<Store> {
  return await openOver(path, await openEmbedded(path, options), options)
}

/** The store over an engine in this process: nobody else can change it, so what a killed process left is put in order. */
export async function openOver(path: string, engine: Engine, { log }: Pick<OpenOptions, 'log'>): Promise<Store> {
  const store = await storeOver(path, engine, { prepare: migrate, ...(log === undefined ? {} : { log }) })
  const left = await replayJournals(engine, store.path)
  for (const problem of left) log?.(`store "${path}": ${problem}`)
  return { ...store, problems: [...store.problems, ...left] }
}

export interface OverOptions extends Pick<OpenOptions, 'log'> {
  /** Sees to the tables before anything is asked of them, and gives the names of the migrations that it ran. */
  readonly prepare: (engine: Engine) => Promise<readonly string[]>
}

/** A store over an engine that is open; closes the engine where that fails. */
export async function storeOver(path: string, engine: Engine, { log, prepare }: OverOptions): Promise<Store> {
  try {
    const [migrated, problems] = await Promise.all([prepare(engine), detachedParts(engine)])
    for (const line of sayMigrated(path, migrated)) log?.(line)
    for (const problem of problems) log?.(`store "${path}": ${problem}`)
    return { path: resolve(path), engine, problems, alone: inTurn(), close: () => engine.close() }
  } catch (error) {
    await engine.close()
    throw error
  }
}

function sayMigrated(path: string, migrated: readonly string[]): readonly string[] {
  if (migrated.includes(FIRST_MIGRATION)) return [`new store in "${path}"`]
  return migrated.map((name) => `store "${path}" brought up to date: ${name}`)
}
