import type { Answer, Ask } from './door.ts'

/** What can be wrong with a venue for a while. `path` limits it to questions whose path, or whose body, holds that text. */
export type Fault =
  /** Nothing listens: connections are cut and refused. */
  | { readonly is: 'outage'; readonly ms: number }
  /** All sockets are cut once. */
  | { readonly is: 'cut' }
  /** Sockets stay open and carry nothing more until they are opened anew. */
  | { readonly is: 'half-closed' }
  /** Sockets stay open, answer what they are asked, acknowledge subscriptions, and tell of nothing that happens. */
  | { readonly is: 'silent'; readonly ms: number }
  /** Questions are answered with this; without a path those for a socket are too. */
  | { readonly is: 'answer'; readonly ms: number; readonly answer: Answer; readonly path?: string }
  /** Answers, or messages on sockets, are changed as text. */
  | { readonly is: 'spoil'; readonly ms: number; readonly change: (text: string) => string; readonly path?: string }
  /** Several texts go out as several messages, none as none; `path` is that of the socket. */
  | {
      readonly is: 'spoil messages'
      readonly ms: number
      readonly change: (text: string, path: string) => string | readonly string[]
    }

/** The faults that are on a venue now. They end by the machine's clock. */
export class Faults {
  #faults: { readonly fault: Fault; readonly until: number }[] = []

  put(fault: Fault): void {
    if ('ms' in fault) this.#faults.push({ fault, until: performance.now() + fault.ms })
  }

  /** Ends all faults. */
  clear(): void {
    this.#faults = []
  }

  has(is: Fault['is']): boolean {
    return this.#now().some((fault) => fault.is === is)
  }

  /** The answer to give instead of the venue's. */
  answer(ask: Pick<Ask, 'path' | 'body'>): Answer | undefined {
    const found = this.#now().find((fault) => fault.is === 'answer' && concerns(fault, ask))
    return found?.is === 'answer' ? found.answer : undefined
  }

  spoil(ask: Ask, text: string): string {
    return this.#now().reduce(
      (changed, fault) => (fault.is === 'spoil' && concerns(fault, ask) ? fault.change(changed) : changed),
      text,
    )
  }

  /** The messages to send instead of one. */
  messages(text: string, path: string): readonly string[] {
    return this.#now().reduce<readonly string[]>(
      (texts, fault) => (fault.is === 'spoil messages' ? texts.flatMap((each) => fault.change(each, path)) : texts),
      [text],
    )
  }

  #now(): readonly Fault[] {
    const now = performance.now()
    if (this.#faults.length > 0) this.#faults = this.#faults.filter(({ until }) => until > now)
    return this.#faults.map(({ fault }) => fault)
  }
}

const concerns = ({ path }: { readonly path?: string }, ask: Pick<Ask, 'path' | 'body'>): boolean =>
  path === undefined || ask.path.includes(path) || (ask.body !== undefined && JSON.stringify(ask.body).includes(path))
