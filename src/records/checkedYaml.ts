import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type { z } from 'zod'

type Path = readonly (string | number)[]

/** What is wrong in a YAML text, and on which line. */
export interface YamlFault {
  readonly line: number
  readonly what: string
}

/** A YAML text whose parts are held against schemas; what fails is told by its line. */
export class CheckedYaml {
  readonly #document: Document
  readonly #lines = new LineCounter()
  readonly #list: string
  readonly #refuse: (fault: YamlFault) => Error

  /**
   * @param list - the list of the text whose items have an `id`, by which they are called
   * @param refuse - the error for a fault
   * @throws what `refuse` gives, where the text is not YAML
   */
  constructor(text: string, list: string, refuse: (fault: YamlFault) => Error) {
    this.#list = list
    this.#refuse = refuse
    this.#document = parseDocument(text, { lineCounter: this.#lines })
    const [broken] = this.#document.errors
    if (broken !== undefined) throw refuse({ line: broken.linePos?.[0].line ?? 1, what: broken.message })
  }

  /** The whole as plain values. */
  get value(): unknown {
    return this.#document.toJS()
  }

  /** A value of the text as its schema gives it. @throws what `refuse` gives */
  check<T>(schema: z.ZodType<T>, value: unknown, path: Path): T {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    const issue = deepest(result.error.issues)
    const full = [...path, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))]
    const field = full
      .filter((part, i) => typeof part === 'string' && (i > 0 || full.length === 1 || part !== this.#list))
      .join('.')
    const found = this.#document.getIn(full)
    const quoted = found === undefined || isMap(found) || isSeq(found) ? undefined : `"${String(found)}"`
    const shown = quoted === undefined || issue.message.includes(quoted) ? '' : `, not ${quoted}`
    const what = field === '' ? issue.message : `${field}: ${issue.message}`
    throw this.fault(full, `${this.#nameOf(path)}${what}${shown}`)
  }

  /** The error for a fault at a place of the text. */
  fault(path: Path, what: string): Error {
    return this.#refuse({ line: this.#lineOf(path), what })
  }

  #nameOf(path: Path): string {
    const id = path[0] === this.#list ? this.#document.getIn([...path.slice(0, 2), 'id']) : undefined
    return typeof id === 'string' ? `${this.#list.slice(0, -1)} "${id}", ` : ''
  }

  #lineOf(path: Path): number {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth === 0 ? this.#document.contents : this.#document.getIn(path.slice(0, depth), true)
      const start = isNode(node) ? node.range?.[0] : undefined
      if (start !== undefined) return this.#lines.linePos(start).line
    }
    return 1
  }
}

/** Of a union's issues the one that lies deepest says most. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  return issues.toSorted((a, b) => b.path.length - a.path.length)[0] as z.core.$ZodIssue
}

const isNode = (value: unknown): value is Node => isMap(value) || isSeq(value) || isScalar(value) || isAlias(value)
