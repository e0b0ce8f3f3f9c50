import type { Answer } from '../door.ts'

const refusal = (code: number, msg: string): Answer => ({ status: 400, body: { code, msg } })

/** Errors as the venue words them. */
export const REFUSALS = {
  symbol: refusal(-1121, 'Invalid symbol.'),
  interval: refusal(-1120, 'Invalid interval.'),
  limit: refusal(-1130, "Data sent for parameter 'limit' is not valid."),
  order: refusal(-1023, 'Start time is greater than end time.'),
  window: refusal(-1127, 'More than 1 hours between startTime and endTime.'),
  tooOld: { status: 400, body: { msg: "parameter 'startTime' is invalid.", code: -1130 } },
} as const satisfies Readonly<Record<string, Answer>>
