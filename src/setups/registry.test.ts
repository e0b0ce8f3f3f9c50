import { describe, expect, it } from 'vitest'
import { parseId } from '../core/id.ts'
import { resolveSetup, SETUP_FAMILIES, setups, UnknownSetupError } from './registry.ts'

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
