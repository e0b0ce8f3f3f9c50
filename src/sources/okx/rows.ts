import type { z } from 'zod'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/** An element of an answer as it was read, as it was sent, and where it stood. */
export interface Row<T> {
  readonly value: T
  readonly raw: unknown
  readonly index: number
}

/** The elements of an answer of REST that are as documented; whatever is wrong with the others is told. */
export function rowsOf<S extends z.ZodType>(mapping: Mapping, schema: S, json: unknown): readonly Row<z.infer<S>>[] {
  const rows: Row<z.infer<S>>[] = []
  mapping.read(wire.answer, json, [], ({ code, msg, data }) => {
    if (code !== '0') mapping.notDocumented('code', `the answer is an error: ${code} ${msg}`, json)
    else rows.push(...readAll(mapping, schema, data))
  })
  return rows
}

/** The same for the list that a channel pushes. */
export function readAll<S extends z.ZodType>(
  mapping: Mapping,
  schema: S,
  data: readonly unknown[],
): readonly Row<z.infer<S>>[] {
  const rows: Row<z.infer<S>>[] = []
  for (const [index, raw] of data.entries()) {
    mapping.read(schema, raw, ['data', index], (value) => rows.push({ value, raw, index }))
  }
  return rows
}

/** The fields by which a record names its series. */
export const seriesOf = ({ venue, market, instrument }: Instrument): Readonly<Record<string, string>> => ({
  venue,
  market,
  instrument,
})
