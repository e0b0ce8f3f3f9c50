import { describe, expect, it } from 'vitest'
import { askDoors } from '../../../test/support/askDoors.ts'
import { publishedWorld } from '../../../test/support/publishedWorld.ts'
import { shapeDifferences } from '../../../test/support/sameShape.ts'
import { fixture } from '../../../test/support/wire.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/instant.ts'
import type { VenueMarket } from '../market/live/venueMarket.ts'
import { alternativemeDoors } from './alternativeme/alternativeme.ts'
import { cmeDoors } from './cme/cme.ts'
import { coingeckoDoors } from './coingecko/coingecko.ts'
import { defillamaDoors } from './defillama/defillama.ts'
import { federalregisterDoors } from './federalregister/federalregister.ts'
import { fredDoors } from './fred/fred.ts'
import { nyfedDoors } from './nyfed/nyfed.ts'

const { world, holdings, macro, decrees, prices, now } = await publishedWorld('2025-05-02T13:30Z', ['BTC', 'ETH'])
const market = world.venues.get('binance') as VenueMarket
const gecko = (address: string) => askDoors(coingeckoDoors({ prices, holdings, macro }), market, `/api/v3${address}`)
const llama = (address: string) => askDoors(defillamaDoors(prices, holdings), market, address)
const fredAt = (address: string, at = now) =>
  askDoors(
    fredDoors(macro, () => at),
    market,
    address,
  )
const nyfedAt = (address: string, at = now) =>
  askDoors(
    nyfedDoors(macro, () => at),
    market,
    address,
  )
const registerAt = (address: string, at = now) =>
  askDoors(
    federalregisterDoors(decrees, () => at),
    market,
    address,
  )
const cmeAt = (address: string, at = now) =>
  askDoors(
    cmeDoors(macro, () => at),
    market,
    `/CmeWS/mvc/Settlements/Futures${address}`,
  )
const mood = (address: string) => askDoors(alternativemeDoors(macro, prices.now), market, address)
const example = (of: Parameters<typeof fixture>[0], name: string): unknown => fixture(of, name).payload

describe('coingecko', () => {
  it.each([
    ['ping', '/ping'],
    ['now', '/coins/markets?vs_currency=usd&ids=bitcoin,ethereum'],
    ['history', '/coins/bitcoin/market_chart?vs_currency=usd&days=30&interval=daily'],
    ['hours', '/coins/pax-gold/market_chart?vs_currency=usd&days=7'],
    ['now', '/coins/markets?vs_currency=usd&ids=pax-gold,tether-gold'],
    ['error-tooFarBack', '/coins/bitcoin/market_chart?vs_currency=usd&days=max'],
  ])('answers in the shape of the example %s', (name, address) => {
    expect(shapeDifferences(example('coingecko', name), gecko(address).body)).toEqual([])
  })

  it('refuses too many questions in the words of the example', () => {
    const { rate } = coingeckoDoors({ prices, holdings, macro })
    const refused = rate.refuse(1500, 'address')
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '2' } })
    expect(refused.body).toEqual(example('coingecko', 'error-rateLimited'))
  })

  it('has a point at every 00:00 of the stretch, and one of now', () => {
    const { body } = gecko('/coins/ethereum/market_chart?vs_currency=usd&days=30&interval=daily')
    const times = (body as { prices: readonly [number, number][] }).prices.map(([at]) => at)
    expect(times).toHaveLength(31)
    const first = times[0]!
    expect(times.slice(0, -1)).toEqual(Array.from({ length: 30 }, (_, day) => first + day * DAY_MS))
    expect(first % DAY_MS).toBe(0)
    expect(times.at(-1)).toBe(now)
  })

  it('prices tokens of gold near the ounce of the world, within ten minutes after every hour', () => {
    const { body } = gecko('/coins/tether-gold/market_chart?vs_currency=usd&days=90')
    const points = (body as { prices: readonly [number, number][] }).prices
    expect(points.at(-1)?.[0]).toBe(now)
    const hours = points.slice(0, -1).map(([at]) => Math.floor(at / HOUR_MS))
    expect(hours).toEqual(Array.from({ length: hours.length }, (_, i) => hours[0]! + i))
    expect(hours.length).toBeGreaterThanOrEqual(90 * 24 - 1)
    for (const [at, price] of points.slice(0, -1)) {
      expect(at % HOUR_MS).toBeLessThan(10 * MINUTE_MS)
      expect(Math.abs(price / macro.ounce(at) - 1)).toBeLessThan(0.002)
    }
    expect(gecko('/coins/tether-gold/market_chart?vs_currency=usd&days=90').body).toEqual(body)
  })

  it('prices tokens of gold at 00:00 for more than 90 days', () => {
    const { body } = gecko('/coins/pax-gold/market_chart?vs_currency=usd&days=91')
    const times = (body as { prices: readonly [number, number][] }).prices.map(([at]) => at)
    expect(times).toHaveLength(92)
    expect(times.slice(0, -1).every((at) => at % DAY_MS === 0)).toBe(true)
  })

  it('knows no coin that the world does not have', () => {
    expect(gecko('/coins/neiro-3/market_chart?vs_currency=usd&days=7')).toMatchObject({
      status: 404,
      body: { error: 'coin not found' },
    })
    expect(gecko('/coins/markets?vs_currency=usd&ids=neiro-3').body).toEqual([])
  })
})

