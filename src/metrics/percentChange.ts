/**
 * Change against an earlier value, as a share of that value's size: what rises is above 0, whatever the sign of the earlier value.
 * @param before - any unit
 * @param after - the same unit
 * @returns percent; NaN where either is NaN, and where the earlier one is 0
 * @example percentChange(-50, -40) // 20
 */
export const percentChange = (before: number, after: number): number =>
  before === 0 ? NaN : (100 * (after - before)) / Math.abs(before)
