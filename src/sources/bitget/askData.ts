import { DeskError } from '../../core/errors.ts'
import type { VenueIo, VenueRequest } from '../source.ts'
import { excerptOf } from '../wire/wireFault.ts'
import * as wire from './wire.ts'

const SUCCESS = '00000'

/**
 * What an answer holds, out of its envelope.
 * @throws {RefusedAnswerError} the envelope is none, or does not say success
 * @throws what `ask` throws
 */
export async function askData(io: VenueIo, request: VenueRequest): Promise<unknown> {
  const json = await io.ask(request)
  const { data: answer } = wire.envelope.safeParse(json)
  if (answer?.code !== SUCCESS) throw new RefusedAnswerError(request.path, json)
  return answer.data
}

/** The same where it must be a list. Nothing else may be taken for "there is nothing". */
export async function askList(io: VenueIo, request: VenueRequest): Promise<readonly unknown[]> {
  const data = await askData(io, request)
  if (!Array.isArray(data)) throw new RefusedAnswerError(request.path, data)
  return data
}

/** An answer with status 200 that is not what was asked for. */
export class RefusedAnswerError extends DeskError {
  constructor(path: string, json: unknown) {
    super('ANSWER_REFUSED', `"${path}" did not answer with data: ${excerptOf(json)}`, { retry: 'later' })
  }
}
