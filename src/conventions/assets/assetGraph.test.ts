import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../core/instant.ts'
import { splitSymbol, UnknownQuoteError } from '../symbols.ts'
import { readEntries, type AssetEntry } from './assetEntry.ts'
import { ASSETS, STATEMENTS } from './assetGraph.ts'
import { particularity, tickerEras } from './tickerEras.ts'
import { tickerStatements, type TickerStatement } from './tickerStatements.ts'

/** What a ticker means, typed from the documents: `TICKER [xMULTIPLIER] [@ VENUE [MARKET]] [on DAY] = ASSET [xCOINS]`. */
const MEANINGS = `
NEIRO @ binance spot = NEIRO
NEIRO @ binance perp = NEIRO
NEIRO @ okx perp = NEIRO
NEIRO x1000 @ hyperliquid perp = NEIRO
NEIRO @ bybit spot = NEIROETH
NEIRO @ somewhere spot = NEIRO
NEIROCTO @ bitget perp = NEIRO
NEIROCTO x1000 @ bybit perp = NEIRO
NEIROETH @ binance perp = NEIROETH
NEIROETH @ hyperliquid perp = NEIROETH
SPX @ binance spot = SPX6900
SPX @ hyperliquid perp = SPX6900
SPX @ file index = SPX
UUUSPX @ hyperliquid spot = SPX6900
LUNA @ binance spot on 2022-05-01 = LUNC
LUNA @ binance spot on 2022-06-01 = LUNA
LUNA @ kraken spot on 2025-01-01 = LUNC
LUNA @ bitfinex spot on 2025-01-01 = LUNC
LUNA2 @ kraken spot = LUNA
LUNA2 @ bitfinex spot = LUNA
LUNA2 @ binance perp = LUNA
LUNA2 @ bybit perp = LUNA
LUNC x1000 @ hyperliquid perp = LUNC
UST @ binance spot on 2022-05-01 = USTC
UST @ bitfinex spot = USDT
TERRAUST @ bitfinex spot = USTC
BEAM @ binance spot on 2022-12-01 = BEAMPRIVACY
BEAM @ bybit perp on 2025-01-01 = BEAM
BEAMX @ binance perp = BEAM
LIT @ binance spot on 2025-02-09 = HEI
LIT @ binance perp on 2026-01-05 = LIT
TONCOIN @ bitget spot = TON
TONCOIN @ okx spot on 2022-01-01 = TON
TRUMP @ bingx spot = TRUMPMAGA
TRUMPSOL @ bingx spot = TRUMP
OMNI @ bingx spot = OMNICAT
DEGEN @ bitget spot = DEGENREBORN
APX @ bitget spot = ASTROPEPEX
GTC @ gate spot = GAMECOM
GTC @ htx spot = GAMECOM
GTC @ binance spot = GTC
BIFI @ gate spot = BITCOINFILE
BIFI @ htx spot = BITCOINFILE
VAI @ gate spot = VAIOT
VAI @ kucoin spot = VAIOT
MPH @ gate spot = MORPHER
88MPH @ gate spot = MPH
TRAC @ gate spot = TRACO
GAS @ mexc spot = GASDAO
GASNEO @ mexc spot = GAS
GMT @ mexc spot = GMTTOKEN
STEPN @ mexc spot = GMT
MATIC @ binance spot on 2023-01-01 = POL
FTM @ binance spot on 2024-01-01 = S
EOS @ okx spot on 2024-01-01 = A
RNDR @ okx perp on 2024-01-01 = RENDER
KLAY @ binance spot on 2024-01-01 = KAIA
TOMO @ binance spot on 2023-01-01 = VIC
COCOS @ binance spot on 2023-01-01 = COMBO
BCHA @ binance spot on 2021-01-01 = XEC x1000000
BCHABC @ bitfinex spot = XEC
XBT @ kraken spot = BTC
XBT @ bitmex perp = BTC
XDG @ kraken spot = DOGE
BTT @ binance spot on 2021-06-01 = BTTOLD
BTT @ bybit perp on 2025-01-01 = BTT
MKR @ binance spot = MKR
PEPE x1000 @ hyperliquid perp = PEPE
PEPE x1000 @ bybit perp = PEPE
SHIB x1000 @ hyperliquid perp = SHIB
SHIB x1000 @ bybit perp = SHIB
BONK x1000 @ hyperliquid perp = BONK
FLOKI x1000 @ hyperliquid perp = FLOKI
DOGS x1000 @ hyperliquid perp = DOGS
BABYDOGE x1000000 @ binance perp = BABYDOGE
CHEEMS x1000 @ binance perp = CHEEMS
WHY x1000 @ binance perp = WHY
ETH @ binance spot = ETH
`
  .trim()
  .split('\n')

