import { expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { instrumentEras, type StoredInstrument } from './instrumentEras.ts'

const stored = (instrument: string, asset: string, change: Partial<StoredInstrument> = {}): StoredInstrument => ({
  venue: 'binance',
  market: 'spot',
  instrument,
  asset,
  quote: 'USDT',
  multiplier: 1,
  ...change,
})

const assets = (instrument: StoredInstrument) => instrumentEras(instrument).map(({ asset }) => asset)

it('follows the graph whatever was written down at import', () => {
  expect(assets(stored('MATICUSDT', 'MATIC'))).toEqual(['POL'])
  expect(assets(stored('MATICUSDT', 'POL'))).toEqual(['POL'])
  expect(assets(stored('SPXUSDT', 'SPX'))).toEqual(['SPX6900'])
  for (const asset of ['LUNA', 'LUNC']) expect(assets(stored('LUNAUSDT', asset))).toEqual(['LUNC', 'LUNA'])
})

it('says where one asset ends and the next begins', () => {
  const [old, now] = instrumentEras(stored('LITUSDT', 'LIT'))
  expect(old).toMatchObject({ asset: 'HEI', ticker: 'LIT', kind: 'renamed', to: parseInstant('2025-02-10T03:00Z') })
  expect(now).toMatchObject({ asset: 'LIT', from: parseInstant('2025-02-10T03:00Z'), to: expect.any(Number) })
})

it('keeps the multiplier of the name, times the coins of a redenomination', () => {
  const kilo = stored('kNEIRO', 'NEIRO', { venue: 'hyperliquid', market: 'perp', quote: 'USDC', multiplier: 1000 })
  expect(instrumentEras(kilo)).toMatchObject([{ asset: 'NEIRO', multiplier: 1000, kind: 'ticker' }])
  for (const multiplier of [1, 1_000_000])
    expect(instrumentEras(stored('BCHAUSDT', 'XEC', { multiplier }))).toMatchObject([{ multiplier: 1_000_000 }])
})

it('lets stand what whoever imported it said, where its name tells nothing or leads elsewhere', () => {
  const said = { kind: 'said', from: -Infinity, to: Infinity, evidence: undefined }
  expect(instrumentEras(stored('@107', 'HYPE', { venue: 'hyperliquid' }))).toMatchObject([
    { ...said, asset: 'HYPE', ticker: undefined },
  ])
  expect(instrumentEras(stored('NEIROUSDT', 'SOMENEIRO', { multiplier: 7 }))).toMatchObject([
    { ...said, asset: 'SOMENEIRO', ticker: 'NEIRO', multiplier: 7 },
  ])
})
