import { describe, expect, it } from 'vitest'
import { judge, requested } from '../../../../test/support/judging.ts'
import type { PolicyMatter } from '../../../records/policy.ts'

const chair: PolicyMatter = {
  id: 'us-chair',
  jurisdiction: 'US',
  title: 'A chair of a commission',
  kind: 'appointment',
  stance: 'supportive',
  subjects: ['securities'],
  events: [
    { stage: 'confirmed', on: '2025-04-09', says: 'The Senate agreed.', source: 'https://a.example/', confirmed: true },
    {
      stage: 'sworn in',
      on: '2025-04-21',
      says: 'He took the oath.',
      source: 'https://b.example/',
      confirmed: false,
      uncertain: 'some say the next day',
    },
  ],
}
const claim = (on: string, within = '') =>
  `kind: policy, jurisdiction: US, subject: securities, stage: sworn in, on: ${on}${within}`

describe('a policy claim', () => {
  it('is supported where the stage was reached about that day, by one day unless said', () => {
    expect(judge(claim('2025-04-22'), {}, [chair])).toMatchObject({
      verdict: 'supported',
      found: '2025-04-21',
      unit: 'date',
      remarks: [
        'A chair of a commission: He took the oath.',
        'https://b.example/ (address not confirmed)',
        'its day is not certain: some say the next day',
      ],
    })
  })

  it('is contradicted with the day that was found', () => {
    expect(judge(claim('2025-04-22', ', within: 0'), {}, [chair])).toMatchObject({
      verdict: 'contradicted',
      found: '2025-04-21',
    })
  })

  it('is not checkable where the files hold no such stage, subject or jurisdiction', () => {
    const answer = judge(claim('2025-04-22').replace('sworn in', 'left'), {}, [chair])
    expect(answer).toMatchObject({
      verdict: 'not-checkable',
      missing: ['an event "left" of US on securities: the policy files hold none'],
    })
    expect(judge(claim('2025-04-22').replace('US', 'EU'), {}, [chair]).verdict).toBe('not-checkable')
    expect(judge(claim('2025-04-22').replace('securities', 'tax'), {}, [chair]).verdict).toBe('not-checkable')
  })

  it('asks for no records', () => {
    expect(requested(claim('2025-04-22'))).toEqual([])
  })
})
