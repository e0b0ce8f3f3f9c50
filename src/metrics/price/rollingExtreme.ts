/**
 * The lowest of the last `n` values, one value at a time, in constant time on average (a queue kept in rising order).
 * @param n - values, from 1
 * @returns takes the next value, gives the lowest of the last `n`; NaN for the first `n - 1`; a NaN gives NaN and starts over
 * @example [3, 1, 2, 4].map(rollingLow(2)) // [NaN, 1, 1, 2]
 */
export function rollingLow(n: number): (value: number) => number {
  const values = new Float64Array(n)
  const indices = new Float64Array(n)
  let head = 0
  let size = 0
  let count = 0
  return (value) => {
    if (Number.isNaN(value)) {
      head = size = count = 0
      return NaN
    }
    if (size > 0 && (indices[head] as number) <= count - n) {
      head = (head + 1) % n
      size--
    }
    while (size > 0 && (values[(head + size - 1) % n] as number) >= value) size--
    const tail = (head + size) % n
    values[tail] = value
    indices[tail] = count
    size++
    count++
    return count < n ? NaN : (values[head] as number)
  }
}

/**
 * The highest of the last `n` values: the mirror of {@link rollingLow}.
 * @example [3, 1, 2, 4].map(rollingHigh(2)) // [NaN, 3, 2, 4]
 */
export function rollingHigh(n: number): (value: number) => number {
  const next = rollingLow(n)
  return (value) => -next(-value)
}
