import { claim } from './claim.ts'
import type { NoteLevel } from './levels.ts'
import type { Scenario } from './note.ts'
import type { Reading } from './reading.ts'
import { sayPrice } from './wording.ts'

/** The two ways from here: through the next level above, or through the next one below. */
export function scenariosOf(reading: Reading): readonly Scenario[] {
  const levels = reading.nearLevels
  const above = levels.filter((level) => level.kind === 'resistance').toReversed()
  const below = levels.filter((level) => level.kind === 'support')
  return [scenario(reading, 'up', above, below[0]), scenario(reading, 'down', below, above[0])].filter(
    (found) => found !== undefined,
  )
}

function scenario(
  reading: Reading,
  way: 'up' | 'down',
  ahead: readonly NoteLevel[],
  behind: NoteLevel | undefined,
): Scenario | undefined {
  const { levels } = reading
  const [trigger, target] = ahead
  if (trigger === undefined || behind === undefined) return undefined
  const close = levels.figure('ATR', 'atr(14)')
  const [beyond, back] = way === 'up' ? ['above', 'below'] : ['below', 'above']
  const start = `A close ${beyond} ${sayPrice(trigger.price)} starts it`
  const end = `a close back ${back} ${sayPrice(behind.price)} ends it`
  if (target === undefined) {
    const text = `${start}; no level of recent pivots lies beyond; ${end}.`
    return { id: way, title: TITLE[way], claim: claim(`scenario-${way}`, text, [close], levels.frame) }
  }
  const reward = Math.abs(target.price - trigger.price)
  const risk = Math.abs(trigger.price - behind.price)
  const text = `${start}, the next level is ${sayPrice(target.price)}, and ${end}: ${(reward / close.value).toFixed(1)} ATR to gain for ${(risk / close.value).toFixed(1)} at risk.`
  const expr = `(${target.price} - ${trigger.price}) / (${trigger.price} - ${behind.price})`
  const ratio = { ...close, name: 'reward to risk', value: reward / risk, unit: 'ratio', method: expr } as const
  return { id: way, title: TITLE[way], claim: claim(`scenario-${way}`, text, [ratio, close], levels.frame) }
}

const TITLE = { up: 'If it goes on up', down: 'If it turns down' } as const
