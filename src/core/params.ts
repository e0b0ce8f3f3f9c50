import { DeskError } from './errors.ts'
import { formatArg, formatId, parseId, type Id, type IdArg } from './id.ts'
import { isDateText } from './instant.ts'

/** What a parameter may be. */
export type ParamKind = 'count' | 'number' | 'date' | 'duration' | 'word' | 'metric'

export interface ParamSpec {
  readonly name: string
  readonly kind: ParamKind
  /** Used where the id leaves the parameter out; without one it must be given. */
  readonly default?: number | string
  /** May be left out without a default: it is then absent from the bound parameters and from the canonical id. */
  readonly optional?: true
  /** For `word`: the only values allowed. */
  readonly choices?: readonly string[]
  /** For `count`: the smallest value; 1 unless said. */
  readonly min?: number
}

/** Parameters by name; a metric parameter is kept as its canonical text. */
export type Params = Readonly<Record<string, number | string>>

/**
 * Binds the arguments of an id to its declared parameters, by place or by name.
 * @returns every parameter with its value, defaults filled in, in declared order; an optional one left out is absent
 * @throws {BadParamError} too many, missing, unknown, given twice, or of the wrong kind
 * @example bindParams([{ name: 'n', kind: 'count', default: 14 }], parseId('rsi')) // { n: 14 }
 */
export function bindParams(specs: readonly ParamSpec[], id: Id): Params {
  const text = formatId(id)
  if (id.args.length > specs.length) throw new BadParamError(text, `takes at most ${specs.length} parameters`, specs)
  const unknown = Object.keys(id.named).find((name) => !specs.some((spec) => spec.name === name))
  if (unknown !== undefined) throw new BadParamError(text, `has no parameter "${unknown}"`, specs)
  const entries = specs.flatMap((spec, i): [string, number | string][] => {
    const placed = id.args[i]
    const named = id.named[spec.name]
    if (placed !== undefined && named !== undefined) throw new BadParamError(text, `gives "${spec.name}" twice`, specs)
    const value = placed ?? named ?? spec.default
    if (value === undefined && spec.optional) return []
    if (value === undefined) throw new BadParamError(text, `needs "${spec.name}"`, specs)
    return [[spec.name, readParam(text, spec, value, specs)]]
  })
  return Object.fromEntries(entries)
}

/**
 * The canonical id of bound parameters: every parameter by place, so that two spellings of one measure print alike. An absent
 * optional one is left out, and what follows it is printed by name.
 * @example canonicalId('rsi', [{ name: 'n', kind: 'count', default: 14 }], { n: 14 }) // 'rsi(14)'
 */
export function canonicalId(name: string, specs: readonly ParamSpec[], params: Params, output?: string): string {
  const absent = specs.findIndex((spec) => spec.optional && params[spec.name] === undefined)
  const placed = absent < 0 ? specs : specs.slice(0, absent)
  const args = placed.map((spec) => params[spec.name] ?? '')
  const later = specs.slice(placed.length).flatMap(({ name }) => {
    const value = params[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return formatId({ name, args, named: Object.fromEntries(later), ...(output === undefined ? {} : { output }) })
}

/** A number parameter that binding has already proved to be one. */
export const numberParam = (params: Params, name: string): number => Number(params[name])

/** A text parameter (word, date, duration or metric id). */
export const textParam = (params: Params, name: string): string => String(params[name])

function readParam(text: string, spec: ParamSpec, value: IdArg, specs: readonly ParamSpec[]): number | string {
  const fail = (what: string): never => {
    throw new BadParamError(text, `"${spec.name}" must be ${what}, not "${formatArg(value)}"`, specs)
  }
  switch (spec.kind) {
    case 'count':
      if (!Number.isInteger(value) || Number(value) < (spec.min ?? 1))
        return fail(`a whole number from ${spec.min ?? 1}`)
      return Number(value)
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? value : fail('a number')
    case 'date':
      return typeof value === 'string' && isDateText(value) ? value : fail('a date like 2025-04-01')
    case 'duration':
      return typeof value === 'string' && /^[1-9]\d*[smhd]$/.test(value) ? value : fail('a duration like 24h')
    case 'word': {
      const word = formatArg(value)
      if (spec.choices !== undefined && !spec.choices.includes(word)) return fail(`one of ${spec.choices.join(', ')}`)
      return word
    }
    case 'metric':
      return typeof value === 'number' ? fail('a metric') : formatId(typeof value === 'string' ? parseId(value) : value)
  }
}

export class BadParamError extends DeskError {
  constructor(text: string, what: string, specs: readonly ParamSpec[]) {
    const usage = specs
      .map((spec) => `${spec.name}${spec.optional ? '?' : ''}${spec.default === undefined ? '' : `=${spec.default}`}`)
      .join(', ')
    super('BAD_PARAM', `"${text}" ${what}`, { hint: usage === '' ? 'it takes no parameters' : `parameters: ${usage}` })
  }
}
