import { describe, expect, it } from 'vitest'
import { frameAsOf, frameOf, startingAt } from '../../../test/support/madeFrame.ts'
import { candlesOf, candlesOfCloses, randomCandles, type Row } from '../../../test/support/madeCandles.ts'
import type { Frame } from '../../core/frame.ts'
import { DAY_MS, formatDay, parseInstant } from '../../core/instant.ts'
import { detect, setupEvents } from '../../setups/detect.ts'
import { resolveSetup } from '../../setups/registry.ts'
import type { ClaimAnswer } from './answer.ts'
import { judgeClaims, requestsOf, totalsOf } from './checkClaims.ts'
import { parseClaimFile } from './claimFile.ts'
import type { FrameRequest, ReadFrame } from './measure.ts'

const PUBLISHED = '2025-04-23T16:00:00Z'

/** 60 days from 1 March 2025 whose closes are 101, 102, … 160: the close of 1 April is 132. */
const RISING = frameOf(startingAt('2025-03-01', candlesOfCloses(Array.from({ length: 60 }, (_, i) => 101 + i))))

/** A reader of one frame per asset, cut to what the note could know where it asks for that; other assets are missing. */
function reader(frames: Readonly<Record<string, Frame>>): ReadFrame {
  return (request) => {
    const frame = frames[request.asset]
    if (frame === undefined) {
      const nothing = { ...RISING, candles: undefined, grid: { ...RISING.grid, length: 0 }, inputs: [] }
      return { frame: nothing as unknown as Frame, missing: [`${request.interval} candles of ${request.asset}`] }
    }
    const asOf = request.asOf === 'published' ? parseInstant(PUBLISHED) : frame.asOf
    return { frame: frameAsOf(frame, asOf), missing: [] }
  }
}

function parse(claim: string) {
  const text = `note: { title: t, published: ${PUBLISHED} }\nclaims:\n  - { id: a, says: s, section: x, ${claim} }\n`
  return parseClaimFile(text, 'f')
}

function judge(claim: string, frames: Readonly<Record<string, Frame>> = { ETH: RISING }): ClaimAnswer {
  const [only] = judgeClaims(parse(claim), reader(frames))
  return only!
}

const requested = (claim: string): readonly FrameRequest[] => parse(claim).claims.flatMap(requestsOf)

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

