import type { Answer } from '../door.ts'

/** An error as the venue words it: a label to act on, a message to read. */
const refusal = (label: string, message?: string): Answer => ({
  status: 400,
  body: message === undefined ? { label } : { label, message },
})

export const badPair = (name: string): Answer => refusal('INVALID_CURRENCY_PAIR', `Invalid currency pair ${name}`)

/** Also for a contract that is settled in something else. */
export const BAD_CONTRACT = refusal('CONTRACT_NOT_FOUND')

export const badParameter = (name: string, value: string | null): Answer =>
  refusal('INVALID_PARAM_VALUE', `Invalid parameter \`${name}\` with value: ${value ?? ''}`)

/** Older than the newest ten thousand rows; spot and futures differ by a word. */
export const tooOld = (which: 'spot' | 'futures'): Answer =>
  refusal(
    'INVALID_PARAM_VALUE',
    `Candlestick too long ago. Maximum 10000 points ${which === 'spot' ? 'ago' : 'recently'} are allowed`,
  )

export const TOO_BROAD = refusal('INVALID_PARAM_VALUE', 'Candlestick range too broad')

export const BEYOND_RETENTION = refusal('INVALID_PARAM_VALUE', 'from time exceeds 180-day limit')

export const KEY_REQUIRED = refusal('MISSING_REQUIRED_HEADER', 'KEY')

export const TOO_MANY: Answer = {
  status: 429,
  body: { label: 'TOO_MANY_REQUESTS', message: 'Request Rate limit exceeded' },
}
