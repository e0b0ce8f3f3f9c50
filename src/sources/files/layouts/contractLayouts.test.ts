import { describe, expect, it } from 'vitest'
import { DAY_MS, parseInstant } from '../../../core/instant.ts'
import { readAll } from '../../../../test/files/readAll.ts'
import {
  expectRefused,
  expectWholeRows,
  headerOf,
  lineOf,
  read,
  rowsOf,
  write,
  type Table,
  type Wrong,
} from '../../../../test/files/tableCases.ts'

// Files of contracts other than Binance's dumps: totals, daily means, supplies, wallets, funding, positions.

const DAY = parseInstant('2025-01-01')

describe('positions of Hyperliquid', () => {
  const table: Table = {
    kind: 'positions',
    name: 'positions.csv',
    cells: {
      time: '2025-01-01T08:00:05Z',
      address: '0xAB',
      account_value: '1000',
      coin: 'AAA',
      direction: 'Short',
      size: '2.5',
      entry_px: '40',
      leverage: '20',
      position_value: '90',
      unrealized_pnl: '10',
      liquidation_px: '60',
    },
  }
  const at = parseInstant('2025-01-01T08:00:05Z')

  it('are of accounts at instants: coins signed, prices per coin', async () => {
    const file = await rowsOf(table)
    expect(file).toMatchObject({
      layout: 'hyperliquid-positions',
      venue: 'hyperliquid',
      market: 'perp',
      interval: undefined,
    })
    expect(file.rows).toEqual([
      {
        venue: 'hyperliquid',
        market: 'perp',
        instrument: 'AAA',
        account: '0xab',
        at,
        knownAt: at,
        coins: -2.5,
        entryPrice: 40,
        leverage: 20,
        margin: 'unknown',
        liquidationPrice: 60,
        marginUsed: undefined,
        unrealised: 10,
        convention: 'hyperliquid/position/signed-units',
      },
    ])
  })

  it('count thousands where the name does', async () => {
    const [row] = (await rowsOf(table, { coin: 'kAAA', direction: 'Long', liquidation_px: '30' })).rows
    expect(row).toMatchObject({ coins: 2500, entryPrice: 0.04, liquidationPrice: 0.03, unrealised: 10 })
  })

  it('have no liquidation price where it is missing, 0 or below, and leave out what else is missing', async () => {
    const { rows } = await rowsOf(
      table,
      { liquidation_px: '' },
      { liquidation_px: '0' },
      { liquidation_px: '-3.5' },
      { entry_px: '', leverage: '0', unrealized_pnl: 'nan' },
    )
    expect(rows.map((row) => row['liquidationPrice'])).toEqual([undefined, undefined, undefined, 60])
    expect(rows[3]).toMatchObject({ entryPrice: undefined, leverage: undefined, unrealised: undefined })
  })

  it.each<Wrong>([
    ['time', 'noon', 'is not ISO 8601 like the rows before'],
    ['time', '', 'is not ISO 8601'],
    ['address', ' ', 'is empty'],
    ['coin', '', 'is empty'],
    ['direction', 'Flat', 'is neither long nor short'],
    ['direction', 'constructor', 'is neither long nor short'],
    ['size', '', 'is empty'],
    ['size', 'x', 'is not a number'],
    ['size', '0', 'is no size above 0'],
    ['size', '-1', 'is no size above 0'],
    ['entry_px', 'x', 'is not a number'],
    ['entry_px', '-40', 'is not above 0'],
    ['leverage', '-2', 'is not above 0'],
    ['unrealized_pnl', '1e999', 'is not a number'],
    ['liquidation_px', 'none yet', 'is not a number'],
  ])('with "%s" of "%s" are refused', (...wrong) => expectRefused(table, wrong))

  it('of a name that is no perpetual of the first dex are refused, with what to do', () =>
    expectRefused(
      table,
      ['coin', 'xyz:AAA', 'ends in no known quote'],
      expect.stringContaining('--symbol ASSET/QUOTE'),
    ))

  it('are refused row by row where the width or the header is wrong', () => expectWholeRows(table))

  it('skip bad rows where that is asked for, and list them', async () => {
    const path = write('skipped.csv', [headerOf(table), lineOf(table, { size: 'x' }), lineOf(table)].join('\n'))
    const file = await readAll('positions', path, { badRows: 'skip' })
    expect(file.rows).toHaveLength(1)
    expect(file.bad()).toMatchObject({ count: 1, first: [{ line: 2, column: 'size', value: 'x' }] })
  })
})

