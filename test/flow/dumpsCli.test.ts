import { readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS } from '../../src/core/instant.ts'
import { openStore } from '../../src/store/open.ts'
import { buildCli, runCli, scratchFolder, startCli, until, type Ended } from '../support/cli.ts'
import { dumpWorld } from '../support/dumpWorld.ts'
import { putZip, servedSites, type ServedSite } from '../support/serveSite.ts'

beforeAll(buildCli)
const folder = scratchFolder()
const serve = servedSites()

const world = dumpWorld({ from: '2025-04-30', to: '2025-05-05T01:00', venues: ['binance'] })
const DAYS = ['2025-05-01', '2025-05-02', '2025-05-03', '2025-05-04'] as const

const ASKED = ['import', 'binance', 'BTCUSDT', '--from', DAYS[0], '--to', DAYS[3]] as const
const args = (site: ServedSite, store: string, ...more: readonly string[]): readonly string[] => [
  ...ASKED,
  '--base',
  site.base,
  '--store',
  join(folder, store),
  ...more,
]
const run = (...given: Parameters<typeof args>): Promise<Ended> => runCli(args(...given))

/** Rows as they are stored, those that stand and those behind them, of the days that were asked for. */
async function stored(store: string, table: string): Promise<{ readonly all: number; readonly standing: number }> {
  const opened = await openStore(join(folder, store))
  const countOf = async (final: string): Promise<number> => {
    const { columns } = await opened.engine.select(`select count() as n from ${table} ${final}`, { n: 'number' })
    return columns.n[0]!
  }
  const counts = { all: await countOf(''), standing: await countOf('final') }
  await opened.close()
  return counts
}

function truth(): number {
  const market = world.market('binance')
  const from = Date.parse(DAYS[0])
  return market.trades(market.listing('spot', 'BTCUSDT')!).filter(({ at }) => at >= from && at < from + 4 * DAY_MS)
    .length
}

