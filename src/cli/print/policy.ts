import type { PolicyAnswer, PolicyOrder, PolicyStanding } from '../../desk/policy.ts'

/** Whose matters the Federal Register's orders stand under. */
const REGISTER_OF = 'US'

/** Matters of one jurisdiction after the other, each with the stage that it had come to and how it got there. */
export function renderPolicy(answer: PolicyAnswer): string {
  const { asOf, standing, orders, ordersLeftOut } = answer
  const found = standing.map(({ matter }) => matter.jurisdiction)
  const jurisdictions = [...new Set([...found, ...(orders === undefined ? [] : [REGISTER_OF])])]
  const parts = jurisdictions.map((jurisdiction) => {
    const of = standing.filter(({ matter }) => matter.jurisdiction === jurisdiction)
    const lines = [...of.map(renderStanding), ...(jurisdiction === REGISTER_OF ? renderOrders(answer) : [])]
    return `${jurisdiction}, as of ${asOf}\n\n${lines.join('\n')}`
  })
  const note = ordersLeftOut === undefined ? [] : [`Executive orders that are held are not shown: ${ordersLeftOut}.\n`]
  return [...parts, ...note].join('\n')
}

function renderStanding({ matter, now, before }: PolicyStanding): string {
  const path = [...before, now].map(({ stage, on }) => `${stage} ${on.slice(0, 10)}`).join(', ')
  return [
    `  ${matter.title} (${matter.kind}, ${matter.stance}: ${matter.subjects.join(', ')})`,
    `    ${now.stage.toUpperCase()} ${now.says}`,
    `    ${path}`,
    ...(now.uncertain === undefined ? [] : [`    day not certain: ${now.uncertain}`]),
    ...(matter.points ?? []).map((point) => `    · ${point}`),
    ...addressesOf([...before, now]),
    '',
  ].join('\n')
}

/** Where each stage can be read, one address once. */
function addressesOf(events: readonly PolicyStanding['now'][]): readonly string[] {
  const confirmed = new Map<string, boolean>()
  for (const each of events) confirmed.set(each.source, (confirmed.get(each.source) ?? true) && each.confirmed)
  return [...confirmed].map(([source, isSeen]) => `    ${source}${isSeen ? '' : ' (address not confirmed)'}`)
}

function renderOrders({ orders, ordersTo }: PolicyAnswer): readonly string[] {
  if (orders === undefined) return []
  const head = '  Executive orders in the Federal Register, signed in the last 90 days, that no matter above speaks of'
  const none = orders.length === 0 ? ['    none'] : []
  return [[head, `    held as published to ${ordersTo ?? ''}`, ...none, ...orders.flatMap(renderOrder), ''].join('\n')]
}

const renderOrder = ({ number, signedOn, title, address, simulated }: PolicyOrder): readonly string[] => [
  `    ${number}  ${signedOn}  ${title}${simulated ? ' (SIMULATED)' : ''}`,
  `      ${address}`,
]
