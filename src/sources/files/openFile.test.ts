import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { instant, parseInstant } from '../../core/instant.ts'
import { readAll } from '../../../test/files/readAll.ts'
import { tempFolder } from '../../../test/files/tempFolder.ts'
import { BadRowError } from './badRows.ts'
import { openFile } from './openFile.ts'

const write = tempFolder()
const table = (...lines: string[]): string => `${lines.join('\n')}\n`
const HEADER = 'time,symbol,open,high,low,close,volume'
const VENUE = { venue: 'binance' }
const hourly = (rows: number, symbol = 'AAAUSDT'): string[] =>
  Array.from({ length: rows }, (_, i) => {
    const day = String(1 + Math.floor(i / 24)).padStart(2, '0')
    return `2024-01-${day}T${String(i % 24).padStart(2, '0')}:00:00Z,${symbol},10,12,9,11,${i}`
  })

describe('openFile', () => {
  it('gives candles as records that are known at their close', async () => {
    const path = write('plain.csv', table(HEADER, ...hourly(3)))
    const file = await readAll('candles', path, VENUE)
    expect(file).toMatchObject({ layout: 'candles', venue: 'binance', market: 'spot', interval: '1h' })
    expect(file.rows).toHaveLength(3)
    expect(file.rows[1]).toEqual({
      venue: 'binance',
      market: 'spot',
      instrument: 'AAAUSDT',
      interval: '1h',
      at: parseInstant('2024-01-01T01:00Z'),
      knownAt: parseInstant('2024-01-01T02:00Z'),
      open: 10,
      high: 12,
      low: 9,
      close: 11,
      volume: 1,
      quoteVolume: undefined,
      trades: undefined,
      takerBuyVolume: undefined,
      takerBuyQuoteVolume: undefined,
    })
  })

  it('tells the instruments it saw, split, with their rows and range', async () => {
    const path = write('two.csv', table(HEADER, ...hourly(3, '1000AAAUSDT'), ...hourly(2, 'BBBUSDC')))
    const file = await readAll('candles', path, VENUE)
    expect(file.instruments()).toEqual([
      {
        instrument: '1000AAAUSDT',
        rows: 3,
        symbol: { asset: 'AAA', quote: 'USDT', multiplier: 1000 },
        from: parseInstant('2024-01-01T00:00Z'),
        to: parseInstant('2024-01-01T02:00Z'),
      },
      {
        instrument: 'BBBUSDC',
        rows: 2,
        symbol: { asset: 'BBB', quote: 'USDC', multiplier: 1 },
        from: parseInstant('2024-01-01T00:00Z'),
        to: parseInstant('2024-01-01T01:00Z'),
      },
    ])
  })

  it('hands on batches of bounded length', async () => {
    const start = 1_599_998_400
    const path = write(
      'long.csv',
      table(HEADER, ...Array.from({ length: 70_000 }, (_, i) => `${start + 60 * i},AAAUSDT,1,1,1,1,1`)),
    )
    const file = await openFile('candles', path, VENUE)
    const lengths: number[] = []
    for await (const batch of file.batches) lengths.push(batch.length)
    expect(lengths).toEqual([65_536, 4464])
  })

  it('takes an unsorted file as it is, and finds its spacing symbol by symbol', async () => {
    const [a = '', b = '', c = ''] = hourly(3)
    const path = write('unsorted.csv', table(HEADER, c, ...hourly(2, 'BBBUSDT'), a, b))
    const file = await readAll('candles', path, VENUE)
    expect(file.interval).toBe('1h')
    expect(file.rows.map((row) => row['volume'])).toEqual([2, 0, 1, 0, 1])
  })

  it('reports bytes and rows, ending at the whole', async () => {
    const path = write('progress.csv.gz', gzipSync(table(HEADER, ...hourly(500))))
    const reports: [number, number, number][] = []
    await readAll('candles', path, { ...VENUE, onProgress: (...report) => reports.push(report) })
    const [read, total, rows] = reports.at(-1)!
    expect(read).toBe(total)
    expect(rows).toBe(500)
  })

  it('stops where it is told to', async () => {
    const path = write('abort.csv', table(HEADER, ...hourly(3)))
    const reading = readAll('candles', path, { ...VENUE, signal: AbortSignal.abort() })
    await expect(reading).rejects.toThrow(/abort/i)
  })

  it('asks for the venue where nothing tells it', async () => {
    const path = write('novenue.csv', table(HEADER, ...hourly(3)))
    await expect(openFile('candles', path)).rejects.toMatchObject({
      code: 'UNTOLD',
      hint: expect.stringContaining('--venue'),
    })
  })

  it('asks for the interval of a single row, and takes it when said', async () => {
    const path = write('single.csv', table(HEADER, ...hourly(1)))
    await expect(openFile('candles', path, VENUE)).rejects.toMatchObject({
      hint: expect.stringContaining('--interval'),
    })
    expect((await readAll('candles', path, { ...VENUE, interval: '60m' })).rows[0]).toMatchObject({ interval: '1h' })
  })

  it('refuses an interval that its candles stand too far apart for, or too close together', async () => {
    const path = write('hours.csv', table(HEADER, ...hourly(10)))
    const conflict = (how: string) => ({
      code: 'INTERVAL_CONFLICT',
      message: expect.stringContaining(`3600 s apart, ${how} for`),
      hint: expect.not.stringContaining('--skip-bad'),
    })
    await expect(openFile('candles', path, { ...VENUE, interval: '15m' })).rejects.toMatchObject(conflict('too far'))
    await expect(openFile('candles', path, { ...VENUE, interval: '4h' })).rejects.toMatchObject(conflict('too close'))
    expect(await openFile('candles', path, { ...VENUE, interval: '1h' })).toMatchObject({ interval: '1h' })
  })

  it('takes a few rows far apart for corrections, and any number of revisions', async () => {
    const said = { ...VENUE, interval: '15m' }
    const few = write('few.csv', table(HEADER, ...hourly(9)))
    expect((await readAll('candles', few, said)).rows).toHaveLength(9)
    const many = write('many.csv', table(HEADER, ...hourly(30)))
    const knownAt = parseInstant('2030-01-01')
    expect((await readAll('candles', many, { ...said, knownAt })).rows).toHaveLength(30)
  })

  it('refuses a header it does not know, and lists those it does', async () => {
    const path = write('unknown.csv', table('foo,bar', '1,2'))
    await expect(openFile('candles', path, VENUE)).rejects.toMatchObject({
      code: 'UNKNOWN_LAYOUT',
      message: expect.stringContaining('"foo,bar"'),
      hint: expect.stringMatching(/time,coin,open.*time,symbol,open/),
    })
  })

  it('names the kind that a file of another kind would fit', async () => {
    const path = write('kind.csv', table('timestamp,trade_id,price,quantity,buyer_maker', '2021-01-08,1,1,1,True'))
    await expect(openFile('candles', path, VENUE)).rejects.toMatchObject({ hint: expect.stringContaining('as trades') })
  })

  it('asks for the symbol where neither rows nor name tell it', async () => {
    const path = write(
      'prices.csv',
      table('time,open,high,low,close,volume', '2024-01-01,1,1,1,1,1', '2024-01-02,1,1,1,1,1'),
    )
    await expect(openFile('candles', path, VENUE)).rejects.toMatchObject({ hint: expect.stringContaining('--symbol') })
    const file = await readAll('candles', path, { ...VENUE, instrument: 'AAAUSDT' })
    expect(file.rows.map((row) => row['instrument'])).toEqual(['AAAUSDT', 'AAAUSDT'])
  })

  it('finds the symbol in the name of the file where it is the only one there', async () => {
    const rows = table('time,open,high,low,close,volume', '2024-01-01,1,1,1,1,1', '2024-01-02,1,1,1,1,1')
    const file = await readAll('candles', write('binance_AAAUSDT_1d_2024.csv', rows), VENUE)
    expect(file.rows[0]).toMatchObject({ instrument: 'AAAUSDT' })
  })

  it('puts a symbol that is said in place of a single one, and refuses to of several', async () => {
    const wish = { ...VENUE, instrument: 'AAA/USDT' }
    const one = await readAll('candles', write('one.csv', table(HEADER, ...hourly(3, 'XYZ'))), wish)
    expect(one.instruments()).toMatchObject([{ instrument: 'AAA/USDT', rows: 3, symbol: { asset: 'AAA' } }])
    const two = write('several.csv', table(HEADER, ...hourly(2, 'XYZ'), ...hourly(2, 'ABC')))
    await expect(readAll('candles', two, wish)).rejects.toThrow('second symbol')
  })
})

