import type { PrintedInput } from '../../desk/answers.ts'

/** The lines under a table: where its figures come from, what was applied, what is missing. */
export function renderProvenance(answer: {
  readonly asOf: string
  readonly inputs: readonly PrintedInput[]
  readonly conventions: readonly string[]
  readonly missing: readonly string[]
}): string {
  const sources = answer.inputs.map((input) => {
    const built = input.builtFrom === undefined ? '' : `, built from ${input.builtFrom}`
    const simulated = input.simulated ? 'SIMULATED ' : ''
    return `source: ${simulated}${input.venue} ${input.market} ${input.instrument} ${input.interval}${built}, ${input.from} to ${input.to}, ${input.rows} bars, ${input.gaps} gaps`
  })
  const conventions = answer.conventions.map((id) => `convention: ${id}`)
  const missing = answer.missing.map((line) => `missing: ${line}`)
  return `${[...sources, ...conventions, ...missing, `as of: ${answer.asOf}`].join('\n')}\n`
}
