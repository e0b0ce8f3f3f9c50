import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { POLICY_STAGES, type PolicyEvent, type PolicyMatter } from '../../records/policy.ts'
import { sayJurisdiction, sayState, sayStep, wayOf } from './policyWords.ts'

const event = (stage: string, change: Partial<PolicyEvent> = {}): PolicyEvent => ({
  stage,
  on: '2025-04-21',
  says: 'It came so far then.',
  source: 'https://example.org/',
  confirmed: true,
  ...change,
})
const matter = (stance: PolicyMatter['stance']): PolicyMatter => ({
  id: 'a',
  jurisdiction: 'US',
  title: 'Paul Atkins, chairman of the SEC',
  kind: 'appointment',
  stance,
  subjects: ['securities'],
  events: [],
})
const ASOF = parseInstant('2025-04-24')

describe('the way a step leans', () => {
  it.each([
    ['supportive', 'passed', 'for'],
    ['supportive', 'failed', 'against'],
    ['supportive', 'left', 'neither'],
    ['restrictive', 'effective', 'against'],
    ['restrictive', 'repealed', 'for'],
    ['neutral', 'signed', 'neither'],
  ] as const)('of a %s matter that is %s is %s', (stance, stage, way) => {
    expect(wayOf(matter(stance), event(stage))).toBe(way)
  })
})

it('says a step with its day, and that a day is not certain', () => {
  expect(sayStep(matter('supportive'), event('sworn in'), ASOF)).toBe(
    'Paul Atkins, chairman of the SEC, sworn in on 21 April',
  )
  expect(sayStep(matter('supportive'), event('left', { uncertain: 'the day is that of a report' }), ASOF)).toBe(
    'Paul Atkins, chairman of the SEC, left that office on or about 21 April',
  )
})

it('has words for every stage, and for a place that it does not know its code', () => {
  const said = Object.values(POLICY_STAGES).flatMap((stages) => stages.map((stage) => sayState(event(stage))))
  expect(said).toContain('through its committee')
  expect(said.every((words) => words.length > 3)).toBe(true)
  expect([sayJurisdiction('JP'), sayJurisdiction('XX')]).toEqual(['Japan', 'XX'])
})