describe('assayer import of a dump', () => {
  it('loses nothing and doubles nothing, though it is killed again and again', async () => {
    const site = await serve(world.site)
    const kinds = ['--kinds', 'klines,aggTrades'] as const
    const pids: number[] = []
    const ends: (number | null)[] = []
    // While a file is on its way, and some time after it was proven: while it is read, stored, or written down.
    for (const moment of ['half a file', 0, 60, 120, 200, 320] as const) {
      const running = startCli(args(site, 'killed', ...kinds))
      pids.push(running.child.pid ?? 0)
      const kill = (): void => void running.child.kill('SIGKILL')
      const answer = (path: string): Uint8Array => world.site(`/${path}`).body
      for (const each of DAYS) {
        for (const path of [`klines/BTCUSDT/1m/BTCUSDT-1m-${each}`, `aggTrades/BTCUSDT/BTCUSDT-aggTrades-${each}`]) {
          const [zip, sum] = ['.zip', '.zip.CHECKSUM'].map((end) => `data/spot/daily/${path}${end}`) as [string, string]
          site.instead.set(moment === 'half a file' ? zip : sum, (request, response) => {
            const body = answer(request.url!.slice(1))
            response.writeHead(200, { 'x-simulated': 'yes', 'content-length': body.length })
            if (moment === 'half a file') return void response.write(body.subarray(0, 1000), kill)
            // A file that was stored before is only asked for its hash.
            if (site.asked.includes(zip)) setTimeout(kill, moment)
            response.end(body)
          })
        }
      }
      ends.push((await running.ended).code)
      site.instead.clear()
      site.asked.length = 0
    }
    expect(ends.filter((code) => code === null).length).toBeGreaterThanOrEqual(4)
    const last = await run(site, 'killed', ...kinds)
    expect([last.code, last.stdout.split('\n').at(-2)]).toEqual([0, expect.stringMatching(/^8 files: /)])
    expect(await stored('killed', 'candle')).toMatchObject({ standing: 4 * 1440 })
    expect(await stored('killed', 'trade')).toMatchObject({ standing: truth() })
    const held = await run(site, 'killed', ...kinds)
    expect(held.stdout).toMatch(/^8 files: 8 held before; 0 new records$/m)
    const left = readdirSync(tmpdir()).filter((name) => pids.some((pid) => name.startsWith(`assayer-scratch-${pid}-`)))
    expect(left).toEqual([])
  })

  it('tells each file by a line, and ends partly done where some are not there', async () => {
    const site = await serve(world.site)
    site.instead.set('data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-05-02.zip', 'not there')
    const { code, stdout, stderr } = await run(site, 'missing')
    expect(code).toBe(3)
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^BTCUSDT spot klines 2025-05-01: 1,440 new \(\d+ kB, \d+\.\d s\), SIMULATED$/),
      'BTCUSDT spot klines 2025-05-02: not on the site',
      expect.stringMatching(/^BTCUSDT spot klines 2025-05-03: 1,440 new/),
      expect.stringMatching(/^BTCUSDT spot klines 2025-05-04: 1,440 new/),
      '4 files: 3 imported, 1 not there; 4,320 new records',
      '',
    ])
    expect(stderr).toMatch(/^new store in "/)
  })

  it('says of a name that is none that there is nothing of it', async () => {
    const site = await serve(world.site)
    const { code, stdout } = await runCli(args(site, 'unknown').map((each) => (each === 'BTCUSDT' ? 'BITCOIN' : each)))
    expect(code).toBe(3)
    expect(stdout).toMatch(
      /^nothing of "BITCOIN" is on the site: is that how binance writes it, is it of this --market/m,
    )
  })

  it('fails where a file is wrong, names it, and brings the rest', async () => {
    const site = await serve(world.site)
    const path = 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-05-02.zip'
    site.instead.set(`${path}.CHECKSUM`, `${'0'.repeat(64)}  BTCUSDT-1m-2025-05-02.zip\n`)
    const { code, stdout } = await run(site, 'wrong')
    expect(code).toBe(1)
    expect(stdout).toMatch(/2025-05-02: FAILED: ".*BTCUSDT-1m-2025-05-02.zip" .* its checksum says 0{64}\n {2}hint: /)
    expect(stdout).toMatch(/4 files: 3 imported, 1 failed; 4,320 new records/)
    expect(await stored('wrong', 'candle')).toMatchObject({ all: 3 * 1440 })
  })

  it('flags a file that changed, and takes it with --replace', async () => {
    const site = await serve(world.site)
    await run(site, 'changed')
    const path = 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-05-02.zip'
    const at = Date.parse('2025-05-02') * 1000
    putZip(site, path, [[at, 2, 4, 1, 3, 10, at + 59_999_999, 25, 7, 6, 15, 0].join(',')])
    const flagged = await run(site, 'changed')
    expect(flagged.code).toBe(3)
    expect(flagged.stdout).toMatch(
      /2025-05-02: CHANGED on the site since \d{4}-\d\d-\d\d: SHA-256 was [0-9a-f]{12}…, is [0-9a-f]{12}…; .* --replace/,
    )
    const replaced = await run(site, 'changed', '--replace')
    expect([replaced.code, replaced.stdout]).toEqual([0, expect.stringMatching(/2025-05-02: 1 replaced \(/)])
  })

  it('gives its answer as JSON', async () => {
    const site = await serve(world.site)
    const { code, stdout } = await run(site, 'json', '--json')
    const answer = JSON.parse(stdout)
    expect([code, answer.venue, answer.base, answer.nothingOf]).toEqual([0, 'binance', site.base, []])
    expect(answer.reports).toHaveLength(4)
    expect(answer.reports[0]).toEqual({
      market: 'spot',
      kind: 'klines',
      instrument: 'BTCUSDT',
      period: '2025-05-01',
      path: 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-05-01.zip',
      is: 'imported',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      bytes: expect.any(Number),
      simulated: true,
      brought: expect.objectContaining({ rows: 1440, added: 1440, bad: { count: 0, first: [] } }),
      closed: [],
    })
  })

  it.each([
    ['without a begin', ['import', 'binance', 'BTCUSDT'], 'say it with --from'],
    [
      'of a range upside down',
      ['import', 'binance', 'BTCUSDT', '--from', '2025-05-02', '--to', '2025-05-01'],
      'inclusive',
    ],
    [
      'of kinds that spot has not',
      ['import', 'binance', 'B', '--from', '2025-05-01', '--kinds', 'metrics'],
      '--market perp',
    ],
    [
      'of kinds that are none',
      ['import', 'binance', 'B', '--from', '2025-05-01', '--kinds', 'candles'],
      'klines, aggTrades',
    ],
    [
      'with options for own files',
      ['import', 'bybit', 'B', '--from', '2025-05-01', '--symbol', 'X'],
      '--symbol is an option',
    ],
    [
      'as options of own files',
      ['import', 'candles', 'a.csv', '--from', '2025-05-01'],
      '--from is an option of a dump site',
    ],
    ['from no address', ['import', 'binance', 'B', '--from', '2025-05-01', '--base', 'mirror'], '--base https://'],
  ])('is wrong use %s', async (_, given, hint) => {
    const { code, stderr } = await runCli([...given, '--store', join(folder, 'none')])
    expect([code, stderr]).toEqual([2, expect.stringContaining(hint)])
  })

  it('reads a simulated site by its address book, up to the last day that is over there', async () => {
    const site = await serve(world.site)
    const addresses = join(folder, 'addresses.json')
    const clock = { startAt: world.now, began: Date.now(), speed: 1 }
    writeFileSync(addresses, JSON.stringify({ simulated: true, venues: { binance: { dumps: site.base } }, clock }))
    const given = [
      'BTCUSDT',
      '--market',
      'perp',
      '--kinds',
      'metrics',
      '--from',
      '2025-05-03',
      '--addresses',
      addresses,
    ]
    const { code, stdout } = await runCli(['import', 'binance', ...given, '--store', join(folder, 'simulated')])
    expect([code, stdout.split('\n').map((line) => line.replace(/ \(.*?\)/, ''))]).toEqual([
      0,
      [
        'BTCUSDT perp metrics 2025-05-03: 1,440 new, SIMULATED',
        'BTCUSDT perp metrics 2025-05-04: 1,440 new, SIMULATED',
        '2 files: 2 imported; 2,880 new records',
        '',
      ],
    ])
    const none = await runCli(['import', 'bybit', ...given, '--store', join(folder, 'simulated')])
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('names no site of dumps of bybit')])
  })

  it('stops when told to, and goes on the next time', async () => {
    const site = await serve(world.site)
    const third = 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-05-03.zip'
    site.instead.set(third, (_, response) => void response.writeHead(200).write('PK'))
    const running = startCli(args(site, 'stopped'))
    await until(() => site.asked.includes(third))
    running.child.kill('SIGTERM')
    const { code, stderr } = await running.ended
    expect([code, stderr]).toEqual([1, expect.stringContaining('stopped')])
    site.instead.clear()
    expect((await run(site, 'stopped')).stdout).toMatch(/^4 files: 2 imported, 2 held before/m)
  })
})
