import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../../core/instant.ts'
import { readAll, type Row } from '../../../../test/files/readAll.ts'
import { tempFolder } from '../../../../test/files/tempFolder.ts'
import type { FileKind } from './layout.ts'

const write = tempFolder()
const AT = parseInstant('2025-01-01T08:00Z')

/** The one row of a file, with what the file was taken for. */
async function oneRow(
  kind: FileKind,
  name: string,
  lines: readonly string[],
  options = {},
): Promise<Row & { layout: string }> {
  const file = await readAll(kind, write(name, `${lines.join('\n')}\n`), options)
  expect(file.rows).toHaveLength(1)
  return { ...file.rows[0], layout: file.layout }
}

describe('candles', () => {
  const interval = { interval: '4h' }

  it('of a plain header carry quote volume and trades', async () => {
    const header = 'time,symbol,open,high,low,close,volume,quote_volume,trades'
    const row = await oneRow('candles', 'a.csv', [header, '2025-01-01T08:00:00Z,AAAUSDT,2,4,1,3,10,25,7'], {
      ...interval,
      venue: 'x',
    })
    expect(row).toMatchObject({
      at: AT,
      open: 2,
      high: 4,
      low: 1,
      close: 3,
      volume: 10,
      quoteVolume: 25,
      trades: 7,
      market: 'spot',
    })
    expect(row['takerBuyVolume']).toBeUndefined()
  })

  it('of a plain header carry taker volumes, and leave empty ones out', async () => {
    const header = 'time,symbol,open,high,low,close,volume,quote_asset_volume,trades,taker_buy_base,taker_buy_quote'
    const row = await oneRow('candles', 'b.csv', [header, '2025-01-01 08:00:00,AAAUSDT,2,4,1,3,10,,7,6,15'], {
      ...interval,
      venue: 'x',
    })
    expect(row).toMatchObject({ at: AT, trades: 7, takerBuyVolume: 6, takerBuyQuoteVolume: 15 })
    expect(row['quoteVolume']).toBeUndefined()
  })

  it('with a coin are Hyperliquid perpetuals unless said', async () => {
    const lines = ['time,coin,open,high,low,close,volume', '2025-01-01T08:00:00Z,kAAA,2,4,1,3,10']
    const row = await oneRow('candles', 'hl.csv', lines, interval)
    expect(row).toMatchObject({
      layout: 'hyperliquid-candles',
      venue: 'hyperliquid',
      market: 'perp',
      instrument: 'kAAA',
    })
    const said = await oneRow('candles', 'hl2.csv', [lines[0]!, '2025-01-01T08:00:00Z,AAA/USDC,2,4,1,3,10'], {
      ...interval,
      market: 'spot',
    })
    expect(said).toMatchObject({ venue: 'hyperliquid', market: 'spot' })
  })

  const kline = (time: string): string => `${time},2,4,1,3,10,${time}999,25,7,6,15,0`
  const klineHeader =
    'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore'

  it.each([
    ['milliseconds without header', 'AAAUSDT-4h-2025-01.csv', [kline(`${AT}`)]],
    ['microseconds without header', 'AAAUSDT-4h-2025-01-01.csv', [kline(`${AT}000`)]],
    ['milliseconds with header', 'AAAUSDT-4h-2025-02.csv', [klineHeader, kline(`${AT}`)]],
  ])('of a Binance dump: %s', async (_what, name, lines) => {
    expect(await oneRow('candles', name, lines)).toMatchObject({
      layout: 'binance-klines',
      venue: 'binance',
      market: 'spot',
      instrument: 'AAAUSDT',
      interval: '4h',
      at: AT,
      open: 2,
      high: 4,
      low: 1,
      close: 3,
      volume: 10,
      quoteVolume: 25,
      trades: 7,
      takerBuyVolume: 6,
      takerBuyQuoteVolume: 15,
    })
  })

  it('of a coin-margined Binance dump count coins, not contracts', async () => {
    const row = await oneRow('candles', 'AAAUSD_PERP-4h-2025-01.csv', [klineHeader, kline(`${AT}`)])
    expect(row).toMatchObject({ market: 'perp', instrument: 'AAAUSD_PERP', volume: 25, takerBuyVolume: 15 })
    expect([row['quoteVolume'], row['takerBuyQuoteVolume']]).toEqual([undefined, undefined])
  })

  it('of a Binance dump need an interval of fixed length, the one in the name', async () => {
    const read = (name: string, options = {}) => oneRow('candles', name, [kline(`${AT}`)], options)
    await expect(read('AAAUSDT-1mo-2025-01.csv')).rejects.toMatchObject({ code: 'CALENDAR_INTERVAL' })
    await expect(read('AAAUSDT-1w-2025-01.csv')).rejects.toMatchObject({ code: 'CALENDAR_INTERVAL' })
    await expect(read('AAAUSDT-4h-2025-03.csv', { interval: '1h' })).rejects.toMatchObject({
      code: 'INTERVAL_CONFLICT',
    })
  })
})

