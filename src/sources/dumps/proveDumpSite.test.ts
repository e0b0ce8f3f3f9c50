import { expect, it } from 'vitest'
import { checksumOf, servedSites, type Instead } from '../../../test/support/serveSite.ts'
import { parseInstant } from '../../core/instant.ts'
import { DUMP_VENUES, type DumpVenue } from './dumpFile.ts'
import { proveDumpSite, provingFile } from './proveDumpSite.ts'

const now = parseInstant('2025-05-09T06:00Z')
const serve = servedSites()
const NOTHING = { status: 404, body: Buffer.from('<html>404</html>'), headers: {} }

/** What a site is found to be that serves this under a path and nothing else, and what it was asked for. */
async function proven(venue: DumpVenue, path: string, served: Instead) {
  const site = await serve(() => NOTHING)
  site.instead.set(path, served)
  const options = { base: site.base, now, signal: AbortSignal.timeout(5_000) }
  const found = await proveDumpSite(venue, options).catch((error: unknown) => error)
  return { found, asked: site.asked }
}

const ASKED = {
  binance: 'data/spot/daily/klines/BTCUSDT/1d/BTCUSDT-1d-2025-05-06.zip.CHECKSUM',
  bybit: 'spot/BTCUSDT/BTCUSDT_2025-05-06.csv.gz',
} as const
const SERVED = { binance: checksumOf(Buffer.from('x'), 'BTCUSDT-1d-2025-05-06.zip'), bybit: 'a large file' } as const

it.each(DUMP_VENUES)('asks the site of %s once, for a file of three days ago', async (venue) => {
  expect(ASKED[venue].startsWith(provingFile(venue, now).path)).toBe(true)
  expect(await proven(venue, ASKED[venue], SERVED[venue])).toEqual({ found: 'has it', asked: [ASKED[venue]] })
})

it.each(DUMP_VENUES)('a site of %s that has not the file is one all the same', async (venue) => {
  expect(await proven(venue, ASKED[venue], 'not there')).toEqual({ found: 'has it not', asked: [ASKED[venue]] })
})

it.each(DUMP_VENUES)('a site of %s that denies access is asked no more', async (venue) => {
  const { found, asked } = await proven(venue, ASKED[venue], (_, response) => response.writeHead(451).end())
  expect(found).toMatchObject({ code: 'SITE_DENIED' })
  expect(asked).toHaveLength(1)
})

it('a page where a hash should be is no dump site', async () => {
  const { found } = await proven('binance', ASKED.binance, '<html>Welcome</html>')
  expect(found).toMatchObject({ code: 'CHECKSUM_UNREADABLE' })
})
