import { DeskError } from '../core/errors.ts'
import type { MARKETS } from '../records/candle.ts'
import { isVendor } from '../records/venues.ts'

/** A venue's instrument by its own name. Venues are written in lower case: `binance`, `bybit`, `hyperliquid`. */
export interface SymbolRef {
  readonly venue: string
  readonly market: (typeof MARKETS)[number]
  readonly instrument: string
}

/** What an instrument's name says: the asset's ticker, the quote, and how many coins one unit holds. */
export interface SplitSymbol {
  readonly asset: string
  readonly quote: string
  readonly multiplier: number
}

/** Every quote that a name can be split by. */
export const KNOWN_QUOTES: readonly string[] = (
  'USDT USDC FDUSD BUSD TUSD RLUSD USD1 USDE USDS USDP DAI USD ' +
  'EUR EURI TRY BRL GBP AUD JPY KRW RUB UAH NGN ZAR PLN RON ARS MXN COP CZK CHF CAD IDRT BIDR INR ' +
  'BTC ETH BNB XRP TRX DOGE SOL'
).split(' ')

/**
 * Reads an instrument's name: asset, quote, multiplier. The asset is the ticker in the name, which is not yet an identity:
 * NEIRO, NEIROETH and NEIROCTO come out as three assets, and only price parity may merge any of them.
 *
 * Quotes are cut off at the end, longest first; with a separator (`-` `_` `/` `:`) the second part is the quote. Suffixes of
 * perpetuals and dated futures (`-SWAP`, `_PERP`, `_240628`, `-27SEP24`, `M25`, ccxt's `:USDT`) are no part of either. Where
 * two cuts are possible the venue decides: Binance lists no joined USD but in coin-margined names (`BNBUSD_PERP` is BNB, not
 * BN in BUSD), venues with joined USD pairs list no joined BUSD or TUSD (`DOTUSD` is DOT), and elsewhere an asset shorter
 * than three characters yields to the shorter quote. Bybit's `BTCPERP` and `BTC-27SEP24` are quoted in USDC.
 *
 * Multipliers: 1000, 10000, 100000 or 1000000 directly before a letter (`1000PEPE`; not `1INCH`), Binance's `1M` for a
 * million (`1MBABYDOGE`), Bybit's 1000 behind the ticker (`SHIB1000`), and a lower-case `k` on Hyperliquid (`kPEPE`).
 * Hyperliquid's names hold no quote: its perpetuals are margined in USDC, so that is the quote given. Its spot indices (`@107`)
 * and builder-deployed perpetuals (`xyz:TSLA`, whose collateral the name does not tell) are refused. Of a vendor's sums over
 * venues the name is the asset itself, in US dollars.
 *
 * @param ref - venue in lower case, market, and the venue's own name of the instrument in any case (Hyperliquid: as listed)
 * @returns ticker and quote in upper case (Hyperliquid's ticker as listed), coins of the asset per unit of the instrument
 * @throws {UnknownQuoteError} the name ends in no known quote, or holds nothing before it
 * @example splitSymbol({ venue: 'binance', market: 'perp', instrument: '1000PEPEUSDT' }) // { asset: 'PEPE', quote: 'USDT', multiplier: 1000 }
 */
export function splitSymbol(ref: SymbolRef): SplitSymbol {
  if (isVendor(ref.venue)) return { asset: ref.instrument.trim(), quote: 'USD', multiplier: 1 }
  if (ref.venue === 'hyperliquid' && ref.market === 'perp') return hyperliquidCoin(ref)
  const { asset, quote } = splitPair({ ...ref, instrument: ref.instrument.trim().toUpperCase() })
  return { ...scaled(ref.venue, asset), quote }
}

/**
 * Reads a coin's ticker as a venue's listing names it, where the quote stands apart: asset and multiplier.
 * @param ticker - `1000PEPE`, `kPEPE`, `SHIB1000`
 * @example splitTicker('hyperliquid', 'perp', 'kPEPE') // { asset: 'PEPE', multiplier: 1000 }
 */
export function splitTicker(
  venue: string,
  market: SymbolRef['market'],
  ticker: string,
): { readonly asset: string; readonly multiplier: number } {
  if (venue === 'hyperliquid' && market === 'perp') {
    const { asset, multiplier } = hyperliquidCoin({ venue, market, instrument: ticker })
    return { asset, multiplier }
  }
  return scaled(venue, ticker.toUpperCase())
}

