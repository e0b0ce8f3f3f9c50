import { DeskError } from '../../core/errors.ts'
import { answerConventions, CONVENTION_FIELDS, CONVENTION_VENUES } from '../../desk/conventions.ts'
import { restate } from '../../desk/jobs/restate.ts'
import { heldStorePath } from '../../desk/storePath.ts'
import { EXIT } from '../onError.ts'
import type { SharedOptions } from '../options.ts'
import { renderConventions } from '../print/conventions.ts'
import { counted, renderRestated, sayUnread } from '../print/restated.ts'
import { withDesk } from '../withDesk.ts'

interface Options extends SharedOptions {
  readonly venue?: string
  readonly field?: string
}

const RESTATE = 'restate'

/** `assayer conventions [VENUE]`, and `assayer conventions restate` */
export async function command(options: Options): Promise<number> {
  if (options.venue === RESTATE) return await restateAll(options)
  const venue = options.venue === undefined ? undefined : oneOf(options.venue, CONVENTION_VENUES, 'venue')
  const field = options.field === undefined ? undefined : oneOf(options.field, CONVENTION_FIELDS, 'field')
  const answer = answerConventions({
    ...(venue === undefined ? {} : { venue }),
    ...(field === undefined ? {} : { field }),
  })
  process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : renderConventions(answer.conventions))
  if (options.json !== true) process.stderr.write(answer.missing.map((line) => `missing: ${line}\n`).join(''))
  return answer.missing.length === 0 ? EXIT.done : EXIT.partly
}

async function restateAll({ store, json }: Options): Promise<number> {
  const print = (text: string): void => void (json === true || process.stdout.write(text))
  const restated = await withDesk(heldStorePath(store), 'write', (desk) =>
    restate(desk, { onRestated: (each) => print(renderRestated(each)) }),
  )
  const sum = (field: 'rows' | 'changed' | 'unread'): number => restated.reduce((total, each) => total + each[field], 0)
  const whole = { rows: sum('rows'), changed: sum('changed'), unread: sum('unread') }
  const missing = restated.filter(({ unread }) => unread > 0).map(sayUnread)
  print(`${counted(whole.changed)} of ${counted(whole.rows)} rows restated by the ledger of this version\n`)
  if (json === true) process.stdout.write(`${JSON.stringify({ ...whole, restated, missing })}\n`)
  else process.stderr.write(missing.map((line) => `missing: ${line}\n`).join(''))
  return missing.length === 0 ? EXIT.done : EXIT.partly
}

function oneOf<T extends string>(text: string, choices: readonly T[], what: string): T {
  const found = choices.find((choice) => choice === text.toLowerCase())
  if (found === undefined) throw new UnknownConventionError(text, what, choices)
  return found
}

export class UnknownConventionError extends DeskError {
  constructor(text: string, what: string, choices: readonly string[]) {
    super('UNKNOWN_CHOICE', `"${text}" is not a ${what}`, { hint: `one of ${choices.join(', ')}` })
  }
}
