import type { Instrument } from '../../records/instrument.ts'

/** The venue's families of contracts that are collected: settled in USDT, and in the coin. */
export const FAMILIES = ['USDT-FUTURES', 'COIN-FUTURES'] as const
export type Family = (typeof FAMILIES)[number]

/** The family of a perpetual. */
export const familyOf = ({ contract }: Pick<Instrument, 'contract'>): Family =>
  contract === 'inverse' ? 'COIN-FUTURES' : 'USDT-FUTURES'

/** The families that these instruments are of. */
export const familiesOf = (instruments: readonly Instrument[]): readonly Family[] => [
  ...new Set(instruments.map(familyOf)),
]

/** The symbol as a question names it; a contract is asked for with its family. */
export const symbolOf = (is: Instrument): Readonly<Record<string, string>> =>
  is.market === 'spot' ? { symbol: is.instrument } : { symbol: is.instrument, productType: familyOf(is) }