/** Venues whose joined names may end in plain USD, and that never listed a joined BUSD or TUSD pair. */
const USD_VENUES = new Set(['bybit', 'bitmex', 'kraken', 'bitfinex', 'bitstamp', 'coinbase', 'gemini', 'deribit'])
const LONGER_THAN_USD = new Set(['FDUSD', 'BUSD', 'TUSD'])
const BY_LENGTH = KNOWN_QUOTES.toSorted((a, b) => b.length - a.length)
const QUOTES = new Set(KNOWN_QUOTES)
/** A delivery date as venues write it: 240628, 20240628, 27SEP24. */
const DELIVERY = /^(\d{6}|\d{8}|\d{1,2}[A-Z]{3}\d{2})$/
/** CME month letter and year behind a USD pair: BTCUSDM25. */
const MONTH_CODE = /^(.+USD)[FGHJKMNQUVXZ]\d{2}$/

interface Pair {
  readonly asset: string
  readonly quote: string
}

function splitPair(ref: SymbolRef): Pair {
  const [head = '', second, ...rest] = ref.instrument.split(/[-_/:]/)
  if (second === undefined) return splitJoined(ref, head, 'plain')
  if (QUOTES.has(second) && head !== '') return { asset: head, quote: second }
  if (rest.length > 0) throw new UnknownQuoteError(ref)
  if (second === 'PERP') return splitJoined(ref, head, 'perpetual')
  if (DELIVERY.test(second)) return splitJoined(ref, head, 'dated')
  throw new UnknownQuoteError(ref)
}

function splitJoined(ref: SymbolRef, name: string, suffix: 'plain' | 'perpetual' | 'dated'): Pair {
  const text = MONTH_CODE.exec(name)?.[1] ?? name
  for (const quote of candidateQuotes(ref, suffix)) {
    const asset = text.slice(0, -quote.length)
    if (text.endsWith(quote) && asset !== '' && !isShortened(ref, suffix, asset, quote)) return { asset, quote }
  }
  return bybitUsdc(ref, text, suffix)
}

function candidateQuotes(ref: SymbolRef, suffix: 'plain' | 'perpetual' | 'dated'): readonly string[] {
  if (ref.venue === 'binance' && suffix === 'perpetual') return ['USD']
  if (ref.venue === 'binance' && suffix === 'plain') return [...BY_LENGTH.filter((quote) => quote !== 'USD'), 'USD']
  if (ref.venue === 'binance') return BY_LENGTH.filter((quote) => quote !== 'TUSD')
  if (USD_VENUES.has(ref.venue)) return BY_LENGTH.filter((quote) => !LONGER_THAN_USD.has(quote))
  return BY_LENGTH
}

/** True for BN in BUSD or DO in TUSD where the name can as well mean BNB or DOT in USD. */
function isShortened(ref: SymbolRef, suffix: 'plain' | 'perpetual' | 'dated', asset: string, quote: string): boolean {
  if (ref.venue === 'binance' && suffix === 'plain') return false
  return LONGER_THAN_USD.has(quote) && asset.length < 3
}

function bybitUsdc(ref: SymbolRef, text: string, suffix: 'plain' | 'perpetual' | 'dated'): Pair {
  if (ref.venue !== 'bybit' || ref.market === 'spot') throw new UnknownQuoteError(ref)
  const asset = suffix === 'plain' && text.endsWith('PERP') ? text.slice(0, -4) : suffix === 'dated' ? text : ''
  if (asset === '') throw new UnknownQuoteError(ref)
  return { asset, quote: 'USDC' }
}

function scaled(venue: string, ticker: string): { asset: string; multiplier: number } {
  const [, count, coin] = /^(1000000|100000|10000|1000)(\p{L}.*)$/u.exec(ticker) ?? []
  if (count !== undefined && coin !== undefined) return { asset: coin, multiplier: Number(count) }
  const million = /^1M(\p{L}{3,})$/u.exec(ticker)?.[1]
  if (million !== undefined) return { asset: million, multiplier: 1_000_000 }
  const behind = venue === 'bybit' ? /^(\p{L}+)1000$/u.exec(ticker)?.[1] : undefined
  return behind === undefined ? { asset: ticker, multiplier: 1 } : { asset: behind, multiplier: 1000 }
}

function hyperliquidCoin(ref: SymbolRef): SplitSymbol {
  const name = ref.instrument.trim()
  if (name === '' || /[:@/]/.test(name)) throw new UnknownQuoteError(ref)
  const thousand = /^k([A-Z].*)$/.exec(name)?.[1]
  return { asset: thousand ?? name, quote: 'USDC', multiplier: thousand === undefined ? 1 : 1000 }
}

/** Thrown where a name ends in no known quote. */
export class UnknownQuoteError extends DeskError {
  constructor(ref: SymbolRef) {
    super('UNKNOWN_QUOTE', `"${ref.instrument}" of ${ref.venue} ${ref.market} does not end in a known quote`, {
      hint: `name the pair with --symbol ASSET/QUOTE; known quotes: ${KNOWN_QUOTES.join(', ')}`,
    })
  }
}
