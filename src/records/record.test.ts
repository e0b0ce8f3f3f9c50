import { describe, expect, it } from 'vitest'
import { candle, type Candle } from './candle.ts'
import { indexLevel, type IndexLevel } from './indexLevel.ts'
import { instrument } from './instrument.ts'
import { columnsOf, jsonSchemaOf, type RecordSpec } from './record.ts'
import { trade, type Trade } from './trade.ts'

const RECORDS: readonly RecordSpec[] = [candle, trade, indexLevel, instrument]

describe('columnsOf', () => {
  it('gives the columns of a candle in the order of its schema', () => {
    expect(columnsOf(candle).map(({ name, kind, optional }) => `${name} ${kind}${optional ? '?' : ''}`)).toEqual([
      'venue symbol',
      'market symbol',
      'instrument symbol',
      'interval symbol',
      'at instant',
      'knownAt instant',
      'open float',
      'high float',
      'low float',
      'close float',
      'volume float',
      'quoteVolume float?',
      'trades float?',
      'takerBuyVolume float?',
      'takerBuyQuoteVolume float?',
    ])
  })

  it('tells text, flags and symbols apart', () => {
    expect(Object.fromEntries(columnsOf(trade).map(({ name, kind }) => [name, kind]))).toMatchObject({
      tradeId: 'text',
      takerBuy: 'flag',
      price: 'float',
    })
    expect(columnsOf(instrument).find(({ name }) => name === 'simulated')).toEqual({
      name: 'simulated',
      kind: 'flag',
      optional: false,
    })
  })

  it.each(RECORDS.map((record) => [record.name, record] as const))(
    'finds a kind for every field of %s',
    (_, record) => {
      const columns = columnsOf(record)
      expect(columns.map(({ name }) => name)).toEqual(Object.keys(record.schema.shape))
      for (const { kind, optional } of columns) {
        expect(['symbol', 'text', 'instant', 'float', 'flag']).toContain(kind)
        if (optional) expect(kind).toBe('float')
      }
    },
  )

  it.each(RECORDS.map((record) => [record.name, record] as const))('holds the whole key of %s', (_, record) => {
    const names = columnsOf(record).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining([...record.series]))
    if (record.tie !== undefined) expect(names).toContain(record.tie)
  })
})

describe('jsonSchemaOf', () => {
  it('describes a candle, its optional measures left out of what is required', () => {
    const schema = jsonSchemaOf(candle) as {
      properties: Record<string, object>
      required: string[]
    }
    expect(Object.keys(schema.properties)).toEqual(columnsOf(candle).map(({ name }) => name))
    expect(schema.required).toEqual(
      columnsOf(candle)
        .filter(({ optional }) => !optional)
        .map(({ name }) => name),
    )
    expect(schema.properties['at']).toMatchObject({ type: 'integer' })
    expect(schema.properties['open']).toMatchObject({ type: 'number', exclusiveMinimum: 0 })
    expect(schema.properties['volume']).toMatchObject({ type: 'number', minimum: 0 })
    expect(schema.properties['market']).toMatchObject({ enum: ['spot', 'perp', 'index'] })
  })

  it.each(RECORDS.map((record) => [record.name, record] as const))('describes every field of %s', (name, record) => {
    const schema = jsonSchemaOf(record) as { type: string; properties: object }
    expect([name, schema.type]).toEqual([record.name, 'object'])
    expect(Object.keys(schema.properties)).toEqual(Object.keys(record.schema.shape))
  })
})

describe('the parser', () => {
  const at = { at: 1_744_070_400_000, knownAt: 1_744_156_800_000 }

  it('gives a candle, its optional measures absent where the source has none', () => {
    const series = { venue: 'binance', market: 'spot', instrument: 'ETHUSDT', interval: '1d' } as const
    const parsed: Candle = candle.schema.parse({ ...series, ...at, open: 2, high: 3, low: 1, close: 2, volume: 5 })
    expect(parsed.takerBuyVolume).toBeUndefined()
  })

  it('gives a trade with its aggressor', () => {
    const series = { venue: 'binance', market: 'spot', instrument: 'ETHUSDT' } as const
    const parsed: Trade = trade.schema.parse({ ...series, ...at, tradeId: '1', price: 2, quantity: 3, takerBuy: true })
    expect(parsed.takerBuy).toBe(true)
  })

  it('gives the value of a plain series', () => {
    const parsed: IndexLevel = indexLevel.schema.parse({
      venue: 'file',
      instrument: 'VIX',
      interval: '1d',
      ...at,
      value: 52,
    })
    expect(parsed.value).toBe(52)
  })
})
