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

/** What happened to a matter, as a sentence goes on after its title. */
const VERBS: Readonly<Record<string, string>> = {
  introduced: 'was introduced',
  committee: 'passed its committee',
  'one house': 'passed one house',
  passed: 'passed',
  signed: 'was signed',
  vetoed: 'was vetoed',
  failed: 'failed',
  'in force': 'came into force',
  paused: 'was paused',
  repealed: 'was repealed',
  proposed: 'was proposed',
  adopted: 'was adopted',
  effective: 'took effect',
  nominated: 'was nominated',
  confirmed: 'was confirmed',
  'sworn in': 'was sworn in',
  left: 'left that office',
  filed: 'was filed',
  decided: 'was decided',
  overturned: 'was overturned',
}

/**
 * A step of a matter as a clause; a day that is not certain says so.
 * @example sayStep(matter, event, asOf) // 'Paul Atkins, chairman of the SEC, was sworn in on 21 April'
 */
export function sayStep({ title }: PolicyMatter, { stage, on, uncertain }: PolicyEvent, asOf: InstantMs): string {
  const comma = title.includes(', ') ? ',' : ''
  const day = `${uncertain === undefined ? 'on' : 'on or about'} ${sayDay(parseInstant(on), asOf)}`
  return `${title}${comma} ${VERBS[stage] ?? stage} ${day}`
}

const STATES: Readonly<Record<string, string>> = { committee: 'through committee', 'one house': 'through one house' }

/** How far a matter has come: `through committee`, `proposed`. */
export const sayState = ({ stage }: PolicyEvent): string => STATES[stage] ?? stage

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
