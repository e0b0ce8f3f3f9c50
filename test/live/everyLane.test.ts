import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catchUp } from '../../src/desk/jobs/collect/collect.ts'
import { VENUES } from '../../src/records/venues.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { scratchFolder, until } from '../support/cli.ts'
import { collectFrom, QUICK } from '../support/collecting.ts'
import { compareTruth, type LaneResult } from '../support/compareTruth.ts'
import { ruin } from '../support/doors.ts'
import { lanesOfSource } from '../support/lanes/laneSource.ts'
import { isServedAgain } from '../support/refetch.ts'
import { simulated } from '../support/simulated.ts'

/** So much has happened before: grids of five minutes are served up to twelve minutes later. */
const MINUTES = 40
const OUTAGE_MS = 8_000
const AWAY = 'bitget'
/** A flush, and the time in which sockets are opened again. */
const SLACK_MS = 6_000
/** No venue serves a trade later than this. */
const SERVED_MS = 6_000

const folder = scratchFolder()
let store: Store
let results: readonly LaneResult[]
/** What happened after it is not looked at. */
let end: number

beforeAll(async () => {
  const venues = await simulated({ assets: 2, rate: 4, minutesBefore: MINUTES, pastHours: 4, seed: 'lanes' })
  store = await openStore(join(folder, 'store'))
  const depths = { hours: 4 * 3_600_000, minutes: MINUTES * 60_000 }
  const run = await collectFrom(venues, store, { depths })
  const isWhole = (): boolean =>
    run.collecting.status().venues.every(({ feeds, open }) => {
      return feeds.length > 0 && open === 0 && feeds.every(({ state }) => state === 'live')
    })
  const passed = async (ms: number): Promise<void> => {
    const over = performance.now() + ms
    await until(() => performance.now() > over)
  }
  await until(isWhole)
  for (const market of venues.world.venues.values()) {
    for (const listing of market.listings) if (listing.market === 'perp') ruin(market, listing)
  }
  await passed(SERVED_MS)
  venues.servers.get(AWAY)!.fault({ is: 'outage', ms: OUTAGE_MS })
  await passed(OUTAGE_MS + 3 * QUICK.mostPollMs)
  await until(isWhole)
  end = venues.now()
  await passed(SERVED_MS)
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
    const all = lanesOfSource(venue).map(({ market, lane }) => `${market} ${lane}`)
    expect([...seen].toSorted()).toEqual(all.toSorted())
  })

  it('there was something to compare in every lane, but for funding that is paid every eight hours', () => {
    const empty = results.filter(
      ({ truth, lane, venue }) => truth === 0 && (lane !== 'funding/paid' || venue === 'hyperliquid'),
    )
    expect(empty.map(nameOf)).toEqual([])
  })

  it('no stored record is invented', () => {
    expect(results.filter(({ invented }) => invented.length > 0).map(nameOf)).toEqual([])
  })

  it('every missing record lies inside a reported gap', () => {
    const outside = results.filter(({ missing }) => missing.some(({ inGap }) => !inGap))
    expect(outside.map(nameOf)).toEqual([])
  })

  it('nothing is missing of what a venue serves again', () => {
    const served = results.filter(isServedAgain)
    expect(served.filter(({ missing }) => missing.length > 0).map(nameOf)).toEqual([])
  })

  it('a gap is only where the venue was away, and no longer than that and two polls', () => {
    const gaps = results.flatMap((each) =>
      each.gaps.filter(({ from }) => from < end).map((gap) => ({ ...gap, of: each })),
    )
    const most = (each: LaneResult): number => SLACK_MS + 2 * (each.pollMs ?? 0) + (each.venue === AWAY ? OUTAGE_MS : 0)
    const said = ({ of, from, to, why }: (typeof gaps)[number]): string => `${nameOf(of)} ${to - from} ms: ${why}`
    expect(gaps.filter(({ from, to, of }) => to - from > most(of)).map(said)).toEqual([])
    expect(gaps.filter(({ why, of }) => of.venue === AWAY && !/closed|answer|cut/.test(why)).map(said)).toEqual([])
    expect(gaps.some(({ of }) => of.venue === AWAY && of.pollMs !== undefined)).toBe(true)
  })
})
