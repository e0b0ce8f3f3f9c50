import { describe, expect, it } from 'vitest'
import { randomCandles } from '../../test/support/madeCandles.ts'
import { barAt, sliceCandles } from '../core/candles.ts'
import { parseId } from '../core/id.ts'
import { bindParams, type Params } from '../core/params.ts'
import { detect, streamSetup } from './detect.ts'
import { resolveSetup, SETUP_FAMILIES, setups, UnknownSetupError } from './registry.ts'
import type { SetupFamily } from './setup.ts'

describe('the warm-up of a family', () => {
  it.each([
    ['bullish_divergence(rsi)', 84],
    ['bullish_divergence(macd)', 103],
    ['macd_golden_cross', 34],
    ['ema_break', 37],
    ['ema_break(50)', 67],
    ['rsi_oversold', 15],
    ['mfi_oversold', 15],
    ['wyckoff_spring', 128],
    ['sweep', 20],
    ['stopping_volume', 59],
    ['channel_break', 71],
    ['level_break', 364],
    ['level_break(1650)', 15],
    ['doji', 10],
    ['morning_star_24h', 26],
  ])('of %s is %i bars', (id, bars) => {
    const { family, params } = resolveSetup(id)
    expect(family.warmUp(params)).toBe(bars)
  })

  it.each(['sweep', 'doji', 'hammer'])('is all that %s looks back', (id) => {
    const { family, params, kind } = resolveSetup(id)
    const candles = randomCandles('warm', 400)
    const whole = detect(family, params, candles).filter(({ setup }) => setup === kind)
    const warm = family.warmUp(params)
    expect(whole.length).toBeGreaterThan(3)
    for (const { bar } of whole.filter((event) => event.bar >= warm)) {
      const last = detect(family, params, sliceCandles(candles, bar - warm, bar + 1)).filter(
        ({ setup }) => setup === kind,
      )
      expect(last.map((event) => event.bar)).toContain(warm)
    }
  })
})

describe('setups', () => {
  it('lists every kind of every family once', () => {
    const kinds = SETUP_FAMILIES.flatMap((family) => Object.keys(family.kinds))
    expect(new Set(kinds).size).toBe(kinds.length)
    expect([...setups.keys()]).toEqual(kinds)
  })

  it('has an id for every kind that the grammar of ids reads back', () => {
    for (const kind of setups.keys()) {
      const { name, output } = parseId(kind)
      expect(output === undefined ? name : `${name}.${output}`).toBe(kind)
    }
  })
})

/** Every family with its parameters left out, or at their first choice where one must be given. */
const families = SETUP_FAMILIES.map((family): [string, SetupFamily, Params] => {
  const [name = ''] = Object.keys(family.kinds)
  const args = family.params.flatMap((spec) =>
    spec.default === undefined && !spec.optional ? [spec.choices![0]!] : [],
  )
  return [name, family, bindParams(family.params, { name, args, named: {} })]
})

describe('every family of the registry', () => {
  const candles = randomCandles('registry', 1500, 0.002)

  it.each(families)('streams what it finds in a batch: %s', (_name, family, params) => {
    const push = streamSetup(family, params)
    const streamed = Array.from({ length: candles.length }, (_, i) => push(barAt(candles, i))).flat()
    expect(streamed).toEqual(detect(family, params, candles))
  })

  it.each(families)('never changes what it found: %s', (_name, family, params) => {
    const whole = detect(family, params, candles)
    for (let to = 0; to < candles.length; to += 101) {
      const prefix = detect(family, params, sliceCandles(candles, 0, to))
      expect(prefix).toEqual(whole.filter((event) => event.bar < to))
    }
  })

  it.each(families)('emits one event of a kind per bar, of its own kinds: %s', (_name, family, params) => {
    const found = detect(family, params, candles)
    expect(new Set(found.map((event) => `${event.setup}@${event.bar}`)).size).toBe(found.length)
    expect(Object.keys(family.kinds)).toEqual(expect.arrayContaining([...new Set(found.map((event) => event.setup))]))
  })
})

describe('resolveSetup', () => {
  it('fills in parameters and spells the id canonically', () => {
    expect(resolveSetup('ema_break')).toMatchObject({ kind: 'ema_break', params: { n: 20 }, id: 'ema_break(20)' })
    expect(resolveSetup(' ema_break( n=50 )').id).toBe('ema_break(50)')
    expect(resolveSetup('macd_golden_cross').id).toBe('macd_golden_cross')
    expect(resolveSetup(parseId('bullish_divergence(macd_histogram)')).id).toBe('bullish_divergence(macd_histogram)')
  })

  it('takes a selector as part of the kind', () => {
    expect(resolveSetup('ema_break_confirmed.strong')).toMatchObject({
      kind: 'ema_break_confirmed.strong',
      output: 'strong',
      id: 'ema_break_confirmed(20).strong',
    })
    expect(resolveSetup('ema_break_confirmed')).not.toHaveProperty('output')
  })

  it('refuses an id that is no setup and names the nearest', () => {
    expect(() => resolveSetup('macd_golden_crss')).toThrow(UnknownSetupError)
    expect(() => resolveSetup('macd_golden_crss')).toThrow('no setup "macd_golden_crss" in this version')
    expect(() => resolveSetup('ema_break.strong')).toThrow('no setup "ema_break.strong" in this version')
    const error = new UnknownSetupError('rsi_oversld', 'rsi_oversld')
    expect(error.code).toBe('UNKNOWN_SETUP')
    expect(error.hint).toMatch(/^nearest: rsi_oversold/)
  })

  it('refuses parameters that the setup does not take', () => {
    expect(() => resolveSetup('bullish_divergence')).toThrow('needs "osc"')
    expect(() => resolveSetup('bullish_divergence(volume)')).toThrow('one of rsi, macd, macd_histogram, momentum')
    expect(() => resolveSetup('sweep(3)')).toThrow('at most 0')
    expect(() => resolveSetup('ema_break(0)')).toThrow('whole number')
  })
})
