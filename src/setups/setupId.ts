import { canonicalId, type Params, type ParamSpec } from '../core/params.ts'

/**
 * The canonical id of a setup with its parameters. A kind such as `ema_break_confirmed.strong` keeps its selector last.
 * @param kind - the id without parameters, as its family lists it
 * @returns every parameter by place, in declared order
 * @example setupId('ema_break_confirmed.strong', [{ name: 'n', kind: 'count' }], { n: 20 }) // 'ema_break_confirmed(20).strong'
 */
export function setupId(kind: string, specs: readonly ParamSpec[], params: Params): string {
  const [name = kind, output] = kind.split('.')
  return canonicalId(name, specs, params, output)
}
