import type { Engine, SelectOptions, Shape } from '../store/engine.ts'
import type { Desk } from './desk.ts'

/**
 * The same desk for one answer: what was read once is not read again. Parts of an answer ask alike (which instruments there are, which
 * series of an asset), and nothing that is written meanwhile may show in one part and not in another.
 */
export function remembering(desk: Desk): Desk {
  const { engine } = desk.store
  const read = new Map<string, Promise<unknown>>()
  const remembered: Engine = {
    select: <S extends Shape>(sql: string, shape: S, options?: SelectOptions) => {
      const { params, settings } = options ?? {}
      const key = JSON.stringify([sql, params, settings])
      const known = read.get(key) ?? engine.select(sql, shape, options)
      read.set(key, known)
      return known as ReturnType<typeof engine.select<S>>
    },
    command: (sql, options) => engine.command(sql, options),
    stage: (columnsSql) => engine.stage(columnsSql),
    insert: (sql, token) => engine.insert(sql, token),
    close: () => engine.close(),
  }
  return { ...desk, store: { ...desk.store, engine: remembered } }
}