describe('a bad row', () => {
  const good = hourly(3)
  const bad = '2024-01-01T03:00:00Z,AAAUSDT,10,12,x,11,5'

  it('ends the file, named by file, line, column and value', async () => {
    const path = write('bad.csv', table(HEADER, ...good, bad))
    const reading = readAll('candles', path, VENUE)
    await expect(reading).rejects.toBeInstanceOf(BadRowError)
    await expect(reading).rejects.toMatchObject({
      message: `"${path}" line 5, column "low": "x" is not a number`,
      row: { line: 5, column: 'low', value: 'x' },
      hint: expect.stringContaining('--skip-bad'),
    })
  })

  it('is left out, counted and listed where bad rows are skipped', async () => {
    const path = write('skip.csv', table(HEADER, bad, ...good, '', bad))
    const file = await readAll('candles', path, { ...VENUE, badRows: 'skip' })
    expect(file.rows).toHaveLength(3)
    expect(file.bad().count).toBe(2)
    expect(file.bad().first.map((row) => row.line)).toEqual([2, 7])
    expect(file.instruments()).toMatchObject([{ rows: 3 }])
  })

  it('is counted beyond the list, which is bounded', async () => {
    const path = write('many.csv', table(HEADER, ...good, ...Array.from({ length: 300 }, () => bad)))
    const { count, first } = (await readAll('candles', path, { ...VENUE, badRows: 'skip' })).bad()
    expect([count, first.length]).toEqual([300, 100])
  })

  it.each([
    ['high', '2024-01-01T03:00:00Z,AAAUSDT,10,9,8,9,5', 'high is not the highest'],
    ['low', '2024-01-01T03:00:00Z,AAAUSDT,10,12,11,12,5', 'low is not the lowest'],
    ['open', '2024-01-01T03:00:00Z,AAAUSDT,,12,9,11,5', 'is empty'],
    ['open', '2024-01-01T03:00:00Z,AAAUSDT,-1,12,-1,11,5', 'is not above 0'],
    ['volume', '2024-01-01T03:00:00Z,AAAUSDT,10,12,9,11,-5', 'is below 0'],
    ['volume', '2024-01-01T03:00:00Z,AAAUSDT,10,12,9,11,Infinity', 'is not a number'],
    ['volume', '2024-01-01T03:00:00Z,AAAUSDT,10,12,9,11,0x10', 'is not a number'],
    ['volume', '2024-01-01T03:00:00Z,AAAUSDT,10,12,9,11, ', 'is empty'],
    ['time', '2024-01-01T03:30:00Z,AAAUSDT,10,12,9,11,5', 'not on the grid of 1h bars'],
    ['time', '2024-02-30T03:00:00Z,AAAUSDT,10,12,9,11,5', 'is not ISO 8601'],
    ['time', '1704078000,AAAUSDT,10,12,9,11,5', 'is not ISO 8601'],
    ['time', ',AAAUSDT,10,12,9,11,5', 'is not ISO 8601'],
    ['symbol', '2024-01-01T03:00:00Z,,10,12,9,11,5', 'is empty'],
    ['symbol', '2024-01-01T03:00:00Z,AAAXYZ,10,12,9,11,5', 'ends in no known quote'],
    ['(whole row)', '2024-01-01T03:00:00Z,AAAUSDT,10,12,9,11', 'has 6 columns where the first row has 7'],
    ['(whole row)', '2024-01-01T03:00:00Z,AAAUSDT,10,12,9,11,5,6', 'has 8 columns'],
  ])('in column %s: %s', async (column, row, why) => {
    const path = write('faults.csv', table(HEADER, ...good, row))
    await expect(readAll('candles', path, VENUE)).rejects.toMatchObject({
      row: { line: 5, column, why: expect.stringContaining(why) },
    })
  })
})

