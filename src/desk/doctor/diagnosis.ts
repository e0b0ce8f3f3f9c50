import type { ConventionHealth } from './conventionHealth.ts'
import type { FeedHealth } from './feedHealth.ts'
import type { Outdated } from './outdatedRows.ts'
import type { NotAsked } from './probes.ts'
import type { ProbedSource } from './probeSources.ts'
import type { StoreHealth } from './storeHealth.ts'

/** Whether the desk is well: its sources, its feeds, its store, its conventions. */
export interface Diagnosis {
  readonly at: string
  readonly simulated: boolean
  readonly sources: readonly ProbedSource[]
  /** Publishers whose terms keep programs out, so that they are not asked. */
  readonly notAsked: readonly NotAsked[]
  readonly store: StoreHealth
  readonly feeds: readonly FeedHealth[]
  readonly conventions: ConventionHealth & {
    /** Stored rows that stand by another entry than the ledger has now; `uncounted` where that would take too long. */
    readonly outdated: readonly Outdated[] | 'uncounted'
  }
  /** What is not well, a line each. */
  readonly missing: readonly string[]
}
