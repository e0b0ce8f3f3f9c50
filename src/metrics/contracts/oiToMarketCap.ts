import { columnMetric } from './columnMetric.ts'

/**
 * Open interest as a share of what all coins in circulation are worth. Both are counted at one price, so it cancels: coins of open
 * interest over coins in circulation. Where only the market cap is known, dollars over dollars.
 * @param coins - open interest, coins
 * @param usd - the same in dollars
 * @param supply - coins in circulation; NaN where not known
 * @param cap - market cap in dollars
 * @returns percent, bar by bar; NaN where one of the two sides is, or where nothing is in circulation
 * @example oiToMarketCap({ coins: [8_382_000], supply: [120_710_824], … })[0] // 6.94
 */
function oiToMarketCap({
  coins,
  usd,
  supply,
  cap,
}: Readonly<Record<'coins' | 'usd' | 'supply' | 'cap', Float64Array>>): Float64Array {
  return coins.map((count, i) => {
    const ofSupply = share(count, supply[i])
    return Number.isNaN(ofSupply) ? share(usd[i], cap[i]) : ofSupply
  })
}

const share = (part = NaN, whole = NaN): number => (whole > 0 ? (100 * part) / whole : NaN)

/**
 * Registry entry `oi_to_market_cap`: open interest over market cap, percent; `.least` with half of what venues of unknown sides publish.
 */
export const oiToMarketCapMetric = columnMetric({
  id: 'oi_to_market_cap',
  title: 'Open interest over market cap',
  outputs: [
    { name: 'value', unit: 'pct' },
    { name: 'least', unit: 'pct' },
  ],
  groups: ['open_interest', 'market_cap'],
  compute: (column) => {
    const over = { supply: column('market_cap.supply'), cap: column('market_cap.usd') }
    return {
      value: oiToMarketCap({ ...over, coins: column('open_interest.coins'), usd: column('open_interest.usd') }),
      least: oiToMarketCap({ ...over, coins: column('open_interest.least'), usd: column('open_interest.usdLeast') }),
    }
  },
})
