import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { openPromise } from 'yauzl'
import { tempFolder } from '../../../../test/files/tempFolder.ts'
import { dumpWorld } from '../../../../test/support/dumpWorld.ts'
import { fixture } from '../../../../test/support/wire.ts'
import { dumpSite, linesOf, type DumpAnswer } from './dumpSite.ts'
import { serveDumps, type DumpServer } from './serveDumps.ts'
import { publishedAt, simDump } from './simDump.ts'

const write = tempFolder()
const world = dumpWorld({ from: '2026-06-24', to: '2026-06-26T00:05' })
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

/** The CSV in a file of a site, by the packages that read zip and gzip; the name of a zip's member. */
async function opened(
  { body }: DumpAnswer,
  name: string,
): Promise<{ readonly lines: readonly string[]; readonly member: string }> {
  if (name.endsWith('.gz')) return { lines: gunzipSync(body).toString().trimEnd().split('\n'), member: '' }
  const zip = await openPromise(write(name, body), { lazyEntries: true })
  const members: string[] = []
  const chunks: Buffer[] = []
  for await (const entry of zip.eachEntry()) {
    members.push(entry.fileName)
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
  }
  expect(members).toHaveLength(1)
  return { lines: Buffer.concat(chunks).toString().trimEnd().split('\n'), member: members[0]! }
}

const fetched = (path: string) => opened(world.site(`/${path}`), path.split('/').at(-1)!)

/** What a cell looks like: how many digits a whole number has where it is a time, else only what kind it is. */
function formOf(cell: string): string {
  if (/^\d{13}$|^\d{16}$/.test(cell)) return `time of ${cell.length} digits`
  if (/^\d{10}\.\d{4}$/.test(cell)) return 'seconds with four decimals'
  if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell)) return 'number'
  if (/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(cell)) return 'time in words'
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(cell)) return 'UUID'
  return /^[A-Z0-9]+$/.test(cell) ? 'symbol' : cell.endsWith('Tick') ? 'direction' : cell
}
const formsOf = (line: string): readonly string[] => line.split(',').map(formOf)
/** Flags and sides may stand either way. */
const WORDS: Readonly<Record<string, string>> = { True: 'False', true: 'false', Sell: 'Buy', sell: 'buy' }
const alike = (line: string): readonly string[] => formsOf(line).map((form) => WORDS[form] ?? form)

interface Documented {
  readonly header: string | null
  readonly rows: readonly string[]
}

