import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../src/core/random.ts'
import { liquidationPrice, type MarginTable, type MarginTier } from '../../src/metrics/contracts/liquidationPrice.ts'
import type { Listing } from '../../src/sim/market/live/listing.ts'
import type { SimVenue } from '../../src/sim/market/live/listings.ts'
import { DOORS } from '../../src/sim/servers/simVenues.ts'
import { askDoors } from '../support/askDoors.ts'
import { postTo } from '../support/doorClient.ts'
import { simulatedWorld } from '../support/simulated.ts'

// Every venue's own table, as it is served, against a search that knows no formula: the price is moved away from the entry until what is
// left of the margin is no more than what the table asks for. Binance serves its table to accounts only, so it is not among them. Cross
// positions are outside the model: what is behind them is the whole account, which no venue tells.

const { world } = simulatedWorld({ assets: 2, rate: 0.5, minutesBefore: 60 })

/** A row as a venue's documents read: up to so much, this share must stay, less so much. */
interface ServedTable {
  readonly countedBy: MarginTable['countedBy']
  readonly rows: readonly (MarginTier & { readonly leverage: number })[]
}

type Row = Readonly<Record<string, string>>
type Reader = (listing: Listing, ask: (address: string) => unknown) => ServedTable

const READERS: Partial<Record<SimVenue, Reader>> = {
  bybit: ({ name, contract }, ask) => {
    const { result } = ask(`/v5/market/risk-limit?category=${contract}&symbol=${name}`) as {
      result: { list: readonly Row[] }
    }
    const unit = contract === 'inverse' ? 100 : 1
    return {
      countedBy: 'value',
      rows: result.list.map((row) => ({
        upTo: Number(row['riskLimitValue']),
        maintenance: Number(row['maintenanceMargin']) / unit,
        amount: Number(row['mmDeduction']),
        leverage: Number(row['maxLeverage']),
      })),
    }
  },
  gate: ({ name, contract }, ask) => {
    const settle = contract === 'inverse' ? 'btc' : 'usdt'
    const rows = ask(`/api/v4/futures/${settle}/risk_limit_tiers?contract=${name}`) as readonly Row[]
    return {
      countedBy: 'value',
      rows: rows.map((row) => ({
        upTo: Number(row['risk_limit']),
        maintenance: Number(row['maintenance_rate']),
        amount: Number(row['deduction']),
        leverage: Number(row['leverage_max']),
      })),
    }
  },
  bitget: ({ name }, ask) => {
    const address = `/api/v2/mix/market/query-position-lever?productType=USDT-FUTURES&symbol=${name}`
    const { data } = ask(address) as { data: readonly Row[] }
    return {
      countedBy: 'value',
      rows: data.map((row) => ({
        upTo: Number(row['endUnit']),
        maintenance: Number(row['keepMarginRate']),
        amount: 0,
        leverage: Number(row['leverage']),
      })),
    }
  },
  okx: ({ name }, ask) => {
    const family = name.replace('-SWAP', '')
    const tiers = ask(`/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily=${family}`) as {
      data: readonly Row[]
    }
    const is = ask(`/api/v5/public/instruments?instType=SWAP&instId=${name}`) as { data: readonly Row[] }
    const contractSize = Number(is.data[0]?.['ctVal'])
    return {
      countedBy: 'size',
      rows: tiers.data.map((row) => ({
        upTo: Number(row['maxSz']) * contractSize,
        maintenance: Number(row['mmr']),
        amount: 0,
        leverage: Number(row['maxLever']),
      })),
    }
  },
}

function searched(side: 1 | -1, { contract, size, entry, leverage }: Drawn, { countedBy, rows }: ServedTable): number {
  const value = (price: number): number => (contract === 'linear' ? size * price : size / price)
  const isOver = (price: number): boolean => {
    const gained = side * (contract === 'linear' ? value(price) - value(entry) : value(entry) - value(price))
    const counted = countedBy === 'value' ? value(price) : size
    const { maintenance, amount } = rows.find(({ upTo }) => counted <= upTo) ?? rows.at(-1)!
    return value(entry) / leverage + gained <= value(price) * maintenance - amount
  }
  let from = entry
  while (!isOver(from * (1 - side * 1e-4))) from *= 1 - side * 1e-4
  let to = from * (1 - side * 1e-4)
  for (let k = 0; k < 40; k++) {
    const between = (from + to) / 2
    if (isOver(between)) to = between
    else from = between
  }
  return to
}

