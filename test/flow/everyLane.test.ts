import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catchUp } from '../../src/desk/jobs/collect/collect.ts'
import { VENUES } from '../../src/records/venues.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { scratchFolder, until } from '../support/cli.ts'
import { collectFrom, QUICK } from '../support/collecting.ts'
import { compareTruth, type LaneResult } from '../support/compareTruth.ts'
import { lanesOfSource } from '../support/lanes/laneSource.ts'
import { isServedAgain } from '../support/refetch.ts'
import { simulated } from '../support/simulated.ts'

/** Grids of five minutes are served up to so much later, and are to be looked at in a short run too. */
const MINUTES = 40
const OUTAGE_MS = 8_000
const AWAY = 'bitget'

const folder = scratchFolder()
let store: Store
let results: readonly LaneResult[]

beforeAll(async () => {
  const venues = await simulated({ assets: 2, rate: 4, minutesBefore: MINUTES, pastHours: 4, seed: 'lanes' })
  store = await openStore(join(folder, 'store'))
  const depths = { hours: 4 * 3_600_000, minutes: MINUTES * 60_000 }
  const run = await collectFrom(venues, store, { depths })
  const isWhole = (): boolean =>
    run.collecting
      .status()
      .venues.every(({ feeds, open }) => open === 0 && feeds.every(({ state }) => state === 'live'))
  await until(isWhole)
  venues.servers.get(AWAY)!.fault({ is: 'outage', ms: OUTAGE_MS })
  const back = performance.now() + OUTAGE_MS + 4 * QUICK.mostPollMs
  await until(() => performance.now() > back && isWhole())
  const end = venues.now()
  venues.freeze()
  await run.stop()
  const last = await collectFrom(venues, store, { job: catchUp, depths })
  await last.collecting.ended
  results = await compareTruth(store, venues, end, QUICK)
}, 120_000)

afterAll(() => store?.close())

const nameOf = ({ venue, market, lane, instrument }: LaneResult): string => [venue, market, lane, instrument].join(' ')

describe('after an outage of one venue', () => {
  it.each(VENUES)('every lane of %s has been held against the truth', (venue) => {
    const seen = new Set(results.filter((each) => each.venue === venue).map(({ market, lane }) => `${market} ${lane}`))
    expect([...seen].toSorted()).toEqual(
      lanesOfSource(venue)
        .map(({ market, lane }) => `${market} ${lane}`)
        .toSorted(),
    )
    console.log(
      results
        .filter((each) => each.venue === venue)
        .map(
          (r) =>
            `${nameOf(r)} true ${r.truth} stored ${r.stored} missing ${r.missing.length} invented ${r.invented} gaps ${JSON.stringify(r.gaps.map((g) => [g.to - g.from, g.why]))}`,
        )
        .join('\n'),
    )
  })

  it('no stored record is invented', () => {
    expect(results.filter(({ invented }) => invented > 0).map(nameOf)).toEqual([])
  })

  it('every missing record lies inside a reported gap', () => {
    const outside = results.filter(({ missing }) => missing.some(({ inGap }) => !inGap))
    expect(outside.map(nameOf)).toEqual([])
  })

  it('nothing is missing of what a venue serves again', () => {
    const served = results.filter(isServedAgain)
    expect(served.filter(({ missing }) => missing.length > 0).map(nameOf)).toEqual([])
  })
})
