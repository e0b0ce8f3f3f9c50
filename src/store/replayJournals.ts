import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from '../core/errors.ts'
import { grouped } from '../core/grouped.ts'
import { coverage } from '../records/coverage.ts'
import { appendBlock, type Block } from './append.ts'
import { columnsSql } from './ddl.ts'
import type { Engine } from './engine.ts'
import { journalFolder, JOURNAL_SUFFIX, readJournal, type ReadJournal, type Written } from './journalFormat.ts'
import { RECORDS } from './tables.ts'

/**
 * Puts into their tables what the journals of killed processes hold, and removes them. A block that was being written when its process
 * was killed is left out. Whatever is wrong with a journal, or with putting it in, keeps nobody from reading the store.
 * @returns what could not be taken, a sentence each; its file stays
 */
export async function replayJournals(engine: Engine, path: string): Promise<readonly string[]> {
  const folder = journalFolder(path)
  const [journals, problems] = readAll(folder)
  const known = journals.filter(({ blocks }) => blocks.every(isKnown))
  try {
    for (const { number, ...block } of gathered(known.flatMap(({ blocks }) => blocks))) {
      await appendBlock(engine, block, number)
    }
    for (const { path: stored, end } of known) if (end !== 'damaged') rmSync(stored)
  } catch (error) {
    return [...problems, `what "${folder}" holds is not in the tables yet, which is tried again: ${reasonOf(error)}`]
  }
  return [...problems, ...journals.flatMap(sayLeft)]
}

interface Found extends ReadJournal {
  readonly path: string
}

/** The journals that can be read, and what is wrong with the others. */
function readAll(folder: string): readonly [journals: readonly Found[], problems: readonly string[]] {
  if (!existsSync(folder)) return [[], []]
  const journals: Found[] = []
  const problems: string[] = []
  const tell = (path: string, error: unknown): void =>
    void problems.push(`"${path}" cannot be read: ${reasonOf(error)}`)
  for (const path of listJournals(folder, tell)) {
    try {
      journals.push({ path, ...readJournal(readFileSync(path)) })
    } catch (error) {
      tell(path, error)
    }
  }
  return [journals, problems]
}

function listJournals(folder: string, tell: (path: string, error: unknown) => void): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(JOURNAL_SUFFIX))
    return names.map((name) => join(folder, name))
  } catch (error) {
    tell(folder, error)
    return []
  }
}

/** Why a journal is still there. */
function sayLeft({ path, blocks, end }: Found): readonly string[] {
  if (!blocks.every(isKnown)) return [`"${path}" was written by another version of this program and is left as it is`]
  if (end !== 'damaged') return []
  return [`"${path}" is damaged: its first ${blocks.length} blocks are stored, and it is left as it is`]
}

const isKnown = ({ heading }: Written): boolean =>
  RECORDS.some((record) => record.name === heading.record && columnsSql(record) === heading.columns)

/** All blocks of a kind and a run as one, so that each is one statement; what is covered comes behind what it speaks of. */
function gathered(blocks: readonly Written[]): readonly (Block & { readonly number: number })[] {
  const kinds = [...RECORDS.filter((record) => record !== coverage), coverage]
  return kinds.flatMap((record) => {
    const ofKind = blocks.filter(({ heading }) => heading.record === record.name)
    const runs = grouped(ofKind, ({ heading }) => heading.number)
    return [...runs].map(([number, of]) => ({ record, number, pieces: of.map(({ bytes }) => bytes) }))
  })
}
