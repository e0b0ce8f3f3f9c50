import { beforeAll, describe, expect, it } from 'vitest'
import { comparableOpenInterest, sidedBounds } from '../../src/conventions/comparable.ts'
import { parseInstant } from '../../src/core/instant.ts'
import { openInterest, type OpenInterest } from '../../src/records/openInterest.ts'
import { VENUES, type Venue } from '../../src/records/venues.ts'
import { SIM_VENUES, type SimVenue } from '../../src/sim/market/live/listings.ts'
import { doorsCounting } from '../../src/sim/servers/simVenues.ts'
import { SOURCES } from '../../src/sources/registry.ts'
import { compareReading, seenKey, type Compared } from '../support/truth/compareReading.ts'
import { readVenues, type ReadRow, type VenueReading } from '../support/truth/readVenue.ts'
import { TRUTH, truthOf } from '../support/truth/truth.ts'
import { truthWorld, type TruthWorld } from '../support/truth/truthWorld.ts'

// One truth of positions, trades, liquidations and funding is served by all simulated venues in their own units and words, and read
// by the sources that read the real ones. What comes out is coins, and the same everywhere.

/** What is documented of how many sides open interest counts, now and in the past; of all others nothing is. */
const DOCUMENTED: Partial<Record<Venue, Readonly<Record<'now' | 'history', OpenInterest['sides']>>>> = {
  bybit: { now: 'two', history: 'two' },
  gate: { now: 'one', history: 'unknown' },
}
const sidesOf = (venue: Venue, way: string) => DOCUMENTED[venue]?.[way as 'now' | 'history'] ?? 'unknown'

const ofOpenInterest = ({ rows }: VenueReading): readonly (ReadRow & { readonly told: OpenInterest })[] =>
  rows.filter(({ record }) => record === openInterest).map((each) => ({ ...each, told: each.row as OpenInterest }))

/** All that a source says it reads of instruments that are listed, tickers aside. */
function declaredBy({ venue, instruments }: VenueReading): readonly string[] {
  const { polls, history, feeds, accounts } = SOURCES[venue]
  const ways = [
    ...polls.map(({ kinds, market, covers }) => ({ kinds, market, covers, way: 'now' })),
    ...history.map(({ kind, market, covers }) => ({ kinds: [kind], market, covers, way: 'history' })),
    ...feeds.map(({ kinds, market, covers }) => ({ kinds, market, covers, way: 'socket' })),
    ...(accounts === undefined ? [] : [{ ...accounts, kinds: ['position'], covers: () => true, way: 'accounts' }]),
  ]
  const keys = ways.flatMap(({ kinds, market, covers, way }) =>
    instruments
      .filter((is) => is.market === market && covers(is))
      .flatMap(({ contract }) => kinds.map((kind) => seenKey(kind, way, contract))),
  )
  return [...new Set(keys)].filter((key) => !key.startsWith('ticker')).toSorted()
}

// The first is before, the second after everything that the ledger knows to have changed since 2025.
describe.each(['2025-04-22', '2026-09-02'])(
  'a truth of %s, one side of positions served where nothing is documented',
  (day) => {
    let world: TruthWorld
    let readings: readonly VenueReading[]
    let compared: ReadonlyMap<Venue, Compared>

    beforeAll(async () => {
      world = truthWorld(parseInstant(day))
      readings = await readVenues(world, doorsCounting('one side'))
      compared = new Map(readings.map((reading) => [reading.venue, compareReading(reading, world)] as const))
    })

    it('is read from all six without a fault', () => {
      expect(readings.map(({ venue }) => venue)).toEqual([...SIM_VENUES])
      expect(SIM_VENUES).toEqual(VENUES)
      for (const { faults } of readings) expect(faults).toEqual([])
    })

    it.each(VENUES)('comes out of everything that is read of %s, in coins and in money', (venue) => {
      const { wrong, seen } = compared.get(venue)!
      expect(wrong).toEqual([])
      expect([...seen.keys()].toSorted()).toEqual(declaredBy(readings.find((each) => each.venue === venue)!))
    })

    it('is told of kilo names, contracts, coins and dollars alike', () => {
      const units = readings.flatMap((reading) =>
        ofOpenInterest(reading).map(({ told, is }) => `${told.countedIn} x${is.multiplier} ${is.contract}`),
      )
      expect([...new Set(units)].toSorted()).toEqual([
        'coins x1 inverse',
        'contracts x1 inverse',
        'contracts x1 linear',
        'quote x1 inverse',
        'units x1 linear',
        'units x1000 linear',
      ])
    })

    it('is one-sided where it is documented, and said to be unknown everywhere else', () => {
      for (const reading of readings) {
        for (const { told, way, is } of ofOpenInterest(reading)) {
          expect(told.sides).toBe(sidesOf(reading.venue, way))
          if (told.sides === 'unknown') expect(sidedBounds(told.sides)).toEqual([0.5, 1])
          else expect(Math.abs(told.coins / truthOf(is.asset).held - 1)).toBeLessThan(1e-9)
        }
      }
    })

    it('keeps what was published beside what was made of it', () => {
      for (const reading of readings) {
        for (const { told, is } of ofOpenInterest(reading)) {
          const price = told.price === undefined ? {} : { price: told.price * is.multiplier }
          const rule = { of: 'open interest', countedIn: told.countedIn, sides: told.sides } as const
          const { coins } = comparableOpenInterest(rule, told.published, { instrument: is, ...price })
          expect(Math.abs(coins / told.coins - 1)).toBeLessThan(1e-12)
        }
      }
    })

    it('would not pass unseen if a number were off by a hundred-millionth', () => {
      const [field] = ['coins', 'volume', 'quantity', 'rate', 'boughtCoins', 'price']
      for (const { venue, rows } of readings) {
        const first = new Map(
          rows.map((each) => [seenKey(each.record.name, each.way, each.is.contract), each] as const),
        )
        for (const each of first.values()) {
          const numbers = ['coins', 'volume', 'quantity', 'rate', 'boughtCoins'].filter((name) => name in each.row)
          for (const name of numbers) {
            const off = { ...each, row: { ...each.row, [name]: (each.row[name] as number) * (1 + 1e-8) } }
            const unknown = name === 'coins' && each.row['sides'] === 'unknown'
            if (!unknown) expect(compareReading({ venue, rows: [off] }, world).wrong, field).not.toEqual([])
          }
        }
      }
    })
  },
)
