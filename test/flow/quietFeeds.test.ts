import { describe, expect, it } from 'vitest'
import { USUAL_PACE } from '../../src/desk/jobs/collect/pace.ts'
import { SilenceWatch } from '../../src/desk/jobs/collect/silenceWatch.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { newWorld, type World, type WorldSpec } from '../../src/sim/market/live/world.ts'
import { connectionsOf, eventTimes, tradeTimes, type Connected } from '../support/feedTimes.ts'
import { quietDay, quietTrades } from '../support/quietDay.ts'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
/** Trades a second of the busiest contract, where `assayer sim` is started without options; it has twenty assets then. */
const USUAL_RATE = 2
/** After so long every feed is known, most after one minute or two. */
const KNOWN_MS = 5.5 * MINUTE
const LOOK_MS = 250

/** A market from its first instant on. */
function market(spec: Pick<WorldSpec, 'seed' | 'rate' | 'venues'>): World {
  return newWorld({ ...spec, assets: WORLD_ASSETS.slice(0, 20), startAt: Date.UTC(2026, 9, 5), pastHours: 2 })
}

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
    const world = market({ seed: 'silent', rate: USUAL_RATE })
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
    const world = market({ seed: 'quiet', rate })
    const connections = (await connectionsOf(world)).filter(bringsTrades)
    const told = [...tradeTimes(world, connections, 24 * HOUR)].flatMap(([connected, times]) =>
      falseAlarms(connected, times).alarms.map((silent) => `${connected.name}: ${silent} s`),
    )
    expect(told).toEqual([])
  })

  it('none is told in 24 hours of the feeds that bring liquidations alone', async () => {
    for (const venue of ['okx', 'bitget'] as const) {
      const world = market({ seed: 'rare', rate: 0.02, venues: [venue] })
      const connections = (await connectionsOf(world)).filter((each) => !bringsTrades(each))
      const times = await eventTimes(world, connections, { ms: 24 * HOUR, beatMs: SECOND })
      expect([...times].map(([connected, each]) => falseAlarms(connected, each).alarms)).toEqual([[]])
    }
  })

  // The simulated market has neither day and night nor moods, and its trades come one by one. Here they come in heaps and in a market
  // of sudden moods: only their times are made, for the very connections that a collector would have.
  it('none is told in twenty times 24 hours of quiet instruments with heaps, moods, day and night', async () => {
    const world = market({ seed: 'listed', rate: USUAL_RATE })
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
