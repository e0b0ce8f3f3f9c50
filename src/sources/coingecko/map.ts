import { DAY_MS, MINUTE_MS } from '../../core/instant.ts'
import { marketCap } from '../../records/marketCap.ts'
import type { Mapped } from '../source.ts'
import { Mapping } from '../wire/readWire.ts'
import * as wire from './wire.ts'

/** The point of 00:00 is served from 00:10 on. */
const PUBLISHED_MS = 10 * MINUTE_MS

/**
 * Market caps by day out of `market_chart`: the point of 00:00 is what stood when the day before it ended, so it becomes that day's
 * row, known ten minutes after its end. The supply is not told there: it is the market cap over the price beside it. A day without a
 * market cap is a gap; the last point, which is of now, is passed over.
 * @param asset - canonical id of the coin that was asked for
 * @example mapHistory({ prices: [[day + DAY_MS, 2]], market_caps: [[day + DAY_MS, 10]], total_volumes: [] }, 'X').rows[0].row
 *   // { venue: 'coingecko', asset: 'X', interval: '1d', at: day, knownAt: day + DAY_MS + 600_000, marketCap: 10, price: 2, supply: 5 }
 */
export function mapHistory(json: unknown, asset: string): Mapped {
  const mapping = new Mapping('market_chart')
  mapping.read(wire.chart, json, [], ({ prices, market_caps: caps }) => {
    const capAt = new Map(caps)
    for (const [i, raw] of prices.entries()) {
      const [end, price] = raw
      const isWholeDay = end % DAY_MS === 0
      if (!isWholeDay && i < prices.length - 1) mapping.notDocumented(`prices[${i}][0]`, 'is no begin of a day', raw)
      const values = valuesOf(capAt.get(end), price)
      if (!isWholeDay || values.marketCap === undefined) continue
      const supply = values.price === undefined ? {} : { supply: values.marketCap / values.price }
      const row = { ...SERIES, asset, interval: '1d', at: end - DAY_MS, knownAt: end + PUBLISHED_MS }
      mapping.keep(marketCap, { ...row, ...values, ...supply }, raw)
    }
  })
  return mapping.done()
}

/**
 * Market caps and supplies of now out of `coins/markets`, each at the time of its last update. A coin that nothing is told of is
 * left out; one that was not asked for is told.
 * @param assets - canonical ids by the publisher's ids of the coins that were asked for
 */
export function mapNow(json: unknown, assets: ReadonlyMap<string, string>): Mapped {
  const mapping = new Mapping('coins/markets')
  if (!Array.isArray(json)) {
    mapping.notDocumented('', 'is no list', json)
    return mapping.done()
  }
  for (const [i, raw] of json.entries()) {
    mapping.read(wire.market, raw, [i], (coin) => {
      const asset = assets.get(coin.id)
      if (asset === undefined) return mapping.impossible(`[${i}].id`, `"${coin.id}" was not asked for`, raw)
      const values = valuesOf(coin.market_cap, coin.current_price)
      const supply = unlessZero('supply', coin.circulating_supply ?? 0)
      if (values.marketCap === undefined && supply.supply === undefined) return
      const at = coin.last_updated
      mapping.keep(marketCap, { ...SERIES, asset, interval: 'live', at, knownAt: at, ...values, ...supply }, raw)
    })
  }
  return mapping.done()
}

const SERIES = { venue: 'coingecko' } as const

/** Null and 0 stand for unknown. */
const valuesOf = (cap: number | null | undefined, price: number | null) => ({
  ...unlessZero('marketCap', cap ?? 0),
  ...unlessZero('price', price ?? 0),
})

const unlessZero = <K extends string>(name: K, value: number): { readonly [key in K]?: number } =>
  (value === 0 ? {} : { [name]: value }) as { readonly [key in K]?: number }
