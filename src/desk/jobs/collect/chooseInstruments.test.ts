import { describe, expect, it } from 'vitest'
import { instant } from '../../../core/instant.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { chooseInstruments, instrumentOf } from './chooseInstruments.ts'
import { renamesIn } from './renames.ts'

const listed = (instrument: string, fields: Partial<Instrument> = {}): Instrument => ({
  venue: 'bybit',
  market: 'perp',
  instrument,
  asset: 'BTC',
  quote: 'USDT',
  multiplier: 1,
  simulated: true,
  contract: 'linear',
  ...fields,
})
const names = (list: readonly Instrument[]) => list.map(({ instrument }) => instrument)

describe('chooseInstruments', () => {
  it('takes one of each kind in the best known quote, wherever in the list it stands', () => {
    const spot = { market: 'spot', contract: 'none' } as const
    const list = [
      listed('BTCPERP', { quote: 'USDC' }),
      listed('BTCUSDT'),
      listed('BTCUSD', { quote: 'USD', contract: 'inverse' }),
      listed('BTCEUR', { ...spot, quote: 'EUR' }),
      listed('BTCUSDC spot', { ...spot, quote: 'USDC' }),
      listed('BTCUSD spot', { ...spot, quote: 'USD' }),
    ]
    const wanted = ['BTCUSD', 'BTCUSDC spot', 'BTCUSDT']
    expect(names(chooseInstruments(list, ['BTC'])).toSorted()).toEqual(wanted)
    expect(names(chooseInstruments(list.toReversed(), ['BTC'])).toSorted()).toEqual(wanted)
  })

  it('takes what is wanted only, in the order of the assets', () => {
    const list = [listed('BTCUSDT'), listed('ETHUSDT', { asset: 'ETH' }), listed('SOLUSDT', { asset: 'SOL' })]
    expect(names(chooseInstruments(list, ['SOL', 'XRP', 'BTC']))).toEqual(['SOLUSDT', 'BTCUSDT'])
    expect(chooseInstruments(list, [])).toEqual([])
  })
})

describe('instrumentOf', () => {
  it('resolves the asset and tells how many coins a unit has', () => {
    const { asset: _asset, multiplier: _multiplier, simulated: _simulated, ...instrument } = listed('1000PEPEUSDT')
    const of = { simulated: true, at: instant(Date.UTC(2026, 0, 5)) }
    const found = instrumentOf({ instrument, ticker: '1000PEPE' }, of)
    expect(found).toEqual({ ...instrument, asset: 'PEPE', multiplier: 1000, simulated: true })
  })
})

describe('renamesIn', () => {
  const [matic, pol] = [listed('MATICUSDT', { asset: 'POL' }), listed('POLUSDT', { asset: 'POL' })]

  it('finds the same asset, market, quote and contract under another name', () => {
    expect(renamesIn([matic], [listed('BTCUSDT'), pol])).toEqual([{ from: matic, to: pol }])
  })

  it.each([
    ['asset', { asset: 'BTC' }],
    ['market', { market: 'spot' }],
    ['quote', { quote: 'USDC' }],
    ['contract', { contract: 'inverse' }],
  ] as const)('takes nothing of another %s for the same', (_what, fields) => {
    expect(renamesIn([matic], [{ ...pol, ...fields }])).toEqual([])
  })

  it('gives each name to one at most', () => {
    const other = { ...matic, instrument: 'MATIC2USDT' }
    expect(renamesIn([matic, other], [pol])).toEqual([{ from: matic, to: pol }])
    expect(renamesIn([matic], [pol, { ...pol, instrument: 'POL2USDT' }])).toEqual([{ from: matic, to: pol }])
  })
})