describe('trades', () => {
  it('of a plain header tell the aggressor by buyer_maker or side', async () => {
    const maker = ['timestamp,trade_id,price,quantity,buyer_maker', '2025-01-01 08:00:00.278000+00:00,42,5,0.5,True']
    const options = { venue: 'binance', instrument: 'AAAUSDT' }
    expect(await oneRow('trades', 'm.csv', maker, options)).toEqual({
      layout: 'trades',
      venue: 'binance',
      market: 'spot',
      instrument: 'AAAUSDT',
      at: AT + 278,
      knownAt: AT + 278,
      tradeId: '42',
      price: 5,
      quantity: 0.5,
      takerBuy: 0,
    })
    const side = ['timestamp,symbol,trade_id,price,quantity,side', `${AT},BBBUSDT,42,5,0.5,Buy`]
    expect(await oneRow('trades', 's.csv', side, { venue: 'x' })).toMatchObject({ instrument: 'BBBUSDT', takerBuy: 1 })
  })

  it.each([
    ['spot without header', 'AAAUSDT-trades-2025-01.csv', [`42,5,0.5,2.5,${AT}000,True,True`], 'spot'],
    ['futures without header', 'AAAUSDT-trades-2020-01.csv', [`42,5,0.5,2.5,${AT},true`], 'perp'],
    [
      'futures with header',
      'AAAUSDT-trades-2025-02.csv',
      ['id,price,qty,quote_qty,time,is_buyer_maker', `42,5,0.5,2.5,${AT},true`],
      'perp',
    ],
    [
      'coin-margined',
      'AAAUSD_PERP-trades-2025-02.csv',
      ['id,price,qty,base_qty,time,is_buyer_maker', `42,5,100,0.5,${AT},true`],
      'perp',
    ],
    ['coin-margined without header', 'AAAUSD_PERP-trades-2020-02.csv', [`42,5,100,0.5,${AT},true`], 'perp'],
  ])('of a Binance dump: %s', async (_what, name, lines, market) => {
    expect(await oneRow('trades', name, lines)).toMatchObject({
      layout: 'binance-trades',
      venue: 'binance',
      market,
      instrument: name.split('-')[0],
      at: AT,
      tradeId: '42',
      price: 5,
      quantity: 0.5,
      takerBuy: 0,
    })
  })

  const aggHeader = 'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker'
  it.each([
    ['spot without header', [`42,5,0.5,7,9,${AT}000,False,True`], 'spot'],
    ['futures without header', [`42,5,0.5,7,9,${AT},false`], 'perp'],
    ['futures with header', [aggHeader, `42,5,0.5,7,9,${AT},false`], 'perp'],
    ['spot with header', [`${aggHeader},is_best_match`, `42,5,0.5,7,9,${AT},false,true`], 'spot'],
  ])('aggregated by Binance: %s', async (_what, lines, market) => {
    expect(await oneRow('trades', 'AAAUSDT-aggTrades-2025-01-01.csv', lines)).toMatchObject({
      layout: 'binance-aggtrades',
      venue: 'binance',
      market,
      instrument: 'AAAUSDT',
      at: AT,
      tradeId: '42',
      price: 5,
      quantity: 0.5,
      takerBuy: 1,
    })
  })

  it('aggregated by Binance are refused where they count contracts', async () => {
    const reading = oneRow('trades', 'AAAUSD_PERP-aggTrades-2025-01-01.csv', [aggHeader, `42,5,1,7,9,${AT},false`])
    await expect(reading).rejects.toMatchObject({ code: 'CONTRACT_COUNT' })
  })

  const bybit = 'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional'

  it('of a Bybit dump of contracts carry seconds with a fraction', async () => {
    const row = await oneRow('trades', 'AAAUSDT2025-01-01.csv', [
      bybit,
      `${AT / 1000}.8729,AAAUSDT,Sell,0.5,5,PlusTick,ab-1,1,0.5,2.5`,
    ])
    expect(row).toMatchObject({
      layout: 'bybit-trades',
      venue: 'bybit',
      market: 'perp',
      instrument: 'AAAUSDT',
      at: AT + 872,
      tradeId: 'ab-1',
      price: 5,
      quantity: 0.5,
      takerBuy: 0,
    })
  })

  it('of an inverse contract of Bybit count coins, not dollars', async () => {
    const rows = [`${bybit},RPI`, `${AT / 1000},AAAUSD,Buy,100,5,PlusTick,ab-1,1,100,20,0`]
    expect(await oneRow('trades', 'AAAUSD2025-01-01.csv', rows)).toMatchObject({ at: AT, quantity: 20, takerBuy: 1 })
  })

  it.each([
    ['AAAUSDT_2025-01-01.csv', '2025-01-01/1'],
    ['AAAUSDT-2025-01.csv', '2025-01/1'],
  ])(
    'of a Bybit dump of spot have the symbol in the name, and its period before ids that count its rows: %s',
    async (name, tradeId) => {
      const row = await oneRow('trades', name, ['id,timestamp,price,volume,side,rpi', `1,${AT},5,0.5,buy,0`])
      expect(row).toMatchObject({
        layout: 'bybit-spot-trades',
        venue: 'bybit',
        market: 'spot',
        instrument: 'AAAUSDT',
        at: AT,
        tradeId,
        price: 5,
        quantity: 0.5,
        takerBuy: 1,
      })
    },
  )

  it.each([
    ['is_buyer_maker', 'maybe', 'is neither side'],
    ['is_buyer_maker', 'constructor', 'is neither side'],
    ['qty', '0', 'is not above 0'],
    ['price', 'x', 'is not a number'],
    ['id', '', 'is empty'],
  ])('with a bad %s are refused', async (column, value, why) => {
    const cells: Record<string, string> = {
      id: '42',
      price: '5',
      qty: '0.5',
      quote_qty: '2.5',
      time: `${AT}`,
      is_buyer_maker: 'true',
    }
    const row = Object.values({ ...cells, [column]: value }).join(',')
    const reading = oneRow('trades', 'AAAUSDT-trades-2025-03.csv', ['id,price,qty,quote_qty,time,is_buyer_maker', row])
    await expect(reading).rejects.toMatchObject({ row: { line: 2, column, value, why: expect.stringContaining(why) } })
  })

  it('without header name a bad cell by its place', async () => {
    const lines = [`1,5,0.5,2.5,${AT},true`, `2,x,0.5,2.5,${AT},true`]
    const reading = readAll('trades', write('AAAUSDT-trades-2025-04.csv', lines.join('\n')))
    await expect(reading).rejects.toMatchObject({ row: { line: 2, column: '2 (price)', value: 'x' } })
  })
})

