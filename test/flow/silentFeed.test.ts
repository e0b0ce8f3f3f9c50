import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SilenceWatch } from '../../src/desk/jobs/collect/silenceWatch.ts'
import { USUAL_PACE } from '../../src/desk/jobs/collect/pace.ts'
import type { Venue } from '../../src/records/venues.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { newWorld } from '../../src/sim/market/live/world.ts'
import { startSimVenues, type SimVenues } from '../../src/sim/servers/simVenues.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { readCoverage } from '../../src/store/queries/readCoverage.ts'
import { scratchFolder, until } from '../support/cli.ts'
import { collectFrom, type Run } from '../support/collecting.ts'
import { connectionsOf, eventTimes, tradeTimes, type Connected } from '../support/feedTimes.ts'
import { quietDay, quietTrades } from '../support/quietDay.ts'
import { simulatedWorld } from '../support/simulated.ts'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
/** As `assayer sim` is started without options. */
const USUAL = { assets: 20, rate: 2 }
/** After so long every feed is known, most after one minute or two. */
const KNOWN_MS = 5.5 * MINUTE
const LOOK_MS = 250

function watching({ feed: { atLeastEveryMs } }: Connected): SilenceWatch {
  const { knownMs } = USUAL_PACE
  const watch = new SilenceWatch({ knownMs, ...(atLeastEveryMs === undefined ? {} : { atLeastEveryMs }) })
  watch.begin(0)
  return watch
}

/** How long the silences were that were told of a feed that was never silent, seconds; `judged`: the share that could be judged. */
function falseAlarms(connected: Connected, times: Iterable<number>) {
  // No other venue speaks for a quiet market here: all the patience is the watch's own.
  const watch = watching(connected)
  const alarms: number[] = []
  let [judged, all] = [0, 0]
  for (const at of times) {
    // As patient as it is now it has been since the last event, so that it is enough to look once.
    const judgement = watch.judge(at, 1)
    if (judgement.is === 'silent') alarms.push(Math.round(judgement.silentMs / SECOND))
    if (judgement.is !== 'too quiet') judged++
    all++
    watch.heard(at)
  }
  return { alarms, judged: judged / all }
}

/** How long after it fell silent a feed is told to be, ms. */
function toldAfterMs(connected: Connected, times: readonly number[], silentAt: number): number {
  const watch = watching(connected)
  for (const at of times) if (at < silentAt) watch.heard(at)
  for (let ms = 0; ms < HOUR; ms += LOOK_MS) if (watch.judge(silentAt + ms, 1).is === 'silent') return ms
  return Infinity
}

describe('in virtual time', () => {
  it('every feed of every venue is told to be silent within 60 s, at the usual pace of the simulation', async () => {
    const { world } = simulatedWorld({ ...USUAL, seed: 'silent', pastHours: 2 })
    const connections = await connectionsOf(world)
    const times = await eventTimes(world, connections, { ms: 7 * MINUTE })
    const late: string[] = []
    for (const connected of connections) {
      for (let silentAt = KNOWN_MS; silentAt < 7 * MINUTE; silentAt += 7_300) {
        const ms = toldAfterMs(connected, times.get(connected)!, silentAt)
        if (ms > 60 * SECOND) late.push(`${connected.name}: ${ms / SECOND} s`)
      }
    }
    expect(late).toEqual([])
    expect(new Set(connections.map(({ venue }) => venue)).size).toBe(6)
    expect(connections.some(({ feed }) => feed.kinds.join() === 'liquidation')).toBe(true)
  })

  it.each([
    ['three to eighteen trades an hour', 0.005],
    ['half a trade to three trades a minute', 0.05],
  ])('none is told in 24 hours of a simulated market with %s of an instrument', async (_, rate) => {
    const { world } = simulatedWorld({ assets: 20, rate, seed: 'quiet', pastHours: 2, minutesBefore: 0 })
    const connections = (await connectionsOf(world)).filter(bringsTrades)
    const told = [...tradeTimes(world, connections, 24 * HOUR)].flatMap(([connected, times]) =>
      falseAlarms(connected, times).alarms.map((silent) => `${connected.name}: ${silent} s`),
    )
    expect(told).toEqual([])
  })

  it('none is told in 24 hours of the feeds that bring liquidations alone', async () => {
    for (const venue of ['okx', 'bitget'] as const) {
      const { world } = simulatedWorld({
        venues: [venue],
        assets: 2,
        rate: 0.02,
        seed: 'rare',
        pastHours: 2,
        minutesBefore: 0,
      })
      const connections = (await connectionsOf(world)).filter((each) => !bringsTrades(each))
      const times = await eventTimes(world, connections, { ms: 24 * HOUR, beatMs: SECOND })
      expect([...times].map(([connected, each]) => falseAlarms(connected, each).alarms)).toEqual([[]])
    }
  })

  // The simulated market has neither day and night nor moods, and its trades come one by one. Here they come in heaps and in a market
  // of sudden moods: only their times are made, for the very connections that a collector would have.
  it('none is told in twenty times 24 hours of quiet instruments with heaps, moods, day and night', async () => {
    const { world } = simulatedWorld({ ...USUAL, pastHours: 2, minutesBefore: 0 })
    const connections = (await connectionsOf(world)).filter(bringsTrades)
    const told: string[] = []
    const judged: number[] = []
    for (let seed = 0; seed < 20; seed++) {
      const day = quietDay(`${seed}`)
      for (const connected of connections) {
        const of = falseAlarms(connected, inOrder(connected, day))
        told.push(...of.alarms.map((silent) => `${seed} ${connected.name}: ${silent} s`))
        judged.push(of.judged)
      }
    }
    expect(told).toEqual([])
    // Most say that they are too quiet to be judged, but not all, and not always.
    expect(judged.filter((share) => share > 0.02).length).toBeGreaterThan(100)
  })
})

