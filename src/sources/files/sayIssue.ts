import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/**
 * What a schema has against a value, said of a cell: `is not above 0`.
 * @example sayIssue(candle.schema.safeParse(row).error!.issues[0]!) // 'is not above 0'
 */
export function sayIssue(issue: Issue | undefined): string {
  switch (issue?.code) {
    case 'too_small':
      return issue.inclusive === false ? `is not above ${issue.minimum}` : `is below ${issue.minimum}`
    case 'too_big':
      return issue.inclusive === false ? `is not below ${issue.maximum}` : `is above ${issue.maximum}`
    case 'invalid_type':
      return issue.expected === 'number' ? 'is not a number' : `is no ${issue.expected}`
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`
    case 'custom':
      return issue.message
    default:
      return `is refused: ${issue?.message ?? 'unknown reason'}`
  }
}