describe('series', () => {
  const rows = (header: string, ...lines: string[]): string => [header, ...lines].join('\n')

  it('of dates are named by their file and known at the end of their day', async () => {
    const file = await readAll('series', write('AAACLS.csv', rows('date,aaa', '2025-01-01,17.5', '2025-01-02,-3')))
    expect(file).toMatchObject({ layout: 'series', venue: 'file', market: undefined, interval: '1d' })
    expect(file.rows).toEqual([
      {
        venue: 'file',
        instrument: 'AAACLS',
        interval: '1d',
        at: parseInstant('2025-01-01'),
        knownAt: parseInstant('2025-01-02'),
        value: 17.5,
      },
      {
        venue: 'file',
        instrument: 'AAACLS',
        interval: '1d',
        at: parseInstant('2025-01-02'),
        knownAt: parseInstant('2025-01-03'),
        value: -3,
      },
    ])
  })

  it('take the close of bars, or the column asked for', async () => {
    const path = write('BBB.csv', rows('date,open,high,low,close,adj_close', '2025-01-01,1,2,3,4,5'))
    expect((await readAll('series', path)).rows[0]).toMatchObject({ value: 4 })
    expect((await readAll('series', path, { column: 'adj_close' })).rows[0]).toMatchObject({ value: 5 })
    await expect(readAll('series', path, { column: 'vwap' })).rejects.toMatchObject({ code: 'COLUMN_CHOICE' })
  })

  it('ask which column is meant where none stands out', async () => {
    const path = write('CCC.csv', rows('date,bid,ask', '2025-01-01,1,2'))
    await expect(readAll('series', path)).rejects.toMatchObject({ message: expect.stringContaining('"bid", "ask"') })
  })

  it('leave out days without a value, and count them', async () => {
    const file = await readAll(
      'series',
      write('DDD.csv', rows('date,x', '2025-01-01,1', '2025-01-02,.', '2025-01-03,', '2025-01-06,2')),
    )
    expect(file.rows.map((row) => row['value'])).toEqual([1, 2])
    expect(file.gaps()).toBe(2)
  })

  it('of weeks or months stand on days', async () => {
    const file = await readAll(
      'series',
      write('EEE.csv', rows('date,x', '2025-01-01,1', '2025-02-01,2', '2025-03-01,3')),
    )
    expect(file.interval).toBe('1d')
    expect(file.rows[0]).toMatchObject({ knownAt: parseInstant('2025-01-02') })
  })

  it('of instants are known when their interval ends', async () => {
    const file = await readAll(
      'series',
      write('FFF.csv', rows('time,symbol,value', `${AT},X,1`, `${AT + 3_600_000},X,2`)),
    )
    expect(file.interval).toBe('1h')
    expect(file.rows[0]).toMatchObject({ instrument: 'X', at: AT, knownAt: AT + 3_600_000 })
    expect(file.instruments()).toEqual([{ instrument: 'X', rows: 2, from: AT, to: AT + 3_600_000 }])
  })

  it('keep the symbol and the venue that are said', async () => {
    const path = write('ggg.csv', rows('date,x', '2025-01-01,1'))
    const file = await readAll('series', path, { instrument: 'VIX', venue: 'FRED' })
    expect(file.rows[0]).toMatchObject({ instrument: 'VIX', venue: 'fred' })
  })
})

