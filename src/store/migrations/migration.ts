import type { Engine } from '../engine.ts'

/** One change of the store's tables. It runs once per store; killed half-way it runs again, so it must bear that. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly run: (engine: Engine) => Promise<void>
}
