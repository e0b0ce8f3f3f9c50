import type { Level } from '../metrics/structure/levelTracker.ts'
import { sideOf } from './direction.ts'
import type { LevelOutcome } from './levelTest.ts'
import type { BarEvent, Emit, Evidence } from './setup.ts'

/** What a bar did to one level, and what that level is: a given price, a cluster of pivots, or a single pivot. */
export interface LevelFinding {
  readonly outcome: LevelOutcome
  readonly price: number
  readonly basis: 'price' | 'cluster' | 'pivot'
  /** Of a cluster. */
  readonly level?: Level
  /** Of a single pivot: its bar. */
  readonly pivot?: number
}

/** The bar that did it. */
export interface FindingBar {
  readonly bar: number
  readonly close: number
  readonly atr: number
}

/**
 * The events of one bar: at most one of each kind, naming the level nearest to the close of those that the bar did the same to.
 * @param findings - one or more
 * @param emit - given `level_break`, `level_rejected`, `level_flip`, in this order, where there is one
 * @example emitLevelEvents([{ outcome, price: 1650, basis: 'price' }], { bar: 9, close: 1600, atr: 40 }, emit)
 */
export function emitLevelEvents(findings: readonly LevelFinding[], at: FindingBar, emit: Emit): void {
  emitNearest('level_break', findings, isBroken, at, emit)
  emitNearest('level_rejected', findings, isRejected, at, emit)
  emitNearest('level_flip', findings, isFlipped, at, emit)
}

const isBroken = ({ outcome }: LevelFinding): boolean => outcome.kind === 'broken'
const isRejected = ({ outcome }: LevelFinding): boolean => outcome.kind === 'rejected'
const isFlipped = ({ outcome }: LevelFinding): boolean => outcome.flipOf !== undefined

function emitNearest(
  setup: string,
  findings: readonly LevelFinding[],
  belongs: (finding: LevelFinding) => boolean,
  at: FindingBar,
  emit: Emit,
): void {
  let named: LevelFinding | undefined
  let levels = 0
  for (const finding of findings) {
    if (!belongs(finding)) continue
    levels++
    if (named === undefined || Math.abs(finding.price - at.close) < Math.abs(named.price - at.close)) named = finding
  }
  if (named !== undefined) emit(levelEvent(setup, named, levels, at))
}

function levelEvent(setup: string, finding: LevelFinding, levels: number, at: FindingBar): BarEvent {
  const { outcome, pivot } = finding
  const { bar } = at
  const side = sideOf(outcome.kind === 'broken' ? (outcome.from === 1 ? -1 : 1) : outcome.from)
  const evidence = evidenceOf(finding, levels, at)
  if (pivot !== undefined) return { setup, bar, side, pivot, evidence }
  if (setup !== 'level_flip' || outcome.flipOf === undefined) return { setup, bar, side, evidence }
  return { setup, bar, side, of: { setup: 'level_break', bar: outcome.flipOf }, evidence }
}

function evidenceOf(
  { price, basis, outcome, level }: LevelFinding,
  levels: number,
  { close, atr }: FindingBar,
): Evidence {
  const from = outcome.from === 1 ? 'above' : 'below'
  const { tests } = outcome
  const distance_atr = Math.abs(close - price) / atr
  if (level === undefined) return { level: price, close, atr, from, tests, distance_atr, basis, levels }
  const { pivots } = level
  return { level: price, close, atr, from, tests, distance_atr, basis, levels, pivots }
}
