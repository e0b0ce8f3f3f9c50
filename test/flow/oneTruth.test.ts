import { beforeAll, describe, expect, it } from 'vitest'
import { comparableOpenInterest, sidedBounds } from '../../src/conventions/comparable.ts'
import { LEDGER } from '../../src/conventions/ledger.ts'
import { HOUR_MS, instant, parseInstant } from '../../src/core/instant.ts'
import { barOpen } from '../../src/core/interval.ts'
import { sumOpenInterest, type Bucket } from '../../src/frames/sumOpenInterest.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import { openInterest, type OpenInterest } from '../../src/records/openInterest.ts'
import { VENUES, type Venue } from '../../src/records/venues.ts'
import { SIM_VENUES, type SimVenue } from '../../src/sim/market/live/listings.ts'
import { doorsCounting } from '../../src/sim/servers/simVenues.ts'
import { SOURCES } from '../../src/sources/registry.ts'
import { compareReading, seenKey, type Compared } from '../support/truth/compareReading.ts'
import { readVenues, type ReadRow, type VenueReading } from '../support/truth/readVenue.ts'
import { liquidationsFrom, tradesFrom, TRUTH, truthOf } from '../support/truth/truth.ts'
import { MINUTES, truthWorld, type TruthWorld } from '../support/truth/truthWorld.ts'

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

    it('is told whole by the sockets: every trade and every liquidation', () => {
      for (const { venue, rows, instruments } of readings) {
        const times = (kind: string, is: Instrument) =>
          rows
            .filter(({ record, way, is: of }) => record.name === kind && way === 'socket' && of === is)
            .map(({ row }) => row['at'])
        for (const is of instruments) {
          const truth = truthOf(is.asset)
          const [trades, forced] = [times('trade', is), times('liquidation', is)]
          expect(new Set(trades)).toEqual(new Set(tradesFrom(world.startAt, MINUTES - 2, truth).map(({ at }) => at)))
          if (is.market === 'spot' || venue === 'hyperliquid') expect(forced).toEqual([])
          else expect(forced).toEqual(liquidationsFrom(world.startAt, truth).map(({ at }) => at))
        }
      }
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
          expect(sidedBounds(told.sides)).toEqual(told.sides === 'unknown' ? [0.5, 1] : [1, 1])
          expect(Math.abs(told.coins / truthOf(is.asset).held - 1)).toBeLessThan(1e-9)
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

    it('names the entry of the ledger that a number was read by, which holds then and there', () => {
      const entries = new Map(LEDGER.map((entry) => [entry.id, entry] as const))
      for (const { venue, rows } of readings) {
        for (const { record, row, is } of rows) {
          if (!('convention' in record.schema.shape)) continue
          const { from, to, contracts, ...entry } = entries.get(String(row['convention']))!
          const at = Number(row['at'])
          expect(entry.venue).toBe(venue)
          expect(contracts ?? [is.contract]).toContain(is.contract)
          expect(from === undefined || at >= parseInstant(from)).toBe(true)
          expect(to === undefined || at < parseInstant(to)).toBe(true)
        }
      }
    })

    it('would not pass unseen if a number were off by a hundred-millionth', () => {
      for (const { venue, rows } of readings) {
        for (const each of firstOfEach(rows)) {
          for (const name of NUMBERS.filter((field) => Number(each.row[field] ?? 0) !== 0)) {
            const off = { ...each, row: { ...each.row, [name]: Number(each.row[name]) * (1 + 1e-8) } }
            // Where the sides are unknown half as much would be no contradiction.
            if (each.row['sides'] === 'unknown' && name === 'coins') continue
            expect(compareReading({ venue, rows: [off] }, world).wrong, `${each.record.name}.${name}`).not.toEqual([])
          }
        }
      }
    })

    it('is added up with both bounds, every venue counted and named', () => {
      for (const { asset, held, mark } of TRUTH) {
        const rows = rowsOf(readings, asset)
        const { coins, quoteValue, venues, leftOut, parts, coverage } = sumOpenInterest(rows, bucketOf(world))
        expect({ venues, leftOut, coverage }).toEqual({ venues: [...VENUES].toSorted(), leftOut: [], coverage: 1 })
        const unknown = parts.filter(({ sides }) => sides === 'unknown').length
        expect(unknown).toBe(parts.length - parts.filter(({ venue }) => venue === 'bybit' || venue === 'gate').length)
        expect(coins.most / held).toBeCloseTo(parts.length, 9)
        expect(coins.least / held).toBeCloseTo(parts.length - unknown / 2, 9)
        expect(quoteValue.most / (held * mark)).toBeCloseTo(parts.length, 9)
      }
    })
  },
)

