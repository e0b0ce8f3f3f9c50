import { RequestRefusedError } from '../../net/httpErrors.ts'

/** What a refusal means where it is no fault of the question. */
export type Refusal = 'too old' | 'no such symbol'

const PARAMETER = -1130
const BAD_SYMBOL = -1121

/**
 * What Binance means by refusing a question, where that is known: `too old` for a start before what is kept (the code is also
 * that of a wrong limit, so the text decides), `no such symbol` for one that is not listed any more. Undefined for anything else.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof RequestRefusedError)) return undefined
  const { code, msg } = said(error.body)
  if (code === BAD_SYMBOL) return 'no such symbol'
  return code === PARAMETER && String(msg).includes('startTime') ? 'too old' : undefined
}

function said(body: string): { readonly code?: unknown; readonly msg?: unknown } {
  try {
    const json: unknown = JSON.parse(body)
    return typeof json === 'object' && json !== null ? json : {}
  } catch {
    return {}
  }
}
