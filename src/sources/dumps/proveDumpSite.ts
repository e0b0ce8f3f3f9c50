import { basename } from 'node:path'
import { DAY_MS, instant, type InstantMs } from '../../core/instant.ts'
import { askHttp } from '../../net/httpAnswer.ts'
import { statusError } from '../../net/statusError.ts'
import { askPatiently } from './askPatiently.ts'
import type { DumpFile, DumpVenue } from './dumpFile.ts'
import { DUMP_SITES, dumpFiles, isFile } from './dumpFiles.ts'
import { fetchChecksum } from './fetchChecksum.ts'
import { addressOf } from './fetchDump.ts'

export interface ProveDumpSiteOptions {
  /** Address of the site, of a mirror, or of a simulated one. */
  readonly base: string
  /** By the site's clock. */
  readonly now: InstantMs
  readonly signal: AbortSignal
}

/** A site has everything of a day by then. */
const OLD_MS = 3 * DAY_MS

/** A file that every site has, of some days ago. */
export function provingFile(venue: DumpVenue, now: InstantMs): DumpFile {
  const [from, to] = [instant(now - OLD_MS), instant(now - OLD_MS + 1)]
  const wish = { venue, market: 'spot', instruments: ['BTCUSDT'], interval: '1d', from, to } as const
  return dumpFiles(wish, now).find(isFile) as DumpFile
}

/**
 * Asks a dump site once, for as little as can be: for the hash of a small file, or where there are none whether a file is there.
 * @returns whether the site has that file
 * @throws what `fetchChecksum` and `askPatiently` throw, and whatever the signal was aborted with
 */
export async function proveDumpSite(
  venue: DumpVenue,
  { base, now, signal }: ProveDumpSiteOptions,
): Promise<'has it' | 'has it not'> {
  const file = provingFile(venue, now)
  const url = addressOf(base, file)
  const once = { tries: 1, signal }
  const found =
    DUMP_SITES[venue].checksum === 'beside'
      ? await fetchChecksum(url, basename(file.path), once)
      : await askPatiently(once, () => askWhether(url, signal))
  return found === undefined ? 'has it not' : 'has it'
}

async function askWhether(url: string, signal: AbortSignal): Promise<'there'> {
  const { status, header } = await askHttp({ url, method: 'HEAD', hosts: [new URL(url).hostname], signal })
  const refusal = statusError(url, { status, header, text: '' })
  if (refusal !== undefined) throw refusal
  return 'there'
}
