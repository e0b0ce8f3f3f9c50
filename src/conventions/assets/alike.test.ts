import { expect, it } from 'vitest'
import { alikeTo } from './alike.ts'
import type { StoredInstrument } from './instrumentEras.ts'

function held(
  venue: string,
  market: 'spot' | 'perp',
  instrument: string,
  asset: string,
  quote = 'USDT',
): StoredInstrument {
  return { venue, market, instrument, asset, quote, multiplier: 1 }
}

const STORE: readonly StoredInstrument[] = [
  held('hyperliquid', 'perp', 'NEIROETH', 'NEIROETH', 'USDC'),
  held('hyperliquid', 'perp', 'kNEIRO', 'NEIRO', 'USDC'),
  held('bybit', 'perp', '1000NEIROCTOUSDT', 'NEIRO'),
  held('bybit', 'spot', 'NEIROUSDT', 'NEIROETH'),
  held('gate', 'spot', 'NEIROX_USDT', 'NEIROX'),
  held('binance', 'spot', 'ETHUSDT', 'ETH'),
  held('binance', 'spot', 'ETHFIUSDT', 'ETHFI'),
  held('binance', 'spot', 'MATICUSDT', 'MATIC'),
  held('binance', 'spot', 'POLUSDT', 'POL'),
  held('binance', 'spot', 'MKRUSDT', 'MKR'),
  held('binance', 'spot', 'SKYUSDT', 'SKY'),
]

const names = (name: string) => alikeTo(name, STORE).eras.map(({ instrument }) => instrument.instrument)

it('finds all that is called by a name or like it, whatever it is', () => {
  const all = ['NEIROETH', 'kNEIRO', '1000NEIROCTOUSDT', 'NEIROUSDT', 'NEIROX_USDT']
  expect(alikeTo('NEIRO', STORE).assets).toEqual(['NEIRO', 'NEIROETH', 'NEIROX'])
  for (const name of ['NEIRO', 'neiro', 'kNEIRO', '1000neirocto', 'NEIROUSDT']) expect(names(name)).toEqual(all)
  expect(names('NEIROX')).toContain('NEIROX_USDT')
})

it('does not take three letters for a likeness', () => {
  expect(names('ETH')).toEqual(['ETHUSDT'])
  expect(alikeTo('ETH', STORE).assets).toEqual(['ETH'])
})

it('finds an asset by the name it had, and what it can be changed for', () => {
  expect(names('MATIC')).toEqual(['MATICUSDT', 'POLUSDT'])
  expect(alikeTo('MATIC', STORE).assets).toEqual(['POL'])
  for (const name of ['MKR', 'SKY']) expect(names(name)).toEqual(['MKRUSDT', 'SKYUSDT'])
})

it('finds an asset that the graph knows and the store does not hold', () => {
  expect(alikeTo('BCHA', [])).toEqual({ assets: ['XEC'], eras: [] })
  expect(alikeTo('NOTHING', [])).toEqual({ assets: [], eras: [] })
})
