import { z } from 'zod'

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/
const isNumber = (text: string): boolean => DECIMAL.test(text) && Number.isFinite(Number(text))

/** A number that a venue writes as text: `"37000.10"`. */
export const decimalText = () => z.string().refine(isNumber, 'not a number in text').transform(Number)

/** The same where the venue writes an empty text for "none". */
export const decimalTextOrNone = () =>
  z
    .string()
    .refine((text) => text === '' || isNumber(text), 'not a number in text')
    .transform((text) => (text === '' ? undefined : Number(text)))

/** Milliseconds that a venue writes as text. */
export const msText = () =>
  z
    .string()
    .regex(/^\d{10,16}$/, 'not a time in text')
    .transform(Number)
