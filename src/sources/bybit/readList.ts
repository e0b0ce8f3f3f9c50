import type { z } from 'zod'
import type { Instrument } from '../../records/instrument.ts'
import type { Mapping } from '../wire/readWire.ts'

type ListAnswer = z.ZodType<{
  readonly result: { readonly list: readonly unknown[]; readonly symbol?: string }
  readonly time?: number | undefined
}>

/** Where an element stands in its answer, and what the answer says of itself. */
export interface Found<A> {
  readonly index: number
  readonly raw: unknown
  readonly answer: A
}

/**
 * Reads an answer that holds a list and hands its elements on, each read by its own schema.
 * @param schemas - of the answer, and of one element
 */
export function readList<A extends ListAnswer, E extends z.ZodType>(
  mapping: Mapping,
  json: unknown,
  schemas: { readonly answer: A; readonly element: E },
  map: (element: z.infer<E>, found: Found<z.infer<A>>) => void,
): void {
  mapping.read(schemas.answer, json, [], (answer) => {
    for (const [index, raw] of answer.result.list.entries()) {
      mapping.read(schemas.element, raw, ['result', 'list', index], (element) => map(element, { index, raw, answer }))
    }
  })
}

/** Whether an answer is of the instrument that was asked for; another one is told. An inverse symbol is answered on linear too. */
export function isOf(mapping: Mapping, is: Instrument, symbol: string, raw: unknown): boolean {
  if (symbol === is.instrument) return true
  mapping.impossible('symbol', `"${is.instrument}" was asked for, "${symbol}" came`, raw)
  return false
}

/** The series that an instrument's records belong to. */
export const seriesOf = ({ venue, market, instrument }: Instrument): Readonly<Record<string, string>> => ({
  venue,
  market,
  instrument,
})

/** The field unless its value is 0: Bybit writes "" and may write 0 where there is no price. What is below is for the record to refuse. */
export const unlessZero = (name: string, value: number | undefined): Readonly<Record<string, number>> =>
  value !== undefined && value !== 0 ? { [name]: value } : {}
