import { describe, expect, it } from 'vitest'
import { fixture, fuzz } from '../../../test/support/wire.ts'
import { parseInstant, type InstantMs } from '../../core/instant.ts'
import { federalregister, fetchOrders } from './federalregister.ts'
import { mapOrders, nextMarks } from './map.ts'

interface Page {
  readonly count: number
  readonly results: readonly object[]
}
const example = (name: string): Page => structuredClone(fixture('federalregister', name).payload) as Page
const NOW = parseInstant('2026-11-26')
const known = (day: string, now: InstantMs): unknown => {
  const [result] = example('page-made').results
  const json = { count: 1, description: '', results: [{ ...result, publication_date: day }] }
  return mapOrders([json], now).rows[0]?.row['knownAt']
}
/** A page of one order with other fields. */
const with1 = (fields: object): object => {
  const { results } = example('page-made')
  return { count: 1, description: '', results: [{ ...results[1], ...fields }] }
}
const without = (name: string): object => {
  const { [name]: _, ...rest } = example('page-made').results[1] as Record<string, unknown>
  return { count: 1, description: '', results: [rest] }
}

describe('executive orders', () => {
  it('of 2026 are numbered in text, and known from 9:00 in New York on the day of their issue', () => {
    const json = { count: 1, description: '', total_pages: 1, results: [example('document-2026')] }
    const { rows, faults, gaps } = mapOrders([json], NOW)
    expect([faults, gaps]).toEqual([[], []])
    expect(rows.map(({ row }) => row)).toEqual([
      {
        venue: 'federalregister',
        number: '14430',
        documentNumber: '2026-19417',
        at: parseInstant('2026-09-17'),
        knownAt: parseInstant('2026-09-22T13:00Z'),
        publishedOn: parseInstant('2026-09-22'),
        title: 'Restoring American Saltwater Angling and Recreation',
        address:
          'https://www.federalregister.gov/documents/2026/09/22/2026-19417/restoring-american-saltwater-angling-and-recreation',
      },
    ])
  })

  it('of 2019 are numbered by numbers, and known an hour later in winter', () => {
    const { rows, faults } = mapOrders([example('orders-2019')], NOW)
    expect(faults).toEqual([])
    expect(rows.map(({ row }) => [row['number'], row['knownAt']])).toEqual([
      ['13860', parseInstant('2019-03-07T14:00Z')],
      ['13859', parseInstant('2019-02-14T14:00Z')],
    ])
  })

  it('that are there before 9:00 are known when they were asked for, and not before their day has begun there', () => {
    expect(known('2026-11-25', parseInstant('2026-11-25T11:30Z'))).toBe(parseInstant('2026-11-25T11:30Z'))
    expect(known('2026-11-25', parseInstant('2026-11-25T04:30Z'))).toBe(parseInstant('2026-11-25T14:00Z'))
  })

  it('without a day of signing are gaps that are told', () => {
    const { rows, gaps, faults } = mapOrders([example('undated')], NOW)
    expect([rows, faults]).toEqual([[], []])
    expect(gaps).toEqual([{ documentNumber: '06-5592', why: 'order 13405 has no day of signing' }])
  })

  it('with a day of signing after their publication are gaps, and cost no other', () => {
    const { rows, gaps, faults } = mapOrders([example('signed-late')], NOW)
    expect([rows.map(({ row }) => row['number']), faults]).toEqual([['13525'], []])
    const why = 'the day of signing of order 13526, 2010-12-29, is after that of its publication, 2010-01-05'
    expect(gaps).toEqual([{ documentNumber: 'E9-31418', why }])
  })

  it.each([null, 0, '', '0'])('without a number (%j) are gaps that are told', (number) => {
    const { rows, gaps } = mapOrders([with1({ executive_order_number: number })], NOW)
    expect([rows, gaps]).toEqual([[], [{ documentNumber: '2026-19417', why: 'has no number' }]])
  })

  it.each([
    { document_number: 'C1-2014-25788', executive_order_number: null },
    { correction_of: 'https://www.federalregister.gov/api/v1/documents/2026-19416' },
  ])('are no corrections: %j', (fields) => {
    const { rows, gaps, faults } = mapOrders([with1(fields)], NOW)
    expect([rows, gaps, faults]).toEqual([[], [], []])
  })

  it('are none where nothing is found', () => {
    expect(mapOrders([example('none')], NOW)).toEqual({ rows: [], faults: [], gaps: [] })
  })

  it.each([
    [
      'a number that is none',
      with1({ executive_order_number: 'fourteen' }),
      'pages[0].results[0].executive_order_number',
    ],
    ['a number of another kind', with1({ executive_order_number: true }), 'pages[0].results[0].executive_order_number'],
    ['no day of publication', with1({ publication_date: null }), 'pages[0].results[0].publication_date'],
    ['a day that is none', with1({ signing_date: '09/17/2026' }), 'pages[0].results[0].signing_date'],
    ['no title', with1({ title: '' }), 'pages[0].results[0].title'],
    ['an address that is none', with1({ html_url: '/documents/2026' }), 'pages[0].results[0].html_url'],
    ['a field that is missing', without('executive_order_number'), 'pages[0].results[0].executive_order_number'],
    [
      'a document twice',
      { ...example('orders-2019'), results: Array(2).fill(example('orders-2019').results[0]) },
      'pages[0].results[1].document_number',
    ],
    ['fewer than are counted', { ...example('orders-2019'), count: 3 }, 'pages[0].count'],
    ['a refusal', example('error-field'), 'pages[0].count'],
    ['nothing', undefined, 'pages[0]'],
  ])('%s is refused with the place', (_what, json, path) => {
    expect(mapOrders([json], NOW).faults.map((fault) => fault.path)).toContain(path)
  })

  it('name a field that is not documented, and pass it over', () => {
    const { rows, faults } = mapOrders([with1({ mood: 1 })], NOW)
    expect([rows.length, faults.map(({ what, path }) => [what, path])]).toEqual([
      1,
      [['unknown field', 'pages[0].results[0].mood']],
    ])
  })

  it('stay sound however the answer is damaged', () => fuzz(example('signed-late'), (json) => mapOrders([json], NOW)))
})

