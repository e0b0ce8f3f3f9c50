import { askHttp, type HttpAnswer, type HttpRequest } from './httpAnswer.ts'
import { statusError } from './statusError.ts'

/** What was answered, whatever it is, and its headers. */
export interface TextAnswer {
  readonly text: string
  readonly header: HttpAnswer['header']
}

/**
 * Asks once for text. A page for people comes as text, too: whoever reads it looks what it is.
 * @throws what `statusError` gives, and what `askHttp` throws
 */
export async function askText(request: HttpRequest): Promise<TextAnswer> {
  const { status, header, body } = await askHttp(request)
  const text = new TextDecoder().decode(body)
  const refusal = statusError(request.url, { status, header, text })
  if (refusal !== undefined) throw refusal
  return { text, header }
}
