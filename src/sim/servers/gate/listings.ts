import { lotsText, type Listing } from '../../market/live/listing.ts'
import type { VenueMarket } from '../../market/live/venueMarket.ts'
import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'
import { contractNamed, contracts, isRefused, pageOf, pairs, type Asked } from './asked.ts'
import { HOUR } from './intervals.ts'
import { BAD_CONTRACT } from './refusals.ts'
import { decimal, price, rate, seconds, size, type SizeForm } from './written.ts'

/** All pairs of spot. */
export const currencyPairs = ({ market }: Asked): Answer => ok(pairs(market).map(pairRow))

const pairRow = (listing: Listing) => ({
  id: listing.name,
  base: listing.base,
  base_name: listing.asset,
  quote: listing.quote,
  quote_name: 'Tether',
  fee: '0.2',
  min_base_amount: lotsText(listing, 1),
  min_quote_amount: '3',
  max_base_amount: '100000000000',
  max_quote_amount: '5000000',
  amount_precision: listing.lotDecimals,
  precision: listing.priceDecimals,
  trade_status: 'tradable',
  sell_start: seconds(listing.listedAt),
  buy_start: seconds(listing.listedAt),
  delisting_time: 0,
  type: 'normal',
  trade_url: `https://www.gate.io/trade/${listing.name}`,
  st_tag: false,
  up_rate: '0.05',
  down_rate: '0.02',
  slippage: '0.05',
  max_market_order_stock: '100000000000',
  max_market_order_money: '1000000',
})

/** All contracts of a settlement, unless `limit` and `offset` ask for a part. */
export function contractList(asked: Asked): Answer {
  const all = contracts(asked.market, asked.settle)
  const page = pageOf(asked.query, Math.max(1, all.length))
  if (isRefused(page)) return page
  const found = all.slice(page.offset, page.offset + page.limit)
  return ok(found.map((listing) => contractRow(listing, asked.market, asked.sizes)))
}

/** One contract, which the path names. */
export function contractOne(asked: Asked, name: string): Answer {
  const listing = contractNamed(asked, name)
  return listing === undefined ? BAD_CONTRACT : ok(contractRow(listing, asked.market, asked.sizes))
}

/** Coins in one contract; 0 where one contract is a dollar. */
export const quantoMultiplier = (listing: Listing): string =>
  listing.contract === 'inverse' ? '0' : lotsText(listing, 1)

export const tick = (listing: Listing): string => price(listing, listing.tick)

function contractRow(listing: Listing, market: VenueMarket, form: SizeForm) {
  const [trade, snapshot, funding] = [
    market.trades(listing).at(-1),
    market.snapshot(listing),
    market.expectedFunding(listing),
  ]
  const mark = market.mark(listing)
  return {
    name: listing.name,
    type: listing.contract === 'inverse' ? 'inverse' : 'direct',
    quanto_multiplier: quantoMultiplier(listing),
    ref_discount_rate: '0',
    order_price_deviate: '0.5',
    maintenance_rate: '0.005',
    mark_type: 'index',
    last_price: price(listing, trade?.price ?? mark),
    mark_price: price(listing, mark),
    index_price: price(listing, mark),
    funding_rate_indicative: rate(funding.rate),
    mark_price_round: tick(listing),
    funding_offset: 0,
    in_delisting: false,
    risk_limit_base: '1000000',
    interest_rate: '0.0003',
    order_price_round: tick(listing),
    order_size_min: size(1, form),
    enable_decimal: false,
    ref_rebate_rate: '0.2',
    funding_interval: (listing.fundingHours * HOUR) / 1000,
    risk_limit_step: '1000000',
    leverage_min: '1',
    leverage_max: '100',
    risk_limit_max: '8000000',
    maker_fee_rate: '-0.0001',
    taker_fee_rate: '0.00075',
    funding_rate: rate(funding.rate),
    order_size_max: size(1_000_000, form),
    funding_next_apply: seconds(funding.at),
    short_users: snapshot.shortAccounts,
    config_change_time: seconds(listing.listedAt),
    trade_size: size(lotsEver(listing, market), form),
    position_size: size(snapshot.longLots, form),
    long_users: snapshot.longAccounts,
    funding_impact_value: '60000',
    orders_limit: 100,
    trade_id: trade?.seq ?? 0,
    orderbook_id: 2 * (trade?.seq ?? 0),
    enable_bonus: true,
    enable_credit: true,
    create_time: seconds(listing.listedAt),
    funding_cap_ratio: '0.75',
    status: 'trading',
    launch_time: seconds(listing.listedAt),
    market_order_slip_ratio: '0.05',
    market_order_size_max: '0',
    funding_rate_limit: decimal(0.003, 8),
    contract_type: '',
    enable_circuit_breaker: false,
  }
}

/** Contracts traded as far back as the world knows. */
const lotsEver = (listing: Listing, market: VenueMarket): number =>
  market.candles(listing, { stepMs: HOUR, from: 0, to: market.now() + 1 }).reduce((sum, { lots }) => sum + lots, 0)
