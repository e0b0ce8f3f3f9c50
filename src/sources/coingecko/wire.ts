import { z } from 'zod'
import { parseInstant } from '../../core/instant.ts'

/** Unknown is null. */
const amount = () => z.number().nullable()
const isoInstant = () => z.iso.datetime().transform(parseInstant)

/** GET /ping */
export const ping = z.strictObject({ gecko_says: z.string() })

/** An element of GET /coins/markets. */
export const market = z.strictObject({
  id: z.string(),
  symbol: z.string(),
  name: z.string(),
  image: z.string().nullable(),
  current_price: amount(),
  market_cap: amount(),
  market_cap_rank: amount(),
  market_cap_rank_with_rehypothecated: amount().optional(),
  fully_diluted_valuation: amount(),
  total_volume: amount(),
  high_24h: amount(),
  low_24h: amount(),
  price_change_24h: amount(),
  price_change_percentage_24h: amount(),
  market_cap_change_24h: amount(),
  market_cap_change_percentage_24h: amount(),
  circulating_supply: amount(),
  total_supply: amount(),
  max_supply: amount(),
  ath: amount(),
  ath_change_percentage: amount(),
  ath_date: z.string().nullable(),
  atl: amount(),
  atl_change_percentage: amount(),
  atl_date: z.string().nullable(),
  roi: z.record(z.string(), z.unknown()).nullable(),
  last_updated: isoInstant(),
})

/** Milliseconds and a value. */
const point = z.tuple([z.number().int(), amount()])

/** GET /coins/{id}/market_chart */
export const chart = z.strictObject({
  prices: z.array(point),
  market_caps: z.array(point),
  total_volumes: z.array(point),
})
