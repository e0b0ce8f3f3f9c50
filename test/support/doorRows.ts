import { expect } from 'vitest'
import { instant } from '../../src/core/instant.ts'
import { instrumentOf } from '../../src/desk/jobs/collect/chooseInstruments.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import { binance as binanceDoors } from '../../src/sim/servers/binance/binance.ts'
import { bybit as bybitDoors } from '../../src/sim/servers/bybit/bybit.ts'
import { binance } from '../../src/sources/binance/binance.ts'
import { bybit } from '../../src/sources/bybit/bybit.ts'
import type { DumpFile, DumpVenue } from '../../src/sources/dumps/dumpFile.ts'
import type { HistoryDoor, MapContext, MappedRow, VenueIo, VenueSource } from '../../src/sources/source.ts'
import { askDoors } from './askDoors.ts'
import type { DumpWorld } from './dumpWorld.ts'

const SIDES = { binance: { source: binance, doors: binanceDoors }, bybit: { source: bybit, doors: bybitDoors } }

/** The source's way to the simulated venue, without a network. */
function linkTo({ market, now }: DumpWorld, venue: DumpVenue): VenueIo {
  const { doors } = SIDES[venue]
  const ask: VenueIo['ask'] = ({ path, query = {} }) => {
    const asked = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
    const { status, body } = askDoors(doors, market(venue), `${path}?${new URLSearchParams(asked)}`)
    return status === 200 ? Promise.resolve(body) : Promise.reject(new Error(JSON.stringify(body)))
  }
  return { ask, now: () => instant(now), signal: new AbortController().signal }
}

export interface Wanted {
  readonly venue: DumpVenue
  readonly market: 'spot' | 'perp'
  readonly instrument: string
}

export async function instrumentAt(world: DumpWorld, { venue, market, instrument }: Wanted): Promise<Instrument> {
  const { listed } = await SIDES[venue].source.fetchListing(linkTo(world, venue))
  const found = listed.find((each) => each.instrument.market === market && each.instrument.instrument === instrument)
  return instrumentOf(found!, { simulated: true, at: instant(world.now) })
}

/** What the venue's doors to the past give of a stretch. */
export async function ofDoors(
  world: DumpWorld,
  wanted: Wanted,
  door: Partial<HistoryDoor>,
  file: Pick<DumpFile, 'from' | 'to'>,
) {
  const source: VenueSource = SIDES[wanted.venue].source
  const is = await instrumentAt(world, wanted)
  const context: MapContext = { venue: source.venue, now: instant(world.now), instrument: () => is }
  const chosen = source.history.filter((each) =>
    Object.entries(door).every(([name, value]) => each[name as 'kind'] === value),
  )
  const rows: MappedRow[] = []
  for (const each of chosen.filter(({ market }) => market === wanted.market)) {
    const io = linkTo(world, wanted.venue)
    // What metrics of a day hold: the readings after its begin up to its end.
    const later = each.interval === '5m' && each.kind !== 'candle' ? 1 : 0
    const past = { instrument: is, from: instant(file.from + later), to: instant(file.to + later) }
    const from = instant(Math.max(past.from, world.now - each.depthMs))
    for await (const page of each.fetch(io, context, { ...past, from })) {
      expect(page.faults).toEqual([])
      rows.push(...page.rows)
    }
  }
  return rows
}