describe('the next page', () => {
  it('is named by a number and a mark, whoever the address is of', () => {
    expect(nextMarks(example('corrections'), 1)).toEqual({ page: '2', search_after_cursor: 'WzAuMCxudWxsXQ' })
    expect(nextMarks({ next_page_url: 'https://other.example/documents?page=3' }, 2)).toEqual({ page: '3' })
  })

  it.each([
    undefined,
    null,
    {},
    { next_page_url: 7 },
    { next_page_url: 'page 2' },
    { next_page_url: 'https://a.b/?page=4' },
  ])('is none where %j names none that follows', (json) => {
    expect(nextMarks(json, 1)).toBeUndefined()
  })
})

describe('a fetch', () => {
  const asked: string[] = []
  /** A link to a publisher that has these pages, and begins again where it has no more. */
  const linkTo = (pages: readonly unknown[]) => ({
    base: 'https://www.federalregister.gov',
    askText: () => Promise.reject(new Error('not asked for')),
    ask: (path: string) => {
      asked.push(path)
      const page = Number(new URL(path, 'https://a.b').searchParams.get('page') ?? '1')
      return Promise.resolve({ json: pages[page - 1] ?? pages[0], simulated: false })
    },
  })
  const wish = { since: parseInstant('2026-09-21'), now: NOW, perPage: 2 }
  const first = example('page-made')
  const last = {
    count: 3,
    description: '',
    total_pages: 2,
    results: [{ ...first.results[1], document_number: '2026-19418' }],
  }

  it('goes from page to page by their marks, and asks for the same fields and days', async () => {
    asked.length = 0
    const { rows, faults } = await fetchOrders(linkTo([first, last]), wish)
    expect([rows.length, faults]).toEqual([3, []])
    const questions = asked.map((path) => new URL(path, 'https://a.b').searchParams)
    expect(questions.map((each) => each.get('search_after_cursor'))).toEqual([
      null,
      'WzE3OTAwMzUyMDAwMDAsIjIwMjYtMTk0MTciXQ',
    ])
    for (const each of questions) {
      expect(each.get('conditions[publication_date][gte]')).toBe('2026-09-21')
      expect(each.getAll('fields[]')).toContain('executive_order_number')
    }
  })

  it('ends where pages begin again, and says that some are lacking', async () => {
    const { faults } = await fetchOrders(linkTo([first]), wish)
    expect(faults.map(({ path }) => path)).toContain('pages[1].results[0].document_number')
  })
})

it('proves itself by its form', () => {
  const { isAnswer: says } = federalregister.proof
  expect([says(example('page-made')), says({}), says(undefined)]).toEqual([true, false, false])
})