describe("a vendor's totals", () => {
  const table: Table = {
    kind: 'totals',
    name: 'messari.csv',
    cells: {
      time: '2025-01-01',
      asset: 'ethereum',
      futures_oi_usd: '20000',
      mcap_circulating: '240000',
      close: '2000',
      supply_circulating: '120',
    },
  }
  const day = { venue: 'messari', interval: '1d', at: DAY, knownAt: DAY + DAY_MS }
  const unit = { market: 'perp', instrument: 'ETH' }

  it('bring open interest in coins of unknown sides, and market cap with supply, known when their day ends', async () => {
    const file = await rowsOf(table)
    expect(file).toMatchObject({ layout: 'messari-totals', venue: 'messari', market: 'perp', interval: '1d' })
    expect(file.rows).toEqual([
      {
        ...day,
        ...unit,
        published: 20_000,
        countedIn: 'quote',
        sides: 'unknown',
        coins: 10,
        quoteValue: 20_000,
        price: 2000,
        convention: 'messari/open_interest_history/all-venues-sides-unknown',
      },
      { ...day, asset: 'ETH', marketCap: 240_000, supply: 120, price: 2000 },
    ])
  })

  it('leave out what is missing, and count days with nothing', async () => {
    const file = await rowsOf(
      table,
      { futures_oi_usd: '' },
      { time: '2025-01-02', mcap_circulating: '', supply_circulating: '' },
      { time: '2025-01-03', close: '' },
      { time: '2025-01-04', futures_oi_usd: '', mcap_circulating: '', supply_circulating: '' },
      { time: '2025-01-05', close: '', mcap_circulating: '', supply_circulating: '0' },
    )
    const kinds = file.rows.map((row) => ['coins' in row ? 'interest' : 'cap', ((row['at'] as number) - DAY) / DAY_MS])
    expect(kinds.toSorted()).toEqual([
      ['cap', 0],
      ['cap', 2],
      ['interest', 1],
    ])
    expect(file.gaps()).toBe(2)
  })

  it.each<Wrong>([
    ['time', '2025-01-01T08:00:00Z', 'is no whole day'],
    ['time', 'soon', 'is not ISO 8601'],
    ['asset', 'dogecoin', 'is no asset that is known by this name'],
    ['asset', 'constructor', 'is no asset that is known by this name'],
    ['futures_oi_usd', 'x', 'is not a number'],
    ['futures_oi_usd', '-1', 'is negative'],
    ['futures_oi_usd', '9e99', 'is more than there is of anything'],
    ['close', '-1', 'is negative'],
    ['mcap_circulating', '1e999', 'is not a number'],
    ['supply_circulating', 'many', 'is not a number'],
  ])('with "%s" of "%s" are refused', (...wrong) => expectRefused(table, wrong))

  it('are refused row by row where the width or the header is wrong', () => expectWholeRows(table))

  it('are not known before their day ends', async () => {
    await expect(rowsOf({ ...table, options: { knownAt: parseInstant('2025-01-01T12:00Z') } })).rejects.toMatchObject({
      row: { column: 'time', why: 'ends after --known-at' },
    })
  })
})

describe('daily means of Binance', () => {
  const table: Table = {
    kind: 'metrics',
    name: 'AAAUSDT_metrics_1d_2025.csv',
    cells: {
      date: '2025-01-01',
      oi: '1000',
      oi_value_musd: '2',
      toptrader_acc_ls: '1.1',
      toptrader_pos_ls: '1.2',
      global_acc_ls: '0.45',
      taker_ls: '0.9',
    },
  }
  const row = {
    venue: 'binance',
    market: 'perp',
    instrument: 'AAAUSDT',
    interval: '1d mean',
    at: DAY,
    knownAt: DAY + DAY_MS,
  }

  it('are kept as means, the price being mean value over mean coins', async () => {
    const file = await rowsOf(table)
    expect(file).toMatchObject({
      layout: 'binance-metrics-daily-means',
      venue: 'binance',
      market: 'perp',
      interval: '1d',
    })
    expect(file.rows[0]).toEqual({
      ...row,
      published: 1000,
      countedIn: 'units',
      sides: 'unknown',
      coins: 1000,
      quoteValue: 2_000_000,
      price: 2000,
      convention: 'binance/open_interest_history/units',
    })
    const ratios = file.rows.slice(1).map((each) => [each['measure'], each['interval'], each['ratio']])
    expect(ratios).toEqual([
      ['long_short_accounts', '1d mean', 0.45],
      ['top_accounts', '1d mean', 1.1],
      ['top_positions', '1d mean', 1.2],
      ['taker_ratio', '1d mean', 0.9],
    ])
  })

  it('have no price where value or coins are 0 or missing, and leave out what is blank', async () => {
    const blank = { toptrader_acc_ls: '', toptrader_pos_ls: '', global_acc_ls: '', taker_ls: '' }
    const file = await rowsOf(
      table,
      { ...blank, oi_value_musd: '' },
      { ...blank, date: '2025-01-02', oi: '0' },
      { ...blank, date: '2025-01-03', oi: '' },
    )
    expect(file.rows.map((each) => [each['published'], each['price'], each['quoteValue']])).toEqual([
      [1000, undefined, undefined],
      [0, undefined, undefined],
    ])
    expect(file.gaps()).toBe(1)
  })

  it.each<Wrong>([
    ['date', '2025-01-01T01:00:00Z', 'is not on the grid of 1d'],
    ['date', '?', 'is not ISO 8601'],
    ['oi', 'x', 'is not a number'],
    ['oi', '-1', 'is negative'],
    ['oi_value_musd', '-1', 'is negative'],
    ['taker_ls', 'x', 'is not a number'],
    ['global_acc_ls', '-0.1', 'is negative'],
  ])('with "%s" of "%s" are refused', (...wrong) => expectRefused(table, wrong))

  it('are refused row by row where the width is wrong', async () => {
    const line = `${lineOf(table)},1`
    await expect(read(table, [headerOf(table), line])).rejects.toMatchObject({
      row: { line: 2, column: '(whole row)' },
    })
  })

  it('need a symbol where the name of the file has none', async () => {
    const unnamed = { ...table, name: 'means.csv' }
    await expect(rowsOf(unnamed)).rejects.toMatchObject({ code: 'UNTOLD', hint: expect.stringContaining('--symbol') })
    const said = { ...unnamed, options: { instrument: 'BBBUSDT' } }
    expect((await rowsOf(said)).rows[0]).toMatchObject({ instrument: 'BBBUSDT' })
  })
})

