import { setTimeout as pause } from 'node:timers/promises'
import type { InstantMs } from '../core/instant.ts'
import type { Desk } from '../desk/desk.ts'
import { publishNotes, type Publication } from '../desk/publishNotes.ts'
import { servePages, type Page, type PageServer } from '../server/servePages.ts'
import { version } from './version.ts'

/** Notes are written again after this. */
const AGAIN_MS = 60_000
/** The same while there are none. */
const SOON_MS = 5_000

export interface KeepWriting {
  /** The moment that notes are written as of. */
  readonly now: () => InstantMs
  readonly signal: AbortSignal
  /** Told of the first note of an asset, and of what keeps it from having one. */
  readonly tell: (line: string) => void
}

/** Notes of some assets on a local page, written anew while the store grows. */
export class LiveNotes {
  readonly #desk: Desk
  readonly #assets: readonly string[]
  readonly #pages = new Map<string, Page>()
  /** Why an asset has no note, or no newer one. */
  readonly #missing = new Map<string, string>()

  constructor(desk: Desk, assets: readonly string[]) {
    this.#desk = desk
    this.#assets = assets
  }

  /** Writes the notes as of T; an asset that has no note keeps the one it had. */
  async write(asOf: InstantMs): Promise<readonly Publication[]> {
    const published = await publishNotes(this.#desk, { assets: this.#assets, asOf, version })
    for (const each of published) {
      if (!('note' in each)) continue
      const path = pathOf(each.asset)
      this.#pages.set(path, { type: 'text/html', body: each.note.html })
      this.#pages.set(`${path}.json`, { type: 'application/json', body: each.note.json })
    }
    return published
  }

  /** Writes them again and again until the signal: every minute, and sooner while there are none. */
  async keepWriting({ now, signal, tell }: KeepWriting): Promise<void> {
    for (let times = 0; !signal.aborted; times++) {
      const waitMs = this.#pages.size > 0 ? AGAIN_MS : times === 0 ? 0 : SOON_MS
      await pause(waitMs, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      try {
        this.#tell(await this.write(now()), tell)
      } catch (error) {
        // Notes are written of what is collected; that they fail must not end the collecting.
        tell(`notes: ${String(error)}`)
      }
    }
  }

  /** Serves them on this machine; says what is missing while there are none. */
  serve(port: number): Promise<PageServer> {
    return servePages({ ready: () => this.#pages, waiting: () => this.#sayMissing() }, port)
  }

  #tell(published: readonly Publication[], tell: (line: string) => void): void {
    for (const each of published) {
      const before = this.#missing.get(each.asset)
      if ('note' in each) {
        if (before !== undefined) tell(`note of ${each.asset}: ${each.note.headline}`)
        this.#missing.delete(each.asset)
      } else {
        if (before === undefined)
          tell(`no note of ${each.asset} yet, it is written once enough has come: ${each.lacks}`)
        this.#missing.set(each.asset, each.lacks)
      }
    }
  }

  #sayMissing(): string {
    const lines = [...this.#missing].map(([asset, why]) => `${asset}: ${why}\n`)
    return `no note yet; it is tried again every ${SOON_MS / 1000} s\n${lines.join('')}`
  }
}

const pathOf = (asset: string): string => `/${asset.toLowerCase()}`