const IDS = (
  'NEIRO NEIROETH SPX6900 LUNC LUNA USTC USDT BEAM BEAMPRIVACY HEI LIT TON TRUMP TRUMPMAGA OMNICAT DEGENREBORN ' +
  'ASTROPEPEX GAMECOM GTC BITCOINFILE VAIOT MPH MORPHER TRACO GAS GASDAO GMT GMTTOKEN POL S A RENDER KAIA VIC COMBO XEC ' +
  'BTC DOGE MKR SKY AGIX OCEAN FET BTTOLD BTT OMNI NOM MC LEND AAVE VEN VET PEPE SHIB BONK FLOKI DOGS BABYDOGE CHEEMS ' +
  'WHY ZEREBRO'
).split(' ')

const LINE =
  /^(?<ticker>\S+)(?: x(?<multiplier>\d+))?(?: @ (?<venue>\S+) (?<market>spot|perp|index))?(?: on (?<day>\S+))? = (?<asset>\S+)(?: x(?<coins>\d+))?$/

/** The asset that the line's ticker means by these statements, written as the line writes it, with where that can be read. */
function answer(line: string, statements: readonly TickerStatement[]): string {
  const { ticker, multiplier, venue, market, day } = LINE.exec(line)!.groups!
  const ref = {
    ticker: ticker!,
    ...(venue === undefined ? {} : { venue, market: market as 'spot' }),
    multiplier: Number(multiplier ?? 1),
  }
  const at = parseInstant(day ?? '2025-04-01')
  const { asset, coins, kind, evidence } = tickerEras(ref, statements).findLast(({ from }) => from <= at)!
  return `${asset}${coins === 1 ? '' : ` x${coins}`} by ${kind} ${evidence}`
}

const said = (line: string): string => / = (.*)$/.exec(line)![1]!
const answers = (entries: readonly AssetEntry[]): readonly string[] => {
  const statements = tickerStatements(entries)
  return [...MEANINGS, ...IDS.map((id) => `${id} = ${id}`)].map((line) => answer(line, statements))
}

