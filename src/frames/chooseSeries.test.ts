import { describe, expect, it } from 'vitest'
import { instant } from '../core/instant.ts'
import { chooseSeries } from './chooseSeries.ts'
import type { SeriesOffer } from './seriesOffer.ts'

const offer = (change: Partial<SeriesOffer> = {}): SeriesOffer => ({
  venue: 'binance',
  market: 'spot',
  instrument: 'ETHUSDT',
  interval: '1d',
  asset: 'ETH',
  quote: 'USDT',
  multiplier: 1,
  simulated: false,
  from: instant(0),
  to: instant(86_400_000),
  rows: 2,
  quoteVolume30d: 100,
  ...change,
})

/** The choice, asked in both orders of the offers. */
function choose(offers: readonly SeriesOffer[], wish: Partial<Parameters<typeof chooseSeries>[1]> = {}) {
  const chosen = chooseSeries(offers, { interval: '1d', ...wish })
  expect(chooseSeries(offers.toReversed(), { interval: '1d', ...wish })).toBe(chosen)
  return chosen
}

describe('chooseSeries', () => {
  it('takes the only one there is', () => {
    const only = offer({ market: 'index', quote: 'TRY' })
    expect(choose([only])).toBe(only)
  })

  it('takes spot before perp, and perp before an index, whatever their turnover', () => {
    const [spot, perp, index] = [
      offer(),
      offer({ market: 'perp', quoteVolume30d: 1e9 }),
      offer({ market: 'index', quoteVolume30d: 1e12 }),
    ]
    expect(choose([index, perp, spot])).toBe(spot)
    expect(choose([index, perp])).toBe(perp)
  })

  it('takes spot built from hours before a native perp', () => {
    const spot = offer({ interval: '1h' })
    expect(choose([offer({ market: 'perp' }), spot])).toBe(spot)
  })

  it('takes a native interval before one built from a finer one', () => {
    const native = offer({ venue: 'kraken', quote: 'USD', quoteVolume30d: 1 })
    expect(choose([offer({ interval: '4h' }), native, offer({ interval: '1h' })])).toBe(native)
  })

  it('takes USDT before USDC, USDC before USD, and USD before any other quote', () => {
    const [usdt, usdc, usd, tryLira] = ['USDT', 'USDC', 'USD', 'TRY'].map((quote, i) =>
      offer({ quote, instrument: `ETH${quote}`, quoteVolume30d: 10 ** i }),
    )
    expect(choose([tryLira!, usd!, usdc!, usdt!])).toBe(usdt)
    expect(choose([tryLira!, usd!, usdc!])).toBe(usdc)
    expect(choose([tryLira!, usd!])).toBe(usd)
  })

  it('takes the largest turnover of 30 days between venues alike', () => {
    const large = offer({ venue: 'okx', quoteVolume30d: 500 })
    expect(choose([offer({ quoteVolume30d: 499 }), large, offer({ venue: 'bybit', quoteVolume30d: 1 })])).toBe(large)
  })

  it('never compares turnover in one currency with that in another', () => {
    const [lira, euro] = [
      offer({ quote: 'TRY', instrument: 'ETHTRY', quoteVolume30d: 4000 }),
      offer({ quote: 'EUR', instrument: 'ETHEUR', quoteVolume30d: 100 }),
    ]
    const more = offer({ quote: 'EUR', instrument: 'ETHEUR', venue: 'kraken', quoteVolume30d: 101 })
    expect(choose([lira, euro])).toBe(euro)
    expect(choose([lira, euro, more])).toBe(more)
  })

  it('takes the instrument known furthest where turnover settles nothing, then the one with more rows', () => {
    const still = offer({ venue: 'a', quoteVolume30d: 0, rows: 900 })
    const going = offer({ venue: 'c', quoteVolume30d: 0, to: instant(9 * 86_400_000) })
    const longer = offer({ venue: 'd', quoteVolume30d: 0, to: instant(9 * 86_400_000), rows: 9 })
    expect(choose([still, going])).toBe(going)
    expect(choose([still, going, longer])).toBe(longer)
    const traded = offer({ venue: 'e', quoteVolume30d: 1 })
    expect(choose([still, going, traded])).toBe(traded)
  })

  it('counts the turnover of an instrument once, whatever interval it is known from', () => {
    const [hours, days] = [
      offer({ venue: 'okx', interval: '1h', quoteVolume30d: 900 }),
      offer({ venue: 'okx', interval: '4h', quoteVolume30d: 1 }),
    ]
    expect(choose([hours, days, offer({ venue: 'bybit', interval: '4h', quoteVolume30d: 500 })])).toBe(days)
  })

  it('builds from the coarsest interval that divides the wanted one', () => {
    const four = offer({ interval: '4h' })
    expect(choose([offer({ interval: '5m' }), four, offer({ interval: '1h' }), offer({ interval: '7h' })])).toBe(four)
  })

  it('settles what is left by name, so that the order of offers does not matter', () => {
    const [a, b] = [offer({ venue: 'a' }), offer({ venue: 'b' })]
    expect(choose([b, a])).toBe(a)
  })

  it('keeps to the venue and the market that the reader insists on', () => {
    const perp = offer({ venue: 'bybit', market: 'perp' })
    const offers = [offer(), offer({ venue: 'bybit' }), perp]
    expect(choose(offers, { venue: 'bybit', market: 'perp' })).toBe(perp)
    expect(choose(offers, { market: 'perp' })).toBe(perp)
    expect(choose(offers, { venue: 'okx' })).toBeUndefined()
    expect(choose(offers, { venue: 'binance', market: 'perp' })).toBeUndefined()
  })

  it('finds none where every series is coarser, or does not divide the interval', () => {
    expect(choose([offer(), offer({ interval: '12h' })], { interval: '4h' })).toBeUndefined()
    expect(choose([offer({ interval: '7h' })])).toBeUndefined()
    expect(choose([])).toBeUndefined()
  })

  it('takes real before simulated, whatever else speaks for the simulated one', () => {
    const real = offer({ market: 'perp', interval: '1h', quote: 'TRY', quoteVolume30d: 0 })
    expect(choose([offer({ simulated: true, venue: 'simulated', quoteVolume30d: 1e12 }), real])).toBe(real)
  })

  it('takes one series, never a mixture: the simulated one only where no real one can give the interval', () => {
    const simulated = offer({ simulated: true, venue: 'simulated', interval: '1h' })
    const real = offer({ interval: '1d' })
    expect(choose([simulated, real])).toBe(real)
    expect(choose([simulated, real], { interval: '4h' })).toBe(simulated)
  })
})
