// Engines may answer Math.exp and Math.log differently in the last bit, while + - * / and sqrt are rounded correctly
// everywhere. A market that must be the same bytes on every machine is therefore computed with these alone.

const LN2_HIGH = 0.69314718036912381649
const LN2_LOW = 1.90821492927058770002e-10
const LOG_TERMS = 12
const EXP_TERMS = 14

/**
 * Natural logarithm from exact operations only: the same bits on every machine.
 * @param x - above 0 and finite; 0 gives -Infinity, Infinity gives Infinity
 * @returns ln x, within 1e-15 relative of the true value for x not next to 1
 * @example portableLog(1) // 0
 */
export function portableLog(x: number): number {
  if (x === 0) return -Infinity
  if (x === Infinity) return Infinity
  let mantissa = x
  let exponent = 0
  for (; mantissa > Math.SQRT2; exponent++) mantissa /= 2
  for (; mantissa < Math.SQRT1_2; exponent--) mantissa *= 2
  const s = (mantissa - 1) / (mantissa + 1)
  const square = s * s
  let series = 0
  for (let term = LOG_TERMS; term >= 0; term--) series = series * square + 1 / (2 * term + 1)
  return exponent * LN2_HIGH + (2 * s * series + exponent * LN2_LOW)
}

/**
 * Exponential from exact operations only: the same bits on every machine.
 * @param x - a number; below -700 gives 0, above 700 Infinity
 * @returns e to the x, within 1e-15 relative
 * @example portableExp(0) // 1
 */
export function portableExp(x: number): number {
  if (x < -700) return 0
  if (x > 700) return Infinity
  const halvings = Math.round(x / Math.LN2)
  const rest = x - halvings * LN2_HIGH - halvings * LN2_LOW
  let value = 1
  for (let term = EXP_TERMS; term >= 1; term--) value = 1 + (value * rest) / term
  for (let i = 0; i < halvings; i++) value *= 2
  for (let i = 0; i > halvings; i--) value /= 2
  return value
}

/**
 * Standard normal numbers by Marsaglia's polar method, the same bits on every machine.
 * @param uniform - uniform numbers in [0, 1)
 * @returns a function that gives the next number
 * @example portableNormal(seededRandom('a').uniform)() === portableNormal(seededRandom('a').uniform)() // true
 */
export function portableNormal(uniform: () => number): () => number {
  let spare = NaN
  return () => {
    const kept = spare
    spare = NaN
    if (!Number.isNaN(kept)) return kept
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const s = x * x + y * y
      if (s >= 1 || s === 0) continue
      const scale = Math.sqrt((-2 * portableLog(s)) / s)
      spare = y * scale
      return x * scale
    }
  }
}
