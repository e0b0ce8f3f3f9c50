import { DeskError } from '../core/errors.ts'
import { formatId, parseId, type Id } from '../core/id.ts'
import { nearest } from '../core/nearest.ts'
import { bindParams, type Params, type ParamSpec } from '../core/params.ts'
import { channelBreak } from './channel.ts'
import { divergence } from './divergence.ts'
import { emaBreak } from './emaBreak.ts'
import { levels } from './levels.ts'
import { macdCross } from './macdCross.ts'
import { mfiExtremes, rsiExtremes } from './oscillatorExtremes.ts'
import { patternFamilies } from './patterns/patternFamilies.ts'
import type { SetupFamily } from './setup.ts'
import { setupId } from './setupId.ts'
import { stoppingVolume } from './stoppingVolume.ts'
import { sweep } from './sweep.ts'
import { wyckoffSpring } from './wyckoffSpring.ts'

/** Every family of setups. A new one is added here and nowhere else. */
export const SETUP_FAMILIES: readonly SetupFamily[] = [
  divergence,
  macdCross,
  emaBreak,
  rsiExtremes,
  mfiExtremes,
  wyckoffSpring,
  sweep,
  stoppingVolume,
  channelBreak,
  levels,
  ...patternFamilies,
]

/** One setup as the registry lists it. */
export interface Setup {
  /** Its id without parameters; a selector such as `.strong` is part of it. */
  readonly kind: string
  /** The field's name for it, for headings. */
  readonly title: string
  readonly family: SetupFamily
  readonly params: readonly ParamSpec[]
}

/** All setups by id. */
export const setups: ReadonlyMap<string, Setup> = new Map(
  SETUP_FAMILIES.flatMap((family) =>
    Object.entries(family.kinds).map(
      ([kind, title]) => [kind, { kind, title, family, params: family.params }] as const,
    ),
  ),
)

/** A setup with its parameters bound. */
export interface ResolvedSetup {
  readonly kind: string
  readonly family: SetupFamily
  readonly params: Params
  /** The selector, where the id has one. */
  readonly output?: string
  /** The canonical id, `ema_break_confirmed(20).strong`. */
  readonly id: string
}

/**
 * The setup that an id names, with its parameters bound and its id spelt canonically.
 * @param setup - an id as text, or parsed
 * @throws {BadIdError} the text does not follow the grammar
 * @throws {UnknownSetupError} no setup of that name, or none with that selector
 * @throws {BadParamError} parameters too many, missing or of the wrong kind
 * @example resolveSetup('ema_break').id // 'ema_break(20)'
 */
export function resolveSetup(setup: string | Id): ResolvedSetup {
  const id = typeof setup === 'string' ? parseId(setup) : setup
  const kind = id.output === undefined ? id.name : `${id.name}.${id.output}`
  const known = setups.get(kind)
  if (known === undefined) throw new UnknownSetupError(formatId(id), kind)
  const params = bindParams(known.params, id)
  const selector = id.output === undefined ? {} : { output: id.output }
  return { kind, family: known.family, params, ...selector, id: setupId(kind, known.params, params) }
}

/** Thrown where an id names no setup. */
export class UnknownSetupError extends DeskError {
  constructor(text: string, kind: string) {
    const alike = nearest(kind, setups.keys())
    super(
      'UNKNOWN_SETUP',
      `no setup "${text}" in this version`,
      alike.length === 0 ? {} : { hint: `nearest: ${alike.join(', ')}` },
    )
  }
}
