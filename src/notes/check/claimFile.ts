import { z } from 'zod'
import { DeskError } from '../../core/errors.ts'
import { parseAsOf } from '../../core/instant.ts'
import { CheckedYaml } from '../../records/checkedYaml.ts'
import { claimSchema, readable, type CheckedClaim } from './claimSchema.ts'

const headSchema = z.strictObject({
  title: z.string(),
  published: z
    .string()
    .transform((text, context) => readable(parseAsOf, 'a date or an instant')(text, context) as number),
  url: z.string().optional(),
})

export interface ClaimFile {
  readonly note: { readonly title: string; readonly published: number; readonly url?: string | undefined }
  readonly claims: readonly CheckedClaim[]
}

const outerSchema = z.strictObject({ note: z.unknown(), claims: z.array(z.unknown()) })

/**
 * Reads a claim file.
 * @param text - YAML as docs/claims.md describes it
 * @param file - the name that errors give
 * @throws {BadClaimFileError} not YAML, or a field is missing, unknown or of the wrong kind; with file, line, field and value
 */
export function parseClaimFile(text: string, file: string): ClaimFile {
  const yaml = new CheckedYaml(text, 'claims', ({ line, what }) => new BadClaimFileError(file, line, what))
  const outer = yaml.check(outerSchema, yaml.value, [])
  const note = yaml.check(headSchema, outer.note, ['note'])
  const claims = outer.claims.map((claim, i) => yaml.check(claimSchema, claim, ['claims', i]))
  const seen = new Set<string>()
  for (const [i, { id }] of claims.entries()) {
    if (seen.has(id)) throw yaml.fault(['claims', i, 'id'], `claim "${id}" twice`)
    seen.add(id)
  }
  return { note, claims }
}

export class BadClaimFileError extends DeskError {
  constructor(file: string, line: number, what: string) {
    super('BAD_CLAIM', `${file}:${line}: ${what}`, {
      hint: 'docs/claims.md describes every kind of claim and its fields',
    })
  }
}
