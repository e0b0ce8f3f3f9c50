import type { Input } from '../core/frame.ts'
import type { InstantMs } from '../core/instant.ts'
import type { Claim } from './claim.ts'

/** A drawing of a note, in a wide and a narrow form, with exactly what it draws as CSV. */
export interface NoteFigure {
  readonly id: string
  readonly wide: string
  readonly narrow: string
  readonly csv: string
  readonly alt: string
  readonly captions: readonly string[]
}

export interface Section {
  readonly id: string
  readonly title: string
  /** The section's one-sentence finding. */
  readonly finding: Claim
  readonly claims: readonly Claim[]
  /** Ids of the claims that begin a new paragraph, where the section has several. */
  readonly paragraphs?: readonly string[]
  readonly figures: readonly NoteFigure[]
  /** What could not be said, and what it would take. */
  readonly missing: readonly string[]
}

/** Independent kinds of evidence: two members of one group do not count as two witnesses. */
export type EvidenceGroup = 'trend' | 'momentum' | 'strength' | 'volume' | 'structure'

/** A fact that leans one way. */
export interface Evidence {
  readonly side: 'for' | 'against'
  readonly group: EvidenceGroup
  readonly claim: Claim
}

/** A price that would decide, and what must happen there. */
export interface Trigger {
  readonly price: number
  readonly claim: Claim
}

export type Stance = 'up' | 'leaning up' | 'undecided' | 'leaning down' | 'down'

export interface Verdict {
  /** The question the evidence is for or against. */
  readonly question: string
  readonly stance: Stance
  readonly horizonDays: number
  /** Groups that lean up, that lean down, and that say anything. */
  readonly groups: { readonly up: number; readonly down: number; readonly all: number }
  readonly summary: Claim
  readonly evidence: readonly Evidence[]
  readonly missing: readonly string[]
  readonly confirm: Trigger | undefined
  readonly void: Trigger | undefined
}

/** One way from here: what starts it, where it leads, what ends it. */
export interface Scenario {
  readonly id: string
  readonly title: string
  readonly claim: Claim
}

export interface LevelRow {
  readonly price: number
  readonly kind: 'resistance' | 'support'
  readonly tests: number
  readonly lastTest: InstantMs | undefined
  readonly distancePct: number
  readonly distanceAtr: number
  /** Which interval and how many pivots the level was found from. */
  readonly basis: string
}

export interface Fact {
  readonly label: string
  readonly claim: Claim
  /** The fact in a few words, for the line under the headline. */
  readonly short: string
}

export interface Note {
  readonly asset: string
  readonly asOf: InstantMs
  readonly simulated: boolean
  readonly headline: Claim
  readonly facts: readonly Fact[]
  readonly verdict: Verdict
  readonly scenarios: readonly Scenario[]
  readonly sections: readonly Section[]
  readonly levels: readonly LevelRow[]
  readonly inputs: readonly Input[]
  readonly missing: readonly string[]
}
