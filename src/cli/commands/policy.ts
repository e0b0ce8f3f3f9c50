import { answerPolicy, policyJurisdictions, SUBJECTS } from '../../desk/policy.ts'
import { EXIT } from '../onError.ts'
import { asOfOption, choice, type SharedOptions } from '../options.ts'
import { renderPolicy } from '../print/policy.ts'

interface Options extends SharedOptions {
  readonly jurisdiction?: string
  readonly subject?: string
}

/** `assayer policy` */
export async function command(options: Options): Promise<number> {
  const { jurisdiction, subject } = options
  const answer = answerPolicy(asOfOption(options), {
    ...(jurisdiction === undefined
      ? {}
      : { jurisdiction: choice(jurisdiction.toUpperCase(), policyJurisdictions(), 'jurisdiction') }),
    ...(subject === undefined ? {} : { subject: choice(subject.toLowerCase(), SUBJECTS, 'subject') }),
  })
  process.stdout.write(options.json === true ? `${JSON.stringify(answer)}\n` : renderPolicy(answer))
  if (options.json !== true) process.stderr.write(answer.missing.map((line) => `missing: ${line}\n`).join(''))
  return answer.missing.length === 0 ? EXIT.done : EXIT.partly
}