describe('the other number of sides', () => {
  let one: Served
  let both: Served

  beforeAll(async () => {
    one = await served('one side')
    both = await served('both sides')
  })

  it('served where nothing is documented doubles what is published there and nothing else', () => {
    expect([...wrongOf(one), ...wrongOf(both)]).toEqual([])
    for (const [i, reading] of both.readings.entries()) {
      const before = ofOpenInterest(one.readings[i]!)
      for (const [j, { told, way, is }] of ofOpenInterest(reading).entries()) {
        const factor = sidesOf(reading.venue, way) === 'unknown' ? 2 : 1
        expect(told.published / before[j]!.told.published).toBeCloseTo(factor, 12)
        expect(told.coins / truthOf(is.asset).held).toBeCloseTo(factor, 9)
        const sizes = { published: 0, coins: 0, quoteValue: 0 }
        expect({ ...told, ...sizes }).toEqual({ ...before[j]!.told, ...sizes })
      }
    }
  })

  it('moves the sum of all venues no further than its bounds allow', () => {
    const sums = [one, both].map(({ world, readings }) => sumOpenInterest(rowsOf(readings, 'BTC'), bucketOf(world)))
    const truth = sums[0]!.parts.length * truthOf('BTC').held
    const [published, doubled] = sums.map(({ coins }) => [coins.least / truth, coins.most / truth] as const)
    expect(published![0]).toBeLessThan(1)
    expect(published![1]).toBeCloseTo(1, 9)
    expect(doubled![0]).toBeCloseTo(1, 9)
    expect(doubled![1]).toBeGreaterThan(1)
  })

  it('would be noticed where it is documented: the venue then tells another truth', async () => {
    const flipped = await served('one side', { gate: 2, bybit: 0.5 })
    expect(new Set(wrongOf(flipped))).toEqual(
      new Set(['bybit openInterest now', 'bybit openInterest history', 'gate openInterest now']),
    )
  })
})

interface Served {
  readonly world: TruthWorld
  readonly readings: readonly VenueReading[]
}

/** Open interest of one truth, by how many sides are served where nothing is documented. */
async function served(
  counting: 'one side' | 'both sides',
  heldTimes: Partial<Readonly<Record<SimVenue, number>>> = {},
): Promise<Served> {
  const world = truthWorld(parseInstant('2026-09-02'), heldTimes)
  return { world, readings: await readVenues(world, doorsCounting(counting), 'openInterest') }
}

/** Which numbers of open interest are not the truth. */
const wrongOf = ({ world, readings }: Served): readonly string[] =>
  readings.flatMap((reading) =>
    compareReading({ venue: reading.venue, rows: ofOpenInterest(reading) }, world).wrong.map(
      (said) => `${reading.venue} ${said.split(' ').slice(0, 2).join(' ')}`,
    ),
  )

/** All open interest of an asset, of all venues. */
const rowsOf = (readings: readonly VenueReading[], asset: string): readonly OpenInterest[] =>
  readings.flatMap((reading) => ofOpenInterest(reading).flatMap(({ told, is }) => (is.asset === asset ? [told] : [])))

const NUMBERS = ['coins', 'volume', 'quantity', 'rate', 'boughtCoins', 'soldCoins', 'quoteVolume', 'entryPrice']

/** Of every record, way and contract the first row that is not all zeros. */
function firstOfEach(rows: readonly ReadRow[]): readonly ReadRow[] {
  const first = new Map<string, ReadRow>()
  for (const each of rows) {
    const key = seenKey(each.record.name, each.way, each.is.contract)
    const isFull = NUMBERS.some((name) => Number(each.row[name] ?? 0) !== 0)
    if (isFull && !first.has(key)) first.set(key, each)
  }
  return [...first.values()]
}

/** The hour that the world has come to. */
const bucketOf = (world: TruthWorld): Bucket => ({ open: barOpen(instant(world.now()), HOUR_MS), stepMs: HOUR_MS })
