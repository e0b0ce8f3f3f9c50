import { DeskError } from './errors.ts'

/** An argument as written: a number, a word (also dates and durations: `2025-04-01`, `24h`), or a nested id. */
export type IdArg = number | string | Id

/** A parsed id: `name(arg, name=value).output`. */
export interface Id {
  readonly name: string
  readonly args: readonly IdArg[]
  readonly named: Readonly<Record<string, IdArg>>
  readonly output?: string
}

/**
 * Reads an id of a metric, setup or plain series: `id(arg, name=value, …).output`.
 * A nested word without brackets stays a word; the registry decides what it means.
 * @throws {BadIdError} the text does not follow the grammar
 * @throws {RepeatedArgError} an argument is named twice
 * @example parseId('macd(12, 26, 9).line').output // 'line'
 */
export function parseId(text: string): Id {
  const reader = new IdReader(text)
  const id = reader.id()
  reader.end()
  return id
}

/**
 * The canonical spelling of an id.
 * @example formatId(parseId('low_since( mvrv,2025-04-01 )')) // 'low_since(mvrv, 2025-04-01)'
 */
export function formatId(id: Id): string {
  const named = Object.entries(id.named).map(([name, value]) => `${name}=${formatArg(value)}`)
  const inner = [...id.args.map(formatArg), ...named].join(', ')
  return `${id.name}${inner === '' ? '' : `(${inner})`}${id.output === undefined ? '' : `.${id.output}`}`
}

/** One argument, canonically spelt. */
export const formatArg = (arg: IdArg): string => (typeof arg === 'object' ? formatId(arg) : String(arg))

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

class IdReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  id(): Id {
    const name = this.#word(/[A-Za-z_][\w-]*/y)
    const { args, named } = this.#take('(') ? this.#args() : { args: [], named: {} }
    const output = this.#take('.') ? this.#word(/[A-Za-z_]\w*/y) : undefined
    return { name, args, named, ...(output === undefined ? {} : { output }) }
  }

  end(): void {
    this.#space()
    if (this.#at < this.#text.length) throw new BadIdError(this.#text, this.#at)
  }

  #args(): { args: IdArg[]; named: Record<string, IdArg> } {
    const args: IdArg[] = []
    const named: Record<string, IdArg> = {}
    if (this.#take(')')) return { args, named }
    do {
      const name = this.#match(/[A-Za-z_]\w*\s*=/y)
      if (name === undefined) args.push(this.#arg())
      else this.#name(named, name.slice(0, -1).trim())
    } while (this.#take(','))
    if (!this.#take(')')) throw new BadIdError(this.#text, this.#at)
    return { args, named }
  }

  #name(named: Record<string, IdArg>, name: string): void {
    if (Object.hasOwn(named, name)) throw new RepeatedArgError(this.#text, name)
    named[name] = this.#arg()
  }

  #arg(): IdArg {
    const plain = this.#match(/[^\s(),=]+(?=\s*(?:[,)]|$))/y)
    if (plain === undefined) return this.id()
    return NUMBER.test(plain) ? Number(plain) : plain
  }

  #word(pattern: RegExp): string {
    const word = this.#match(pattern)
    if (word === undefined) throw new BadIdError(this.#text, this.#at)
    return word
  }

  #match(pattern: RegExp): string | undefined {
    this.#space()
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #take(character: string): boolean {
    this.#space()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #space(): void {
    while (this.#text[this.#at] === ' ') this.#at++
  }
}

export class BadIdError extends DeskError {
  constructor(text: string, at: number) {
    super('BAD_ID', `"${text}" is not an id: unexpected ${at < text.length ? `"${text[at]}" at ${at + 1}` : 'end'}`, {
      hint: 'write id(arg, name=value).output, for example macd(12, 26, 9).line',
    })
  }
}

export class RepeatedArgError extends DeskError {
  constructor(text: string, name: string) {
    super('BAD_ID', `"${text}" gives "${name}" twice`, { hint: 'name each argument once' })
  }
}
