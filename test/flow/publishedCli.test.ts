import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/desk/doctor/diagnosis.ts'
import type { ImportPublishedAnswer } from '../../src/desk/jobs/published/publishedReport.ts'
import { buildCli, runCli, scratchFolder, type Ended } from '../support/cli.ts'
import { serveTcp } from '../support/loopback.ts'
import { publishedWorld } from '../support/publishedWorld.ts'

beforeAll(buildCli)
const folder = scratchFolder()
const { publishers, now } = await publishedWorld('2025-05-02T13:30Z', ['BTC', 'ETH'])

/** An address book of no venues and some publishers. */
function bookOf(name: string, addresses: Readonly<Record<string, string>>): string {
  const path = join(folder, name)
  const clock = { startAt: now, began: Date.now(), speed: 1 }
  writeFileSync(path, JSON.stringify({ simulated: true, venues: {}, publishers: addresses, clock }))
  return path
}

const book = bookOf('sim.json', publishers.addresses)
const run = (store: string, ...args: readonly string[]): Promise<Ended> =>
  runCli(['import', ...args, '--store', join(folder, store)])
const simulated = ['--addresses', book] as const

describe('assayer import of a publisher', () => {
  it('tells each answer by a line, with what its prices were held against', async () => {
    const { code, stdout, stderr } = await run('caps', 'coingecko', 'ETH', 'BTC', '--days', '30', ...simulated)
    expect([code, stderr.split('\n').length]).toEqual([0, 2])
    expect(stdout.split('\n')).toEqual([
      'ETH, BTC now: 2 new (2025-05-02T13:30:00Z), SIMULATED',
      'ETH: 30 new (2025-04-02 to 2025-05-01); not held against prices: no candles of ETH of that time are held, SIMULATED',
      expect.stringMatching(/^BTC: 30 new /),
      'coingecko: 62 new records',
      '',
    ])
  })

  it('has nothing new the second time', async () => {
    await run('again', 'coingecko', 'ETH', ...simulated)
    const { code, stdout } = await run('again', 'coingecko', 'ETH', ...simulated)
    expect([code, stdout.split('\n').at(-2)]).toEqual([0, 'coingecko: nothing new'])
  })

  it('gives the same as data, also by an address alone', async () => {
    const { code, stdout } = await run('json', 'coingecko', 'BTC', '--base', publishers.addresses.coingecko, '--json')
    expect(code).toBe(0)
    const { publisher, base, reports } = JSON.parse(stdout) as ImportPublishedAnswer
    expect([publisher, base, reports.length]).toEqual(['coingecko', publishers.addresses.coingecko, 2])
  })

  it('brings series of FRED, the New York Fed and alternative.me by their names', async () => {
    const fred = await run('levels', 'fred', 'dff', 'VIX', ...simulated)
    expect([fred.code, fred.stdout.split('\n')]).toEqual([
      0,
      [
        expect.stringMatching(/^DFF: [\d,]+ new \(2015-01-01 to 2025-05-01\), SIMULATED$/),
        expect.stringMatching(/^VIXCLS: [\d,]+ new \(2015-01-02 to 2025-05-01\), SIMULATED$/),
        expect.stringMatching(/^fred: [\d,]+ new records$/),
        '',
      ],
    ])
    const nyfed = await run('levels', 'nyfed', 'EFFR', '--days', '10', ...simulated)
    expect(nyfed.stdout).toMatch(/^EFFR: 30 new \(2025-04-17 to 2025-05-01\), SIMULATED\nnyfed: 30 new records\n$/)
    const mood = await run('levels', 'alternativeme', 'FEAR_GREED', ...simulated)
    expect(mood.stdout).toMatch(/^FEAR_GREED: [\d,]+ new \(2015-01-01 to 2025-05-02\), SIMULATED$/m)
  })

  it('brings executive orders of the Federal Register, and tells which cannot be kept', async () => {
    const some = await run('orders', 'federalregister', 'executive-orders', '--days', '100', ...simulated)
    expect([some.code, some.stdout.split('\n')]).toEqual([
      0,
      [
        expect.stringMatching(/^executive-orders: \d+ new \(2025-\d\d-\d\d to 2025-\d\d-\d\d\), SIMULATED$/),
        expect.stringMatching(/^federalregister: \d+ new records$/),
        '',
      ],
    ])
    const all = await run('orders', 'federalregister', 'executive-orders', '--days', '20000', ...simulated)
    expect(all.code).toBe(3)
    expect(all.stdout).toMatch(/^document 2024-90002: order 90002 has no day of signing: left out$/m)
    expect(all.stdout).toMatch(/^federalregister: \d+ new records, 1 not there$/m)
  })

  it('brings settlements of CME, of which the path of rates is read', async () => {
    const { code, stdout } = await run('path', 'cme', 'zq', ...simulated)
    const days = ['2025-04-25', '2025-04-28', '2025-04-29', '2025-04-30', '2025-05-01']
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [...days.map((day) => `ZQ ${day}: 60 new (${day}T00:00:00Z), SIMULATED`), 'cme: 300 new records', ''],
    ])
    expect((await run('path', 'cme', 'ZQ', ...simulated)).stdout).toBe('cme: nothing new\n')
    await run('path', 'fred', 'DFF', 'DFEDTARL', ...simulated)
    const metric = 'rate_path(2025-12-31, futures).expected'
    const asOf = new Date(now).toISOString()
    const series = await runCli(['series', metric, 'US', '--as-of', asOf, '--json', '--store', join(folder, 'path')])
    const { points, inputs } = JSON.parse(series.stdout) as {
      points: readonly { at: string; value: number | null }[]
      inputs: readonly object[]
    }
    expect(points.map(({ at, value }) => [at.slice(0, 10), value !== null])).toEqual(
      expect.arrayContaining(days.map((day) => [day, true])) as unknown,
    )
    expect(inputs).toContainEqual(expect.objectContaining({ venue: 'cme', instrument: 'ZQ', simulated: true }))
  })

  it('says why settlements are unavailable and how else they come, and fails', async () => {
    publishers.cme.fault({ is: 'answer', ms: 60_000, answer: { status: 403, body: '<html>blocked</html>' } })
    const { code, stdout } = await run('denied', 'cme', 'ZQ', ...simulated)
    const diagnosis = await runCli(['doctor', '--store', join(folder, 'nowhere'), ...simulated])
    publishers.cme.mend()
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(
        /^ZQ: FAILED: "ZQ" of cme is unavailable: ".*" denies access \(403\): .*\n {2}hint: .*assayer import settlements FILE; what is held stays\ncme: nothing new, 1 failed\n$/,
      ) as string,
    ])
    expect(diagnosis.stdout).toMatch(
      /^cme +rest +unreachable: denied: (.|\n)*^hint: .*assayer import settlements FILE/m,
    )
  })

  it('brings gold by its tokens, which are asked of CoinGecko under a name of their own', async () => {
    const { code, stdout } = await run('gold', 'goldtokens', 'paxg', 'XAUT', '--days', '10', ...simulated)
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'PAXG: 8 new (2025-04-22 to 2025-05-01), SIMULATED',
        'XAUT: 8 new (2025-04-22 to 2025-05-01), SIMULATED',
        'coingecko: 16 new records',
        '',
      ],
    ])
    const caps = await run('gold', 'coingecko', 'PAXG', '--days', '7', ...simulated)
    expect([caps.code, caps.stdout.split('\n').at(-2)]).toEqual([0, 'coingecko: 8 new records'])
  })

  it('says why a series is unavailable, and fails', async () => {
    publishers.fred.fault({ is: 'answer', ms: 60_000, answer: { status: 200, body: '<html>wait</html>' } })
    const { code, stdout } = await run('levels', 'fred', 'DFF', ...simulated)
    publishers.fred.mend()
    expect(code).toBe(1)
    expect(stdout).toMatch(/^DFF: FAILED: "DFF" of fred is unavailable: a page came instead of a table: "<html>wait/)
  })

  it('ends partly done where a coin is not in the wallets', async () => {
    const { code, stdout } = await run('wallets', 'defillama', 'Binance', '--assets', 'ETH,SOL', ...simulated)
    expect(code).toBe(3)
    expect(stdout).toMatch(
      /^binance ETH: \d+ new \(2025-02-\d+ to 2025-05-02\); not held against prices: .*SIMULATED$/m,
    )
    expect(stdout).toMatch(
      /^binance SOL: no SOL in the known wallets of binance\ndefillama: \d+ new records, 1 not there\n$/m,
    )
  })

  it('fails where an answer cannot be used, and names it', async () => {
    publishers.defillama.fault({ is: 'answer', ms: 60_000, answer: { status: 200, body: '<html>wait</html>' } })
    const { code, stdout } = await run('page', 'defillama', 'binance', ...simulated)
    publishers.defillama.mend()
    expect(code).toBe(1)
    expect(stdout).toMatch(/^binance: FAILED: ".*\/protocol\/binance-cex" answered with a page instead of JSON/)
  })

  it('fails where nobody listens', async () => {
    const closed = await serveTcp(() => undefined)
    await closed.close()
    const { code, stderr } = await run('closed', 'defillama', 'binance', '--base', closed.http)
    expect([code, stderr]).toEqual([1, expect.stringMatching(/error: ".*" does not answer: .*ECONNREFUSED/) as string])
  })

  it.each([
    ['an asset without an id', ['coingecko', 'NOSUCH', ...simulated], 'BAD_PUBLISHED_WISH'],
    ['too many days', ['coingecko', 'ETH', '--days', '400', ...simulated], 'BAD_PUBLISHED_WISH'],
    ['a venue without wallets', ['defillama', 'kraken', ...simulated], 'UNKNOWN_CHOICE'],
    [
      'a coin that cannot be told apart',
      ['defillama', 'binance', '--assets', 'NEIRO', ...simulated],
      'BAD_PUBLISHED_WISH',
    ],
    ['days of wallets', ['defillama', 'binance', '--days', '7', ...simulated], 'MISPLACED_OPTION'],
    ['assets of market caps', ['coingecko', 'ETH', '--assets', 'ETH', ...simulated], 'MISPLACED_OPTION'],
    ['a series that is not known', ['fred', 'GDP', ...simulated], 'BAD_PUBLISHED_WISH'],
    [
      'gold of more days than come by the hour',
      ['goldtokens', 'PAXG', '--days', '91', ...simulated],
      'BAD_PUBLISHED_WISH',
    ],
    ['gold as a coin', ['coingecko', 'GOLD', ...simulated], 'BAD_PUBLISHED_WISH'],
    ['days of FRED', ['fred', 'DFF', '--days', '7', ...simulated], 'BAD_PUBLISHED_WISH'],
    ['more days than CME serves', ['cme', 'ZQ', '--days', '6', ...simulated], 'BAD_PUBLISHED_WISH'],
    ['assets of rates', ['nyfed', 'EFFR', '--assets', 'ETH', ...simulated], 'MISPLACED_OPTION'],
    ['what the Register is not asked for', ['federalregister', 'rules', ...simulated], 'BAD_PUBLISHED_WISH'],
    ['assets of orders', ['federalregister', 'executive-orders', '--assets', 'ETH', ...simulated], 'MISPLACED_OPTION'],
    ['an option of dumps', ['coingecko', 'ETH', '--kinds', 'klines', ...simulated], 'MISPLACED_OPTION'],
    ['days of a file', ['candles', 'file.csv', '--days', '7'], 'MISPLACED_OPTION'],
    ['no address', ['coingecko', 'ETH', '--base', 'nowhere'], 'BAD_DUMP_WISH'],
  ])('%s is wrong use', async (_what, args, code) => {
    const ended = await run('wrong', ...args, '--json')
    expect(ended.code).toBe(2)
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code } })
  })

  it('needs a publisher in the address book', async () => {
    const ended = await run('none', 'coingecko', 'ETH', '--addresses', bookOf('none.json', {}), '--json')
    expect([ended.code, JSON.parse(ended.stdout)]).toMatchObject([1, { error: { code: 'BAD_ADDRESSES' } }])
  })
})

