import { createHash } from 'node:crypto'
import type { World } from '../../market/live/world.ts'
import { binanceLines } from './binanceLines.ts'
import { bybitLines } from './bybitLines.ts'
import { gzipOf, zipOf } from './packed.ts'
import { publishedAt, simDump, type SimDump } from './simDump.ts'

/** What a path of a dump site answers. */
export interface DumpAnswer {
  readonly status: number
  readonly body: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

/** The lines of a file, headers and all; undefined where there is no such file. */
export type DumpLines = (dump: SimDump) => readonly string[] | undefined

const CHECKSUM = '.CHECKSUM'

/** The lines of every file that the venues' own sites would have by now. */
export const linesOf =
  (world: World): DumpLines =>
  (dump) => {
    const market = world.venues.get(dump.venue)
    if (market === undefined || publishedAt(dump) > market.now()) return undefined
    return dump.venue === 'binance' ? binanceLines(dump, market) : bybitLines(dump, market)
  }

/**
 * Both sites in one, by their documented layouts: zip with its checksum beside it (data.binance.vision), csv.gz with a tag
 * (public.bybit.com). What there is not answers 404 with a page.
 */
export const dumpSite =
  (lines: DumpLines): ((path: string) => DumpAnswer) =>
  (path) => {
    const isChecksum = path.endsWith(CHECKSUM)
    const dump = simDump(decoded(isChecksum ? path.slice(0, -CHECKSUM.length) : path))
    const found = dump && lines(dump)
    if (dump === undefined || found === undefined || (isChecksum && dump.venue === 'bybit')) return NOT_FOUND
    const text = `${found.join('\n')}\n`
    if (dump.venue === 'bybit') return fileOf(gzipOf(text))
    const zip = zipOf(`${dump.stem}.csv`, text)
    return isChecksum ? checksumOf(zip, `${dump.stem}.zip`) : fileOf(zip)
  }

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

const hashOf = (bytes: Uint8Array, algorithm: 'sha256' | 'md5'): string =>
  createHash(algorithm).update(bytes).digest('hex')

const fileOf = (body: Uint8Array): DumpAnswer => ({
  status: 200,
  body,
  headers: { ...MARKED, 'content-type': 'application/octet-stream', etag: `"${hashOf(body, 'md5')}"` },
})

const checksumOf = (zip: Uint8Array, name: string): DumpAnswer => ({
  status: 200,
  body: Buffer.from(`${hashOf(zip, 'sha256')}  ${name}\n`),
  headers: { ...MARKED, 'content-type': 'text/plain' },
})

/** No rows from here can be taken for real ones. */
const MARKED = { 'x-simulated': 'yes' }

const NOT_FOUND: DumpAnswer = {
  status: 404,
  body: Buffer.from('<html><body>404 Not Found</body></html>'),
  headers: { ...MARKED, 'content-type': 'text/html' },
}