describe('metrics', () => {
  const HEADER =
    'create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,' +
    'sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio'
  const line = (label: string, ...values: readonly string[]): string => [label, 'AAAUSDT', ...values].join(',')
  const whole = (label: string): string => line(label, '10', '25', '0.1', '0.2', '0.3', '0.4')
  const metrics = (name: string, lines: readonly string[], options = {}) =>
    readAll('metrics', write(name, `${[HEADER, ...lines].join('\n')}\n`), options)

  it('bring open interest and four ratios of one line, each under its own convention', async () => {
    const file = await metrics('AAAUSDT-metrics-2025-01-01.csv', [whole('2025-01-01 08:00:00')])
    expect(file).toMatchObject({ layout: 'binance-metrics', venue: 'binance', market: 'perp', interval: '5m' })
    const series = { venue: 'binance', market: 'perp', instrument: 'AAAUSDT', interval: '5m', at: AT, knownAt: AT }
    expect(file.rows).toEqual([
      {
        ...series,
        published: 10,
        countedIn: 'units',
        sides: 'unknown',
        coins: 10,
        quoteValue: 25,
        price: 2.5,
        convention: 'binance/open_interest_history/units',
      },
      ...[
        ['long_short_accounts', 0.3, 'net-accounts'],
        ['top_accounts', 0.1, 'top-fifth'],
        ['top_positions', 0.2, 'top-fifth'],
        ['taker_ratio', 0.4, 'volume'],
      ].map(([measure, ratio, convention]) => ({
        ...series,
        measure,
        ratio,
        longShare: undefined,
        boughtCoins: undefined,
        soldCoins: undefined,
        convention: `binance/${measure}/${convention}`,
      })),
    ])
    expect(file.instruments()).toMatchObject([{ instrument: 'AAAUSDT', rows: 1 }])
  })

  it('count thousands where the name does', async () => {
    const [row] = await metrics('1000AAAUSDT-metrics-2025-01-01.csv', [
      whole('2025-01-01 08:00:00').replace('AAAUSDT', '1000AAAUSDT'),
    ]).then(({ rows }) => rows)
    expect(row).toMatchObject({ published: 10, coins: 10_000, quoteValue: 25, price: 0.0025 })
  })

  const atOf = async (day: string, labels: readonly string[]): Promise<readonly unknown[]> => {
    const { rows } = await metrics(`AAAUSDT-metrics-${day}.csv`, labels.map(whole))
    return rows.filter((row) => 'published' in row).map((row) => row['at'])
  }

  it('are read at their label before 2026-06-25, and five minutes after it from that day on', async () => {
    expect(await atOf('2026-06-24', ['2026-06-24 00:05:00', '2026-06-24 23:55:00', '2026-06-25 00:00:00'])).toEqual([
      parseInstant('2026-06-24T00:05Z'),
      parseInstant('2026-06-24T23:55Z'),
      parseInstant('2026-06-25T00:00Z'),
    ])
    // The same label again, which is another reading.
    expect(await atOf('2026-06-25', ['2026-06-25 00:00:00', '2026-06-25 23:55:00'])).toEqual([
      parseInstant('2026-06-25T00:05Z'),
      parseInstant('2026-06-26T00:00Z'),
    ])
  })

  it.each([
    ['2026-06-24', '2026-06-24 00:00:00'],
    ['2026-06-25', '2026-06-26 00:00:00'],
    ['2025-01-01', '2025-01-02 00:05:00'],
  ])('of %s with the label %s are refused, since one of the two is wrong', async (day, label) => {
    await expect(metrics(`AAAUSDT-metrics-${day}.csv`, [whole(label)])).rejects.toMatchObject({
      row: { column: 'create_time', why: 'is no label of the day that the file is of' },
    })
  })

  it('of a file whose name tells no day are refused', async () => {
    await expect(metrics('metrics.csv', [whole('2025-01-01 08:00:00')])).rejects.toMatchObject({
      code: 'UNDATED_DUMP',
      hint: expect.stringContaining('SYMBOL-metrics-YYYY-MM-DD'),
    })
    await expect(metrics('AAAUSDT-metrics-2025-01.csv', [whole('2025-01-01 08:00:00')])).rejects.toMatchObject({
      code: 'UNDATED_DUMP',
    })
  })

  it('leave out what is blank, and count rows that are all blank', async () => {
    const { rows, gaps } = await metrics('AAAUSDT-metrics-2025-01-02.csv', [
      line('2025-01-02 08:00:00', '10', '', '', 'nan', '0.3', ''),
      line('2025-01-02 08:05:00', '', '', '', '', '', ''),
      line('2025-01-02 08:10:00', '0', '0', '', '', '', ''),
    ])
    expect(
      rows.map((row) => [row['measure'] ?? 'open interest', row['published'] ?? row['ratio'], row['price']]),
    ).toEqual([
      ['open interest', 10, undefined],
      ['open interest', 0, undefined],
      ['long_short_accounts', 0.3, undefined],
    ])
    expect(gaps()).toBe(1)
  })

  it.each([
    ['sum_open_interest', line('2025-01-03 08:00:00', 'x', '25', '1', '1', '1', '1'), 'is not a number'],
    ['count_long_short_ratio', line('2025-01-03 08:00:00', '10', '25', '1', '1', '-1', '1'), 'is negative'],
    ['create_time', whole('2025-01-03 08:01:00'), 'is not on the grid of 5m'],
    ['create_time', whole('yesterday'), 'is not a time'],
  ])('with a bad %s are refused', async (column, bad, why) => {
    const reading = metrics('AAAUSDT-metrics-2025-01-03.csv', [bad])
    await expect(reading).rejects.toMatchObject({ row: { line: 2, column, why: expect.stringContaining(why) } })
  })

  it('are of five minutes, whatever is said', async () => {
    const reading = metrics('AAAUSDT-metrics-2025-01-04.csv', [whole('2025-01-04 08:00:00')], { interval: '1h' })
    await expect(reading).rejects.toMatchObject({ code: 'INTERVAL_CONFLICT' })
  })
})

