/** Smallest step of a price. */
export const TICK = 0.01

/**
 * A price on the grid of ticks.
 * @example toTick(1553.0049) // 1553
 */
export const toTick = (price: number): number => Math.round(price * TICKS_PER_UNIT) / TICKS_PER_UNIT

const TICKS_PER_UNIT = 100
