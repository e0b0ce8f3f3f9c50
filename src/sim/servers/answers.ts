import type { Answer } from './door.ts'

/** A plain answer. */
export const ok = (body: unknown): Answer => ({ status: 200, body })

/** A whole number of a query, or a default; NaN where it is there and no number. */
export function numberOf(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  return text === null || text === '' ? otherwise : Number(text)
}

/** A whole number that is the same for the same text, with so many decimal digits. */
export function digestDigits(text: string, digits: number): string {
  let [a, b] = [0x811c_9dc5, 0x1000_0193]
  let out = ''
  for (let round = 0; out.length < digits; round++) {
    for (let i = 0; i < text.length; i++) {
      a = Math.imul(a ^ text.charCodeAt(i), 16_777_619)
      b = Math.imul(b ^ (a >>> 5) ^ round, 2_246_822_519)
    }
    out += String(a >>> 0) + String(b >>> 0)
  }
  return out.slice(0, digits).replace(/^0/, '1')
}
