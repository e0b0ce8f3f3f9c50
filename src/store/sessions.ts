import type { Session } from 'chdb'

/** A few engine sessions on one path. Each runs one query at a time, since a second one would wait inside the engine. */
export class Sessions {
  readonly #open: () => Session
  readonly #opened: Session[]
  readonly #idle: Session[]
  readonly #waiting: ((session: Session) => void)[] = []
  readonly #running = new Set<Promise<unknown>>()
  #unopened: number

  /** At most `size` sessions, opened as they are needed; `opened` are there from the start. */
  constructor(size: number, open: () => Session, opened: readonly Session[] = []) {
    this.#unopened = size - opened.length
    this.#open = open
    this.#opened = [...opened]
    this.#idle = [...opened]
  }

  /** Runs a job on the next free session, in order of asking. */
  async use<T>(job: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#take()
    const running = job(session)
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
      this.#give(session)
    }
  }

  /** Resolves when no job is running or waiting. */
  async drained(): Promise<void> {
    while (this.#running.size > 0 || this.#waiting.length > 0) await Promise.allSettled(this.#running)
  }

  /** Closes every session; only when drained. */
  close(): void {
    for (const session of this.#opened) session.close()
  }

  #take(): Promise<Session> | Session {
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#unopened === 0) return new Promise((resolve) => this.#waiting.push(resolve))
    this.#unopened--
    const session = this.#open()
    this.#opened.push(session)
    return session
  }

  #give(session: Session): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#idle.push(session)
    else next(session)
  }
}
