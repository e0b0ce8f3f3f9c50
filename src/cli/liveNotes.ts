import { setTimeout as pause } from 'node:timers/promises'
import type { InstantMs } from '../core/instant.ts'
import type { Desk } from '../desk/desk.ts'
import { publishNotes, type Publication } from '../desk/publishNotes.ts'
import { servePages, type Page, type PageServer } from '../server/servePages.ts'
import { version } from './version.ts'

/** Notes are written again after this. */
const AGAIN_MS = 60_000

/** Notes of some assets on a local page, written anew while the store grows. */
export class LiveNotes {
  readonly #desk: Desk
  readonly #assets: readonly string[]
  readonly #pages = new Map<string, Page>()

  constructor(desk: Desk, assets: readonly string[]) {
    this.#desk = desk
    this.#assets = assets
  }

  /** Writes the notes as of T; an asset that has no note keeps the one it had. */
  async write(asOf: InstantMs): Promise<readonly Publication[]> {
    const published = await publishNotes(this.#desk, { assets: this.#assets, asOf, version })
    for (const each of published) {
      if (!('note' in each)) continue
      const path = `/${each.asset.toLowerCase()}`
      this.#pages.set(path, { type: 'text/html', body: each.note.html })
      this.#pages.set(`${path}.json`, { type: 'application/json', body: each.note.json })
    }
    return published
  }

  /** Writes them again every minute until the signal. */
  async keepWriting(now: () => InstantMs, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted) await this.write(now())
    }
  }

  serve(port: number): Promise<PageServer> {
    return servePages(() => this.#pages, port)
  }
}
