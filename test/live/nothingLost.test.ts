import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { VENUES } from '../../src/records/venues.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import { openStore } from '../../src/store/open.ts'
import { beyondFaults, type Stretch } from '../support/beyondFaults.ts'
import { runChaos, type ChaosResult, type Outage } from '../support/chaos.ts'
import { buildCli, scratchFolder } from '../support/cli.ts'
import { compareTruth, type LaneResult } from '../support/compareTruth.ts'
import { lanesOfSource } from '../support/lanes/laneSource.ts'
import { isServedAgain } from '../support/refetch.ts'
import { simulated } from '../support/simulated.ts'

// A short run with few instruments; `ASSAYER_CHAOS_MINUTES=10` is the whole of it.
const minutes = Number(process.env['ASSAYER_CHAOS_MINUTES'] ?? 2)
const isWhole = minutes >= 10
const plan = isWhole
  ? { minutes, kills: 20, outages: 10, outageSeconds: 30, seed: 'whole' }
  : { minutes, kills: 4, outages: 2, outageSeconds: 8, seed: 'short' }
const instruments = isWhole ? 40 : 12

/**
 * A gap may be so much longer than its fault: what nobody could know of just before and just after it. Where two faults come within
 * that time nothing may be known between them either, and their gaps are one; what lies between is held against the same.
 */
const BEYOND_MS = 2_000
/** In the ordinary run other test files take the machine's time meanwhile; the whole run has the machine to itself. */
const HELD_UP_MS = isWhole ? 0 : 18_000

/** Grids of five minutes are served up to twelve minutes later, and are to be looked at in a short run too. */
const MINUTES_BEFORE = 30

const folder = scratchFolder()
/** So busy that what shows a socket to be alive comes several times a second, as it does on a real venue. */
const RATE = 6
const venues = await simulated({ assets: instruments, rate: RATE, seed: 'chaos', minutesBefore: MINUTES_BEFORE })
for (const market of venues.world.venues.values()) keepOf(market, instruments)
let chaos: ChaosResult
let results: readonly LaneResult[]

beforeAll(
  async () => {
    buildCli()
    chaos = await runChaos(venues, folder, plan)
    console.log(`what was missing was fetched in ${chaos.caughtUpInS.toFixed(0)} s`)
    const store = await openStore(join(folder, 'store'))
    results = await compareTruth(store, venues, chaos.endAt)
    await store.close()
    // What was seen, for whoever reads the log.
    console.log(summary(results), `\n${chaos.outages.map(sayOutage).join(', ')}`)
  },
  minutes * 60_000 + 900_000,
)

const of = (lane: string): readonly LaneResult[] => results.filter((each) => each.lane === lane)
const outsideGaps = ({ missing }: LaneResult): number => missing.filter(({ inGap }) => !inGap).length
const nameOf = ({ venue, market, lane, instrument }: LaneResult): string => [venue, market, lane, instrument].join(' ')

const faultsOf = (venue: string): readonly Outage[] => chaos.outages.filter((each) => each.venue === venue)

/** The gaps of a lane, and how much of each no fault explains. */
const gapsOf = ({ gaps, venue }: LaneResult) =>
  gaps.filter(({ from }) => from < chaos.endAt).map((gap) => ({ ...gap, beyondMs: beyondFaults(gap, faultsOf(venue)) }))

const sayInvented = (each: LaneResult): string => `${nameOf(each)}: ${JSON.stringify(each.invented)}`

/** What is missing outside of gaps, and the gap that is nearest. */
function sayOutside(each: LaneResult): string {
  const outside = each.missing
    .filter(({ inGap }) => !inGap)
    .map(({ at }) => {
      const near = each.gaps.toSorted((a, b) => distance(a, at) - distance(b, at))[0]
      return near === undefined ? `${at}` : `${at}, nearest gap ${near.from} to ${near.to} (${near.why})`
    })
  return `${nameOf(each)}: ${outside.join('; ')}`
}

const distance = ({ from, to }: Stretch, at: number): number => Math.max(from - at, at - to)

describe(`after ${minutes} minutes of kills, outages and silence`, () => {
  it('every venue has been collected', () => {
    expect(new Set(of('trade').map(({ venue }) => venue)).size).toBe(6)
    expect(of('liquidation').reduce((sum, { truth }) => sum + truth, 0)).toBeGreaterThan(20)
  })

  it.each(VENUES)('every lane of %s has been held against the truth', (venue) => {
    const seen = new Set(results.filter((each) => each.venue === venue).map(({ market, lane }) => `${market} ${lane}`))
    const all = lanesOfSource(venue).map(({ market, lane }) => `${market} ${lane}`)
    expect([...seen].toSorted()).toEqual(all.toSorted())
  })

  it('no stored record is invented', () => {
    expect(results.filter(({ invented }) => invented.length > 0).map(sayInvented)).toEqual([])
  })

  it('every missing record lies inside a reported gap', () => {
    expect(results.filter((each) => outsideGaps(each) > 0).map(sayOutside)).toEqual([])
  })

  it('nothing is missing of what a venue serves again', () => {
    const served = results.filter(isServedAgain)
    expect(served.length).toBeGreaterThan(0)
    expect(served.filter(({ missing }) => missing.length > 0).map(nameOf)).toEqual([])
  })

  it('no gap is longer than its fault and two seconds, or two polls', () => {
    const most = ({ pollMs = 0 }: LaneResult): number => Math.max(BEYOND_MS, 2 * pollMs) + HELD_UP_MS
    const long = results.flatMap((each) =>
      gapsOf(each)
        .filter(({ beyondMs }) => beyondMs > most(each))
        .map(({ from, to, why, beyondMs }) => `${nameOf(each)} ${from} to ${to}, ${beyondMs} ms beyond: ${why}`),
    )
    expect(long).toEqual([])
  })

  it('every gap says why', () => {
    expect(results.flatMap(({ gaps }) => gaps).filter(({ why }) => why === '')).toEqual([])
  })
})

/** Leaves so many instruments listed, the most traded: where an asset has several, there are fewer assets. */
function keepOf(market: VenueMarket, many: number): void {
  for (const { market: of, name } of market.listings.slice(many)) market.remove(of, name)
}

function summary(all: readonly LaneResult[]): string {
  const names = [...new Set(all.map(({ venue, market, lane }) => `${venue} ${market} ${lane}`))]
  return names
    .map((name) => {
      const each = all.filter(({ venue, market, lane }) => `${venue} ${market} ${lane}` === name)
      const sum = (count: (result: LaneResult) => number): number => each.reduce((total, one) => total + count(one), 0)
      const missing = `${sum(({ missing: some }) => some.length)} missing, ${sum(outsideGaps)} of them outside gaps`
      const counts = `${sum(({ truth }) => truth)} true, ${sum(({ stored }) => stored)} stored, ${missing}`
      const gaps = each.flatMap(gapsOf)
      const beyond = Math.max(0, ...gaps.map(({ beyondMs }) => beyondMs))
      return `${name}: ${each.length} instruments, ${counts}, ${gaps.length} gaps, at most ${beyond} ms beyond a fault`
    })
    .join('\n')
}

const sayOutage = ({ venue, why, from, to }: Outage): string =>
  `${venue} ${why} at ${from} for ${((to - from) / 1000).toFixed(1)} s`
