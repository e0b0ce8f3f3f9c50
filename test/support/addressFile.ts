import { writeFileSync } from 'node:fs'
import { afterAll } from 'vitest'
import { dumpSite, linesOf } from '../../src/sim/servers/dumps/dumpSite.ts'
import { serveDumps } from '../../src/sim/servers/dumps/serveDumps.ts'
import { addressBookOf } from '../../src/sim/servers/addressBookOf.ts'
import type { SimVenues } from '../../src/sim/servers/simVenues.ts'

/** Writes down where simulated venues and their dumps are, for a command; the dumps are served until the tests of the file end. */
export async function addressFile(path: string, venues: SimVenues): Promise<string> {
  const dumps = await serveDumps(dumpSite(linesOf(venues.world)))
  afterAll(() => dumps.close())
  const clock = { startAt: venues.now(), began: Date.now(), speed: 1 }
  writeFileSync(path, JSON.stringify(addressBookOf(venues, clock, { dumps })))
  return path
}
