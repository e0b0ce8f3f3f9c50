import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SimVenues } from '../../src/sim/servers/simVenues.ts'
import type { VenueServer } from '../../src/sim/servers/venueServer.ts'
import type { Gap, Lane } from '../../src/desk/jobs/collect/coverageBook.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { loser, PLACES } from '../support/badInput.ts'
import { scratchFolder, until as untilTrue } from '../support/cli.ts'
import { collectFrom, type Run } from '../support/collecting.ts'
import { compareTruth, type LaneResult } from '../support/compareTruth.ts'
import { simulated } from '../support/simulated.ts'

/** Venues that count the trades of an instrument up by one, by their documents. Of Gate's contracts that is not said. */
const VENUES = ['binance', 'okx', 'gate'] as const
type Counting = (typeof VENUES)[number]
const mayLose = (instrument: string): boolean => !instrument.startsWith('futures.trades')

/** What each is asked for trades of the past with, and the id in a message and in an answer. */
const PAST = {
  binance: { path: '/aggTrades', sent: 'a', served: 'a' },
  okx: { path: '/history-trades', sent: 'tradeId', served: 'tradeId' },
  gate: { path: '/spot/trades', sent: 'id_market', served: 'sequence_id' },
} as const

const folder = scratchFolder()
let venues: SimVenues
let store: Store
let run: Run
let connections: readonly number[]

const serverOf = (venue: Counting): VenueServer => venues.servers.get(venue)!
const socketsOf = (): readonly number[] => VENUES.map((venue) => serverOf(venue).counts.sockets)
const isLive = (): boolean =>
  run.collecting.status().venues.every(({ feeds }) => feeds.length > 0 && feeds.every(({ state }) => state === 'live'))
const toldMissing = (venue: Counting): number =>
  run.collecting
    .faults()
    .filter((fault) => fault.venue === venue && fault.what === 'missing')
    .reduce((sum, { count }) => sum + count, 0)

/** Loses some messages of trades, and puts their ids into a set. @returns the instant at which it ended */
async function loseSome(venue: Counting, many: number, ids = new Set<string>()): Promise<number> {
  const onLost = (trade: Readonly<Record<string, unknown>>): void => void ids.add(String(trade[PAST[venue].sent]))
  const change = loser(PLACES[venue], { every: 4, times: many, mayLose, onLost })
  serverOf(venue).fault({ is: 'spoil messages', ms: 120_000, change })
  await untilTrue(() => ids.size >= many)
  return venues.now()
}

/** The lanes of a venue's trades, when they are as they should be. */
async function lanesWhen(
  venue: Counting,
  at: number,
  isDone: (lanes: readonly LaneResult[]) => boolean,
): Promise<readonly LaneResult[]> {
  const only = (lane: Lane): boolean => lane.venue === venue && lane.lane === 'trade'
  let lanes: readonly LaneResult[] = []
  const end = performance.now() + 100_000
  while (!isDone(lanes)) {
    if (performance.now() > end) throw new Error(`${JSON.stringify(lanes)}\n${run.lines.join('\n')}`)
    const next = performance.now() + 200
    await untilTrue(() => performance.now() > next)
    lanes = await compareTruth(store, venues, at, { only })
  }
  return lanes
}

const isWhole = ({ missing, gaps }: LaneResult, at: number): boolean =>
  missing.length === 0 && gaps.every(({ from }) => from > at)

beforeAll(async () => {
  venues = await simulated({ venues: VENUES, assets: 2, rate: 6, minutesBefore: 2, pastHours: 2 })
  store = await openStore(join(folder, 'store'))
  run = await collectFrom(venues, store, { venues: VENUES })
  await untilTrue(isLive)
  // Behind the first trade of each: of what was before, no number tells.
  for (const venue of VENUES) {
    const { length } = venues.world.venues.get(venue)!.listings
    await lanesWhen(venue, Infinity, (lanes) => lanes.length === length && lanes.every(({ stored }) => stored > 0))
  }
  connections = socketsOf()
}, 60_000)

afterAll(async () => {
  await run?.stop()
  await store?.close()
})

describe.concurrent.each(VENUES)('trades of %s that are lost on a connection that stays up', (venue) => {
  it.sequential('are found by their numbers and had from the door to the past', async () => {
    const at = await loseSome(venue, 8)
    const lanes = await lanesWhen(venue, at, (found) => found.length > 0 && found.every((each) => isWhole(each, at)))
    expect(lanes.filter(({ invented }) => invented.length > 0)).toEqual([])
    expect(toldMissing(venue)).toBeGreaterThan(2)
    expect(socketsOf()).toEqual(connections)
  })

  it.sequential('stay a gap where the venue does not serve them either, and the gap says so', async () => {
    const { path, served } = PAST[venue]
    const ids = new Set<string>()
    const without = (rows: readonly Readonly<Record<string, unknown>>[]) =>
      rows.filter((row) => !ids.has(String(row[served])))
    const change = (text: string): string => {
      const json = JSON.parse(text)
      return JSON.stringify(Array.isArray(json) ? without(json) : { ...json, data: without(json.data) })
    }
    serverOf(venue).fault({ is: 'spoil', ms: 120_000, path, change })
    const at = await loseSome(venue, 3, ids)
    const isTold = ({ why }: Pick<Gap, 'why'>): boolean => why.includes('never came; the venue does not serve trade')
    await lanesWhen(venue, at, (lanes) => {
      const missing = lanes.flatMap((each) => each.missing)
      const gaps = lanes.flatMap((each) => each.gaps.filter(({ from }) => from <= at))
      return missing.length === ids.size && missing.every(({ inGap }) => inGap) && gaps.every(isTold)
    })
    expect(socketsOf()).toEqual(connections)
    serverOf(venue).mend()
  })
})
