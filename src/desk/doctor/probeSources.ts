import { setMaxListeners } from 'node:events'
import { DeskError } from '../../core/errors.ts'
import { proveName } from '../../net/proveName.ts'
import { isWrong } from './askClock.ts'
import { probesOf, type Answered, type Probe, type ProbesRequest } from './probes.ts'
import { unreachable, type Unreachable } from './unreachable.ts'

/** A source that answers; `wrong clock` where its clock and this machine's cannot both be right. */
export interface Reached extends Answered {
  readonly is: 'well' | 'wrong clock'
}

/** One way to a source, as it was found. */
export type ProbedSource = Pick<Probe, 'venue' | 'what' | 'address'> & (Reached | Unreachable)

/** So long everything is waited for, all at once. */
const PATIENCE_MS = 4_000

/** Asks every source once, side by side, and says of each whether it answers as it should. Takes no longer than its patience. */
export async function probeSources(
  request: Omit<ProbesRequest, 'signal'> & { readonly patienceMs?: number },
): Promise<readonly ProbedSource[]> {
  const { patienceMs = PATIENCE_MS } = request
  const stop = new AbortController()
  setMaxListeners(0, stop.signal)
  const timer = setTimeout(() => stop.abort(new TimedOutError(patienceMs)), patienceMs)
  const names = new Map<string, Promise<void>>()
  try {
    const probes = probesOf({ ...request, signal: stop.signal })
    return await Promise.all(
      probes.map(async (probe) => {
        const { venue, what, address } = probe
        const { hostname } = new URL(address)
        const name = names.get(hostname) ?? proveName(address, { timeoutMs: patienceMs })
        names.set(hostname, name)
        return { venue, what, address, ...(await found(probe, name)) }
      }),
    )
  } finally {
    clearTimeout(timer)
  }
}

async function found({ ask }: Probe, name: Promise<void>): Promise<Reached | Unreachable> {
  try {
    await name
    const answered = await ask()
    const { skewMs } = answered
    const isOff = skewMs !== undefined && isWrong({ skewMs })
    return { is: isOff ? 'wrong clock' : 'well', ...answered }
  } catch (error) {
    return unreachable(error)
  }
}

/** Nothing came in time. */
export class TimedOutError extends DeskError {
  constructor(patienceMs: number) {
    super('TIMED_OUT', `no answer within ${patienceMs / 1000} s`, { retry: 'later' })
  }
}
