import type { z } from 'zod'
import { MissingConventionError } from '../../conventions/convention.ts'
import { DeskError } from '../../core/errors.ts'
import type { Instrument } from '../../records/instrument.ts'
import type { RecordSpec } from '../../records/record.ts'
import type { MapContext, Mapped, MappedRow } from '../source.ts'
import { excerptOf, faultsOf, noConvention, sayPath, type WireFault } from './wireFault.ts'

/** What a value was read as, and what was odd about it; undefined where it cannot be used. */
export interface WireRead<T> {
  readonly value: T | undefined
  readonly faults: readonly WireFault[]
}

const NONE: readonly WireFault[] = []

/**
 * Reads a value by the schema of what is documented. A field that is not documented is told and left out; anything else that
 * differs makes the value unusable.
 * @param schema - strict, so that unknown fields are seen
 * @param at - where the value stands in its message
 */
export function readWire<S extends z.ZodType>(
  schema: S,
  value: unknown,
  channel: string,
  at: readonly PropertyKey[] = [],
): WireRead<z.infer<S>> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return { value: parsed.data, faults: NONE }
  const faults = faultsOf(channel, parsed.error, value, at)
  if (faults.some(({ what }) => what !== 'unknown field')) return { value: undefined, faults }
  const again = schema.safeParse(without(value, parsed.error))
  return { value: again.success ? again.data : undefined, faults }
}

/**
 * The same for a value without which nothing can go on.
 * @throws {NotAsDocumentedError} it cannot be used
 */
export function needWire<S extends z.ZodType>(schema: S, value: unknown, channel: string): z.infer<S> {
  const { value: read, faults } = readWire(schema, value, channel)
  if (read === undefined) throw new NotAsDocumentedError(faults)
  return read
}

/** The value without the keys that the schema did not know. */
function without(value: unknown, error: z.ZodError): unknown {
  const copy = structuredClone(value)
  for (const issue of error.issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const holder = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown>)[key], copy)
    for (const key of issue.keys) delete (holder as Record<string, unknown>)[key]
  }
  return copy
}

/** Collects what a list of elements comes to: one bad element costs no other. */
export class Mapping {
  readonly #rows: MappedRow[] = []
  readonly #faults: WireFault[] = []
  readonly #channel: string

  constructor(channel: string) {
    this.#channel = channel
  }

  /** Reads an element by its schema and maps it; whatever is wrong with it is told. */
  read<S extends z.ZodType>(
    schema: S,
    value: unknown,
    at: readonly PropertyKey[],
    map: (value: z.infer<S>) => void,
  ): void {
    const { value: read, faults } = readWire(schema, value, this.#channel, at)
    this.#faults.push(...faults)
    if (read !== undefined) this.#map(() => map(read as z.infer<S>), at, value)
  }

  /** The same for what comes by the ten thousand: by hand where that says yes, else by the schema. */
  readQuickly<S extends z.ZodType>(
    by: { readonly quick: (value: unknown) => z.infer<S> | undefined; readonly schema: S },
    value: unknown,
    at: readonly PropertyKey[],
    map: (value: z.infer<S>) => void,
  ): void {
    const read = by.quick(value)
    if (read !== undefined) this.#map(() => map(read), at, value)
    else this.read(by.schema, value, at, map)
  }

  /** Keeps a record where its own schema accepts it. */
  keep(record: RecordSpec, row: Readonly<Record<string, unknown>>, raw: unknown): void {
    if (record.isSound?.(row) === true) {
      this.#rows.push({ record, row })
      return
    }
    const parsed = record.schema.safeParse(row)
    if (parsed.success) this.#rows.push({ record, row })
    else {
      for (const { path, message } of parsed.error.issues.slice(0, 1)) this.impossible(sayPath(path), message, raw)
    }
  }

  /** Tells of a value that cannot be. */
  impossible(path: string, why: string, raw: unknown): void {
    this.#faults.push({ channel: this.#channel, what: 'impossible', path, why, raw: excerptOf(raw) })
  }

  /** The instrument that an element speaks of, where it is collected. One that is not even listed is told. */
  instrument(
    context: MapContext,
    market: Instrument['market'],
    { name, path, raw }: { readonly name: string; readonly path: string; readonly raw: unknown },
  ): Instrument | undefined {
    const found = context.instrument(market, name)
    if (found === undefined) {
      const why = `"${name}" is not listed`
      this.#faults.push({ channel: this.#channel, what: 'unknown instrument', path, why, raw: excerptOf(raw) })
    }
    return found === 'left out' ? undefined : found
  }

  /** Tells of an answer that has not the documented form. */
  notDocumented(path: string, why: string, raw: unknown): void {
    this.#faults.push({ channel: this.#channel, what: 'not as documented', path, why, raw: excerptOf(raw) })
  }

  /** A number of which the ledger does not say what it means costs its element and no other. */
  #map(map: () => void, at: readonly PropertyKey[], raw: unknown): void {
    try {
      map()
    } catch (error) {
      if (!(error instanceof MissingConventionError)) throw error
      this.#faults.push(noConvention(error, { channel: this.#channel, path: sayPath(at), raw }))
    }
  }

  /** Takes over what was read elsewhere. */
  add({ rows, faults }: Mapped): void {
    this.#rows.push(...rows)
    this.#faults.push(...faults)
  }

  done(): Mapped {
    return { rows: this.#rows, faults: this.#faults }
  }
}

/** An answer without which nothing can go on is not as documented. */
export class NotAsDocumentedError extends DeskError {
  readonly faults: readonly WireFault[]

  constructor(faults: readonly WireFault[]) {
    const [first] = faults
    super('NOT_AS_DOCUMENTED', `an answer of "${first?.channel}" cannot be read: "${first?.path}" ${first?.why}`, {
      retry: 'later',
    })
    this.faults = faults
  }
}
