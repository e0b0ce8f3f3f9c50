import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { instant, type InstantMs } from '../../src/core/instant.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import type { Venue } from '../../src/records/venues.ts'
import type { PublisherName } from '../../src/sources/publisher.ts'
import type { MapContext, Mapped } from '../../src/sources/source.ts'

/** A documented example of what a door of a venue answers. */
export interface Fixture {
  readonly door: string
  readonly address: string | null
  readonly kind: string
  readonly seen: string
  readonly request: unknown
  readonly payload: unknown
  readonly replies?: Readonly<Record<string, unknown>>
  readonly facts: readonly string[]
}

/** Whoever has a folder of examples. */
type Documented = Venue | PublisherName

const folderOf = (venue: Documented): string => join(import.meta.dirname, '../../src/sources', venue, 'fixtures')

/** The fixture of a venue by its file's name, without `.json`. */
export const fixture = (venue: Documented, name: string): Fixture =>
  JSON.parse(readFileSync(join(folderOf(venue), `${name}.json`), 'utf8')) as Fixture

/** The names of a venue's fixtures. */
export const fixtureNames = (venue: Documented): readonly string[] =>
  readdirSync(folderOf(venue)).map((name) => name.replace(/\.json$/, ''))

/** An instrument for tests of mappers; a linear perpetual of BTC unless said. */
export function made(venue: Venue, fields: Partial<Instrument> = {}): Instrument {
  const is = { venue, market: 'perp', instrument: 'BTCUSDT', asset: 'BTC', quote: 'USDT', multiplier: 1 } as const
  return { ...is, simulated: false, contract: 'linear', ...fields }
}

/** A context that knows these instruments; the time is after every documented example unless said. */
export function contextOf(
  venue: Venue,
  instruments: readonly Instrument[],
  now: InstantMs = instant(4_000_000_000_000),
): MapContext {
  const find = (market: string, name: string): Instrument | undefined =>
    instruments.find((each) => each.market === market && each.instrument === name)
  return { venue, instrument: find, now }
}

type Path = readonly (string | number)[]

function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inner = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, [...at, Array.isArray(value) ? Number(key) : key]),
  )
  return at.length === 0 ? inner : [at, ...inner]
}

const ODD: readonly unknown[] = [
  null,
  '',
  'abc',
  '-1',
  -1,
  0,
  '0',
  1e300,
  '1e999',
  'NaN',
  NaN,
  true,
  [],
  {},
  '99999999999999999999',
  '12.5',
  12.5,
  4_102_444_800_000_000,
]

/** The payload with one to three of its places removed, replaced by something odd, or given a field that is not documented. */
export function damaged(payload: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(payload)
  const change = fc.record({
    path: fc.constantFrom(...paths),
    how: fc.constantFrom('remove', 'replace', 'extend'),
    odd: fc.constantFrom(...ODD),
  })
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy: unknown = structuredClone(payload)
    for (const { path, how, odd } of changes) damage(copy, path, how, structuredClone(odd))
    return copy
  })
}

function damage(root: unknown, path: Path, how: string, odd: unknown): void {
  let holder = root as Record<string | number, unknown>
  for (const key of path.slice(0, -1)) {
    const next = holder?.[key]
    if (typeof next !== 'object' || next === null) return
    holder = next as Record<string | number, unknown>
  }
  const last = path.at(-1)
  if (last === undefined || typeof holder !== 'object' || holder === null) return
  if (how === 'replace') holder[last] = odd
  else if (how === 'extend' && !Array.isArray(holder)) holder['neverDocumented'] = odd
  else if (Array.isArray(holder)) holder.splice(Number(last), 1)
  else delete holder[last]
}

/** Whatever came in: no row is kept that its own record refuses, and every fault says what and where. */
export function expectSound({ rows, faults }: Mapped): void {
  for (const { record, row } of rows) {
    const parsed = record.schema.safeParse(row)
    expect(parsed.success, JSON.stringify(row)).toBe(true)
  }
  for (const fault of faults) {
    expect(fault.channel).not.toBe('')
    expect(fault.why).not.toBe('')
    expect(fault.raw.length).toBeLessThanOrEqual(501)
  }
}

/** Maps damaged forms of a documented payload: nothing is thrown, nothing unsound is kept. */
export function fuzz(payload: unknown, map: (json: unknown) => Mapped): void {
  fc.assert(
    fc.property(damaged(payload), (json) => expectSound(map(json))),
    { numRuns: 200 },
  )
}
