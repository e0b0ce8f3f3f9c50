/** A seeded source of numbers: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly uniform: () => number
  /** Standard normal. */
  readonly normal: () => number
}

/**
 * Random numbers from a seed (sfc32 seeded by its text; normals by Marsaglia's polar method).
 * @param seed - any text; two seeds give unrelated streams
 * @example seededRandom('a').uniform() === seededRandom('a').uniform() // true
 */
export function seededRandom(seed: string): Random {
  const uniform = sfc32(hash(seed, 1), hash(seed, 2), hash(seed, 3))
  let spare = NaN
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const value = spare
      spare = NaN
      return value
    }
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const s = x * x + y * y
      if (s >= 1 || s === 0) continue
      const scale = Math.sqrt((-2 * Math.log(s)) / s)
      spare = y * scale
      return x * scale
    }
  }
  return { uniform, normal }
}

function sfc32(a: number, b: number, c: number): () => number {
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return (t >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

function hash(text: string, salt: number): number {
  let value = 2_166_136_261 ^ Math.imul(salt, 0x9e37_79b1)
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16_777_619)
  return value | 0
}
