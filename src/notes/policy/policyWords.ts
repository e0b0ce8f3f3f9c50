import { parseInstant, type InstantMs } from '../../core/instant.ts'
import type { PolicyEvent, PolicyMatter } from '../../records/policy.ts'
import { sayDay } from '../wording.ts'

/** Stages that end or halt a matter: what it was for is set back by them. */
const ENDS: ReadonlySet<string> = new Set(['failed', 'vetoed', 'paused', 'repealed', 'overturned'])

/**
 * Which way a step leans: a supportive matter that goes on, and a restrictive one that ends, are for crypto. Of who leaves an office nothing
 * follows.
 * @example wayOf(matter, { stage: 'repealed', … }) // 'for', of a restrictive matter
 */
export function wayOf({ stance }: PolicyMatter, { stage }: PolicyEvent): 'for' | 'against' | 'neither' {
  if (stance === 'neutral' || stage === 'left') return 'neither'
  return (stance === 'supportive') === ENDS.has(stage) ? 'against' : 'for'
}

/** Stages that need more words than their name. */
const STATES: Readonly<Record<string, string>> = {
  committee: 'through its committee',
  'one house': 'through one house',
  effective: 'in effect',
  left: 'left that office',
}

/** How far a matter has come: `through its committee`, `proposed`. */
export const sayState = ({ stage }: PolicyEvent): string => STATES[stage] ?? stage

/**
 * A step of a matter as a part of a list; a day that is not certain says so.
 * @example sayStep(matter, event, asOf) // 'Paul Atkins, chairman of the SEC, sworn in on 21 April'
 */
export function sayStep({ title }: PolicyMatter, event: PolicyEvent, asOf: InstantMs): string {
  const day = `${event.uncertain === undefined ? 'on' : 'on or about'} ${sayDay(parseInstant(event.on), asOf)}`
  return `${title}, ${sayState(event)} ${day}`
}

const JURISDICTIONS: Readonly<Record<string, string>> = {
  US: 'the US',
  EU: 'the EU',
  UK: 'the UK',
  HK: 'Hong Kong',
  CN: 'China',
  JP: 'Japan',
  KR: 'Korea',
}

/** A jurisdiction as a sentence names it: `the US`, `Japan`. */
export const sayJurisdiction = (code: string): string => JURISDICTIONS[code] ?? code
