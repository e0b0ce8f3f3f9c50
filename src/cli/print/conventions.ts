import type { Rule, ShownConvention } from '../../desk/conventions.ts'

const WIDTH = 100

/** The ledger as text: venue by venue what each field means, from when to when, how sure it is, and what that rests on. */
export function renderConventions(conventions: readonly ShownConvention[]): string {
  const venues = [...new Set(conventions.map(({ venue }) => venue))]
  return venues
    .map((venue) => {
      const entries = conventions.filter((entry) => entry.venue === venue)
      return `${venue}\n\n${entries.map(renderEntry).join('\n')}`
    })
    .join('\n')
}

function renderEntry({ id, from, to, contracts, meaning, rule, standing, evidence }: ShownConvention): string {
  const when = [
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(to === undefined ? [] : [`before ${to}`]),
    ...(contracts === undefined ? [] : [contracts.join(' and ')]),
    standing,
  ].join(', ')
  const said = sayRule(rule)
  return [
    `  ${id} (${when})\n`,
    ...wrapped(meaning, '    '),
    ...(said === '' ? [] : wrapped(said, '    = ')),
    ...evidence.flatMap(({ says, address, seen }) => [...wrapped(`${says} (${seen})`, '    · '), `      ${address}\n`]),
  ].join('')
}

/** What a rule does to a number, in a few words. */
function sayRule(rule: Rule): string {
  switch (rule.of) {
    case 'open interest':
      return `counted in ${rule.countedIn}, ${SIDES[rule.sides]}`
    case 'liquidation':
      return `side of the ${rule.side}, ${rule.price} price, counted in ${rule.countedIn}, feed ${rule.feed}`
    case 'trade':
      return `${rule.grain}s, counted in ${rule.countedIn}, ids ${rule.ids}`
    case 'candle':
      return `volume in ${rule.volumeIn}, taker volume ${rule.takerVolume}, the venue's day ends ${rule.dayEnds}`
    case 'ratio':
      return `${rule.value}: ${rule.definition}`
    case 'label':
      return `the label marks the ${rule.marks} of its five minutes`
    case 'note':
      return ''
  }
}

const SIDES = {
  one: 'one side',
  two: 'both sides: halved',
  unknown: 'one side or both, unknown: shown as published, one-sided it is [1/2, 1] of that',
} as const

function wrapped(text: string, first: string): readonly string[] {
  const lines: string[] = []
  const indent = ' '.repeat(first.length)
  let line = first
  for (const word of text.split(' ')) {
    if (line.trim() !== '' && line.length + word.length > WIDTH) {
      lines.push(`${line.trimEnd()}\n`)
      line = indent
    }
    line += `${word} `
  }
  return [...lines, `${line.trimEnd()}\n`]
}
