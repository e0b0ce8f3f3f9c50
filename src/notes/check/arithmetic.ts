import { DeskError } from '../../core/errors.ts'

/**
 * The value of an expression of numbers, + - * / and brackets.
 * @throws {BadExpressionError} anything else in it
 * @example calculate('21.821 / 216.9 * 100') // 10.06…
 */
export function calculate(expression: string): number {
  const tokens = expression.match(/\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+|[-+*/()]|\S/g) ?? []
  let at = 0
  const fail = (): never => {
    throw new BadExpressionError(expression, tokens[at])
  }
  const sum = (): number => {
    let value = product()
    while (tokens[at] === '+' || tokens[at] === '-')
      value = tokens[at++] === '+' ? value + product() : value - product()
    return value
  }
  const product = (): number => {
    let value = factor()
    while (tokens[at] === '*' || tokens[at] === '/') value = tokens[at++] === '*' ? value * factor() : value / factor()
    return value
  }
  const factor = (): number => {
    const token = tokens[at++]
    if (token === '-') return -factor()
    if (token === '(') {
      const value = sum()
      return tokens[at++] === ')' ? value : fail()
    }
    if (token === undefined || !/^[\d.]/.test(token)) {
      at--
      return fail()
    }
    return Number(token)
  }
  const value = sum()
  return at < tokens.length ? fail() : value
}

export class BadExpressionError extends DeskError {
  constructor(expression: string, token: string | undefined) {
    super('BAD_EXPRESSION', `"${expression}" is no sum: unexpected ${token === undefined ? 'end' : `"${token}"`}`, {
      hint: 'numbers, + - * / and brackets only',
    })
  }
}