interface Drawn {
  readonly contract: 'linear' | 'inverse'
  readonly size: number
  readonly entry: number
  readonly leverage: number
}

const venues = Object.entries(READERS).map(([venue, read]) => [venue as SimVenue, read] as const)

describe.each(venues)('the liquidation price of an isolated position on %s', (venue, read) => {
  const market = world.venues.get(venue)!
  const perps = market.listings.filter((is) => is.market === 'perp')
  const ask = (address: string): unknown => askDoors(DOORS[venue], market, address).body

  it.each(perps.map((is) => [is.name, is] as const))(
    'of %s is within a thousandth of what its own table says',
    (_, is) => {
      const table = read(is, ask)
      expect(table.rows.length).toBeGreaterThan(1)
      const random = seededRandom(`${venue} ${is.name}`)
      const contract = is.contract === 'inverse' ? 'inverse' : 'linear'
      let worst = 0
      for (let k = 0; k < 200; k++) {
        const entry = market.mark(is) * Math.exp(0.1 * random.normal())
        const row = table.rows[k % table.rows.length]!
        // Around the row's end, so that positions pass from row to row on their way.
        const counted = row.upTo * Math.exp(-2 * random.uniform() ** 2)
        const perUnit = contract === 'linear' ? entry : 1 / entry
        const drawn = {
          contract,
          size: table.countedBy === 'size' ? counted : counted / perUnit,
          entry,
          leverage: 1.5 + random.uniform() * (0.9 * row.leverage - 1.5),
        } as const
        for (const side of [1, -1] as const) {
          const told = { countedBy: table.countedBy, tiers: table.rows, mostLeverage: table.rows[0]!.leverage }
          const price = liquidationPrice({ ...drawn, side: side > 0 ? 'long' : 'short' }, told)
          worst = Math.max(worst, Math.abs(price / searched(side, drawn, table) - 1))
        }
      }
      expect(worst).toBeLessThan(0.001)
    },
  )
})

it('on Hyperliquid it is what the venue publishes of its isolated positions', () => {
  const market = world.venues.get('hyperliquid')!
  const ask = (body: unknown): unknown => postTo(DOORS.hyperliquid, market, { path: '/info', body }).body
  const { universe, marginTables } = ask({ type: 'meta' }) as {
    universe: readonly { name: string; marginTableId: number }[]
    marginTables: readonly [number, { marginTiers: readonly { lowerBound: string; maxLeverage: number }[] }][]
  }
  const tables = new Map(
    marginTables.map(([id, { marginTiers }]) => {
      const tiers = marginTiers.map(({ maxLeverage }, i) => ({
        upTo: Number(marginTiers[i + 1]?.lowerBound ?? Infinity),
        // Half of the initial margin at the row's most leverage, as the venue's documents say.
        maintenance: 1 / (2 * maxLeverage),
        amount: 0,
      }))
      return [id, { countedBy: 'value', tiers, mostLeverage: marginTiers[0]!.maxLeverage }] as const
    }),
  )
  let [compared, cross] = [0, 0]
  for (const is of market.listings.filter((each) => each.market === 'perp')) {
    const table = tables.get(universe.find(({ name }) => name === is.name)!.marginTableId)!
    for (const { id } of market.positions(is)) {
      const state = ask({ type: 'clearinghouseState', user: id }) as {
        assetPositions: readonly { position: Row & { leverage: { type: string; value: number } } }[]
      }
      for (const { position } of state.assetPositions) {
        if (position.leverage.type === 'cross') cross++
        if (position.leverage.type === 'cross') continue
        const coins = Number(position['szi'])
        const price = liquidationPrice(
          {
            side: coins > 0 ? 'long' : 'short',
            contract: 'linear',
            size: Math.abs(coins),
            entry: Number(position['entryPx']),
            leverage: position.leverage.value,
          },
          table,
        )
        expect(Math.abs(price / Number(position['liquidationPx']) - 1)).toBeLessThan(0.001)
        compared++
      }
    }
  }
  expect(compared).toBeGreaterThan(20)
  // Counted, and not compared: there are some.
  expect(cross).toBeGreaterThan(0)
})
