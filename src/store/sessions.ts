import type { Session } from 'chdb'

/** A few engine sessions on one path. Each runs one query at a time, since a second one would wait inside the engine. */
export class Sessions {
  readonly #open: () => Session
  readonly #opened: Session[]
  readonly #idle: Session[]
  readonly #waiting: ((session: Session) => void)[] = []
  #unopened: number
  readonly #whenDrained: (() => void)[] = []

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
    try {
      return await job(session)
    } finally {
      this.#give(session)
    }
  }

  /** Resolves when no job is running or waiting. */
  drained(): Promise<void> {
    if (this.#idle.length === this.#opened.length) return Promise.resolve()
    return new Promise((resolve) => this.#whenDrained.push(resolve))
  }

  /** Closes every session; only when drained. */
  close(): void {
    for (const session of this.#opened) session.close()
  }

  #take(): Promise<Session> | Session {
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#unopened === 0) return new Promise((resolve) => this.#waiting.push(resolve))
    const session = this.#open()
    this.#unopened--
    this.#opened.push(session)
    return session
  }

  #give(session: Session): void {
    const next = this.#waiting.shift()
    if (next !== undefined) return next(session)
    this.#idle.push(session)
    if (this.#idle.length === this.#opened.length) for (const resolve of this.#whenDrained.splice(0)) resolve()
  }
}
