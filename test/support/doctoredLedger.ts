import type { Convention, OpenInterestRule, Rule } from '../../src/conventions/convention.ts'

const OTHER_SIDES = { one: 'two', two: 'unknown', unknown: 'one' } as const
const OTHER_UNIT = { contracts: 'coins', coins: 'units', units: 'coins', quote: 'units' } as const

/** A ledger that is wrong of every number of open interest and every liquidation, under names of its own. */
export const doctored = (ledger: readonly Convention[]): readonly Convention[] =>
  ledger.map((entry) => ({ ...entry, id: `${entry.id}-doctored`, rule: wrong(entry.rule) }))

function wrong(rule: Rule): Rule {
  if (rule.of === 'open interest') {
    const countedIn: OpenInterestRule['countedIn'] = OTHER_UNIT[rule.countedIn]
    return { ...rule, countedIn, sides: OTHER_SIDES[rule.sides] }
  }
  if (rule.of !== 'liquidation') return rule
  const side = rule.side === 'order' ? 'position' : 'order'
  return { ...rule, side, countedIn: rule.countedIn === 'quote' ? 'units' : 'quote' }
}
