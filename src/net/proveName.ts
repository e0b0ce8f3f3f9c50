import { Resolver } from 'node:dns/promises'
import { isIP } from 'node:net'
import { DeskError } from '../core/errors.ts'

/**
 * Proves that name servers answer for the host of an address, whatever they say: what they say is for the connection to find.
 * Where they are silent, a connection would ask them by the system's own call, which cannot be ended and keeps the whole process
 * waiting, long after whoever asked has gone.
 * @param servers - those to ask, as `127.0.0.1:53`; the system's own unless said
 * @throws {NameUnansweredError} there is silence
 */
export async function proveName(url: string, timeoutMs: number, servers?: readonly string[]): Promise<void> {
  const host = new URL(url).hostname
  if (host === 'localhost' || isIP(host.replaceAll(/[[\]]/g, '')) > 0) return
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
  if (servers !== undefined) resolver.setServers(servers)
  // Several servers, each silent for as long, would take too long together.
  const timer = setTimeout(() => resolver.cancel(), timeoutMs)
  // The system asks for both kinds of addresses too, and waits for both.
  const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
  clearTimeout(timer)
  const isSilent = answers.some((answer) => answer.status === 'rejected' && SILENT.has(codeOf(answer.reason)))
  if (isSilent) throw new NameUnansweredError(host, timeoutMs)
}

const SILENT: ReadonlySet<unknown> = new Set(['ETIMEOUT', 'ECANCELLED'])

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** No name server says where a host is. */
export class NameUnansweredError extends DeskError {
  constructor(host: string, timeoutMs: number) {
    super('NAME_UNANSWERED', `no name server answers for "${host}" within ${timeoutMs / 1000} s`, { retry: 'later' })
  }
}