describe('the graph of assets', () => {
  it.each(MEANINGS)('says: %s', (line) => {
    expect(answer(line, STATEMENTS).split(' by ')[0]).toBe(said(line))
  })

  it('has these assets, each once', () => {
    expect(ASSETS.map(({ id }) => id).toSorted()).toEqual(IDS.toSorted())
  })

  it('gives another answer somewhere without any one of its entries', () => {
    const whole = answers(ASSETS)
    for (const entry of ASSETS)
      expect([entry.id, answers(ASSETS.filter((e) => e !== entry))]).not.toEqual([entry.id, whole])
  })

  it('gives another answer somewhere without any one of its statements on tickers', () => {
    const whole = answers(ASSETS)
    const without = (entry: AssetEntry, change: Partial<AssetEntry>): readonly string[] =>
      answers(ASSETS.map((each) => (each === entry ? { ...entry, ...change } : each)))
    for (const entry of ASSETS) {
      for (const ticker of entry.tickers) {
        const rest = entry.tickers.filter((each) => each !== ticker)
        expect([ticker, without(entry, { tickers: rest })]).not.toEqual([ticker, whole])
      }
      for (const former of entry.formerly) {
        const rest = entry.formerly.filter((each) => each !== former)
        expect([former, without(entry, { formerly: rest })]).not.toEqual([former, whole])
      }
    }
  })

  it('never lets one ticker of one place mean two assets at one time', () => {
    const venues = [...new Set(STATEMENTS.map(({ venue }) => venue)), 'somewhere']
    const multipliers = [...new Set(STATEMENTS.map(({ multiplier }) => multiplier ?? 1))]
    for (const ticker of new Set(STATEMENTS.map((each) => each.ticker))) {
      const known = STATEMENTS.filter((each) => each.ticker === ticker)
      const moments = new Set(known.flatMap(({ from, to }) => [from, to]).filter((at) => at < Infinity))
      for (const venue of venues)
        for (const market of ['spot', 'perp', 'index'])
          for (const multiplier of multipliers)
            for (const at of moments) {
              const apply = known.filter(
                (each) =>
                  (each.venue ?? venue) === venue &&
                  (each.market ?? market) === market &&
                  (each.multiplier ?? multiplier) === multiplier &&
                  each.from <= at &&
                  at < each.to,
              )
              const most = Math.max(...apply.map(particularity))
              const best = apply.filter((each) => particularity(each) === most)
              const where = `${ticker} x${multiplier} of ${venue} ${market}`
              expect([where, new Set(best.map(({ asset }) => asset)).size]).toEqual([where, Math.min(best.length, 1)])
            }
    }
  })

  it('writes tickers as the names of instruments are split', () => {
    for (const { ticker, venue, market, multiplier = 1 } of ASSETS.flatMap(({ tickers }) => tickers)) {
      if (venue === undefined || market === undefined) continue
      expect(namesOf(venue, ticker, multiplier).map((instrument) => splitOf(venue, market, instrument))).toContainEqual(
        {
          ticker,
          multiplier,
        },
      )
    }
  })

  it('has evidence for every statement, and a date for every rename, exchange and delisting', () => {
    const bare = { id: 'X', name: 'x' }
    for (const entry of [
      { ...bare, tickers: [{ ticker: 'Y' }] },
      { ...bare, tickers: [{ ticker: 'Y', evidence: 'somebody said so' }] },
      { ...bare, tickers: [{ ticker: 'Y', evidence: 'https://a.example', from: 'May' }] },
      { ...bare, formerly: [{ ticker: 'Y', coins: 1, evidence: 'https://a.example' }] },
      { ...bare, formerly: [{ ticker: 'Y', at: '2024-13', coins: 1, evidence: 'https://a.example' }] },
      { ...bare, became: { asset: 'Y', coins: 1, evidence: 'https://a.example' } },
      { ...bare, delisted: [{ venue: 'okx', market: 'spot', instrument: 'Y-USDT', evidence: 'https://a.example' }] },
      { ...bare, contracts: [{ chain: 'ethereum', address: '0x1' }] },
      { ...bare, colour: 'red' },
    ])
      expect(() => readEntries([entry as { id: string; name: string }])).toThrow()
    expect(readEntries([bare])).toEqual([{ ...bare, contracts: [], tickers: [], formerly: [], delisted: [] }])
  })

  it('keeps apart what can be changed for another at a fixed count', () => {
    const became = ASSETS.flatMap(({ id, became: other }) =>
      other === undefined ? [] : [[id, other.asset, other.coins]],
    )
    expect(became).toEqual([
      ['MKR', 'SKY', 24_000],
      ['AGIX', 'FET', 0.43335],
      ['OCEAN', 'FET', 0.433226],
      ['BTTOLD', 'BTT', 1000],
      ['OMNI', 'NOM', 75],
      ['MC', 'BEAM', 100],
      ['LEND', 'AAVE', 0.01],
      ['VEN', 'VET', 100],
    ])
    for (const [, asset] of became) expect(IDS).toContain(asset)
  })

  it('knows these contracts, and no contract twice', () => {
    const contracts = ASSETS.flatMap(({ id, contracts: all }) => all.map((each) => ({ id, ...each })))
    for (const { chain, address } of contracts)
      expect(address).toMatch(chain === 'ethereum' ? /^0x[0-9a-fA-F]{40}$/ : /^[1-9A-HJ-NP-Za-km-z]{32,44}$/)
    expect(new Set(contracts.map(({ address }) => address.toLowerCase())).size).toBe(contracts.length)
    expect(contracts.map(({ id, address }) => `${id} ${address.slice(0, 6)}`).toSorted()).toEqual(
      (
        'AAVE 0x7Fc6,BEAM 0x62D0,FET 0xaea4,FLOKI 0xcf0C,GTC 0xDe30,LIT 0x232C,MC 0x949D,MKR 0x9f8F,NEIRO 0x812B,' +
        'NEIROETH 0xEE2a,NOM 0x6e6F,OCEAN 0x967d,OMNI 0x36E6,PEPE 0x6982,POL 0x455e,RENDER rndriz,SHIB 0x95aD,' +
        'SKY 0x5607,SPX6900 0xE0f6,ZEREBRO 8x5Vqb'
      ).split(','),
    )
  })

  it('knows these delistings', () => {
    const delisted = ASSETS.flatMap(({ id, delisted: all }) =>
      all.map(({ venue, instrument, at }) => `${id} ${venue} ${instrument} ${at}`),
    )
    expect(delisted).toEqual([
      'NEIROETH bybit NEIROETHUSDT 2025-09-09',
      'NEIROETH okx NEIROETH-USDT-SWAP 2025-09-12',
      'NEIROETH binance NEIROETHUSDT 2025-09-26',
      'BEAMPRIVACY binance BEAMUSDT 2023-01-26',
      'HEI bitget LITUSDT 2025-02-10T03:00Z',
      'POL binance MATICUSDT 2024-09-10T03:00Z',
      'S binance FTMUSDT 2025-01-13T03:00Z',
      'S okx FTM-USDT-SWAP 2025-01-07T08:00Z',
      'A okx EOS-USDT-SWAP 2025-05-22T08:00Z',
      'RENDER okx RNDR-USDT-SWAP 2024-07-09T08:00Z',
      'KAIA binance KLAYUSDT 2024-10-28T03:00Z',
      'MKR bitget MKRUSDT 2025-08-29',
      'AGIX okx AGIX-USDT 2024-07-01T08:00Z',
      'LEND okx LEND-USDT 2020-10-10T09:00Z',
    ])
  })
})

/** How a venue may write an instrument of so many coins. */
const namesOf = (venue: string, ticker: string, multiplier: number): readonly string[] => {
  if (venue === 'hyperliquid') return [multiplier === 1000 ? `k${ticker}` : ticker, `${ticker}/USDC`]
  if (multiplier === 1) return [`${ticker}USDT`]
  return [`${multiplier}${ticker}USDT`, `${ticker}${multiplier}USDT`, `1M${ticker}USDT`]
}

function splitOf(venue: string, market: 'spot' | 'perp' | 'index', instrument: string) {
  try {
    const { asset, multiplier } = splitSymbol({ venue, market, instrument })
    return { ticker: asset, multiplier }
  } catch (error) {
    if (error instanceof UnknownQuoteError) return undefined
    throw error
  }
}
