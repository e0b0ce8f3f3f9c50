import { describe, expect, it } from 'vitest'
import { candlesOfCloses } from '../../../../test/support/madeCandles.ts'
import { frameOf, startingAt } from '../../../../test/support/madeFrame.ts'
import { judge, requested, RISING } from '../../../../test/support/judging.ts'

describe('a value claim', () => {
  const close = (at: string, expected: string) =>
    `kind: value, metric: close, asset: ETH, at: ${at}, expect: ${expected}`

  it('is supported where the value at that close is within the slack', () => {
    expect(judge(close('2025-04-01', '{ value: 131, within: 1 }'))).toMatchObject({
      verdict: 'supported',
      found: 132,
      unit: 'quote',
      inputs: RISING.inputs,
      missing: [],
      remarks: [],
    })
  })

  it('is contradicted with the value found', () => {
    expect(judge(close('2025-04-01', '{ value: 131, within: 0.5 }'))).toMatchObject({
      verdict: 'contradicted',
      found: 132,
    })
    expect(judge(close('2025-04-01', '{ below: 132 }')).verdict).toBe('contradicted')
    expect(judge(close('2025-04-01', '{ above: 132 }')).verdict).toBe('contradicted')
    expect(judge(close('2025-04-01', '{ above: 131.9 }')).verdict).toBe('supported')
  })

  it('means the close of a date, and the bar that has closed by an instant', () => {
    expect(judge(close('2025-04-01T00:00Z', '{ value: 131, within: 0 }')).found).toBe(131)
    expect(judge(`${close('2025-04-01T16:00Z', '{ value: 131, within: 0 }')}, interval: 1d`).found).toBe(131)
  })

  it('asks for the longest bar that closes at its time, or the interval it names', () => {
    const intervals = ['2025-04-01', '2025-04-01T16:00Z', '2025-04-01T15:00Z', '2025-04-01T15:05Z'].map(
      (at) => requested(close(at, '{ above: 0 }'))[0]?.interval,
    )
    expect(intervals).toEqual(['1d', '4h', '1h', '5m'])
    expect(requested(`${close('2025-04-01', '{ above: 0 }')}, interval: 1h, venue: okx, market: perp`)).toMatchObject([
      { interval: '1h', venue: 'okx', market: 'perp', asOf: 'now' },
    ])
  })

  it('asks for the market that the metric names, inside a reducer too', () => {
    const needs = (metric: string) =>
      requested(`kind: value, metric: "${metric}", asset: ETH, at: 2025-04-22, expect: { above: 0 }`)[0]?.needs
    expect(needs('volume(24h, spot)')).toEqual([{ kind: 'candles', market: 'spot' }])
    expect(needs('change(volume(market=futures), 24h)')).toEqual([{ kind: 'candles', market: 'perp' }])
    expect(needs('volume(24h)')).toEqual([{ kind: 'candles' }])
  })

  it('is judged by what happened, and says so where the note could not yet know it', () => {
    const answer = judge(close('2025-04-23', '{ value: 154, within: 0 }'))
    expect(answer.verdict).toBe('supported')
    expect(answer.remarks).toEqual(['known only at 2025-04-24T00:00:00Z, after the note of 2025-04-23T16:00:00Z'])
  })

  it('is not checkable outside what is held, or at a gap, and says what would bring it', () => {
    for (const at of ['2025-02-01', '2025-06-01']) {
      expect(judge(close(at, '{ above: 0 }'))).toMatchObject({
        verdict: 'not-checkable',
        found: null,
        missing: [
          `1d values of ETH at ${at} (held: 2025-03-01T00:00:00Z to 2025-04-30T00:00:00Z): assayer import candles FILE that covers it`,
        ],
      })
    }
    const holed = { ...RISING.candles!, close: RISING.candles!.close.with(31, NaN) }
    expect(judge(close('2025-04-01', '{ above: 0 }'), { ETH: frameOf(holed) }).verdict).toBe('not-checkable')
  })

  it('is not checkable without the asset, and names what is missing', () => {
    expect(judge(close('2025-04-01', '{ above: 0 }'), {})).toMatchObject({
      verdict: 'not-checkable',
      missing: ['1d candles of ETH'],
      inputs: [],
    })
  })

  it('tells an id that lacks data from one that does not exist', () => {
    const metric = (id: string) => `kind: value, metric: "${id}", asset: ETH, at: 2025-04-01, expect: { above: 0 }`
    expect(judge(metric('mvrv'))).toMatchObject({
      verdict: 'not-checkable',
      missing: ['market cap and realised cap: no source in this version'],
      remarks: ['no metric "mvrv" in this version'],
    })
    expect(judge(metric('low_since(mvrv, 2025-04-01)'))).toMatchObject({
      missing: ['market cap and realised cap: no source in this version'],
    })
    expect(judge(metric('rsj'))).toMatchObject({
      verdict: 'not-checkable',
      missing: [],
      remarks: [expect.stringMatching(/^no metric "rsj" in this version; nearest: rsi/)],
    })
    expect(judge(metric('low_since(rsj, 2025-04-01)')).remarks[0]).toMatch(/^no metric "rsj"/)
    expect(requested(metric('mvrv'))).toEqual([])
  })
})

