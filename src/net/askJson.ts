import { askHttp, type HttpAnswer, type HttpRequest } from './httpAnswer.ts'
import { NotJsonError } from './httpErrors.ts'
import { statusError } from './statusError.ts'

/** What a venue answered, and what it said of its limits. */
export interface JsonAnswer {
  readonly json: unknown
  readonly header: HttpAnswer['header']
}

/**
 * Asks once for JSON.
 * @throws {NotJsonError} a page, or JSON cut short, whatever its status says
 * @throws what `statusError` gives, and what `askHttp` throws
 */
export async function askJson(request: HttpRequest): Promise<JsonAnswer> {
  const { status, header, body } = await askHttp(request)
  const text = new TextDecoder().decode(body)
  const refusal = statusError(request.url, { status, header, text })
  if (refusal !== undefined) throw refusal
  try {
    return { json: JSON.parse(text), header }
  } catch (cause) {
    throw new NotJsonError(request.url, text, cause)
  }
}
