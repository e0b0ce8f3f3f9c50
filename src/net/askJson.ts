import { askText } from './askText.ts'
import type { HttpAnswer, HttpRequest } from './httpAnswer.ts'
import { NotJsonError } from './httpErrors.ts'

/** What a venue answered, and what it said of its limits. */
export interface JsonAnswer {
  readonly json: unknown
  readonly header: HttpAnswer['header']
}

/**
 * Asks once for JSON.
 * @throws {NotJsonError} a page, or JSON cut short, whatever its status says
 * @throws what `askText` throws
 */
export async function askJson(request: HttpRequest): Promise<JsonAnswer> {
  const { text, header } = await askText(request)
  try {
    return { json: JSON.parse(text), header }
  } catch (cause) {
    throw new NotJsonError(request.url, text, cause)
  }
}
