import { assert, constantFrom, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KNOWN_QUOTES, splitSymbol, UnknownQuoteError } from './symbols.ts'

const pair = (venue: string, market: 'spot' | 'perp', instrument: string): string => {
  const { asset, quote, multiplier } = splitSymbol({ venue, market, instrument })
  return `${multiplier === 1 ? '' : `${multiplier} `}${asset}/${quote}`
}

describe('splitSymbol', () => {
  it.each([
    ['BTCUSDT', 'BTC/USDT'],
    ['ETHBTC', 'ETH/BTC'],
    ['BTCFDUSD', 'BTC/FDUSD'],
    ['BTCTUSD', 'BTC/TUSD'],
    ['TUSDUSDT', 'TUSD/USDT'],
    ['TBUSD', 'T/BUSD'],
    ['BNBBUSD', 'BNB/BUSD'],
    ['USDCUSDT', 'USDC/USDT'],
    ['USDTTRY', 'USDT/TRY'],
    ['EURUSDT', 'EUR/USDT'],
    ['1INCHUSDT', '1INCH/USDT'],
    ['2ZUSDT', '2Z/USDT'],
    ['0GUSDT', '0G/USDT'],
    ['1000SATSUSDT', '1000 SATS/USDT'],
    ['btcusdt', 'BTC/USDT'],
  ])('reads %s of Binance spot as %s', (instrument, expected) => {
    expect(pair('binance', 'spot', instrument)).toBe(expected)
  })

  it.each([
    ['binance', 'TUSDT', 'T/USDT'],
    ['binance', '1000PEPEUSDT', '1000 PEPE/USDT'],
    ['binance', '1000000MOGUSDT', '1000000 MOG/USDT'],
    ['binance', '1MBABYDOGEUSDT', '1000000 BABYDOGE/USDT'],
    ['binance', '1000XUSDT', '1000 X/USDT'],
    ['binance', '4USDT', '4/USDT'],
    ['binance', 'BTCUSD_PERP', 'BTC/USD'],
    ['binance', 'BNBUSD_PERP', 'BNB/USD'],
    ['binance', 'DOTUSD_240628', 'DOT/USD'],
    ['binance', 'BNBUSD_240628', 'BNB/USD'],
    ['binance', 'BTCBUSD_210129', 'BTC/BUSD'],
    ['binance', 'ETHUSDT_240628', 'ETH/USDT'],
    ['bybit', '10000LADYSUSDT', '10000 LADYS/USDT'],
    ['bybit', 'SHIB1000USDT', '1000 SHIB/USDT'],
    ['bybit', 'DOTUSD', 'DOT/USD'],
    ['bybit', 'BTCUSDM25', 'BTC/USD'],
    ['bybit', 'BTCPERP', 'BTC/USDC'],
    ['bybit', 'BTC-27SEP24', 'BTC/USDC'],
    ['bybit', 'BTCUSDT-27SEP24', 'BTC/USDT'],
    ['okx', 'BTC-USDT-SWAP', 'BTC/USDT'],
    ['okx', 'BTC-USD-240628', 'BTC/USD'],
    ['gate', 'BTC_USDT', 'BTC/USDT'],
    ['gate', 'BTC_USDT_20240628', 'BTC/USDT'],
    ['ccxt', 'BTC/USDT:USDT', 'BTC/USDT'],
    ['ccxt', 'BTC/USD:BTC-240628', 'BTC/USD'],
    ['somewhere', 'DOTUSD', 'DOT/USD'],
    ['somewhere', 'BTCTUSD', 'BTC/TUSD'],
  ])('reads a perpetual or future of %s, %s, as %s', (venue, instrument, expected) => {
    expect(pair(venue, 'perp', instrument)).toBe(expected)
  })

  it('reads a coin of Hyperliquid as quoted in USDC, and a lower-case k as a thousand', () => {
    expect(pair('hyperliquid', 'perp', 'kPEPE')).toBe('1000 PEPE/USDC')
    expect(pair('hyperliquid', 'perp', 'KAS')).toBe('KAS/USDC')
    expect(pair('hyperliquid', 'perp', 'BTC')).toBe('BTC/USDC')
    expect(pair('hyperliquid', 'spot', 'PURR/USDC')).toBe('PURR/USDC')
  })

  it('keeps NEIROETH an asset of its own', () => {
    expect(pair('hyperliquid', 'perp', 'NEIROETH')).toBe('NEIROETH/USDC')
    expect(pair('binance', 'perp', 'NEIROETHUSDT')).toBe('NEIROETH/USDT')
    expect(pair('hyperliquid', 'perp', 'kNEIRO')).toBe('1000 NEIRO/USDC')
  })

  it('refuses a name without a known quote and lists the quotes', () => {
    const read = () => pair('binance', 'spot', 'BTCXYZ')
    expect(read).toThrow(UnknownQuoteError)
    expect(read).toThrow('"BTCXYZ" of binance spot')
    try {
      read()
    } catch (error) {
      expect((error as UnknownQuoteError).hint).toMatch(/--symbol.*USDT, USDC/)
    }
  })

  it.each(['', 'USDT', 'BTC', '@107', 'xyz:TSLA', '/USDT', 'BTC-', '_'])('refuses "%s"', (instrument) => {
    expect(() => pair('hyperliquid', 'spot', instrument)).toThrow(UnknownQuoteError)
  })

  it('refuses a coin of a builder market and a spot index of Hyperliquid', () => {
    expect(() => pair('hyperliquid', 'perp', 'xyz:TSLA')).toThrow(UnknownQuoteError)
    expect(() => pair('hyperliquid', 'perp', '@107')).toThrow(UnknownQuoteError)
  })

  it('reads tickers in any script', () => {
    expect(pair('binance', 'perp', '币安人生USDT')).toBe('币安人生/USDT')
    expect(pair('binance', 'perp', '1000币安USDT')).toBe('1000 币安/USDT')
  })

  it('gives an asset, a known quote and a multiplier, or a typed error, for any text', () => {
    const venues = constantFrom('binance', 'bybit', 'okx', 'hyperliquid', 'x')
    assert(
      property(venues, constantFrom('spot', 'perp'), string({ unit: 'binary' }), (venue, market, instrument) => {
        try {
          const split = splitSymbol({ venue, market: market as 'spot' | 'perp', instrument })
          return split.asset !== '' && KNOWN_QUOTES.includes(split.quote) && split.multiplier >= 1
        } catch (error) {
          return error instanceof UnknownQuoteError
        }
      }),
    )
  })

  it('splits every asset of three letters or more from every quote on Binance spot', () => {
    for (const quote of KNOWN_QUOTES.filter((known) => known !== 'USD')) {
      for (const asset of ['ADA', 'LINK', 'WIF'])
        expect(pair('binance', 'spot', asset + quote)).toBe(`${asset}/${quote}`)
    }
  })
})
