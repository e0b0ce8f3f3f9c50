import { Resolver } from 'node:dns/promises'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { DeskError } from '../core/errors.ts'

export interface ProveNameOptions {
  readonly timeoutMs: number
  /** Name servers, as `127.0.0.1:53`; the system's own unless said. */
  readonly servers?: readonly string[]
}

/** A question that got lost is asked again after this, later each time. */
const AGAIN_MS = 800
const TRIES = 3

/**
 * Proves that the host of an address has a name that can be resolved, in time. A connection would ask by the system's own call,
 * which cannot be ended: where name servers are silent it keeps the whole process waiting, long after whoever asked has gone.
 * @throws {NameNotResolvedError} name servers are silent, or do not know it
 */
export async function proveName(url: string, { timeoutMs, servers }: ProveNameOptions): Promise<void> {
  const host = new URL(url).hostname
  if (host === 'localhost' || isIP(host.replaceAll(/[[\]]/g, '')) > 0 || (await isInHosts(host))) return
  const resolver = new Resolver({ timeout: AGAIN_MS, tries: TRIES })
  if (servers !== undefined) resolver.setServers(servers)
  const timer = setTimeout(() => resolver.cancel(), timeoutMs)
  // The system asks for both kinds of addresses too, and waits for both.
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  clearTimeout(timer)
  const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [codeOf(answer.reason)] : []))
  if (refusals.some((code) => SILENT.has(code))) throw new NameNotResolvedError(host, 'no name server answers')
  if (refusals.length === answers.length) throw new NameNotResolvedError(host, `name servers say ${refusals[0]}`)
}

const SILENT: ReadonlySet<string> = new Set(['ETIMEOUT', 'ECANCELLED'])

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Names that this machine has written down itself. */
async function isInHosts(host: string): Promise<boolean> {
  const text = await readFile('/etc/hosts', 'utf8').catch(() => '')
  return text.split('\n').some((line) => line.replace(/#.*/, '').split(/\s+/).slice(1).includes(host))
}

/** Where a host is cannot be told. */
export class NameNotResolvedError extends DeskError {
  constructor(host: string, why: string) {
    super('NAME_NOT_RESOLVED', `"${host}" is not resolved: ${why}`, { retry: 'later' })
  }
}
