import type { InstantMs } from '../core/instant.ts'
import type { Instrument } from '../records/instrument.ts'
import { resolveAsset } from './assets/resolveAsset.ts'
import type { SplitSymbol, SymbolRef } from './symbols.ts'

/**
 * What an instrument is by its name alone, for files that tell nothing more: its asset at a time, and its contract where the
 * venue's names tell it.
 * @param ref - venue, market and the venue's name
 * @param symbol - what `splitSymbol` reads in the name
 * @param at - when it was used: a ticker can mean another asset later
 * @returns an instrument that is not simulated; `contract` is `none` where names do not tell (OKX, Gate and Bitget count in
 *   contracts whose size is not in the name)
 * @example namedInstrument({ venue: 'bybit', market: 'perp', instrument: 'BTCUSD' }, symbol, at).contract // 'inverse'
 */
export function namedInstrument(ref: SymbolRef, symbol: SplitSymbol, at: InstantMs): Instrument {
  const { venue, market, instrument } = ref
  const { asset: ticker, quote, multiplier: named } = symbol
  const { asset, coins } = resolveAsset({ ticker, venue, market, multiplier: named }, at)
  const series = { venue, market, instrument }
  return { ...series, asset, quote, multiplier: named * coins, simulated: false, ...contractOf(ref, quote) }
}

/** Binance's COIN-M names: `BTCUSD_PERP`, `BTCUSD_240628`. */
const COIN_MARGINED = /USD_(PERP|\d{6})$/

function contractOf(
  { venue, market, instrument }: SymbolRef,
  quote: string,
): Pick<Instrument, 'contract' | 'contractSize'> {
  if (market !== 'perp') return { contract: 'none' }
  switch (venue) {
    case 'binance':
      return { contract: COIN_MARGINED.test(instrument) ? 'inverse' : 'linear' }
    case 'bybit':
      return quote === 'USD' ? { contract: 'inverse', contractSize: 1 } : { contract: 'linear' }
    case 'hyperliquid':
      return { contract: 'linear' }
    default:
      return { contract: 'none' }
  }
}