describe('funding', () => {
  const HEADER = 'calc_time,funding_interval_hours,last_funding_rate'

  it('is paid at its minute, for the hours of its row', async () => {
    const row = await oneRow('funding', 'AAAUSDT-fundingRate-2025-01.csv', [HEADER, `${AT + 7},8,-0.00008191`])
    expect(row).toEqual({
      layout: 'binance-funding',
      venue: 'binance',
      market: 'perp',
      instrument: 'AAAUSDT',
      state: 'paid',
      at: AT,
      knownAt: AT,
      rate: -0.000_081_91,
      hours: 8,
      markPrice: undefined,
      convention: 'binance/funding/interval-rate',
    })
  })

  it.each([
    ['last_funding_rate', `${AT},8,`, 'is empty'],
    ['last_funding_rate', `${AT},8,x`, 'is not a number'],
    ['funding_interval_hours', `${AT},0,0.0001`, 'is not above 0'],
    ['calc_time', 'noon,8,0.0001', 'is not a time'],
  ])('with a bad %s is refused', async (column, bad, why) => {
    const reading = oneRow('funding', 'AAAUSDT-fundingRate-2025-02.csv', [HEADER, bad])
    await expect(reading).rejects.toMatchObject({ row: { line: 2, column, why: expect.stringContaining(why) } })
  })
})
