import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DeskError } from '../../core/errors.ts'
import { CheckedYaml } from '../../records/checkedYaml.ts'
import { policyHeadSchema, policyMatterSchema, type PolicyMatter } from '../../records/policy.ts'

/** The files that come with the product. */
const SHIPPED = fileURLToPath(new URL('../../../policy', import.meta.url))

/**
 * The matters of all files of a folder, in the order of the files' names.
 * @throws {BadPolicyFileError} a file does not follow the form, an id is there twice, or stages are out of order
 */
export function readPolicy(folder = SHIPPED): readonly PolicyMatter[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const matters = files.toSorted().flatMap((name) => parsePolicyFile(readFileSync(join(folder, name), 'utf8'), name))
  const seen = new Set<string>()
  for (const { id } of matters) {
    if (seen.has(id)) throw new BadPolicyFileError(basename(folder), 1, `matter "${id}" is there twice`)
    seen.add(id)
  }
  return matters
}

/**
 * The matters of one file.
 * @param file - the name that errors give
 * @throws {BadPolicyFileError} with file, line, field and value
 */
export function parsePolicyFile(text: string, file: string): readonly PolicyMatter[] {
  const yaml = new CheckedYaml(text, 'matters', ({ line, what }) => new BadPolicyFileError(file, line, what))
  const { jurisdiction, matters } = yaml.check(policyHeadSchema, yaml.value, [])
  return matters.map((matter, i) => {
    const found = yaml.check(policyMatterSchema, matter, ['matters', i])
    if (!found.id.startsWith(`${jurisdiction.toLowerCase()}-`)) {
      throw yaml.fault(
        ['matters', i, 'id'],
        `matter "${found.id}": its id begins with "${jurisdiction.toLowerCase()}-"`,
      )
    }
    return { ...found, jurisdiction }
  })
}

export class BadPolicyFileError extends DeskError {
  constructor(file: string, line: number, what: string) {
    super('BAD_POLICY', `${file}:${line}: ${what}`, { hint: 'docs/policy.md describes the form of these files' })
  }
}