describe('a file of the simulated site has the columns and forms of the documented one', () => {
  it.each([
    ['dump-spot-candle', 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2026-06-24.zip', 0],
    ['dump-spot-candle-page', 'data/spot/daily/klines/BTCUSDT/1h/BTCUSDT-1h-2026-06-24.zip', 0],
    ['dump-perp-candle', 'data/futures/um/daily/klines/BTCUSDT/5m/BTCUSDT-5m-2026-06-24.zip', 0],
    ['dump-spot-trade', 'data/spot/daily/aggTrades/BTCUSDT/BTCUSDT-aggTrades-2026-06-24.zip', 0],
    ['dump-perp-trade', 'data/futures/um/daily/aggTrades/BTCUSDT/BTCUSDT-aggTrades-2026-06-24.zip', 0],
    ['dump-perp-metrics', 'data/futures/um/daily/metrics/BTCUSDT/BTCUSDT-metrics-2026-06-24.zip', 1],
  ])('%s of Binance', async (name, path, row) => {
    const { header, rows } = fixture('binance', name).payload as Documented
    const { lines, member } = await fetched(path)
    expect(member).toBe(path.split('/').at(-1)!.replace('.zip', '.csv'))
    if (header !== null) expect(lines[0]).toBe(header)
    for (const line of lines.slice(header === null ? 0 : 1)) expect(alike(line)).toEqual(alike(rows[row]!))
  })

  it('dump-perp-funding of Binance', async () => {
    const july = dumpWorld({ from: '2026-06-29', to: '2026-07-06T01:00', venues: ['binance'], rate: 0.002 })
    const { header, rows } = fixture('binance', 'dump-perp-funding').payload as Documented
    const path = '/data/futures/um/monthly/fundingRate/BTCUSDT/BTCUSDT-fundingRate-2026-06.zip'
    const { lines } = await opened(july.site(path), 'BTCUSDT-fundingRate-2026-06.zip')
    expect(lines[0]).toBe(header)
    expect(lines).toHaveLength(1 + 6)
    for (const line of lines.slice(1)) expect(alike(line)).toEqual(alike(rows[0]!))
  })

  it.each([
    ['dump-trade-perp', 'trading/BTCUSDT/BTCUSDT2026-06-24.csv.gz'],
    ['dump-trade-inverse', 'trading/BTCUSD/BTCUSD2026-06-24.csv.gz'],
    ['dump-trade-spot', 'spot/BTCUSDT/BTCUSDT_2026-06-24.csv.gz'],
  ])('%s of Bybit', async (name, path) => {
    const [header, row] = fixture('bybit', name).payload as readonly string[]
    const { lines } = await fetched(path)
    expect(lines[0]).toBe(header)
    for (const line of lines.slice(1)) expect(alike(line)).toEqual(alike(row!))
  })

  it('dump-checksum', () => {
    const documented = String(fixture('binance', 'dump-checksum').payload)
    const { body } = world.site('/data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2026-06-24.zip.CHECKSUM')
    const form = (text: string): string => text.replace(/[0-9a-f]{64}/, 'HASH').replace(/\S+\.zip/, 'NAME')
    expect(form(textOf(body))).toBe(form(documented))
    expect(textOf(body)).toContain('  BTCUSDT-1m-2026-06-24.zip')
  })
})

describe('facts of the documents hold', () => {
  it('the label of metrics moves on 2026-06-25, and comes twice then', async () => {
    const labels = async (day: string): Promise<readonly string[]> => {
      const { lines } = await fetched(`data/futures/um/daily/metrics/BTCUSDT/BTCUSDT-metrics-${day}.zip`)
      return lines.slice(1).map((line) => line.split(',')[0]!)
    }
    const [before, after] = [await labels('2026-06-24'), await labels('2026-06-25')]
    expect([before[0], before.at(-1), before.length]).toEqual(['2026-06-24 00:05:00', '2026-06-25 00:00:00', 288])
    expect([after[0], after.at(-1), after.length]).toEqual(['2026-06-25 00:00:00', '2026-06-25 23:55:00', 288])
  })

  it('spot is in milliseconds before 2025', async () => {
    const old = dumpWorld({ from: '2024-12-30', to: '2024-12-31T01:00', venues: ['binance'] })
    const path = 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2024-12-30.zip'
    const { lines } = await opened(old.site(`/${path}`), 'old.zip')
    expect(lines[0]!.split(',')[0]).toBe(String(Date.parse('2024-12-30')))
  })

  it('on inverse contracts of Bybit the names of the two notionals are the wrong way round', async () => {
    const { lines } = await fetched('trading/BTCUSD/BTCUSD2026-06-24.csv.gz')
    const [, , , size, price, , , gross, home, foreign] = lines[1]!.split(',').map(Number)
    expect(home).toBe(size)
    expect(foreign).toBeCloseTo(size! / price!, 12)
    expect(gross).toBeCloseTo(foreign! * 1e8, 4)
  })

  it('ids of spot of Bybit begin with 1 in every file', async () => {
    for (const day of ['2026-06-24', '2026-06-25']) {
      const { lines } = await fetched(`spot/BTCUSDT/BTCUSDT_${day}.csv.gz`)
      expect(lines[1]!.split(',')[0]).toBe('1')
    }
  })

  it('a day is there when it is over, a month on the first Monday after it', () => {
    const day = simDump('/data/spot/daily/klines/A/1m/A-1m-2026-06-25.zip')!
    const month = simDump('/data/spot/monthly/klines/A/1m/A-1m-2026-06.zip')!
    expect([publishedAt(day), publishedAt(month)]).toEqual([Date.parse('2026-06-26'), Date.parse('2026-07-06')])
  })
})

it.each([
  ['a day that is not over', 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2026-06-26.zip'],
  ['a month that is not over', 'data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2026-06.zip'],
  ['a day that does not exist', 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2026-06-31.zip'],
  ['an unknown symbol', 'data/spot/daily/klines/FOOUSDT/1m/FOOUSDT-1m-2026-06-24.zip'],
  ['an unknown interval', 'data/spot/daily/klines/BTCUSDT/7m/BTCUSDT-7m-2026-06-24.zip'],
  ['another symbol in its folder', 'data/spot/daily/klines/BTCUSDT/1m/ETHUSDT-1m-2026-06-24.zip'],
  ['another interval in its folder', 'data/spot/daily/klines/BTCUSDT/1m/BTCUSDT-1h-2026-06-24.zip'],
  ['metrics of spot', 'data/spot/daily/metrics/BTCUSDT/BTCUSDT-metrics-2026-06-24.zip'],
  ['metrics of a month', 'data/futures/um/monthly/metrics/BTCUSDT/BTCUSDT-metrics-2026-05.zip'],
  ['funding of a day', 'data/futures/um/daily/fundingRate/BTCUSDT/BTCUSDT-fundingRate-2026-06-24.zip'],
  ['a day in the folder of months', 'data/spot/monthly/klines/BTCUSDT/1m/BTCUSDT-1m-2026-06-24.zip'],
  ['a hash of Bybit', 'trading/BTCUSDT/BTCUSDT2026-06-24.csv.gz.CHECKSUM'],
  ['a time before the market', 'trading/BTCUSDT/BTCUSDT2026-06-20.csv.gz'],
  ['a broken path', 'data/%E0%A4%A.zip'],
])('there is not %s', (_, path) => {
  expect(world.site(`/${path}`)).toMatchObject({ status: 404 })
})

describe('the server', () => {
  let server: DumpServer | undefined
  afterEach(() => server?.close())

  it('serves lines that are given, marked as simulated, and not again to who has them', async () => {
    server = await serveDumps(dumpSite(({ stem }) => (stem === 'A_2025-05-19' ? ['id,price', '1,2'] : undefined)))
    const url = `http://127.0.0.1:${server.port}/spot/A/A_2025-05-19.csv.gz`
    const first = await fetch(url)
    expect([first.status, first.headers.get('x-simulated')]).toEqual([200, 'yes'])
    expect(gunzipSync(Buffer.from(await first.arrayBuffer())).toString()).toBe('id,price\n1,2\n')
    const again = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag')! } })
    expect(again.status).toBe(304)
    expect((await fetch(`${url}x`)).status).toBe(404)
  })

  it('has every file of the world by the same bytes', () => {
    const site = dumpSite(linesOf(world.world))
    const path = '/trading/BTCUSDT/BTCUSDT2026-06-24.csv.gz'
    expect(Buffer.from(site(path).body).equals(world.site(path).body)).toBe(true)
  })
})
