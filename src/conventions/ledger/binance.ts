import type { Convention } from '../convention.ts'

/** What Binance's numbers mean. */
export const binance: readonly Convention[] = []