describe('defillama', () => {
  it('answers with the fields of the example, of an exchange', () => {
    const { body } = llama('/protocol/binance-cex')
    const differs = shapeDifferences(example('defillama', 'protocol'), body)
    // Names of chains and symbols are keys; by chain a large exchange has null.
    expect(differs.filter((line) => !/^(currentChainTvls|chainTvls|tokens|tokensInUsd)[.[]/.test(line))).toEqual([
      'methodology: not documented',
    ])
    expect(body).toMatchObject({ category: 'CEX', chains: ['Bitcoin', 'Ethereum'] })
  })

  it('gives what all of it is worth as a bare number', () => {
    expect(shapeDifferences(example('defillama', 'tvl'), llama('/tvl/bybit').body)).toEqual([])
  })

  it('knows no exchange that there is not', () => {
    expect(llama('/protocol/kraken')).toMatchObject({ status: 400 })
  })
})

describe('fred', () => {
  const table = (address: string, at = now): readonly string[] => String(fredAt(address, at).body).split('\n')

  it('writes as the example does: a header, a line a day, an empty cell on a holiday, two digits', () => {
    const lines = table('/graph/fredgraph.csv?id=SP500&cosd=2025-04-17&coed=2025-04-21')
    expect(lines).toEqual([
      'observation_date,SP500',
      expect.stringMatching(/^2025-04-17,\d+\.\d\d$/),
      '2025-04-18,',
      expect.stringMatching(/^2025-04-21,\d+\.\d\d$/),
      '',
    ])
    const [header, ...days] = String(example('fred', 'graph')).split('\n')
    expect(header).toBe(lines[0])
    for (const line of days) expect(line).toMatch(/^$|^\d{4}-\d\d-\d\d,(\d+\.\d\d)?$/)
  })

  it('has every day of the rates that have one', () => {
    const lines = table('/graph/fredgraph.csv?id=DFF&cosd=2025-04-18&coed=2025-04-20')
    expect(lines.map((line) => line.slice(0, 10))).toEqual(['observatio', '2025-04-18', '2025-04-19', '2025-04-20', ''])
    expect(new Set(lines.slice(1, 4).map((line) => line.slice(10))).size).toBe(1)
  })

  it.each([
    ['DFF', '2025-04-22T12:59Z', '2025-04-20'],
    ['DFF', '2025-04-22T13:00Z', '2025-04-21'],
    ['SP500', '2025-04-22T20:30Z', '2025-04-21'],
    ['SP500', '2025-04-22T21:00Z', '2025-04-22'],
    ['DTWEXBGS', '2025-04-28T20:00Z', '2025-04-18'],
    ['DTWEXBGS', '2025-04-28T20:15Z', '2025-04-25'],
    ['DFEDTARU', '2025-04-22T00:00Z', '2025-04-22'],
  ])('has no value of %s before it would be there: at %s the last is of %s', (id, at, day) => {
    expect(table(`/graph/fredgraph.csv?id=${id}`, Date.parse(at)).at(-2)?.slice(0, 10)).toBe(day)
  })

  it('answers with a page where there is no such series', () => {
    expect(fredAt('/graph/fredgraph.csv?id=NONE')).toMatchObject({
      status: 404,
      body: expect.stringMatching(/^<html>/),
    })
  })
})

describe('nyfed', () => {
  it('answers in the shape of the example, the newest day of business first', () => {
    const { body } = nyfedAt('/api/rates/unsecured/effr/last/4.json')
    expect(shapeDifferences(example('nyfed', 'effr'), body)).toEqual([])
    const { refRates } = body as { refRates: readonly { effectiveDate: string }[] }
    expect(refRates.map(({ effectiveDate }) => effectiveDate)).toEqual([
      '2025-05-01',
      '2025-04-30',
      '2025-04-29',
      '2025-04-28',
    ])
  })

  it('has no rate before 9:00 in New York on the next day of business', () => {
    const { body } = nyfedAt('/api/rates/unsecured/effr/last/1.json', Date.parse('2025-05-02T12:59Z'))
    expect(body).toMatchObject({ refRates: [{ effectiveDate: '2025-04-30' }] })
  })

  it('serves no other rate', () => {
    expect(nyfedAt('/api/rates/unsecured/obfr/last/1.json').status).toBe(404)
  })
})

describe('alternativeme', () => {
  it('answers in the shape of the example, the newest first', () => {
    const { body } = mood('/fng/?limit=2')
    expect(shapeDifferences(example('alternativeme', 'index'), body)).toEqual([])
    const { data } = body as { data: readonly { timestamp: string; time_until_update?: string }[] }
    expect(data.map(({ timestamp }) => Number(timestamp))).toEqual([1_746_144_000, 1_746_057_600])
    expect(data.map((each) => each.time_until_update)).toEqual(['37800', undefined])
  })

  it('gives one day unless more are asked for, and all for 0', () => {
    const count = (address: string): number => (mood(address).body as { data: readonly unknown[] }).data.length
    expect([count('/fng/'), count('/fng/?limit=0')]).toEqual([1, (now - (now % DAY_MS) - macro.firstDay) / DAY_MS + 1])
  })
})

describe('federalregister', () => {
  const QUESTION = 'conditions[type][]=PRESDOCU&conditions[presidential_document_type][]=executive_order'
  const FIELDS = [
    'document_number',
    'executive_order_number',
    'title',
    'signing_date',
    'publication_date',
    'html_url',
    'correction_of',
  ]
  const ordersAt = (more: string, at = now) =>
    registerAt(`/api/v1/documents.json?${QUESTION}${FIELDS.map((name) => `&fields[]=${name}`).join('')}&${more}`, at)
  interface Page {
    readonly count: number
    readonly total_pages: number
    readonly next_page_url?: string
    readonly results: readonly Readonly<Record<string, string | null>>[]
  }
  const page = (more: string, at = now): Page => ordersAt(more, at).body as Page

  it('answers in the shape of the examples', () => {
    const { body } = ordersAt('order=oldest&per_page=2&conditions[publication_date][gte]=2025-01-01')
    expect(shapeDifferences(example('federalregister', 'page-made'), body)).toEqual([])
    const ofNumbers = `/api/v1/documents.json?${QUESTION}&order=executive_order_number&per_page=2&fields[]=document_number&fields[]=title&fields[]=executive_order_number`
    const corrections = registerAt(ofNumbers).body as Page
    // The first has no number there and here; of the second here is one.
    const first = { ...corrections, results: corrections.results.slice(0, 1) }
    expect(shapeDifferences(example('federalregister', 'corrections'), first)).toEqual([])
    expect(first.results).toEqual([
      { document_number: expect.stringMatching(/^C1-/) as string, title: 'Correction', executive_order_number: null },
    ])
    expect(ordersAt('conditions[publication_date][gte]=2031-01-01').body).toEqual({
      description: expect.any(String) as string,
      count: 0,
    })
    expect(
      shapeDifferences(
        example('federalregister', 'none'),
        ordersAt('conditions[publication_date][gte]=2031-01-01').body,
      ),
    ).toEqual([])
  })

  it('goes on where its own mark says, until all are told', () => {
    const all = page('order=oldest&per_page=1000')
    const found: unknown[] = []
    let next: string | undefined = `?${QUESTION}&order=oldest&per_page=3&fields[]=document_number`
    while (next !== undefined) {
      const answer: Page = registerAt(`/api/v1/documents${next}`).body as Page
      found.push(...answer.results.map((each) => each['document_number']))
      next = answer.next_page_url === undefined ? undefined : new URL(answer.next_page_url).search
    }
    expect(found).toEqual(all.results.map((each) => each['document_number']))
    expect([all.count, all.total_pages, all.next_page_url]).toEqual([found.length, 1, undefined])
  })

  it('serves twenty where one is asked for, or more than it bears', () => {
    expect(['1', '2001', ''].map((count) => page(`per_page=${count}`).results.length)).toEqual([20, 20, 20])
  })

  it('has an issue from minutes after six in New York on', () => {
    const { publishedOn } = decrees.findLast((decree) => decree.publishedOn < now)!
    const newest = (at: number): string | null | undefined =>
      page('order=newest&per_page=2', at).results[0]?.['publication_date']
    const day = new Date(publishedOn).toISOString().slice(0, 10)
    expect(newest(publishedOn + 10 * HOUR_MS) === day).toBe(false)
    expect(newest(publishedOn + 12 * HOUR_MS)).toBe(day)
  })

  it('refuses a field that there is not, in the words of the example, and a broken mark', () => {
    expect(registerAt('/api/v1/documents.json?fields[]=nonexistent_example')).toEqual({
      status: 400,
      body: example('federalregister', 'error-field'),
    })
    expect(ordersAt('search_after_cursor=abc').status).toBe(400)
  })

  it('marks what it serves, by numbers that no order has and by titles', () => {
    const { results } = page('order=oldest&per_page=1000')
    const orders = results.filter((each) => each['title'] !== 'Correction')
    expect(orders.every((each) => Number(each['executive_order_number']) > 90_000)).toBe(true)
    expect(orders.every((each) => each['title']?.startsWith('SIMULATED'))).toBe(true)
    expect(results.filter((each) => each['signing_date'] === null)).toHaveLength(2)
  })
})

describe('cme', () => {
  const reportOf = (day: string, at = now) =>
    cmeAt(`/Settlements/305/FUT?strategy=DEFAULT&tradeDate=${encodeURIComponent(day)}&pageSize=500`, at).body
  const listAt = (at: string) => cmeAt('/TradeDate/305', Date.parse(at)).body

  it('answers in the shape of the examples', () => {
    expect(shapeDifferences(example('cme', 'report'), reportOf('05/01/2025'))).toEqual([])
    expect(shapeDifferences(example('cme', 'tradeDates'), cmeAt('/TradeDate/305').body)).toEqual([])
    expect(reportOf('05/03/2025')).toEqual({ ...(example('cme', 'empty') as object), tradeDate: '05/03/2025' })
  })

  it('lists sixty months with four digits, and the sums of their sizes', () => {
    const { settlements } = reportOf('05/01/2025') as { settlements: readonly Readonly<Record<string, string>>[] }
    expect([settlements.length, settlements[0]!['month'], settlements[59]!['month']]).toEqual([61, 'MAY 25', 'APR 30'])
    for (const { settle, change } of settlements.slice(0, -1))
      expect([settle, change]).toEqual([
        expect.stringMatching(/^\d\d\.\d{4}$/) as string,
        expect.stringMatching(/^([-+]\.\d*[1-9]\d*|\.0000)$/) as string,
      ])
    const size = (text = ''): number => Number(text.replaceAll(',', ''))
    const volumes = settlements.map(({ volume }) => size(volume))
    expect(settlements[60]).toMatchObject({ month: 'Total', settle: '-' })
    expect(volumes.at(-1)).toBe(volumes.slice(0, -1).reduce((sum, each) => sum + each, 0))
  })

  it.each([
    ['2025-05-01T19:14Z', [['04/30/2025', 'Final']]],
    [
      '2025-05-01T19:15Z',
      [
        ['05/01/2025', 'Preliminary'],
        ['04/30/2025', 'Final'],
      ],
    ],
    [
      '2025-05-01T23:00Z',
      [
        ['05/01/2025', 'Final'],
        ['04/30/2025', 'Final'],
      ],
    ],
    [
      '2025-04-21T12:00Z',
      [
        ['04/17/2025', 'Final'],
        ['04/16/2025', 'Final'],
      ],
    ],
  ])('has at %s, newest first, the days of business that were settled', (at, days) => {
    const list = listAt(at) as readonly unknown[]
    expect([list.length, list.slice(0, days.length)]).toEqual([5, days])
  })

  it.each([
    ['a weekend', '04/26/2025'],
    ['a holiday', '04/18/2025'],
    ['a day to come', '05/05/2025'],
    ['a day that is no longer served', '04/24/2025'],
    ['no day', ''],
  ])('is empty for %s', (_what, tradeDate) => {
    expect(reportOf(tradeDate)).toEqual({ settlements: [], tradeDate, empty: true })
  })

  it('serves no other product', () => {
    expect(cmeAt('/TradeDate/306').status).toBe(404)
  })
})

describe('holdings', () => {
  it('are a part of all coins in every wallet, and grow slowly', () => {
    const supply = holdings.supply('ETH', now)
    expect(holdings.supply('ETH', now + 365 * DAY_MS) / supply).toBeGreaterThan(1)
    expect(holdings.supply('ETH', now + 365 * DAY_MS) / supply).toBeLessThan(1.03)
    expect(holdings.wallet('okx', 'ETH', now) / supply).toBeGreaterThan(0.001)
    expect(holdings.wallet('okx', 'ETH', now) / supply).toBeLessThan(0.05)
  })

  it('are of assets of the world only', () => {
    expect(() => holdings.supply('SOL', now)).toThrow(/"SOL"/)
  })
})
