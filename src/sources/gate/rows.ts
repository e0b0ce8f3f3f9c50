import type { Instrument } from '../../records/instrument.ts'
import type { Mapping } from '../wire/readWire.ts'

/** The fields that name an instrument's series. */
export const seriesOf = ({ venue, market, instrument }: Instrument): Readonly<Record<string, string>> => ({
  venue,
  market,
  instrument,
})

/** An answer's elements; an answer that is no list is told. */
export function listOf(mapping: Mapping, json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json
  mapping.notDocumented('', 'not a list', json)
  return []
}

/** A field unless its value is 0: the venue writes that for no price. What is below is for the record to refuse. */
export const unlessZero = (name: string, value: number | undefined): Readonly<Record<string, number>> =>
  value !== undefined && value !== 0 ? { [name]: value } : {}

/** A field that is there only where it has a value, 0 among them. */
export const known = (name: string, value: number | undefined): Readonly<Record<string, number>> =>
  value === undefined || Number.isNaN(value) ? {} : { [name]: value }
