import type { Level } from '../metrics/structure/levelTracker.ts'
import { sideOf } from './direction.ts'
import type { LevelOutcome } from './levelTest.ts'
import type { BarEvent } from './setup.ts'

/** What a bar did to one level, and what that level is: a given price, a cluster of pivots, or a single pivot. */
export interface LevelFinding extends LevelOutcome {
  readonly price: number
  readonly basis: 'price' | 'cluster' | 'pivot'
  /** Of a cluster. */
  readonly level?: Level
  /** Of a single pivot: its bar. */
  readonly pivot?: number
}

/**
 * The events of one bar: at most one of each kind, naming the level nearest to the close of those that the bar did the same to.
 * @param findings - one or more
 * @returns `level_break`, `level_rejected`, `level_flip`, in this order, where there is one
 * @example levelEvents([{ kind: 'rejected', from: -1, tests: 1, price: 1650, basis: 'price' }], 1600, 40, 9)[0].side // 'short'
 */
export function levelEvents(
  findings: readonly LevelFinding[],
  close: number,
  atr: number,
  bar: number,
): readonly BarEvent[] {
  const said = (setup: string, among: readonly LevelFinding[]): readonly BarEvent[] => {
    const named = nearestTo(close, among)
    return named === undefined ? [] : [levelEvent(setup, named, among.length, { close, atr, bar })]
  }
  return [
    ...said(
      'level_break',
      findings.filter(({ kind }) => kind === 'broken'),
    ),
    ...said(
      'level_rejected',
      findings.filter(({ kind }) => kind === 'rejected'),
    ),
    ...said(
      'level_flip',
      findings.filter(({ flipOf }) => flipOf !== undefined),
    ),
  ]
}

function nearestTo(close: number, findings: readonly LevelFinding[]): LevelFinding | undefined {
  let nearest: LevelFinding | undefined
  for (const finding of findings) {
    if (nearest === undefined || Math.abs(finding.price - close) < Math.abs(nearest.price - close)) nearest = finding
  }
  return nearest
}

function levelEvent(
  setup: string,
  { kind, price, basis, from, tests, level, pivot, flipOf }: LevelFinding,
  levels: number,
  { close, atr, bar }: { readonly close: number; readonly atr: number; readonly bar: number },
): BarEvent {
  return {
    setup,
    bar,
    side: sideOf(kind === 'broken' ? (from === 1 ? -1 : 1) : from),
    ...(pivot === undefined ? {} : { pivot }),
    ...(setup === 'level_flip' && flipOf !== undefined ? { of: { setup: 'level_break', bar: flipOf } } : {}),
    evidence: {
      level: price,
      close,
      atr,
      from: from === 1 ? 'above' : 'below',
      tests,
      distance_atr: Math.abs(close - price) / atr,
      basis,
      levels,
      ...(level === undefined ? {} : { pivots: level.pivots, weight: level.weight }),
    },
  }
}
