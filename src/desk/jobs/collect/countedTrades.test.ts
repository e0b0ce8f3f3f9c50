import { expect, it } from 'vitest'
import { openInterest } from '../../../records/openInterest.ts'
import { ticker } from '../../../records/ticker.ts'
import { CountedTrades } from './countedTrades.ts'

const shown = (volume24h: number | undefined, instrument = 'BTCUSDT', market = 'perp') => ({
  record: ticker,
  row: { market, instrument, ...(volume24h === undefined ? {} : { volume24h }) },
})

it('finds what has traded since the answer before', () => {
  const counted = new CountedTrades()
  expect(counted.see([shown(100), shown(5, 'ETHUSDT')], 1000)).toEqual([])
  expect(counted.see([shown(101), shown(5, 'ETHUSDT')], 61_000)).toEqual([
    { market: 'perp', instrument: 'BTCUSDT', since: 1000 },
  ])
  expect(counted.see([shown(101), shown(6, 'ETHUSDT')], 121_000)).toEqual([
    { market: 'perp', instrument: 'ETHUSDT', since: 61_000 },
  ])
})

it('says nothing where less is shown than before: what was traded a day ago counts no more', () => {
  const counted = new CountedTrades()
  counted.see([shown(100)], 0)
  expect(counted.see([shown(90)], 1)).toEqual([])
  expect(counted.see([shown(95)], 2)).toEqual([{ market: 'perp', instrument: 'BTCUSDT', since: 1 }])
})

it('takes no rounding for a trade', () => {
  const counted = new CountedTrades()
  counted.see([shown(0.1 + 0.2)], 0)
  expect(counted.see([shown(0.3), shown(0.1 + 0.2)], 1)).toEqual([])
})

it('keeps markets apart, and passes over what tells no turnover', () => {
  const counted = new CountedTrades()
  const other = { record: openInterest, row: { market: 'perp', instrument: 'BTCUSDT', volume24h: 1 } }
  counted.see([shown(100), other], 0)
  expect(counted.see([shown(200, 'BTCUSDT', 'spot'), shown(undefined), other], 1)).toEqual([])
  expect(counted.see([shown(101)], 2)).toEqual([{ market: 'perp', instrument: 'BTCUSDT', since: 0 }])
})
