import { expect, it } from 'vitest'
import { DeskError } from '../../core/errors.ts'
import { DeniedError, NoAnswerError, NotJsonError, RateLimitedError, ServerFailedError } from '../../net/httpErrors.ts'
import { NameNotResolvedError } from '../../net/proveName.ts'
import { SocketFailedError } from '../../net/socketMessages.ts'
import { TimedOutError } from './probeSources.ts'
import { unreachable } from './unreachable.ts'

const URL = 'https://api.venue.example/time'
const system = (code: string): Error =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })
const socket = (code: string) => new SocketFailedError(URL, code, { cause: Object.assign(new Error(code), { code }) })

it.each([
  [new NameNotResolvedError('venue.example', 'no name server answers'), 'name not resolved', 'no name server answers'],
  [new NoAnswerError(URL, 'getaddrinfo EAI_AGAIN', system('EAI_AGAIN')), 'name not resolved', 'getaddrinfo EAI_AGAIN'],
  [new NoAnswerError(URL, 'connect ECONNREFUSED', system('ECONNREFUSED')), 'refused', 'connect ECONNREFUSED'],
  [new NoAnswerError(URL, 'ENETUNREACH', system('ENETUNREACH')), 'no connection', 'ENETUNREACH'],
  [socket('ECONNREFUSED'), 'refused', 'ECONNREFUSED'],
  [new SocketFailedError(URL, 'it was cut'), 'no connection', 'it was cut'],
  [new SocketFailedError(URL, 'no', { status: 451 }), 'denied', 'no'],
  [new SocketFailedError(URL, 'no', { status: 429 }), 'limited', 'no'],
  [new SocketFailedError(URL, 'no', { status: 502 }), 'failing', 'no'],
  [new SocketFailedError(URL, 'no', { status: 200 }), 'not as documented', 'no'],
  [new TimedOutError(4_000), 'timed out', 'no answer within 4 s'],
  [new DeniedError(URL, 403, 'go away'), 'denied', 'denies access (403): go away'],
  [new RateLimitedError(URL, 429, 5_000), 'limited', 'was asked too often (429); it may be asked again in 5 s'],
  [new ServerFailedError(URL, 503, 'busy'), 'failing', 'failed (503): busy'],
  [new NotJsonError(URL, '<html>', undefined), 'not as documented', 'answered with a page instead of JSON: <html>'],
  [new DeskError('ANYTHING', 'else'), 'not as documented', 'else'],
])('%s', (error, cause, why) => {
  expect(unreachable(error)).toMatchObject({ is: 'unreachable', cause, why })
})

it('hands on what the reader can do', () => {
  expect(unreachable(new DeniedError(URL, 451, '')).hint).toMatch(/--venues/)
  expect(unreachable(new TimedOutError(1))).not.toHaveProperty('hint')
})
