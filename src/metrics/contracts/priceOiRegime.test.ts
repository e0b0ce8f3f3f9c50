import { describe, expect, it } from 'vitest'
import { columnFrame, outputsOf } from '../../../test/support/columnFrame.ts'
import { CANDLE_FIELDS, gaps, type Candles } from '../../core/candles.ts'
import { DAY_MS, instant } from '../../core/instant.ts'
import { priceOiRegime, REGIMES, type RegimeInputs } from './priceOiRegime.ts'

const up: RegimeInputs = {
  priceChange: 0.05,
  atr: 0.03,
  openInterestChange: 0.04,
  futuresDelta: 70,
  spotDelta: 30,
  shortsLiquidated: 0,
  longsLiquidated: 0,
}
const down: RegimeInputs = { ...up, priceChange: -0.05, futuresDelta: -70, spotDelta: -30 }
const closed = { openInterestChange: -0.1 }

describe('a regime', () => {
  it.each([
    ['leverage_led', { futuresDelta: 70, spotDelta: 30 }],
    ['both', { futuresDelta: 65, spotDelta: 35 }],
    ['both', { futuresDelta: 35, spotDelta: 65 }],
    ['spot_led', { futuresDelta: 34, spotDelta: 66 }],
    ['leverage_led', { futuresDelta: 5, spotDelta: -900 }],
    ['spot_led', { futuresDelta: -900, spotDelta: 5 }],
    ['unclear', { futuresDelta: -5, spotDelta: -5 }],
    ['unclear', { futuresDelta: NaN }],
    ['unclear', { spotDelta: NaN }],
  ] as const)('where price and open interest rise is %s with %j', (regime, flows) => {
    expect(priceOiRegime({ ...up, ...flows })).toBe(regime)
  })

  it('where open interest rises as the price falls is told by who sold', () => {
    expect(priceOiRegime(down)).toBe('leverage_led')
    expect(priceOiRegime({ ...down, futuresDelta: -1, spotDelta: -9 })).toBe('spot_led')
    expect(priceOiRegime({ ...down, futuresDelta: 9, spotDelta: 9 })).toBe('unclear')
  })

  it('where open interest falls is told by what was liquidated against the fall', () => {
    expect(priceOiRegime({ ...up, ...closed, shortsLiquidated: 0.021 })).toBe('short_squeeze')
    expect(priceOiRegime({ ...up, ...closed, shortsLiquidated: 0.02 })).toBe('short_covering')
    expect(priceOiRegime({ ...up, ...closed, longsLiquidated: 0.09 })).toBe('short_covering')
    expect(priceOiRegime({ ...down, ...closed, longsLiquidated: 0.021 })).toBe('long_liquidation')
    expect(priceOiRegime({ ...down, ...closed, shortsLiquidated: 0.09 })).toBe('long_closing')
  })

  it('needs no taker flow where open interest falls, and no liquidations where it rises', () => {
    const unknown = { futuresDelta: NaN, spotDelta: NaN }
    expect(priceOiRegime({ ...up, ...closed, ...unknown })).toBe('short_covering')
    expect(priceOiRegime({ ...up, shortsLiquidated: NaN, longsLiquidated: NaN })).toBe('leverage_led')
  })

  it('is unclear where positions were closed and it is not known whether by force', () => {
    expect(priceOiRegime({ ...up, ...closed, shortsLiquidated: NaN })).toBe('unclear')
    expect(priceOiRegime({ ...down, ...closed, longsLiquidated: NaN })).toBe('unclear')
  })

  it.each([
    { priceChange: 0.03 },
    { priceChange: NaN },
    { atr: NaN },
    { openInterestChange: 0.02 },
    { openInterestChange: -0.02 },
    { openInterestChange: NaN },
  ])('is unclear where price or open interest did not move: %j', (still) => {
    expect(priceOiRegime({ ...up, ...still })).toBe('unclear')
  })

  it('takes other thresholds', () => {
    const wide = { atr: 2, openInterestPct: 2, leverageShare: 0.65, spotShare: 0.35, liquidatedShare: 0.2 }
    expect(priceOiRegime(up, wide)).toBe('unclear')
  })
})

describe('price_oi_regime(2)', () => {
  const close = [100, 104, 110, 110]
  const flat = gaps(4)
  const column = (values: readonly number[]) => Float64Array.from(values)
  const candles = {
    ...Object.fromEntries(CANDLE_FIELDS.map((field) => [field, flat])),
    start: instant(0),
    step: DAY_MS,
    length: 4,
    high: column([101, 105, 111, 110]),
    low: column([99, 102, 107, 109]),
    close: column(close),
  } as unknown as Candles
  const columns = {
    'open_interest.coins': [50, 51, 80, 80],
    'open_interest.likeForLike': [50, 51, 53, 53],
    'open_interest.chain': [1, 1, 1, 1],
    'perp_flow.bought': [9, 30, 40, 1],
    'perp_flow.sold': [9, 10, 10, 1],
    'spot_flow.bought': [9, 6, 7, 1],
    'spot_flow.sold': [9, 1, 2, 1],
    'liquidations.short': [7, 104, 165, 0],
    'liquidations.long': [7, 0, 27.5, NaN],
  }
  const of = (frame = columnFrame(columns, { candles })) => outputsOf('price_oi_regime(2)', frame)

  it('shows the numbers that its label was read from', () => {
    const found = of()
    const at = Object.fromEntries(Object.entries(found).map(([name, values]) => [name, values[2]!]))
    // True ranges from the close before: 105 - 100 and 111 - 104, on 100. Shorts of 1 and 1.5 coins of 50 were liquidated.
    expect(at).toEqual({
      value: REGIMES.indexOf('leverage_led'),
      price_change: expect.closeTo(10, 9),
      price_change_atr: expect.closeTo(10 / 6, 9),
      oi_change: expect.closeTo(6, 9),
      futures_delta: 50,
      spot_delta: 10,
      shorts_liquidated: expect.closeTo(5, 9),
      longs_liquidated: expect.closeTo(0.5, 9),
    })
    expect(found['value']!.slice(0, 2)).toEqual([NaN, NaN])
  })

  it('has the number that is missing as a gap, and a label from the others', () => {
    const found = of()
    expect(found['longs_liquidated']![3]).toBe(NaN)
    expect(found['value']![3]).toBe(REGIMES.indexOf('leverage_led'))
  })

  it('does not take a venue that comes for a rise', () => {
    // Coins go from 51 to 80 as another venue is collected.
    expect(of()['oi_change']![3]).toBeCloseTo(100 * (53 / 51 - 1), 9)
  })

  it('is a gap without a price or open interest', () => {
    expect(of(columnFrame(columns))['value']).toEqual([NaN, NaN, NaN, NaN])
    const { 'open_interest.likeForLike': _, ...others } = columns
    expect(of(columnFrame(others, { candles }))['value']).toEqual([NaN, NaN, NaN, NaN])
  })
})