describe('market caps and supplies', () => {
  const table: Table = {
    kind: 'supply',
    name: 'markets.csv',
    cells: {
      date: '2025-01-01',
      symbol: 'AAA',
      current_price_usd: '2',
      market_cap_usd: '240',
      circulating_supply: '120',
    },
  }

  it('are of a day, of the file unless a venue is said', async () => {
    const file = await rowsOf(table)
    expect(file).toMatchObject({ layout: 'market-caps', venue: 'file', market: undefined, interval: '1d' })
    const row = { asset: 'AAA', interval: '1d', at: DAY, knownAt: DAY + DAY_MS, marketCap: 240, supply: 120, price: 2 }
    expect(file.rows).toEqual([{ venue: 'file', ...row }])
    const said = await rowsOf({ ...table, options: { venue: 'CoinGecko' } })
    expect(said.rows).toEqual([{ venue: 'coingecko', ...row }])
  })

  it('take 0 for not known, and count rows with neither', async () => {
    const file = await rowsOf(
      table,
      { circulating_supply: '0', current_price_usd: '0' },
      { date: '2025-01-02', market_cap_usd: '' },
      { date: '2025-01-03', market_cap_usd: '0', circulating_supply: '' },
    )
    expect(file.rows.map((row) => [row['marketCap'], row['supply'], row['price']])).toEqual([
      [240, undefined, undefined],
      [undefined, 120, 2],
    ])
    expect(file.gaps()).toBe(1)
  })

  it.each<Wrong>([
    ['date', '2025-01-01T06:00:00Z', 'is no whole day'],
    ['date', 'x', 'is not ISO 8601'],
    ['symbol', '', 'is empty'],
    ['symbol', 'aaa', 'is on this day already, in line 2: the same row again, or a second coin of this ticker'],
    ['market_cap_usd', '-1', 'is negative'],
    ['circulating_supply', '-1', 'is negative'],
    ['market_cap_usd', 'x', 'is not a number'],
    ['circulating_supply', 'x', 'is not a number'],
    ['current_price_usd', 'x', 'is not a number'],
  ])('with "%s" of "%s" are refused', (...wrong) => expectRefused(table, wrong))

  it('of one ticker twice a day keep the first where bad rows are skipped', async () => {
    const lines = [headerOf(table), lineOf(table), lineOf(table, { market_cap_usd: '1' })]
    const file = await readAll('supply', write('twice.csv', lines.join('\n')), { badRows: 'skip' })
    expect(file.rows.map((row) => row['marketCap'])).toEqual([240])
    expect(file.bad().count).toBe(1)
  })

  it('need one of market cap and supply in the header', async () => {
    await expect(read(table, ['date,symbol,price', '2025-01-01,AAA,2'])).rejects.toMatchObject({
      code: 'UNKNOWN_LAYOUT',
      hint: expect.stringContaining('of "date,asset,market_cap,supply,price" it lacks asset, market_cap, supply; '),
    })
  })

  it('are refused row by row where the width or the header is wrong', () => expectWholeRows(table))
})

