import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../../core/instant.ts'
import { candlesOfCloses, randomCandles } from '../../../../test/support/madeCandles.ts'
import { frameOf, startingAt } from '../../../../test/support/madeFrame.ts'
import { judge, RISING } from '../../../../test/support/judging.ts'

describe('a compare claim', () => {
  const falling = frameOf(
    startingAt('2025-03-01', candlesOfCloses(Array.from({ length: 60 }, (_, i) => 1000 / (101 + i)))),
    { asset: 'BTC' },
  )
  const frames = { ETH: RISING, BTC: falling }
  const side = (metric: string, asset: string, times: string) => `{ metric: ${metric}, asset: ${asset}, ${times} }`
  const compare = (left: string, op: string, right: string) =>
    `kind: compare, left: ${left}, op: "${op}", right: ${right}`
  const days = 'from: 2025-04-01, to: 2025-04-11'

  it('holds two values against each other', () => {
    const claim = (op: string) =>
      judge(compare(side('close', 'ETH', 'at: 2025-04-01'), op, side('close', 'ETH', 'at: 2025-04-11')))
    expect(claim('<')).toMatchObject({
      verdict: 'supported',
      found: -10,
      at: [parseInstant('2025-04-02'), parseInstant('2025-04-12')],
      remarks: ['132 against 142 quote'],
      inputs: RISING.inputs,
    })
    expect(claim('>').verdict).toBe('contradicted')
  })

  it('says of two estimates whether their intervals overlap', () => {
    const walk = (seed: string) => randomCandles(seed, 60).close
    const own = walk('own')
    const remarksFor = (near: Float64Array, far: Float64Array): string => {
      const frame = {
        ...RISING,
        columns: new Map([['us_close.price', own]]),
        quotes: new Map([
          ['SPX', near],
          ['GLD', far],
        ]),
      }
      const of = (symbol: string) => side(`"correlation(${symbol}, 30)"`, 'ETH', 'at: 2025-04-22')
      const { remarks } = judge(compare(of('SPX'), '>', of('GLD')), { ETH: frame })
      expect(remarks.filter((text) => /^(left|right): 95 % interval/.test(text))).toHaveLength(2)
      return remarks.join()
    }
    expect(remarksFor(walk('a'), walk('b'))).toContain('the two intervals overlap')
    expect(remarksFor(own, walk('b'))).not.toContain('overlap')
  })

  it('takes a return between two closes as the change of the close', () => {
    const answer = judge(compare(side('return', 'ETH', days), '>', side('return', 'BTC', days)), frames)
    expect(answer).toMatchObject({ verdict: 'supported', unit: 'pct' })
    expect(answer.found).toBeCloseTo((142 / 132 - 132 / 142) * 100, 9)
    expect(answer.inputs).toHaveLength(2)
  })

  it('correlates log changes, and says of how many', () => {
    const candles = (seed: string) => frameOf(startingAt('2025-03-01', randomCandles(seed, 60)))
    const walks = { ETH: candles('a'), SAME: candles('a'), BTC: candles('b') }
    const claim = (asset: string) =>
      judge(compare(side('close', 'ETH', days), 'correlates', side('close', asset, days)), walks)
    expect(claim('SAME')).toMatchObject({
      verdict: 'supported',
      remarks: ['Pearson of log changes, n = 10; of levels 1, n = 11'],
    })
    expect(claim('SAME').found).toBeCloseTo(1, 12)
    expect(Math.abs(Number(claim('BTC').found))).toBeLessThan(0.9)
    const inverse = judge(compare(side('close', 'ETH', days), 'correlates', side('close', 'BTC', days)), frames)
    expect(inverse.verdict).toBe('contradicted')
    expect(inverse.found).toBeCloseTo(-1, 9)
  })

  it('says how the levels correlate, beside their changes', () => {
    const closes = [...Array.from({ length: 41 }, (_, i) => i + 9), 9]
    const broken = frameOf(startingAt('2025-03-01', candlesOfCloses(closes)))
    const answer = judge(compare(side('close', 'ETH', days), 'correlates', side('close', 'BTC', days)), {
      ETH: RISING,
      BTC: broken,
    })
    expect(answer.remarks[0]).toMatch(/^Pearson of log changes, n = 10; of levels -0\.\d+, n = 11$/)
  })

  it('names the conventions of both sides, each once', () => {
    const of = (conventions: readonly string[]) => ({ ...RISING, conventions })
    const claim = compare(side('close', 'ETH', 'at: 2025-04-01'), '<', side('close', 'BTC', 'at: 2025-04-01'))
    expect(judge(claim, { ETH: of(['a', 'b']), BTC: of(['b', 'c']) }).conventions).toEqual(['a', 'b', 'c'])
  })

  it('is not checkable against a change of nothing', () => {
    const zero = frameOf(startingAt('2025-04-01', candlesOfCloses(Array.from({ length: 20 }, (_, i) => i))))
    const claim = compare(side('close', 'ETH', days), '<', side('close', 'BTC', days))
    expect(judge(claim, { ETH: RISING, BTC: zero })).toMatchObject({
      verdict: 'not-checkable',
      missing: ['a value other than 0 at BTC, 2025-04-01: of 0 there is no change in percent'],
    })
  })

  it('correlates the bars that both windows share, by their time', () => {
    const walk = frameOf(startingAt('2025-03-01', randomCandles('a', 60)))
    const left = side('close', 'ETH', 'from: 2025-04-01, to: 2025-04-11')
    const right = side('close', 'ETH', 'from: 2025-04-04, to: 2025-04-14')
    const answer = judge(compare(left, 'correlates', right), { ETH: walk })
    expect(answer).toMatchObject({
      verdict: 'supported',
      remarks: ['Pearson of log changes, n = 7; of levels 1, n = 8'],
    })
    expect(answer.found).toBeCloseTo(1, 12)
  })

  it('names every side that lacks its data', () => {
    const left = side('mvrv', 'ETH', 'at: 2025-04-01')
    const right = side('close', 'SPX', 'at: 2025-04-01')
    expect(judge(compare(left, '<', right))).toMatchObject({
      verdict: 'not-checkable',
      missing: ['market cap and realised cap: no source in this version', '1d candles of SPX'],
      remarks: ['no metric "mvrv" in this version'],
    })
    const late = compare(side('close', 'ETH', 'at: 2025-06-01'), '<', side('close', 'ETH', 'at: 2025-04-01'))
    expect(judge(late).missing).toEqual([expect.stringMatching(/^1d values of ETH at 2025-06-01/)])
  })

  it('is not checkable for a correlation of fewer than four values', () => {
    const short = 'from: 2025-04-01, to: 2025-04-03'
    const claim = compare(side('close', 'ETH', short), 'correlates', side('close', 'ETH', short))
    expect(judge(claim)).toMatchObject({ verdict: 'not-checkable', missing: ['at least 4 common values, not 3'] })
  })

  it('is not checkable where one side never moves', () => {
    const flat = frameOf(startingAt('2025-03-01', candlesOfCloses(Array.from({ length: 60 }, () => 5))))
    const claim = compare(side('close', 'ETH', days), 'correlates', side('close', 'FLAT', days))
    expect(judge(claim, { ETH: RISING, FLAT: flat })).toMatchObject({
      verdict: 'not-checkable',
      missing: ['a correlation: one side does not move'],
    })
  })
})
