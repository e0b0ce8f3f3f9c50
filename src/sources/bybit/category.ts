import type { Instrument } from '../../records/instrument.ts'

/** The venue's word for a kind of instrument, as its doors and socket paths have it. */
export type Category = 'spot' | 'linear' | 'inverse'

export const categoryOf = ({ contract }: Pick<Instrument, 'contract'>): Category =>
  contract === 'none' ? 'spot' : contract