const bringsTrades = ({ feed }: Connected): boolean => feed.kinds.join() !== 'liquidation'

const inOrder = ({ members }: Connected, day: ReturnType<typeof quietDay>): Float64Array =>
  Float64Array.from(members.flatMap((is) => quietTrades(day, [is.venue, is.market, is.instrument].join()))).toSorted()

/** Of Gate's pairs nothing is told but that subscriptions are acknowledged. */
const mute = (text: string, path: string): readonly string[] =>
  path.startsWith('/ws/v4') && !text.includes('"subscribe"') ? [] : [text]

describe('over real sockets', () => {
  const folder = scratchFolder()
  let venues: SimVenues
  let store: Store
  let run: Run

  beforeAll(async () => {
    const startAt = Math.floor(Date.now() / HOUR) * HOUR
    const assets = WORLD_ASSETS.slice(0, 3)
    const world = newWorld({
      seed: 'sockets',
      venues: ['binance', 'bybit', 'gate'],
      assets,
      startAt,
      rate: 40,
      pastHours: 2,
    })
    world.advanceTo(startAt + MINUTE)
    venues = await startSimVenues(world, { startAt: startAt + MINUTE, speed: 1 })
    venues.servers.get('gate')?.fault({ is: 'spoil messages', ms: HOUR, change: mute })
    store = await openStore(join(folder, 'store'))
    run = await collectFrom(venues, store, {
      venues: ['binance', 'bybit', 'gate'],
      depths: { hours: HOUR, minutes: MINUTE },
    })
  })

  afterAll(async () => {
    await run?.stop()
    await store?.close()
    await venues?.close()
  })

  const feedsOf = (venue: Venue) => run.collecting.status().venues.find((each) => each.venue === venue)?.feeds ?? []
  const told = (venue: Venue) =>
    run.collecting.events().filter((event) => event.venue === venue && event.name === 'FEED_SILENT')

  it('a silent venue is told by its feeds within 60 s, another is not, and nothing of its silence counts as covered', async () => {
    // Pairs and linear contracts have most trades; the rest would be known a minute later.
    const busiest = ['spot/0', 'linear/0']
    await until(
      () => feedsOf('bybit').filter(({ id, pace }) => busiest.includes(id) && pace === 'as usual').length === 2,
      90_000,
    )
    const [silentAt, began] = [venues.now(), performance.now()]
    venues.servers.get('bybit')?.fault({ is: 'silent', ms: HOUR })
    await until(() => ['spot', 'linear'].every((id) => told('bybit').some(({ of }) => of === id)), 60_000)
    expect(performance.now() - began).toBeLessThan(60_000)
    expect(told('bybit').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/"linear\/0" was silent for [\d.]+ s where about \d+ messages were expected/),
    )
    expect(told('binance')).toEqual([])

    const mendedAt = venues.now()
    venues.servers.get('bybit')?.mend()
    await until(() => feedsOf('bybit').every((feed) => feed.state === 'live'))
    const before = run.collecting.status().written
    await until(() => run.collecting.status().written > before + 1_000)
    const live = (await readCoverage(store)).filter(
      ({ venue, way, lane }) => venue === 'bybit' && way === 'live' && lane === 'trade',
    )
    expect(live.filter(({ ended }) => /silent/.test(ended)).length).toBeGreaterThan(0)
    // What happened in the last beat of the venue's clock came just before.
    const within = live.filter(({ since, until: to }) => since < mendedAt && to > silentAt + SECOND)
    expect(within.map(({ feed, since, until: to }) => `${feed} ${since - silentAt} ${to - silentAt}`)).toEqual([])
  })

  it('a feed that never said anything is told by what its venue counts', async () => {
    await until(() => told('gate').length > 0, 60_000)
    expect(told('gate')).toMatchObject([
      {
        of: 'spot',
        text: expect.stringMatching(/"spot\/0" brought no trades for [\d.]+ s while its venue counted some/) as string,
      },
    ])
  })
})
