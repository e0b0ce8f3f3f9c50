import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { DeskError, reasonOf } from '../../core/errors.ts'
import { formatDay, parseInstant, plusMs, startOfDay } from '../../core/instant.ts'
import { answerCheck, proveClaims, type CheckAnswer, type PrintedVerdict } from '../../desk/check.ts'
import { EXIT } from '../onError.ts'
import { asOfOption, type SharedOptions } from '../options.ts'
import { withDesk } from '../withDesk.ts'
import { heldStorePath } from '../../desk/storePath.ts'

interface Options extends SharedOptions {
  readonly file: string
}

/** `assayer check CLAIMS.yaml` */
export async function command(options: Options): Promise<number> {
  const text = await readFile(options.file, 'utf8').catch((cause: unknown) => {
    throw new UnreadableClaimsError(options.file, cause)
  })
  const question = { text, name: basename(options.file), asOf: asOfOption(options) }
  proveClaims(question.text, question.name)
  const answer = await withDesk(heldStorePath(options.store), 'read', (desk) => answerCheck(desk, question))
  process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : render(answer))
  return answer.claims.some(({ missing }) => missing.length > 0) ? EXIT.partly : EXIT.done
}

const MARKS: Readonly<Record<string, string>> = {
  supported: '✓',
  contradicted: '✗',
  inconsistent: '≠',
  'not-checkable': '?',
}

function render({ note, claims, totals, asOf }: CheckAnswer): string {
  const sections = [...new Set(claims.map(({ section }) => section))]
  const body = sections.map((section) => {
    const lines = claims.filter((claim) => claim.section === section).map(renderVerdict)
    return `${section}\n${lines.join('')}`
  })
  const counts = Object.entries(totals).map(([verdict, count]) => `${count} ${verdict}`)
  return `${note.title}\npublished ${note.published}, judged by what is known at ${asOf}\n\n${body.join('\n')}\n${counts.join(', ')}\n`
}

function renderVerdict(claim: PrintedVerdict): string {
  const found = claim.found === null ? '' : `, found ${sayFound(claim)}`
  const notes = [
    ...claim.remarks.map((remark) => `      ${remark}\n`),
    ...claim.missing.map((line) => `      missing: ${line}\n`),
  ]
  return `  ${MARKS[claim.verdict]} ${claim.verdict}: ${claim.says}\n      ${claim.id}: expected ${claim.expected}${found}\n${notes.join('')}`
}

function sayFound({ found, unit, at }: PrintedVerdict): string {
  if (typeof found !== 'number') return String(found)
  return `${Number(found.toPrecision(6))} ${unit}${sayCloses(at)}`
}

function sayCloses(at: readonly string[]): string {
  const [first, last] = [at[0], at.at(-1)].map((close) => (close === undefined ? '' : sayClose(close)))
  if (at.length === 0) return ''
  return first === last ? ` at the close of ${first}` : ` between the closes of ${first} and ${last}`
}

/** As claims name it: a close at midnight is that of the day that ends. */
function sayClose(close: string): string {
  const at = parseInstant(close)
  return at === startOfDay(at) ? formatDay(plusMs(at, -1)) : close
}

export class UnreadableClaimsError extends DeskError {
  constructor(file: string, cause: unknown) {
    super('UNREADABLE_FILE', `cannot read "${file}": ${reasonOf(cause)}`, {
      hint: 'give the path of a claim file in YAML',
      cause,
    })
  }
}
