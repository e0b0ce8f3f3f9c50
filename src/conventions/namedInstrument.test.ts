import { expect, it } from 'vitest'
import { parseInstant } from '../core/instant.ts'
import type { Instrument } from '../records/instrument.ts'
import { namedInstrument } from './namedInstrument.ts'
import { splitSymbol, type SymbolRef } from './symbols.ts'

const at = parseInstant('2025-05-01')
const named = (ref: SymbolRef): Instrument => namedInstrument(ref, splitSymbol(ref), at)

it.each([
  ['binance', 'spot', 'BTCUSDT', { contract: 'none' }],
  ['binance', 'perp', 'BTCUSDT', { contract: 'linear' }],
  ['binance', 'perp', 'BTCUSD_PERP', { contract: 'inverse' }],
  ['binance', 'perp', 'BTCUSDT_240628', { contract: 'linear' }],
  ['bybit', 'spot', 'BTCUSDT', { contract: 'none' }],
  ['bybit', 'perp', 'BTCUSDT', { contract: 'linear' }],
  ['bybit', 'perp', 'BTCPERP', { contract: 'linear' }],
  ['bybit', 'perp', 'BTCUSD', { contract: 'inverse', contractSize: 1 }],
  ['hyperliquid', 'perp', 'BTC', { contract: 'linear' }],
  ['okx', 'perp', 'BTC-USDT-SWAP', { contract: 'none' }],
] as const)('tells the contract of %s %s %s by its name', (venue, market, instrument, contract) => {
  expect(named({ venue, market, instrument })).toMatchObject({ venue, market, instrument, asset: 'BTC', ...contract })
})

it('tells the asset of the time and the coins in a unit', () => {
  const pepe = named({ venue: 'binance', market: 'perp', instrument: '1000PEPEUSDT' })
  expect(pepe).toMatchObject({ asset: 'PEPE', multiplier: 1000, quote: 'USDT', simulated: false })
  expect(named({ venue: 'bybit', market: 'spot', instrument: 'NEIROUSDT' }).asset).toBe('NEIROETH')
})
