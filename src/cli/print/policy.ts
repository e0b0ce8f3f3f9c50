import type { PolicyAnswer, PolicyStanding } from '../../desk/policy.ts'

/** Matters of one jurisdiction after the other, each with the stage that it had come to and how it got there. */
export function renderPolicy({ asOf, standing }: PolicyAnswer): string {
  const jurisdictions = [...new Set(standing.map(({ matter }) => matter.jurisdiction))]
  return jurisdictions
    .map((jurisdiction) => {
      const of = standing.filter(({ matter }) => matter.jurisdiction === jurisdiction)
      return `${jurisdiction}, as of ${asOf}\n\n${of.map(renderStanding).join('\n')}`
    })
    .join('\n')
}

function renderStanding({ matter, now, before }: PolicyStanding): string {
  const path = [...before, now].map(({ stage, on }) => `${stage} ${on.slice(0, 10)}`).join(', ')
  return [
    `  ${matter.title} (${matter.kind}, ${matter.stance}: ${matter.subjects.join(', ')})`,
    `    ${now.stage.toUpperCase()} ${now.says}`,
    ...(before.length === 0 ? [] : [`    ${path}`]),
    ...(now.uncertain === undefined ? [] : [`    day not certain: ${now.uncertain}`]),
    ...(matter.points ?? []).map((point) => `    · ${point}`),
    `    ${now.source}${now.confirmed ? '' : ' (address not confirmed)'}`,
    '',
  ].join('\n')
}
