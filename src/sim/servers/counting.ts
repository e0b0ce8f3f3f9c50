/** How many sides of every contract open interest counts: most venues' documents do not say. */
export type Counting = 'one side' | 'both sides'

/**
 * Lots of open interest.
 * @param longLots - what all longs hold, which is what all shorts hold
 */
export const countedLots = (longLots: number, counting: Counting): number =>
  counting === 'one side' ? longLots : 2 * longLots
