import { ok } from '../answers.ts'
import type { Answer } from '../door.ts'

/** What a door answers when all is well. */
export const rowsOf = (data: readonly unknown[]): Answer => ok({ code: '0', msg: '', data })

/** A refusal: the code decides, the status is 200 for many of them. */
const refusal = (status: number, code: string, msg: string): Answer => ({ status, body: { code, msg, data: [] } })

export const unknownInstrument = (): Answer => refusal(200, '51001', "Instrument ID doesn't exist")
export const missing = (name: string): Answer => refusal(400, '50014', `Parameter ${name} can not be empty.`)
export const wrong = (name: string): Answer => refusal(400, '51000', `Parameter ${name} error`)
export const oneOf = (a: string, b: string): Answer =>
  refusal(400, '50015', `Either parameter ${a} or ${b} is required`)
export const illegalRange = (): Answer => refusal(200, '50030', 'Illegal time range')
export const doorGone = (): Answer => refusal(410, '50005', 'API endpoint is inactive or unavailable.')

/** A spent budget: status 429, no `data`, and no header that tells how long to wait. */
export const tooMany = (): Answer => ({ status: 429, body: { msg: 'Too Many Requests', code: '50011' } })