describe('doctor', () => {
  const doctor = async (...args: readonly string[]): Promise<Diagnosis> => {
    const { stdout } = await runCli(['doctor', '--store', join(folder, 'nowhere'), '--json', ...args])
    return JSON.parse(stdout) as Diagnosis
  }
  const found = ({ sources }: Diagnosis): readonly string[] =>
    sources.map((each) => `${each.venue} ${each.what}: ${each.is === 'unreachable' ? each.cause : each.is}`)

  it('asks publishers too, one small question each', async () => {
    const all = ['defillama', 'nyfed', 'alternativeme', 'fred', 'coingecko', 'federalregister', 'cme']
    expect(found(await doctor(...simulated))).toEqual(all.map((name) => `${name} rest: well`))
  })

  it('says why one is unreachable', async () => {
    const closed = await serveTcp(() => undefined)
    await closed.close()
    publishers.defillama.fault({ is: 'answer', ms: 60_000, answer: { status: 200, body: {} } })
    const odd = bookOf('odd.json', { coingecko: closed.http, defillama: publishers.addresses.defillama })
    const diagnosis = await doctor('--addresses', odd)
    publishers.defillama.mend()
    expect(found(diagnosis)).toEqual(['defillama rest: not as documented', 'coingecko rest: refused'])
    expect(diagnosis.missing).toContain(
      'defillama rest: unreachable: not as documented: answers "/tvl/bybit" otherwise than documented',
    )
  })

  it('knows a page of FRED from a table', async () => {
    publishers.fred.fault({ is: 'answer', ms: 60_000, answer: { status: 200, body: '<html>wait</html>' } })
    const diagnosis = await doctor('--addresses', bookOf('fred.json', { fred: publishers.addresses.fred }))
    publishers.fred.mend()
    expect(found(diagnosis)).toEqual(['fred rest: not as documented'])
  })

  it('leaves them out where venues are named', async () => {
    expect(found(await doctor('--venues', 'okx', ...simulated))).toEqual([])
  })
})
