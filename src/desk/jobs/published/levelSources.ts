import { LEVEL_PUBLISHERS, type LevelPublisher } from '../../../records/levelPublishers.ts'
import { alternativeme } from '../../../sources/alternativeme/alternativeme.ts'
import { fred } from '../../../sources/fred/fred.ts'
import type { LevelSource } from '../../../sources/levelSource.ts'
import { nyfed } from '../../../sources/nyfed/nyfed.ts'

/** Who is asked for plain series, and how. */
export const LEVEL_SOURCES: Readonly<Record<LevelPublisher, LevelSource>> = { nyfed, alternativeme, fred }

/** The command that fetches a symbol from who publishes it; undefined where nobody does who can be asked. */
export function fetchCommand(symbol: string): string | undefined {
  for (const publisher of LEVEL_PUBLISHERS) {
    const found = Object.entries(LEVEL_SOURCES[publisher].series).find(([, symbols]) => symbols.includes(symbol))
    if (found !== undefined) return `assayer import ${publisher} ${found[0]}`
  }
  return undefined
}
