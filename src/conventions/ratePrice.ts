/** A rate of a fifth of the whole a year was never seen; further off it is a price of something else. */
const [LEAST, MOST] = [80, 102]

/**
 * Whether a number can be the price of a fed funds future: 100 less a rate, percent a year.
 * @example isRatePrice(96.31) // true
 * @example isRatePrice(4.33) // false
 */
export const isRatePrice = (price: number): boolean => price >= LEAST && price <= MOST
