import { LEVEL_PUBLISHERS, type LevelPublisher } from '../../../records/levelPublishers.ts'
import { alternativeme } from '../../../sources/alternativeme/alternativeme.ts'
import { goldTokens } from '../../../sources/coingecko/goldTokens.ts'
import { fred } from '../../../sources/fred/fred.ts'
import type { LevelSource } from '../../../sources/levelSource.ts'
import { nyfed } from '../../../sources/nyfed/nyfed.ts'

/** Who is asked for plain series, and how. */
export const LEVEL_SOURCES: Readonly<Record<LevelPublisher, LevelSource>> = {
  nyfed,
  alternativeme,
  fred,
  coingecko: goldTokens,
}

/** What `assayer import` calls a source of plain series. */
export const commandOf = ({ command, publisher }: LevelSource): string => command ?? publisher.name

/** The commands that fetch a symbol from who publishes it, whoever makes it first; none where nobody does who can be asked. */
export const fetchCommands = (symbol: string): readonly string[] =>
  LEVEL_PUBLISHERS.flatMap((publisher) =>
    Object.entries(LEVEL_SOURCES[publisher].series)
      .filter(([, symbols]) => symbols.includes(symbol))
      .map(([name]) => `assayer import ${commandOf(LEVEL_SOURCES[publisher])} ${name}`),
  )