describe('a change claim', () => {
  const change = (expected: string) =>
    `kind: change, metric: close, asset: ETH, from: 2025-04-01, to: 2025-04-11, expect: ${expected}`

  it('is relative in percent, and else a difference', () => {
    expect(judge(change('{ value: 7.58, within: 0.01, unit: pct }'))).toMatchObject({
      verdict: 'supported',
      found: (142 / 132 - 1) * 100,
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

/** 60 flat days from 1 March with lows of 99; on each day named the low is 90 and the close back at 100. */
function sweptOn(...days: readonly string[]): Frame {
  const flat: Row = [100, 101, 99, 100, 10]
  const rows = Array.from({ length: 60 }, (): Row => flat)
  for (const [i, day] of days.entries()) {
    rows[(parseInstant(day) - parseInstant('2025-03-01')) / DAY_MS] = [100, 101, 90 - i, 100, 10]
  }
  return frameOf(startingAt('2025-03-01', candlesOf(rows)))
}

describe('an event claim', () => {
  const event = (expected: string) => `kind: event, setup: sweep, asset: ETH, interval: 1d, expect: ${expected}`
  const swept = { ETH: sweptOn('2025-04-09') }

  it('is supported on its day', () => {
    expect(judge(event('{ on: 2025-04-09 }'), swept)).toMatchObject({
      verdict: 'supported',
      found: '2025-04-09',
      unit: 'date',
      remarks: ['known at 2025-04-10T00:00:00Z'],
    })
  })

  it('is contradicted on another day, with the nearest one found', () => {
    expect(judge(event('{ on: 2025-04-10 }'), swept)).toMatchObject({
      verdict: 'contradicted',
      found: '2025-04-09',
      remarks: ['the nearest one is on 2025-04-09', 'known at 2025-04-10T00:00:00Z'],
    })
    const twice = { ETH: sweptOn('2025-03-28', '2025-04-09') }
    expect(judge(event('{ on: 2025-04-02 }'), twice).found).toBe('2025-03-28')
    expect(judge(event('{ on: 2025-04-04 }'), twice).found).toBe('2025-04-09')
  })

  it('is contradicted with nothing found where there never was one', () => {
    expect(judge(event('{ on: 2025-04-09 }'), { ETH: sweptOn() })).toMatchObject({
      verdict: 'contradicted',
      found: null,
      remarks: ['no such event in all that was known then'],
    })
  })

  it('is looked for on the one bar that opens at an instant', () => {
    expect(judge(event('{ on: 2025-04-09T00:00Z }'), swept).verdict).toBe('supported')
    expect(judge(event('{ on: 2025-04-08T00:00Z }'), swept).verdict).toBe('contradicted')
  })

  it('has the slack of so many bars on both sides', () => {
    expect(judge(event('{ on: 2025-04-11, withinBars: 2 }'), swept).verdict).toBe('supported')
    expect(judge(event('{ on: 2025-04-07, withinBars: 2 }'), swept).verdict).toBe('supported')
    expect(judge(event('{ on: 2025-04-12, withinBars: 2 }'), swept).verdict).toBe('contradicted')
    expect(judge(event('{ on: 2025-04-06, withinBars: 2 }'), swept).verdict).toBe('contradicted')
  })

  it('is supported between two days, both included', () => {
    for (const days of ['2025-04-09, 2025-04-11', '2025-04-01, 2025-04-09', '2025-04-09, 2025-04-09']) {
      expect(judge(event(`{ between: [${days}] }`), swept).verdict).toBe('supported')
    }
    expect(judge(event('{ between: [2025-04-10, 2025-04-20] }'), swept).verdict).toBe('contradicted')
    expect(judge(event('{ between: [2025-03-25, 2025-04-08] }'), swept).verdict).toBe('contradicted')
  })

  it('is judged by what was knowable when the note came out', () => {
    expect(requested(event('{ on: 2025-04-09 }'))).toMatchObject([{ asOf: 'published', interval: '1d' }])
    const later = { ETH: sweptOn('2025-04-23') }
    expect(judge(event('{ on: 2025-04-23 }'), later)).toMatchObject({ verdict: 'contradicted', found: null })
    expect(judge(event('{ between: [2025-04-20, 2025-04-30] }'), later).verdict).toBe('contradicted')
    expect(judge(event('{ between: [2025-04-20, 2025-04-30] }'), { ETH: sweptOn('2025-04-22') }).verdict).toBe(
      'supported',
    )
  })

  it('is not checkable where the candles do not reach its days, or only some of them', () => {
    expect(judge(event('{ on: 2025-02-09 }'), swept)).toMatchObject({ verdict: 'not-checkable' })
    expect(judge(event('{ on: 2025-03-01 }'), swept)).toMatchObject({ verdict: 'not-checkable' })
    const short = { ETH: frameAsOf(sweptOn('2025-04-18'), parseInstant('2025-04-16')) }
    expect(judge(event('{ between: [2025-04-10, 2025-04-20] }'), short)).toMatchObject({
      verdict: 'not-checkable',
      missing: [expect.stringMatching(/^1d candles of ETH around 2025-04-10 \(held: 2025-03-01.* to 2025-04-16/)],
    })
  })

  it('means the day of the pivot where it says so', () => {
    const candles = startingAt('2024-01-01', randomCandles('pivots', 400))
    const frame = frameOf(candles, { asOf: parseInstant(PUBLISHED) })
    const { family, params, kind } = resolveSetup('bullish_divergence(rsi)')
    const all = setupEvents(family, params, candles, detect(family, params, candles))
    const [found] = all.filter(({ id, pivotAt, at }) => id.startsWith(kind) && pivotAt !== undefined && pivotAt < at)
    const { at, pivotAt, firstPivotAt } = found!
    const claim = (day: string, of: string) =>
      judge(`kind: event, setup: "bullish_divergence(rsi)", asset: ETH, expect: { on: ${day}${of} }`, { ETH: frame })
    const pivot = claim(formatDay(pivotAt!), ', of: pivot')
    expect(pivot).toMatchObject({ verdict: 'supported', found: formatDay(pivotAt!) })
    expect(pivot.remarks[0]).toBe(`it joins the pivots of ${formatDay(firstPivotAt!)} and ${formatDay(pivotAt!)}`)
    expect(claim(formatDay(at), '').verdict).toBe('supported')
    expect(claim(formatDay(at), ', of: pivot').verdict).toBe('contradicted')
  })

  it('says of a setup that it does not know', () => {
    const unknown = judge('kind: event, setup: sweeep, asset: ETH, expect: { on: 2025-04-09 }')
    expect(unknown).toMatchObject({ verdict: 'not-checkable', missing: [] })
    expect(unknown.remarks[0]).toMatch(/^no setup "sweeep" in this version; nearest: sweep/)
  })
})

describe('a count claim', () => {
  const count = (from: string, to: string, value: number) =>
    `kind: count, setup: sweep, asset: ETH, from: ${from}, to: ${to}, interval: 1d, expect: { value: ${value}, within: 0 }`
  const frames = { ETH: sweptOn('2025-03-25', '2025-04-09', '2025-04-22') }

  it('counts the days from one to the other, both included', () => {
    expect(judge(count('2025-03-25', '2025-04-22', 3), frames)).toMatchObject({
      verdict: 'supported',
      found: 3,
      unit: 'count',
      remarks: ['counted on 1d bars: 2025-03-25T00:00:00Z, 2025-04-09T00:00:00Z, 2025-04-22T00:00:00Z'],
    })
    expect(judge(count('2025-03-26', '2025-04-21', 1), frames).verdict).toBe('supported')
    expect(judge(count('2025-04-09', '2025-04-09', 1), frames).verdict).toBe('supported')
    expect(judge(count('2025-04-10', '2025-04-21', 0), frames)).toMatchObject({
      verdict: 'supported',
      found: 0,
      remarks: ['counted on 1d bars'],
    })
    expect(judge(count('2025-03-25', '2025-04-22', 2), frames)).toMatchObject({ verdict: 'contradicted', found: 3 })
  })

  it('is judged by what happened, also after the note', () => {
    expect(requested(count('2025-04-09', '2025-04-29', 1))).toMatchObject([{ asOf: 'now' }])
    expect(judge(count('2025-04-20', '2025-04-29', 1), { ETH: sweptOn('2025-04-26') }).found).toBe(1)
  })

  it('is not checkable where the candles cover a part of its days only', () => {
    expect(judge(count('2025-04-09', '2025-05-20', 2), frames).verdict).toBe('not-checkable')
    expect(judge(count('2025-02-01', '2025-04-22', 3), frames).verdict).toBe('not-checkable')
  })
})

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
      remarks: ['132 against 142 quote'],
      inputs: RISING.inputs,
    })
    expect(claim('>').verdict).toBe('contradicted')
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
    expect(claim('SAME')).toMatchObject({ verdict: 'supported', remarks: ['Pearson of log changes, n = 10'] })
    expect(claim('SAME').found).toBeCloseTo(1, 12)
    expect(Math.abs(Number(claim('BTC').found))).toBeLessThan(0.9)
    const inverse = judge(compare(side('close', 'ETH', days), 'correlates', side('close', 'BTC', days)), frames)
    expect(inverse.verdict).toBe('contradicted')
    expect(inverse.found).toBeCloseTo(-1, 9)
  })

  it('correlates the bars that both windows share, by their time', () => {
    const walk = frameOf(startingAt('2025-03-01', randomCandles('a', 60)))
    const left = side('close', 'ETH', 'from: 2025-04-01, to: 2025-04-11')
    const right = side('close', 'ETH', 'from: 2025-04-04, to: 2025-04-14')
    const answer = judge(compare(left, 'correlates', right), { ETH: walk })
    expect(answer).toMatchObject({ verdict: 'supported', remarks: ['Pearson of log changes, n = 7'] })
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

describe('claims that need no data', () => {
  it('are inconsistent where a sum does not come out', () => {
    expect(judge('kind: arithmetic, expr: "1 + 1", expect: { value: 3, within: 0.5, unit: pct }', {})).toMatchObject({
      verdict: 'inconsistent',
      found: 2,
      unit: 'pct',
    })
    expect(judge('kind: arithmetic, expr: "1 + 1", expect: { above: 1 }', {}).verdict).toBe('supported')
  })

  it('are not checkable where there is no source of policy', () => {
    const claim = 'kind: policy, jurisdiction: US, subject: reserves, stage: signed, on: 2025-03-06'
    expect(judge(claim)).toMatchObject({
      verdict: 'not-checkable',
      missing: ['policy events: no source in this version'],
    })
    expect(requested(claim)).toEqual([])
  })
})

describe('totalsOf', () => {
  it('counts every verdict', () => {
    const answers = [
      judge('kind: arithmetic, expr: "1", expect: { above: 0 }'),
      judge('kind: arithmetic, expr: "1", expect: { above: 1 }'),
      judge('kind: value, metric: close, asset: ETH, at: 2025-04-01, expect: { below: 0 }'),
      judge('kind: value, metric: mvrv, asset: ETH, at: 2025-04-01, expect: { below: 0 }'),
    ]
    expect(totalsOf(answers)).toEqual({ supported: 1, contradicted: 1, inconsistent: 1, 'not-checkable': 1 })
  })
})
