import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import { z } from 'zod'
import { DeskError } from '../../core/errors.ts'
import { parseAsOf } from '../../core/instant.ts'
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

/**
 * Reads a claim file.
 * @param text - YAML as docs/claims.md describes it
 * @param file - the name that errors give
 * @throws {BadClaimFileError} not YAML, or a field is missing, unknown or of the wrong kind; with file, line, field and value
 */
export function parseClaimFile(text: string, file: string): ClaimFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const [broken] = document.errors
  if (broken !== undefined) throw new BadClaimFileError(file, broken.linePos?.[0].line ?? 1, broken.message)
  const source = { file, document, lines }
  const raw = z.strictObject({ note: z.unknown(), claims: z.array(z.unknown()) })
  const outer = check(raw, document.toJS(), [], source)
  const note = check(headSchema, outer.note, ['note'], source)
  const claims = outer.claims.map((claim, i) => check(claimSchema, claim, ['claims', i], source))
  refuseRepeats(claims, source)
  return { note, claims }
}

interface Source {
  readonly file: string
  readonly document: Document
  readonly lines: LineCounter
}

function check<T>(schema: z.ZodType<T>, value: unknown, path: readonly (string | number)[], source: Source): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = deepest(result.error.issues)
  const full = [...path, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))]
  const field = full
    .filter((part, i) => typeof part === 'string' && (i > 0 || full.length === 1 || part !== 'claims'))
    .join('.')
  const found = source.document.getIn(full)
  const quoted = found === undefined || isMap(found) || isSeq(found) ? undefined : `"${String(found)}"`
  const shown = quoted === undefined || issue.message.includes(quoted) ? '' : `, not ${quoted}`
  const what = field === '' ? issue.message : `${field}: ${issue.message}`
  const name = idOf(source.document, path)
  throw new BadClaimFileError(source.file, lineOf(full, source), `${name}${what}${shown}`)
}

/** Of a union's issues the one that lies deepest says most. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  return issues.toSorted((a, b) => b.path.length - a.path.length)[0] as z.core.$ZodIssue
}

function idOf(document: Document, path: readonly (string | number)[]): string {
  const id = path[0] === 'claims' ? document.getIn([...path, 'id']) : undefined
  return typeof id === 'string' ? `claim "${id}", ` : ''
}

function lineOf(path: readonly (string | number)[], { document, lines }: Source): number {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true)
    const start = isNode(node) ? node.range?.[0] : undefined
    if (start !== undefined) return lines.linePos(start).line
  }
  return 1
}

const isNode = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value) || isAlias(value)

function refuseRepeats(claims: readonly CheckedClaim[], source: Source): void {
  const seen = new Set<string>()
  for (const [i, { id }] of claims.entries()) {
    if (seen.has(id))
      throw new BadClaimFileError(source.file, lineOf(['claims', i, 'id'], source), `claim "${id}" twice`)
    seen.add(id)
  }
}

export class BadClaimFileError extends DeskError {
  constructor(file: string, line: number, what: string) {
    super('BAD_CLAIM', `${file}:${line}: ${what}`, {
      hint: 'docs/claims.md describes every kind of claim and its fields',
    })
  }
}