describe('coins in the wallets of venues', () => {
  const table: Table = {
    kind: 'wallets',
    name: 'wallets.csv',
    cells: { date: '2025-01-01', venue: 'Bybit', asset: 'ETH', coins: '276300' },
  }

  it('are of a venue, counted by the file unless said, known when the day ends', async () => {
    const file = await rowsOf(table, {}, { date: '2025-01-02T08:00:00Z', coins: '0' })
    expect(file).toMatchObject({ layout: 'wallet-balances', venue: 'file', market: undefined, interval: undefined })
    const row = { venue: 'bybit', asset: 'ETH', source: 'file', remark: '' }
    const later = parseInstant('2025-01-02T08:00Z')
    expect(file.rows).toEqual([
      { ...row, at: DAY, knownAt: DAY + DAY_MS, coins: 276_300 },
      { ...row, at: later, knownAt: later, coins: 0 },
    ])
    const said = await rowsOf({ ...table, options: { venue: 'DefiLlama' } })
    expect(said.rows[0]).toMatchObject({ venue: 'bybit', source: 'defillama' })
  })

  it.each<Wrong>([
    ['date', 'x', 'is not ISO 8601'],
    ['venue', '', 'is empty'],
    ['asset', '', 'is empty'],
    ['coins', '', 'is empty'],
    ['coins', 'x', 'is not a number'],
    ['coins', '-1', 'is negative'],
  ])('with "%s" of "%s" are refused', (...wrong) => expectRefused(table, wrong))

  it('need an asset where no column has it', async () => {
    const lines = ['date,venue,coins', '2025-01-01,bybit,5']
    await expect(read(table, lines)).rejects.toMatchObject({
      code: 'UNTOLD',
      hint: expect.stringContaining('--symbol'),
    })
    const said = await read({ ...table, options: { instrument: 'ETH' } }, lines)
    expect(said.rows[0]).toMatchObject({ asset: 'ETH', coins: 5 })
  })

  it('are refused row by row where the width or the header is wrong', () => expectWholeRows(table))
})

describe('funding that was paid, of any venue', () => {
  const table: Table = {
    kind: 'funding',
    name: 'funding.csv',
    options: { venue: 'binance' },
    cells: { time: '2025-01-01T08:00:00Z', symbol: 'AAAUSDT', funding_rate: '-0.0001' },
  }
  const hourly: Table = {
    ...table,
    options: { venue: 'hyperliquid' },
    cells: { time: '2025-01-01T09:00:00Z', coin: 'kAAA', funding_rate: '1.25e-05' },
  }

  it('is of the venue that is said, by its own ledger', async () => {
    const at = parseInstant('2025-01-01T08:00Z')
    const file = await rowsOf(table)
    expect(file).toMatchObject({ layout: 'funding', venue: 'binance', market: 'perp', interval: undefined })
    expect(file.rows).toEqual([
      {
        venue: 'binance',
        market: 'perp',
        instrument: 'AAAUSDT',
        state: 'paid',
        at,
        knownAt: at,
        rate: -0.0001,
        hours: undefined,
        markPrice: undefined,
        convention: 'binance/funding/interval-rate',
      },
    ])
    expect((await rowsOf(hourly)).rows[0]).toMatchObject({
      venue: 'hyperliquid',
      instrument: 'kAAA',
      rate: 0.000_012_5,
      convention: 'hyperliquid/funding/hourly',
    })
  })

  it('refuses a venue that the ledger does not know, and says which it does', async () => {
    await expect(rowsOf({ ...table, options: { venue: 'nosuch' } })).rejects.toMatchObject({
      code: 'UNKNOWN_VENUE',
      hint: expect.stringContaining('binance, bybit, okx'),
    })
  })

  it('asks for the venue where it is not said', async () => {
    await expect(rowsOf({ ...table, options: {} })).rejects.toMatchObject({
      code: 'UNTOLD',
      hint: expect.stringContaining('--venue'),
    })
  })

  it.each<Wrong>([
    ['time', 'noon', 'is not ISO 8601'],
    ['symbol', '', 'is empty'],
    ['funding_rate', '', 'is empty'],
    ['funding_rate', 'x', 'is not a number'],
  ])('with "%s" of "%s" is refused', (...wrong) => expectRefused(table, wrong))

  it('of a symbol without a known quote is refused, with what to do', () =>
    expectRefused(
      table,
      ['symbol', 'AAAXYZ', 'ends in no known quote'],
      expect.stringContaining('--symbol ASSET/QUOTE'),
    ))

  it('is refused row by row where the width or the header is wrong', () => expectWholeRows(table))
})