describe('a change in percent', () => {
  const falling = (closes: readonly number[]) => ({ ETH: frameOf(startingAt('2025-04-01', candlesOfCloses(closes))) })
  const claim =
    'kind: change, metric: close, asset: ETH, from: 2025-04-01, to: 2025-04-02, expect: { above: 0, unit: pct }'

  it('is above 0 for what rises from below 0', () => {
    expect(judge(claim, falling([-50, -40]))).toMatchObject({ verdict: 'supported', found: 20 })
    expect(judge(claim, falling([-50, -60]))).toMatchObject({ verdict: 'contradicted', found: -20 })
  })

  it('of nothing is not checkable', () => {
    expect(judge(claim, falling([0, 5]))).toMatchObject({
      verdict: 'not-checkable',
      missing: ['a value other than 0 at 2025-04-01: of 0 there is no change in percent'],
    })
  })
})

describe('an expected unit', () => {
  const claim = (unit: string, metric = 'close') =>
    `kind: value, metric: "${metric}", asset: ETH, at: 2025-04-11, expect: { above: 0, unit: ${unit} }`

  it('may name dollars as the price does, or points', () => {
    for (const unit of ['usd', 'USDT', 'usdc', 'quote']) {
      expect(judge(claim(unit))).toMatchObject({ verdict: 'supported', found: 142, unit: 'quote' })
    }
    expect(judge(claim('points'))).toMatchObject({ verdict: 'supported', unit: 'points' })
  })

  it('of another kind leaves the claim unchecked, with the value found', () => {
    expect(judge(claim('pct'))).toMatchObject({
      verdict: 'not-checkable',
      found: 142,
      remarks: ['unit "pct" against "USDT"'],
    })
    expect(judge(claim('coins', 'rsi')).remarks).toEqual(['unit "coins" against "index"'])
  })

  it('converts percent into a ratio', () => {
    expect(judge(claim('ratio', 'change(close, 10d)')).found).toBeCloseTo(10 / 132, 12)
  })
})

describe('an extreme since a date before the first bar held', () => {
  const since = (id: string, date: string, expected: string) =>
    judge(`kind: value, metric: "${id}(close, ${date})", asset: ETH, at: 2025-04-11, expect: ${expected}`)

  it('stands with a remark where the series begins within a month of it', () => {
    expect(since('high_since', '2025-02-10', '{ above: 500 }')).toMatchObject({
      verdict: 'contradicted',
      found: 142,
      remarks: ['the series begins on 2025-03-01, after 2025-02-10'],
    })
  })

  it('is not checkable where the days before could change the verdict', () => {
    for (const answer of [
      since('high_since', '2025-01-01', '{ above: 500 }'),
      since('high_since', '2025-01-01', '{ below: 500 }'),
      since('low_since', '2025-01-01', '{ below: 50 }'),
      since('low_since', '2025-01-01', '{ value: 101, within: 1 }'),
    ]) {
      expect(answer).toMatchObject({
        verdict: 'not-checkable',
        missing: [expect.stringMatching(/^1d candles of ETH from 2025-01-01 \(held from 2025-03-01T00:00:00Z\)/)],
      })
    }
  })

  it('stands where they could not', () => {
    expect(since('high_since', '2025-01-01', '{ above: 100 }').verdict).toBe('supported')
    expect(since('high_since', '2025-01-01', '{ below: 100 }').verdict).toBe('contradicted')
    expect(since('low_since', '2025-01-01', '{ below: 110 }').verdict).toBe('supported')
    expect(since('low_since', '2025-01-01', '{ value: 150, within: 1 }').verdict).toBe('contradicted')
  })
})

describe('a change claim', () => {
  const change = (expected: string) =>
    `kind: change, metric: close, asset: ETH, from: 2025-04-01, to: 2025-04-11, expect: ${expected}`

  it('is relative in percent, and else a difference', () => {
    expect(judge(change('{ value: 7.58, within: 0.01, unit: pct }'))).toMatchObject({
      verdict: 'supported',
      found: 1000 / 132,
      unit: 'pct',
      remarks: ['from 132 to 142'],
    })
    expect(judge(change('{ value: 10, within: 0, unit: points }'))).toMatchObject({ found: 10, unit: 'points' })
    expect(judge(change('{ below: 0 }'))).toMatchObject({ verdict: 'contradicted', found: 10, unit: 'quote' })
  })

  it('names the end that is not held', () => {
    const late = change('{ below: 0 }').replace('2025-04-11', '2025-06-11')
    expect(judge(late).missing[0]).toMatch(/^1d values of ETH at 2025-06-11/)
    const early = change('{ below: 0 }').replace('2025-04-01', '2025-01-01')
    expect(judge(early).missing[0]).toMatch(/^1d values of ETH at 2025-01-01/)
  })
})

describe('claims that need no data', () => {
  it('are inconsistent where a sum does not come out', () => {
    expect(judge('kind: arithmetic, expr: "1 + 1", expect: { value: 3, within: 0.5, unit: pct }', {})).toMatchObject({
      verdict: 'inconsistent',
      found: 2,
      unit: 'pct',
    })
    expect(judge('kind: arithmetic, expr: "1 + 1", expect: { above: 1 }', {}).verdict).toBe('supported')
  })
})
