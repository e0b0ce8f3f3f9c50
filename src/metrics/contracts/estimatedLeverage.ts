import { columnMetric } from './columnMetric.ts'

/** Coins over coins; a gap where a wallet list is empty. */
const over = (coins: Float64Array, wallets: Float64Array): Float64Array =>
  coins.map((count, i) => ((wallets[i] ?? NaN) > 0 ? count / (wallets[i] as number) : NaN))

/**
 * Registry entry `estimated_leverage`: open interest of a venue over the coins in its known wallets (CryptoQuant's estimated leverage
 * ratio). The value is comparable, one-sided; `.published` counts as the venue does; `.least` takes half of unknown sides. Wallet lists
 * are lower bounds and jump when a wallet is added, so the ratio is an upper bound.
 */
export const estimatedLeverageMetric = columnMetric({
  id: 'estimated_leverage',
  title: 'Estimated leverage ratio',
  outputs: [
    { name: 'value', unit: 'ratio' },
    { name: 'published', unit: 'ratio' },
    { name: 'least', unit: 'ratio' },
  ],
  groups: ['open_interest', 'wallets'],
  compute: (column) => {
    const wallets = column('wallets.coins')
    return {
      value: over(column('open_interest.coins'), wallets),
      published: over(column('open_interest.published'), wallets),
      least: over(column('open_interest.least'), wallets),
    }
  },
})
