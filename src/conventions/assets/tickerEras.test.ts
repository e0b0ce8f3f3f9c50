import { assert, array, constantFrom, integer, option, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant, parseInstant } from '../../core/instant.ts'
import { resolveAsset } from './resolveAsset.ts'
import { tickerEras } from './tickerEras.ts'
import type { TickerStatement } from './tickerStatements.ts'

const LUNA = { ticker: 'LUNA', venue: 'okx', market: 'spot' } as const

describe('tickerEras', () => {
  it('says that nothing is known of a ticker by giving the ticker itself', () => {
    expect(tickerEras({ ticker: 'ABC', venue: 'okx' })).toEqual([
      { asset: 'ABC', coins: 1, from: -Infinity, to: Infinity, kind: 'name', evidence: undefined },
    ])
  })

  it('gives the assets of one ticker in order of time, with where it can be read', () => {
    const change = parseInstant('2022-05-28')
    expect(tickerEras(LUNA)).toEqual([
      {
        asset: 'LUNC',
        coins: 1,
        from: -Infinity,
        to: change,
        kind: 'renamed',
        evidence: expect.stringMatching(/^https/),
      },
      { asset: 'LUNA', coins: 1, from: change, to: Infinity, kind: 'id', evidence: undefined },
    ])
  })

  it('lets what is said of the venue stand before what is said of the market, and that before all else', () => {
    const one = { ticker: 'T', coins: 1, from: instant(-Infinity), to: instant(Infinity), kind: 'ticker' as const }
    const nowhere = { venue: undefined, market: undefined, multiplier: undefined, evidence: 'https://a.example' }
    const all: readonly TickerStatement[] = [
      { ...one, ...nowhere, asset: 'ID', kind: 'id' },
      { ...one, ...nowhere, asset: 'ANY' },
      { ...one, ...nowhere, asset: 'KILO', multiplier: 1000 },
      { ...one, ...nowhere, asset: 'PERP', market: 'perp' },
      { ...one, ...nowhere, asset: 'OKX', venue: 'okx' },
    ]
    const asset = (ref: object) => tickerEras({ ticker: 'T', ...ref }, all)[0]!.asset
    expect(asset({ venue: 'okx', market: 'perp', multiplier: 1000 })).toBe('OKX')
    expect(asset({ venue: 'gate', market: 'perp', multiplier: 1000 })).toBe('PERP')
    expect(asset({ venue: 'gate', market: 'spot', multiplier: 1000 })).toBe('KILO')
    expect(asset({})).toBe('ANY')
    expect(tickerEras({ ticker: 'T' }, all.slice(0, 1))[0]!.asset).toBe('ID')
  })

  it('covers all time without gaps, and changes only where something changes', () => {
    const statement = record({
      ticker: constantFrom('T'),
      asset: constantFrom('A', 'B', 'C'),
      coins: constantFrom(1, 10),
      venue: option(constantFrom('okx', 'gate'), { nil: undefined }),
      market: option(constantFrom('spot' as const, 'perp' as const), { nil: undefined }),
      multiplier: option(constantFrom(1, 1000), { nil: undefined }),
      from: integer({ min: 0, max: 50 }),
      length: integer({ min: 1, max: 50 }),
      kind: constantFrom('ticker' as const, 'renamed' as const),
    }).map(({ length, from, ...rest }) => ({ ...rest, from: instant(from), to: instant(from + length), evidence: 'e' }))
    assert(
      property(array(statement), (statements) => {
        const eras = tickerEras({ ticker: 'T', venue: 'okx', market: 'spot' }, statements)
        expect([eras[0]!.from, eras.at(-1)!.to]).toEqual([-Infinity, Infinity])
        for (const [i, era] of eras.entries()) {
          const next = eras[i + 1]
          if (next === undefined) continue
          expect(next.from).toBe(era.to)
          expect([next.asset, next.coins]).not.toEqual([era.asset, era.coins])
        }
      }),
    )
  })
})

describe('resolveAsset', () => {
  it('takes the era that holds the moment, its first instant included', () => {
    const change = parseInstant('2022-05-28')
    expect(resolveAsset(LUNA, instant(change - 1)).asset).toBe('LUNC')
    expect(resolveAsset(LUNA, change).asset).toBe('LUNA')
  })

  it('gives how many coins of now one coin of the ticker was', () => {
    const bcha = resolveAsset({ ticker: 'BCHA', venue: 'binance', market: 'spot' }, parseInstant('2021-01-01'))
    expect(bcha).toMatchObject({ asset: 'XEC', coins: 1_000_000, kind: 'renamed' })
  })
})
