import { describe, expect, it } from 'vitest'
import { fixture, fuzz } from '../../../test/support/wire.ts'
import { resolveAsset } from '../../conventions/assets/resolveAsset.ts'
import { DAY_MS, parseInstant } from '../../core/instant.ts'
import { defillama, WALLET_VENUES } from './defillama.ts'
import { mapWallets, type MappedWallets } from './map.ts'
import { TOKEN_SYMBOLS } from './tokenSymbols.ts'

const payload = (name: string): object => structuredClone(fixture('defillama', name).payload) as object
const NOW = parseInstant('2025-04-16T10:30Z')
const symbols = { BTC: ['BTC'], ETH: ['ETH', 'WETH'] }
const mapped = (json: unknown, now = NOW): MappedWallets => mapWallets(json, { venue: 'binance', symbols, now })
const rowsOf = (json: unknown): readonly Readonly<Record<string, unknown>>[] => {
  const { rows, faults } = mapped(json)
  expect(faults).toEqual([])
  return rows.map(({ row }) => row)
}
const wallets = payload('wallets-made')

describe('wallets', () => {
  it('are counted at 00:00 and known when that day ends', () => {
    expect(rowsOf(wallets)[0]).toEqual({
      venue: 'binance',
      asset: 'BTC',
      source: 'defillama',
      at: parseInstant('2025-04-15'),
      knownAt: parseInstant('2025-04-16'),
      coins: 600_000,
      remark: 'We collect the wallets from a list.',
    })
  })

  it('are known when they were asked for where the day has not ended', () => {
    const ofBitcoin = rowsOf(wallets).filter(({ asset }) => asset === 'BTC')
    expect(ofBitcoin.map(({ at, knownAt }) => [at, knownAt])).toEqual([
      [parseInstant('2025-04-15'), parseInstant('2025-04-16')],
      [parseInstant('2025-04-16'), NOW],
      [parseInstant('2025-04-16T10:00Z'), NOW],
    ])
  })

  it('are never known before they were counted, whatever a clock says', () => {
    for (const { row } of mapped(wallets, parseInstant('2025-04-01')).rows) {
      expect(Number(row['knownAt'])).toBeGreaterThanOrEqual(Number(row['at']))
    }
  })

  it('add ether under both of its symbols, and nothing else', () => {
    const ofEther = rowsOf(wallets).filter(({ asset }) => asset === 'ETH')
    expect(ofEther.map(({ coins }) => coins)).toEqual([5_000_000, 4_000_000, 4_000_000])
  })

  it('are valued at prices of the days that end with a count', () => {
    const { prices } = mapped(wallets)
    expect(prices.get('BTC')).toEqual([
      { at: parseInstant('2025-04-15') - DAY_MS, price: 80_000 },
      { at: parseInstant('2025-04-15'), price: 84_000 },
    ])
    expect(prices.get('ETH')).toMatchObject([{ price: 1600 }, { price: 1600 }])
  })

  it('have a gap, not 0, where a coin is not named, and no price where it is not valued', () => {
    const json = {
      ...wallets,
      tokens: [
        { date: 1_744_675_200, tokens: { BTC: 0 } },
        { date: 1_744_761_600, tokens: { ETH: 2 } },
      ],
      tokensInUsd: [],
    }
    expect(rowsOf(json).map(({ asset, coins }) => [asset, coins])).toEqual([
      ['BTC', 0],
      ['ETH', 2],
    ])
    expect(mapped(json).prices.size).toBe(0)
  })

  it.each([
    ['what is no exchange', { ...wallets, category: 'Lending' }, 'category'],
    ['the documented example, a lender', payload('protocol'), 'category'],
    ['an answer without sums', { ...wallets, tokens: null }, 'tokens'],
    ['an answer without values', { ...wallets, tokensInUsd: null }, 'tokensInUsd'],
    ['a count that is there twice', { ...wallets, tokens: twice(wallets) }, 'tokens[1].date'],
    ['an amount in text', { ...wallets, tokens: [{ date: 1, tokens: { BTC: '7' } }] }, 'tokens[0].tokens.BTC'],
    ['an amount below nothing', { ...wallets, tokens: [{ date: 1, tokens: { BTC: -7 } }] }, 'coins'],
    ['nothing', undefined, ''],
    ['a message', { message: 'Protocol is not in our database' }, 'category'],
  ])('of %s are refused with the place', (_what, json, path) => {
    expect(mapped(json).faults.map((fault) => fault.path)).toContain(path)
  })

  it('stay sound however the answer is damaged', () => fuzz(wallets, (json) => mapped(json)))
})

function twice(json: object): readonly unknown[] {
  const { tokens } = json as { tokens: readonly unknown[] }
  return [tokens[0], ...tokens]
}

it('counts assets by their canonical ids, no symbol for two', () => {
  const now = parseInstant('2025-11-01')
  for (const asset of Object.keys(TOKEN_SYMBOLS)) expect(resolveAsset({ ticker: asset }, now).asset).toBe(asset)
  const all = Object.values(TOKEN_SYMBOLS).flat()
  expect(new Set(all).size).toBe(all.length)
})

it('knows an answer by a number, and each venue by one slug', () => {
  expect(defillama.proof.isAnswer(fixture('defillama', 'tvl').payload)).toBe(true)
  for (const odd of [undefined, null, {}, '7']) expect(defillama.proof.isAnswer(odd)).toBe(false)
  expect(WALLET_VENUES.binance).toBe('binance-cex')
})
