import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import type { Holdings } from '../../market/live/holdings.ts'
import type { SimVenue } from '../../market/live/listings.ts'
import { ok } from '../answers.ts'
import type { Answer, Ask, RateRule, VenueDoors } from '../door.ts'
import { dayStarts, type WorldPrices } from '../worldPrices.ts'

/** Exchanges by their slugs. */
const EXCHANGES: Readonly<Record<string, { readonly venue: SimVenue; readonly name: string }>> = {
  'binance-cex': { venue: 'binance', name: 'Binance CEX' },
  bybit: { venue: 'bybit', name: 'Bybit' },
  okx: { venue: 'okx', name: 'OKX' },
  gate: { venue: 'gate', name: 'Gate' },
  bitget: { venue: 'bitget', name: 'Bitget' },
}

/** Symbols under which the coins of an asset are counted, and which part of them. */
const COUNTED: Readonly<Record<string, readonly (readonly [symbol: string, part: number])[]>> = {
  ETH: [
    ['ETH', 0.7],
    ['WETH', 0.3],
  ],
}

/** Chains on which coins lie; of every other asset a chain of its own name. */
const CHAINS: Readonly<Record<string, string>> = { BTC: 'Bitcoin', ETH: 'Ethereum', PEPE: 'Ethereum', LINK: 'Ethereum' }

/** DefiLlama over a world, by its description of its open interface and what its server does. */
export const defillamaDoors = (prices: WorldPrices, holdings: Holdings): VenueDoors => ({
  venue: 'defillama',
  rate: RATE,
  answer: (ask) => answer(ask, { prices, holdings }),
  notFound: { status: 404, body: '<html>Not Found</html>' },
  tradeId: () => '',
  connect: () => undefined,
})

interface Seen {
  readonly prices: WorldPrices
  readonly holdings: Holdings
}

function answer({ path }: Ask, seen: Seen): Answer | undefined {
  const [, door, slug = ''] = /^\/(protocol|tvl)\/([^/]+)$/.exec(path) ?? []
  if (door === undefined) return undefined
  const exchange = EXCHANGES[decodeURIComponent(slug).toLowerCase()]
  if (exchange === undefined) return { status: 400, body: { message: 'Protocol is not in our database' } }
  if (door === 'tvl') return ok(worth(countsOf(exchange.venue, seen).at(-1)))
  return ok(protocol(exchange, seen))
}

/** Amounts of one asset at one time. */
interface Amount {
  readonly asset: string
  readonly coins: number
  readonly usd: number
}

interface Count {
  /** Seconds. */
  readonly date: number
  readonly amounts: readonly Amount[]
}

const worth = (count: Count | undefined): number => (count?.amounts ?? []).reduce((sum, { usd }) => sum + usd, 0)

/** A count at 00:00 of every day, and one of the hour that runs. */
function countsOf(venue: SimVenue, { prices, holdings }: Seen): readonly Count[] {
  const now = prices.now()
  const past = new Map(prices.assets.map((asset) => [asset, prices.past(asset, DAY_MS, 0)] as const))
  const priceAt = new Map(
    [...past].map(([asset, all]) => [asset, new Map(all.map(({ at, price }) => [at, price] as const))] as const),
  )
  const days = [...new Set([...past.values()].flatMap(dayStarts))].toSorted((a, b) => a - b)
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS
  const last = hour % DAY_MS === 0 ? [] : [hour]
  return [...days, ...last].map((at) => ({
    date: at / 1000,
    amounts: prices.assets.flatMap((asset): Amount[] => {
      const price = at === hour ? prices.price(asset) : priceAt.get(asset)?.get(at)
      if (price === undefined) return []
      const coins = holdings.wallet(venue, asset, at)
      return [{ asset, coins, usd: coins * price }]
    }),
  }))
}

function protocol({ venue, name }: (typeof EXCHANGES)[string], seen: Seen): unknown {
  const counts = countsOf(venue, seen)
  const chains = [...new Set(seen.prices.assets.map(chainOf))]
  const now = counts.at(-1)
  return {
    id: name,
    name,
    symbol: '-',
    category: 'CEX',
    chains,
    currentChainTvls: Object.fromEntries(chains.map((chain) => [chain, worth(now && onChain(now, chain))])),
    // A large exchange has more keys by chain than are sent.
    chainTvls: Object.fromEntries(
      chains.map((chain) => [
        chain,
        { tvl: tvlOf(counts.map((each) => onChain(each, chain))), tokensInUsd: null, tokens: null },
      ]),
    ),
    tvl: tvlOf(counts),
    tokensInUsd: counts.map(({ date, amounts }) => ({ date, tokens: bySymbol(amounts, 'usd') })),
    tokens: counts.map(({ date, amounts }) => ({ date, tokens: bySymbol(amounts, 'coins') })),
    methodology: 'SIMULATED wallets: a seeded part of all coins, and a wallet that is added once.',
  }
}

const tvlOf = (counts: readonly Count[]) => counts.map((each) => ({ date: each.date, totalLiquidityUSD: worth(each) }))

const onChain = (count: Count, chain: string): Count => ({
  ...count,
  amounts: count.amounts.filter(({ asset }) => chainOf(asset) === chain),
})

const chainOf = (asset: string): string => CHAINS[asset] ?? asset

const bySymbol = (amounts: readonly Amount[], field: 'coins' | 'usd'): Readonly<Record<string, number>> =>
  Object.fromEntries(
    amounts.flatMap((each) =>
      (COUNTED[each.asset] ?? [[each.asset, 1] as const]).map(
        ([symbol, part]) => [symbol, Number((each[field] * part).toFixed(5))] as const,
      ),
    ),
  )

/** It names no limit; nobody needs as many as this. No answer from here can be taken for a real one. */
const RATE: RateRule = {
  weigh: () => ({ counter: 'address', weight: 1 }),
  allow: () => ({ limit: 300, windowMs: MINUTE_MS }),
  headers: () => ({ 'x-simulated': 'yes' }),
  refuse: (waitMs) => ({
    status: 429,
    headers: { 'retry-after': String(Math.ceil(waitMs / 1000)) },
    body: { message: 'Too many requests' },
  }),
}
