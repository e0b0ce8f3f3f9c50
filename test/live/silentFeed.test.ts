import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Venue } from '../../src/records/venues.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { newWorld } from '../../src/sim/market/live/world.ts'
import { startSimVenues, type SimVenues } from '../../src/sim/servers/simVenues.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { readCoverage } from '../../src/store/queries/readCoverage.ts'
import { scratchFolder, until } from '../support/cli.ts'
import { collectFrom, type Run } from '../support/collecting.ts'

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]

/** Of Gate's pairs nothing is told but that subscriptions are acknowledged. */
const mute = (text: string, path: string): readonly string[] =>
  path.startsWith('/ws/v4') && !text.includes('"subscribe"') ? [] : [text]

describe('a feed that says nothing', () => {
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

  it('is told within 60 s where its venue falls silent; others are not told, and nothing of its silence counts as covered', async () => {
    // Linear contracts have most trades and are known first.
    await until(() => feedsOf('bybit').some(({ id, pace }) => id === 'linear/0' && pace === 'as usual'), 90_000)
    const [silentAt, began] = [venues.now(), performance.now()]
    venues.servers.get('bybit')?.fault({ is: 'silent', ms: HOUR })
    await until(() => told('bybit').some(({ of }) => of === 'linear'), 60_000)
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

  it('is told by what its venue counts where it never said anything', async () => {
    await until(() => told('gate').length > 0, 60_000)
    expect(told('gate')).toMatchObject([
      {
        of: 'spot',
        text: expect.stringMatching(/"spot\/0" brought no trades for [\d.]+ s while its venue counted some/) as string,
      },
    ])
  })
})
