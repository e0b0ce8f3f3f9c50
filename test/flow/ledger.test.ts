import { describe, expect, it } from 'vitest'
import type { Convention } from '../../src/conventions/convention.ts'
import { LEDGER } from '../../src/conventions/ledger.ts'
import { DAY_MS, formatInstant, instant, parseInstant } from '../../src/core/instant.ts'
import { instrumentOf } from '../../src/desk/jobs/collect/chooseInstruments.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import { VENUES, type Venue } from '../../src/records/venues.ts'
import { WORLD_ASSETS } from '../../src/sim/market/live/assets.ts'
import { newWorld } from '../../src/sim/market/live/world.ts'
import { DOORS } from '../../src/sim/servers/simVenues.ts'
import { mapPerpListing } from '../../src/sources/bitget/listing.ts'
import { SOURCES } from '../../src/sources/registry.ts'
import type { Listed, VenueIo } from '../../src/sources/source.ts'
import { FILE_NEEDS, holesIn, needsOf, turnsOf, type Need } from '../support/ledgerNeeds.ts'
import { fixture } from '../support/wire.ts'

const startAt = 1_745_280_000_000
const world = newWorld({ seed: 'ledger', assets: WORLD_ASSETS.slice(0, 2), startAt, rate: 1, pastHours: 24 })

/** A way to a simulated venue without a server between. */
const ioOf = (venue: Venue): VenueIo => ({
  ask: async ({ path, query = {}, body }) => {
    const entries = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    )
    const method = body === undefined ? 'GET' : 'POST'
    const header = (name: string) => (name === 'content-type' && body !== undefined ? 'application/json' : undefined)
    const ask = { method, path, query: new URLSearchParams(entries), body, header }
    return structuredClone((DOORS[venue].answer(ask, world.venues.get(venue)!) ?? DOORS[venue].notFound).body)
  },
  now: () => instant(startAt),
  signal: new AbortController().signal,
})

/** Bitget's perpetuals settled in the coin, which are not simulated: documented to have the fields of the others. */
function bitgetInverse(): readonly Listed[] {
  const { data } = fixture('bitget', 'perp-instrument-rest').payload as { readonly data: readonly object[] }
  const named = data.map((each) => ({ ...each, symbol: 'BTCUSD', quoteCoin: 'USD' }))
  return mapPerpListing(named, 'COIN-FUTURES').listed
}

/** What a venue lists. */
async function listedOn(venue: Venue): Promise<readonly Instrument[]> {
  const { listed } = await SOURCES[venue].fetchListing(ioOf(venue))
  const others = venue === 'bitget' ? bitgetInverse() : []
  return [...listed, ...others].map((each) => instrumentOf(each, { simulated: true, at: instant(startAt) }))
}

const SOURCE_NEEDS = await Promise.all(VENUES.map(async (venue) => needsOf(SOURCES[venue], await listedOn(venue))))
const NEEDS: readonly Need[] = [...SOURCE_NEEDS.flat(), ...FILE_NEEDS]

const TURNS = turnsOf(LEDGER)
const holes = (ledger: readonly Convention[]): readonly string[] => holesIn(ledger, NEEDS, TURNS)
const without = (gone: Convention, ...instead: readonly Convention[]): readonly Convention[] =>
  LEDGER.flatMap((entry) => (entry === gone ? instead : [entry]))

const shifted = (day: string, days: number): string => formatInstant(instant(parseInstant(day) + days * DAY_MS))

it('says of everything that is read what it means, of every kind of contract and of all time', () => {
  expect(holes(LEDGER)).toEqual([])
})

it('is asked by every venue about all that it lists', () => {
  const contracts = (venue: Venue) => [
    ...new Set(NEEDS.flatMap((need) => (need.venue === venue ? [need.contract] : []))),
  ]
  expect(Object.fromEntries(VENUES.map((venue) => [venue, contracts(venue).toSorted()]))).toEqual({
    binance: ['linear', 'none'],
    bybit: ['inverse', 'linear', 'none'],
    okx: ['inverse', 'linear', 'none'],
    gate: ['inverse', 'linear', 'none'],
    bitget: ['inverse', 'linear', 'none'],
    hyperliquid: ['linear'],
  })
})

describe.each(LEDGER.map((entry) => [entry.id, entry] as const))('%s', (_, entry) => {
  it('is missed when it is gone, by its venue and field', () => {
    const missed = holes(without(entry))
    expect(missed).not.toEqual([])
    for (const said of missed) expect(said).toContain(`"${entry.field}" of ${entry.venue} (`)
  })

  it('is missed by each kind of contract that it names', () => {
    for (const contract of entry.contracts ?? []) {
      const contracts = (entry.contracts ?? []).filter((each) => each !== contract)
      expect(holes(without(entry, { ...entry, contracts }))).not.toEqual([])
    }
  })

  it('leaves no day between itself and the next', () => {
    const { from, to } = entry
    if (from !== undefined) expect(holes(without(entry, { ...entry, from: shifted(from, 1) }))).not.toEqual([])
    if (to !== undefined) expect(holes(without(entry, { ...entry, to: shifted(to, -1) }))).not.toEqual([])
  })
})
