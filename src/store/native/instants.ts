const HIGH = 4_294_967_296

/** Whole numbers as 64-bit integers. Halves are written apart: bigint would take ten times as long. */
export function instantBytes(column: Float64Array): Uint8Array {
  const halves = new Int32Array(column.length * 2)
  for (let i = 0; i < column.length; i++) {
    const value = column[i] as number
    const high = Math.floor(value / HIGH)
    halves[2 * i] = value - high * HIGH
    halves[2 * i + 1] = high
  }
  return new Uint8Array(halves.buffer)
}

/** 64-bit integers as numbers; above 2^53 the nearest one. */
export function wholeNumbers(halves: Uint32Array, sign: 'signed' | 'unsigned'): Float64Array {
  const column = new Float64Array(halves.length / 2)
  for (let i = 0; i < column.length; i++) {
    const high = halves[2 * i + 1] as number
    column[i] = (halves[2 * i] as number) + (sign === 'signed' ? high | 0 : high) * HIGH
  }
  return column
}
