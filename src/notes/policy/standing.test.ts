import { expect, it } from 'vitest'
import { parseAsOf, parseInstant } from '../../core/instant.ts'
import type { PolicyMatter } from '../../records/policy.ts'
import { standingAt } from './standing.ts'

const event = (stage: string, on: string) => ({
  stage,
  on,
  says: 'It came so far.',
  source: 'https://example.org/',
  confirmed: true,
})
const matters: readonly PolicyMatter[] = [
  {
    id: 'us-bill',
    jurisdiction: 'US',
    title: 'A bill',
    kind: 'bill',
    stance: 'supportive',
    subjects: ['stablecoins', 'reserves'],
    events: [event('introduced', '2025-02-04'), event('committee', '2025-03-13'), event('signed', '2025-07-18')],
  },
  {
    id: 'us-pause',
    jurisdiction: 'US',
    title: 'A pause',
    kind: 'order',
    stance: 'supportive',
    subjects: ['tariffs'],
    events: [event('signed', '2025-04-09T17:18Z')],
  },
  {
    id: 'eu-rule',
    jurisdiction: 'EU',
    title: 'A rule',
    kind: 'rule',
    stance: 'neutral',
    subjects: ['stablecoins'],
    events: [event('adopted', '2024-06-30')],
  },
]
const standing = (asOf: string, wish = {}) =>
  standingAt(matters, parseAsOf(asOf), wish).map(({ matter, now }) => [matter.id, now.stage])

it('tells the last stage that was known, with those before it', () => {
  expect(standing('2025-04-23')).toEqual([
    ['us-bill', 'committee'],
    ['us-pause', 'signed'],
    ['eu-rule', 'adopted'],
  ])
  const [bill] = standingAt(matters, parseAsOf('2025-04-23'))
  expect(bill!.before.map(({ stage }) => stage)).toEqual(['introduced'])
})

it('knows an event of a day when the day is over, and one of a minute at once', () => {
  expect(standing('2025-03-13T23:59Z')).toContainEqual(['us-bill', 'introduced'])
  expect(standing('2025-03-13')).toContainEqual(['us-bill', 'committee'])
  expect(standingAt(matters, parseInstant('2025-04-09T17:17Z'), { subject: 'tariffs' })).toEqual([])
  expect(standingAt(matters, parseInstant('2025-04-09T17:18Z'), { subject: 'tariffs' })).toHaveLength(1)
})

it('leaves out what nothing was known of, other jurisdictions and other subjects', () => {
  expect(standing('2024-12-31')).toEqual([['eu-rule', 'adopted']])
  expect(standing('2025-04-23', { jurisdiction: 'US', subject: 'stablecoins' })).toEqual([['us-bill', 'committee']])
  expect(standing('2025-04-23', { subject: 'mining' })).toEqual([])
})
