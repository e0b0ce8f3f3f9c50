import type { ChannelArg } from './channels.ts'

const HELP =
  'More details can refer to: https://www.okx.com/help-center/changes-to-v5-api-websocket-subscription-parameter-and-url.'

/** What is said of a request: the code, and words with the request in them. */
interface Notice {
  readonly code: string
  readonly msg: string
}

export const invalidRequest = (text: string): Notice => ({ code: '60012', msg: `Invalid request: ${text}` })
export const invalidOp = (op: string): Notice => ({ code: '60019', msg: `Invalid op: ${op}` })
export const tooFrequent: Notice = { code: '60014', msg: 'Requests too frequent' }

export function noSuchChannel({ channel, instId, instType }: ChannelArg): Notice {
  const what = `channel:${channel}${instId === undefined ? `,instType:${instType ?? ''}` : `,instId:${instId}`}`
  const msg = `Wrong URL or ${what} doesn't exist. Please use the correct URL, channel and parameters referring to API document.`
  return { code: '60018', msg }
}

/** For what is on the path for business, asked for on that for the public. */
export const isOnBusiness: Notice = {
  code: '64001',
  msg: `This channel has been migrated to the '/business' URL. Please subscribe using the new URL. ${HELP}`,
}

/** The reverse. */
export const isNotOnBusiness: Notice = {
  code: '64002',
  msg: `This channel is not supported by "/business" URL. Please use "/private" URL(for private channels), or "/public" URL(for public channels). ${HELP}`,
}
