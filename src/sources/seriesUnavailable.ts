import { DeskError } from '../core/errors.ts'
import { onOneLine } from '../net/onOneLine.ts'

/** Why an answer is no series. */
export type WhyUnavailable = 'PAGE_NOT_TABLE' | 'EMPTY_ANSWER' | 'COLUMN_MISSING' | 'NOT_A_NUMBER' | 'NOT_AS_DOCUMENTED'

const EXCERPT = 120

/** What came, on one line and of bounded length. */
export function excerptOfTable(text: string): string {
  const plain = onOneLine(text)
  return plain.length > EXCERPT ? `${plain.slice(0, EXCERPT)}…` : plain
}

/** An answer that came well and is no series. Nothing of it can be used. */
export class SeriesUnavailableError extends DeskError {
  constructor(series: string, code: WhyUnavailable, why: string) {
    super(code, `${series} is unavailable: ${why}`, {
      hint: 'nothing was stored, what is held stays',
      retry: 'later',
    })
  }
}
