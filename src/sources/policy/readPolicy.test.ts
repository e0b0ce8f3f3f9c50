import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parsePolicyFile, readPolicy } from './readPolicy.ts'

describe('the policy files of this version', () => {
  const matters = readPolicy()
  const events = matters.flatMap((matter) => matter.events.map((event) => ({ ...event, of: matter.id })))

  it('follow their form, with stages in order and an address for each event', () => {
    // Reading them proves it; there are at least so many.
    expect(events.length).toBeGreaterThanOrEqual(60)
    expect(events.filter(({ source }) => !/^https?:\/\/[^/]+\//.test(source)).map(({ of }) => of)).toEqual([])
  })

  it('are of the jurisdictions that are promised', () => {
    const found = new Set(matters.map(({ jurisdiction }) => jurisdiction))
    expect([...found].toSorted()).toEqual(['CN', 'EU', 'HK', 'JP', 'KR', 'UK', 'US'])
  })
})

const event = (stage: string, on: string): string =>
  `      - { stage: ${stage}, on: ${on}, says: It came so far then., source: "https://example.org/a", confirmed: true }`
const file = (...events: readonly string[]): string =>
  [
    'jurisdiction: US',
    'matters:',
    '  - id: us-bill',
    '    title: A bill',
    '    kind: bill',
    '    stance: supportive',
    '    subjects: [reserves]',
    '    events:',
    ...events,
  ].join('\n')

describe('a policy file', () => {
  it('gives matters with their jurisdiction', () => {
    const [bill] = parsePolicyFile(file(event('introduced', '2025-01-02'), event('signed', '2025-02-03')), 'us.yaml')
    expect(bill).toMatchObject({
      id: 'us-bill',
      jurisdiction: 'US',
      events: [{ stage: 'introduced' }, { on: '2025-02-03' }],
    })
  })

  it.each([
    ['a stage of another kind', file(event('nominated', '2025-01-02')), 9, 'not a stage of a bill'],
    ['an earlier day', file(event('introduced', '2025-01-02'), event('passed', '2025-01-01')), 10, 'earlier than'],
    [
      'a step back',
      file(event('passed', '2025-01-02'), event('committee', '2025-01-03')),
      10,
      'cannot follow "passed"',
    ],
    ['a day that does not exist', file(event('introduced', '2025-02-30')), 9, 'not a day such as'],
    ['no address', file(event('introduced', '2025-01-02')).replace('https://example.org/a', 'somewhere'), 9, 'source'],
    ['another subject', file(event('introduced', '2025-01-02')).replace('reserves', 'memes'), 7, 'subjects'],
    [
      'an id of another place',
      file(event('introduced', '2025-01-02')).replace('us-bill', 'eu-bill'),
      3,
      'begins with "us-"',
    ],
    ['a field that is not known', `${file(event('introduced', '2025-01-02'))}\n    mood: good`, 3, 'mood'],
    ['no jurisdiction', file(event('introduced', '2025-01-02')).replace('US', 'USA'), 1, 'not two capital letters'],
  ])('with %s is refused by line', (_, text, line, what) => {
    expect(() => parsePolicyFile(text, 'x.yaml')).toThrow(
      expect.objectContaining({
        code: 'BAD_POLICY',
        message: expect.stringMatching(new RegExp(`^x\\.yaml:${line}: .*${what}`)),
      }),
    )
  })

  it.each([
    ['one house', 'committee'],
    ['paused', 'in force'],
  ])('may go from %s back to %s', (before, after) => {
    expect(parsePolicyFile(file(event(before, '2025-01-02'), event(after, '2025-01-03')), 'x.yaml')).toHaveLength(1)
  })

  it('cannot hold an id that another holds', () => {
    const folder = mkdtempSync(join(tmpdir(), 'policy-'))
    afterAll(() => rmSync(folder, { recursive: true }))
    for (const name of ['a.yaml', 'b.yaml']) writeFileSync(join(folder, name), file(event('introduced', '2025-01-02')))
    expect(() => readPolicy(folder)).toThrow('"us-bill" is there twice')
  })
})
