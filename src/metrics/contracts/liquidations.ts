import { columnMetric } from './columnMetric.ts'

/**
 * Registry entry `liquidations.long`, `.short`: positions closed by force in a bar, dollars, over the venues collected. A long is closed by
 * a sell. Prices are fills or bankruptcy prices, as the ledger says; a feed that does not send all makes the sum a lower bound.
 */
export const liquidationsMetric = columnMetric({
  id: 'liquidations',
  title: 'Liquidations',
  outputs: [
    { name: 'long', unit: 'usd' },
    { name: 'short', unit: 'usd' },
  ],
  groups: ['liquidations'],
  compute: (column) => ({ long: column('liquidations.long'), short: column('liquidations.short') }),
})
