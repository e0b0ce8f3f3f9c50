import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { writeZip } from '../../../test/files/writeZip.ts'
import { serveHttp, type Loopback } from '../../../test/support/loopback.ts'
import { fixture } from '../../../test/support/wire.ts'
import { instant } from '../../core/instant.ts'
import type { DumpFile } from './dumpFile.ts'
import { addressOf, fetchDump, type FetchDumpOptions } from './fetchDump.ts'
import { readChecksum } from './readChecksum.ts'

const folder = mkdtempSync(join(tmpdir(), 'assayer-dump-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const open: Loopback[] = []
afterEach(async () => {
  for (const each of open.splice(0)) await each.close()
})

const shared = { market: 'spot', instrument: 'AUSDT', period: '2025-04-01', days: [] } as const
const range = { from: instant(0), to: instant(0) }
const binanceFile: DumpFile = {
  venue: 'binance',
  kind: 'klines',
  path: 'data/a/AUSDT-1m-2025-04-01.zip',
  ...shared,
  ...range,
}
const bybitFile: DumpFile = {
  venue: 'bybit',
  kind: 'trades',
  path: 'spot/AUSDT_2025-04-01.csv.gz',
  ...shared,
  ...range,
}

const zip = writeZip({ 'AUSDT-1m-2025-04-01.csv': '1,2,3\n' })
const gz = gzipSync('id,timestamp\n1,2\n')
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const checksumOf = (bytes: Uint8Array): string => `${hashOf(bytes)}  AUSDT-1m-2025-04-01.zip\n`

type Body = string | Uint8Array
type Site = Readonly<Record<string, Body | RequestListener>>

interface Asked {
  readonly outcome: unknown
  /** What was asked for, in order. */
  readonly asked: readonly string[]
}

/** What asking a site with these files for one of them comes to. */
async function fetched(file: DumpFile, site: Site, options: Partial<FetchDumpOptions> = {}): Promise<Asked> {
  const asked: string[] = []
  const server = await serveHttp((request, response) => {
    const path = request.url?.slice(1) ?? ''
    asked.push(path)
    const body = site[path]
    if (typeof body === 'function') body(request, response)
    else response.writeHead(body === undefined ? 404 : 200).end(body ?? '<html>no such key</html>')
  })
  open.push(server)
  const shared = { base: `${server.http}/`, folder, onChange: 'flag', retry: { tries: 3, firstMs: 1 } } as const
  const outcome = await fetchDump(file, { ...shared, ...options }).catch((error: unknown) => error)
  return { outcome, asked }
}

const [PATH, SUM] = [binanceFile.path, `${binanceFile.path}.CHECKSUM`]
const pinned = { sha256: hashOf(zip), etag: '' }

describe('a file with its hash beside it', () => {
  it('is fetched and proven', async () => {
    const { outcome, asked } = await fetched(binanceFile, { [PATH]: zip, [SUM]: checksumOf(zip) })
    const path = join(folder, 'AUSDT-1m-2025-04-01.zip')
    expect(outcome).toEqual({ is: 'fetched', path, sha256: hashOf(zip), bytes: zip.length, etag: '', simulated: false })
    expect(readFileSync(path).equals(zip)).toBe(true)
    expect(asked).toEqual([PATH, SUM])
  })

  it('says so where its site is a simulation', async () => {
    const marked: RequestListener = (_, response) => response.writeHead(200, { 'x-simulated': 'yes' }).end(zip)
    const { outcome } = await fetched(binanceFile, { [PATH]: marked, [SUM]: checksumOf(zip) })
    expect(outcome).toMatchObject({ is: 'fetched', simulated: true })
  })

  it('is not fetched again where it was stored, and told where it has changed since', async () => {
    const same = await fetched(binanceFile, { [PATH]: zip, [SUM]: checksumOf(zip) }, { pinned })
    expect(same).toEqual({ outcome: { is: 'same' }, asked: [SUM] })
    const other = writeZip({ 'AUSDT-1m-2025-04-01.csv': '1,2,4\n' })
    const site = { [PATH]: other, [SUM]: checksumOf(other) }
    const changed = await fetched(binanceFile, site, { pinned })
    expect(changed).toEqual({ outcome: { is: 'changed', sha256: hashOf(other) }, asked: [SUM] })
    const anew = await fetched(binanceFile, site, { pinned, onChange: 'fetch' })
    expect(anew.outcome).toMatchObject({ is: 'fetched', sha256: hashOf(other) })
  })

  it('is missing where the site has it not, before and after it was stored', async () => {
    expect(await fetched(binanceFile, {})).toEqual({ outcome: { is: 'missing' }, asked: [PATH] })
    expect((await fetched(binanceFile, {}, { pinned })).outcome).toEqual({ is: 'missing' })
  })

  it.each([
    ['another hash', { [PATH]: zip, [SUM]: checksumOf(gz) }, 'CHECKSUM_MISMATCH'],
    ['a file cut short', { [PATH]: zip.subarray(0, 100), [SUM]: checksumOf(zip) }, 'CHECKSUM_MISMATCH'],
    ['no hash', { [PATH]: zip }, 'CHECKSUM_MISSING'],
    ['a page as hash', { [PATH]: zip, [SUM]: '<html>Blocked</html>' }, 'CHECKSUM_UNREADABLE'],
    ['the hash of another file', { [PATH]: zip, [SUM]: `${hashOf(zip)}  other.zip` }, 'CHECKSUM_UNREADABLE'],
    [
      'a page with status 200',
      { [PATH]: '<!doctype html><title>Blocked</title>', [SUM]: checksumOf(zip) },
      'NOT_A_DUMP',
    ],
    ['nothing', { [PATH]: '', [SUM]: checksumOf(zip) }, 'DAMAGED_FILE'],
  ])('is refused with %s', async (_, site, code) => {
    const { outcome } = await fetched(binanceFile, site)
    expect(outcome).toMatchObject({ code, retry: 'never', message: expect.stringContaining(PATH) })
  })
})

describe('a file without a hash', () => {
  const tagged =
    (bytes: Uint8Array, etag: string): RequestListener =>
    (request, response) => {
      if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
      else response.writeHead(200, { etag }).end(bytes)
    }
  const stored = { sha256: hashOf(gz), etag: '"1"' }
  const other = gzipSync('id,timestamp\n1,3\n')

  it('is fetched, with the hash of its bytes and the tag of the server', async () => {
    const { outcome, asked } = await fetched(bybitFile, { [bybitFile.path]: tagged(gz, '"1"') })
    expect(outcome).toMatchObject({ is: 'fetched', sha256: hashOf(gz), bytes: gz.length, etag: '"1"' })
    expect(asked).toEqual([bybitFile.path])
  })

  it.each([
    ['by its tag', tagged(gz, '"1"'), { is: 'same' }],
    ['by its bytes, where its tag is another', tagged(gz, '"2"'), { is: 'same' }],
    ['by its bytes, where there is no tag', gz, { is: 'same' }],
    ['as changed by its bytes', tagged(other, '"2"'), { is: 'changed', sha256: hashOf(other) }],
  ])('is known %s', async (_, body, outcome) => {
    expect((await fetched(bybitFile, { [bybitFile.path]: body }, { pinned: stored })).outcome).toEqual(outcome)
  })

  it('is refused where it came unpacked, since nothing would tell that it was cut short', async () => {
    const { outcome } = await fetched(bybitFile, { [bybitFile.path]: 'id,timestamp\n1,2\n' })
    expect(outcome).toMatchObject({
      code: 'NOT_A_DUMP',
      message: expect.stringContaining('instead of a gzip file: id,'),
    })
  })
})

describe('a site', () => {
  /** Answers otherwise the first times. */
  const after = (times: number, first: RequestListener): RequestListener => {
    let count = 0
    return (request, response) => (count++ < times ? first(request, response) : response.end(zip))
  }
  const cut: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': zip.length })
    response.write(zip.subarray(0, 50), () => response.destroy())
  }
  const busy: RequestListener = (_, response) => response.writeHead(503).end()

  it('is asked again where it cuts the connection or fails', async () => {
    for (const first of [cut, busy]) {
      const { outcome, asked } = await fetched(binanceFile, { [PATH]: after(2, first), [SUM]: checksumOf(zip) })
      expect(outcome).toMatchObject({ is: 'fetched', sha256: hashOf(zip) })
      expect(asked).toEqual([PATH, PATH, PATH, SUM])
    }
  })

  it('is given up after some tries', async () => {
    const { outcome, asked } = await fetched(binanceFile, { [PATH]: cut })
    expect(outcome).toMatchObject({ code: 'NO_ANSWER' })
    expect(asked).toHaveLength(3)
  })

  it.each([403, 451])('that denies with status %i is not asked again', async (status) => {
    const denies: RequestListener = (_, response) => response.writeHead(status).end('not here')
    const { outcome, asked } = await fetched(binanceFile, { [PATH]: denies })
    expect(outcome).toMatchObject({ code: 'SITE_DENIED', hint: expect.stringContaining('--base') })
    expect(asked).toHaveLength(1)
  })

  it('that sends too much is not asked again', async () => {
    const { outcome, asked } = await fetched(binanceFile, { [PATH]: zip }, { maxBytes: 10 })
    expect(outcome).toMatchObject({ code: 'DUMP_TOO_LONG' })
    expect(asked).toHaveLength(1)
  })

  it('elsewhere must be encrypted', async () => {
    const options = { base: 'http://mirror.example', folder, onChange: 'flag' } as const
    await expect(fetchDump(binanceFile, options)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' })
    expect(existsSync(join(folder, 'mirror'))).toBe(false)
  })
})

it('an address is that of the base with the path behind it', () => {
  expect(addressOf('https://mirror.example/binance//', { path: 'data/币USDT/a b.zip' })).toBe(
    'https://mirror.example/binance/data/%E5%B8%81USDT/a%20b.zip',
  )
})

describe('a checksum', () => {
  it('is read in its documented form', () => {
    const { payload } = fixture('binance', 'dump-checksum')
    expect(readChecksum(String(payload), 'x', 'BNBBTC-aggTrades-2018-01.zip')).toBe(
      '8faa393c9532defe192c7a08f61f64b7b98089020683cb3520d5ea2503f9201c',
    )
  })

  it.each([`${'A'.repeat(64)} *a.zip`, `${'a'.repeat(64)}\t./folder/a.zip\r\n`])('is read of %j', (text) => {
    expect(readChecksum(text, 'x', 'a.zip')).toBe('a'.repeat(64))
  })

  it.each(['', '<html>', 'a.zip', `${'a'.repeat(63)}  a.zip`, `${'a'.repeat(64)}  b.zip`, 'a'.repeat(64)])(
    'is none: %j',
    (text) => {
      expect(() => readChecksum(text, 'https://x/a.zip.CHECKSUM', 'a.zip')).toThrow('is no checksum')
    },
  )
})
