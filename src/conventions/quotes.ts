/** What a dollar is called on venues. Each has left a dollar for hours, none of these for half of the bars that are compared. */
const DOLLARS = new Set('USD USDT USDC FDUSD BUSD TUSD RLUSD USD1 USDE USDS USDP DAI'.split(' '))

/**
 * True where prices in two quotes can be compared as they are: in one quote, or both in dollars.
 * @example isOneMoney('USDT', 'USDC') // true
 */
export const isOneMoney = (a: string, b: string): boolean => a === b || (DOLLARS.has(a) && DOLLARS.has(b))