describe('when rows are known', () => {
  const known = `${HEADER},known_at`
  const rows = hourly(3)

  it('is as the known_at column says where it says anything', async () => {
    const path = write(
      'known.csv',
      table(known, `${rows[0]},`, `${rows[1]},2024-01-05T00:00:00Z`, `${rows[2]},2024-01-01T03:00:00Z`),
    )
    const file = await readAll('candles', path, VENUE)
    expect(file.rows.map((row) => row['knownAt'])).toEqual(
      ['2024-01-01T01:00Z', '2024-01-05', '2024-01-01T03:00Z'].map(parseInstant),
    )
  })

  it('is never before the close of the bar', async () => {
    const path = write('early.csv', table(known, `${rows[0]},`, `${rows[1]},2024-01-01T01:59:59Z`))
    await expect(readAll('candles', path, VENUE)).rejects.toMatchObject({ row: { line: 3, column: 'known_at' } })
  })

  it('is as said for all rows, unless a bar closes later', async () => {
    const path = write('said.csv', table(HEADER, ...rows))
    const file = await readAll('candles', path, { ...VENUE, knownAt: parseInstant('2024-02-01') })
    expect(new Set(file.rows.map((row) => row['knownAt']))).toEqual(new Set([parseInstant('2024-02-01')]))
    const early = readAll('candles', path, { ...VENUE, knownAt: instant(parseInstant('2024-01-01T02:00Z')) })
    await expect(early).rejects.toThrow('after --known-at')
  })
})
