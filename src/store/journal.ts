import { closeSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from '../core/errors.ts'
import type { Block } from './append.ts'
import { StoreOpenError } from './engine.ts'
import { headingOf, journalFolder, JOURNAL_SUFFIX } from './journalFormat.ts'
import { makeFile, writeNow } from './writeBlocks.ts'

/**
 * Rows that are not in their tables yet, in files beside them: written in some tenths of a millisecond and found again by whoever opens
 * the store after this process was killed. It is no defence against a machine that loses power, as the engine is none.
 */
export class Journal {
  readonly #folder: string
  readonly #number: number
  #count = 0
  #open: { readonly file: number; readonly path: string } | undefined

  /**
   * @param path - of the store
   * @param number - of this run among imports
   * @throws {StoreOpenError} its folder cannot be made
   */
  constructor(path: string, number: number) {
    this.#folder = journalFolder(path)
    this.#number = number
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    } catch (cause) {
      throw new StoreOpenError(`cannot make the folder "${this.#folder}": ${reasonOf(cause)}`, { cause })
    }
  }

  /**
   * Writes blocks down; they outlive this process when it returns.
   * @throws {StoreFullError} no space left
   */
  write(blocks: readonly Block[]): void {
    if (blocks.length === 0) return
    this.#open ??= this.#next()
    const pieces = blocks.flatMap((block) => [headingOf(block, this.#number), ...block.pieces])
    writeNow(this.#open.file, pieces, this.#open.path)
  }

  /** What comes goes into another file. @returns what forgets all before, for when it is in its tables */
  turn(): () => void {
    const done = this.#open
    this.#open = undefined
    if (done === undefined) return () => undefined
    closeSync(done.file)
    return () => rmSync(done.path, { force: true })
  }

  #next(): { readonly file: number; readonly path: string } {
    const path = join(this.#folder, `${this.#number}-${this.#count++}${JOURNAL_SUFFIX}`)
    return { file: makeFile(path), path }
  }
}
