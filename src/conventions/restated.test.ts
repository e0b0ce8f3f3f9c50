import { describe, expect, it } from 'vitest'
import { instant } from '../core/instant.ts'
import type { Instrument } from '../records/instrument.ts'
import type { Liquidation } from '../records/liquidation.ts'
import type { OpenInterest } from '../records/openInterest.ts'
import { ledgerLookup, type Convention, type Rule } from './convention.ts'
import { restatedLiquidation, restatedOpenInterest } from './restated.ts'

const entry = (id: string, rule: Rule, fields: Partial<Convention> = {}): Convention => ({
  id,
  venue: 'bybit',
  field: rule.of === 'liquidation' ? 'liquidation' : 'open_interest',
  meaning: 'as said',
  rule,
  standing: 'documented',
  evidence: [],
  ...fields,
})

const at = instant(1_745_280_000_000)
const series = { venue: 'bybit', market: 'perp', instrument: '1000PEPEUSDT' } as const
const pepe: Instrument = {
  ...series,
  asset: 'PEPE',
  quote: 'USDT',
  multiplier: 1000,
  simulated: false,
  contract: 'linear',
}

const openInterest: OpenInterest = {
  ...series,
  interval: 'live',
  at,
  knownAt: at,
  published: 400,
  countedIn: 'coins',
  sides: 'unknown',
  coins: 400,
  quoteValue: 0.0034,
  price: 0.0000085,
  convention: 'wrong',
}

describe('open interest read again', () => {
  const read = (rule: Rule, row: OpenInterest = openInterest, is: Instrument = pepe) =>
    restatedOpenInterest(row, is, ledgerLookup([entry('right', rule)]))

  it('is made of what was published, whatever was made of it before', () => {
    const row = read({ of: 'open interest', countedIn: 'units', sides: 'two' })
    expect(row).toEqual({
      ...openInterest,
      countedIn: 'units',
      sides: 'two',
      coins: 200_000,
      quoteValue: expect.closeTo(1.7, 12),
      convention: 'right',
    })
    expect(read({ of: 'open interest', countedIn: 'units', sides: 'two' }, row!)).toEqual(row)
  })

  it('has no value where no price came with it', () => {
    const { price: _, ...unpriced } = openInterest
    const row = read({ of: 'open interest', countedIn: 'units', sides: 'one' }, unpriced)
    expect(row).toMatchObject({ coins: 400_000 })
    expect(row).not.toHaveProperty('quoteValue')
  })

  it('of the quote needs a price, and of contracts the size of one', () => {
    const { price: _, ...unpriced } = openInterest
    expect(read({ of: 'open interest', countedIn: 'quote', sides: 'one' }, unpriced)).toBeUndefined()
    expect(read({ of: 'open interest', countedIn: 'quote', sides: 'one' })?.coins).toBeCloseTo(400 / 0.0000085, 3)
    expect(read({ of: 'open interest', countedIn: 'contracts', sides: 'one' })).toBeUndefined()
    const sized = { ...pepe, contractSize: 10 }
    expect(read({ of: 'open interest', countedIn: 'contracts', sides: 'one' }, openInterest, sized)?.coins).toBe(4e6)
  })

  it('of a history is read by what is said of histories, on its day', () => {
    const rule = { of: 'open interest', countedIn: 'units', sides: 'one' } as const
    const field = 'open_interest_history'
    const ledger = [
      entry('before', { ...rule, sides: 'two' }, { field, to: '2025-04-22' }),
      entry('since', rule, { field, from: '2025-04-22' }),
    ]
    const read5m = (day: number) =>
      restatedOpenInterest({ ...openInterest, interval: '5m', at: instant(day) }, pepe, ledgerLookup(ledger))
    expect(read5m(at - 1)).toMatchObject({ convention: 'before', coins: 200_000 })
    expect(read5m(at)).toMatchObject({ convention: 'since', coins: 400_000 })
  })

  it('of which the ledger says nothing is refused', () => {
    expect(() => restatedOpenInterest(openInterest, pepe, ledgerLookup([]))).toThrow(/does not say/)
  })
})

describe('a liquidation read again', () => {
  const row: Liquidation = {
    ...series,
    at,
    knownAt: at,
    liquidationId: '1',
    position: 'short',
    publishedSide: 'sell',
    price: 0.000008,
    published: 500,
    coins: 500,
    quoteValue: 0.004,
    convention: 'wrong',
  }
  const rule = { of: 'liquidation', side: 'order', price: 'fill', countedIn: 'units', feed: 'complete' } as const
  const read = (fields: Partial<typeof rule | { side: 'position'; countedIn: 'quote' | 'contracts' }>, each = row) =>
    restatedLiquidation(each, pepe, ledgerLookup([entry('right', { ...rule, ...fields } as Rule)]))

  it('closes what the word of the venue means now', () => {
    expect(read({})).toEqual({ ...row, position: 'long', coins: 500_000, quoteValue: 4, convention: 'right' })
    expect(read({ side: 'position' })).toMatchObject({ position: 'short', publishedSide: 'sell' })
  })

  it('is counted in what the ledger says now', () => {
    expect(read({ countedIn: 'quote' })).toMatchObject({ coins: expect.closeTo(62_500_000, 3), published: 500 })
    expect(read({ countedIn: 'contracts' })).toBeUndefined()
  })
})
