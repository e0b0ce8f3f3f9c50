import type { Answer, Ask } from './door.ts'

/** What can be wrong with a venue for a while. `path` limits it to questions whose path holds that text. */
export type Fault =
  /** Nothing listens: connections are cut and refused. */
  | { readonly is: 'outage'; readonly ms: number }
  /** All sockets are cut once. */
  | { readonly is: 'cut' }
  /** Sockets stay open and carry nothing more until they are opened anew. */
  | { readonly is: 'half-closed' }
  /** Sockets stay open, answer pings and carry nothing. */
  | { readonly is: 'silent'; readonly ms: number }
  /** Questions are answered with this. */
  | { readonly is: 'answer'; readonly ms: number; readonly answer: Answer; readonly path?: string }
  /** Answers, or messages on sockets, are changed as text. */
  | { readonly is: 'spoil'; readonly ms: number; readonly change: (text: string) => string; readonly path?: string }
  | { readonly is: 'spoil messages'; readonly ms: number; readonly change: (text: string) => string }

/** The faults that are on a venue now. They end by the machine's clock. */
export class Faults {
  #faults: { readonly fault: Fault; readonly until: number }[] = []

  put(fault: Fault): void {
    if ('ms' in fault) this.#faults.push({ fault, until: performance.now() + fault.ms })
  }

  has(is: Fault['is']): boolean {
    return this.#now().some((fault) => fault.is === is)
  }

  /** The answer to give instead of the venue's. */
  answer(ask: Ask): Answer | undefined {
    const found = this.#now().find((fault) => fault.is === 'answer' && concerns(fault, ask))
    return found?.is === 'answer' ? found.answer : undefined
  }

  spoil(ask: Ask, text: string): string {
    return this.#now().reduce(
      (changed, fault) => (fault.is === 'spoil' && concerns(fault, ask) ? fault.change(changed) : changed),
      text,
    )
  }

  message(text: string): string {
    return this.#now().reduce(
      (changed, fault) => (fault.is === 'spoil messages' ? fault.change(changed) : changed),
      text,
    )
  }

  #now(): readonly Fault[] {
    const now = performance.now()
    if (this.#faults.length > 0) this.#faults = this.#faults.filter(({ until }) => until > now)
    return this.#faults.map(({ fault }) => fault)
  }
}

const concerns = (fault: { readonly path?: string }, ask: Ask): boolean =>
  fault.path === undefined || ask.path.includes(fault.path)
