import { instant, type InstantMs } from '../../core/instant.ts'
import type { Desk } from '../../desk/desk.ts'
import { simulatedNow } from '../../desk/jobs/collect/addressBook.ts'
import type { CollectRequest } from '../../desk/jobs/collect/collect.ts'
import { storePath } from '../../desk/storePath.ts'
import { collectRequest, type CollectOptions } from '../collectOptions.ts'
import { collectWithNotes } from '../collectWithNotes.ts'
import { LiveNotes } from '../liveNotes.ts'
import { EXIT } from '../onError.ts'
import { parsePort } from '../options.ts'
import { statusScreen, type StatusScreen } from '../print/collectStatus.ts'
import { stopSignal } from '../stopSignal.ts'
import { withDesk } from '../withDesk.ts'

interface Options extends CollectOptions {
  readonly port?: string
}

/** `assayer start [ASSET…]`: the collector, and the notes of what it collects on a local page. */
export async function command(options: Options): Promise<number> {
  const port = parsePort(options.port)
  const { signal, release } = stopSignal()
  const screen = statusScreen(options.json === true ? 'json' : 'text')
  try {
    const request = await collectRequest(options, { signal, screen })
    await withDesk(storePath(options.store), 'hold', (desk) => collectAndServe(desk, request, { port, screen }))
    return EXIT.done
  } finally {
    release()
  }
}

async function collectAndServe(
  desk: Desk,
  request: CollectRequest,
  { port, screen }: { readonly port: number; readonly screen: StatusScreen },
): Promise<void> {
  const { assets, book } = request
  const notes = new LiveNotes(desk, assets)
  const server = await notes.serve(port)
  const now = (): InstantMs => (book === undefined ? instant(Date.now()) : simulatedNow(book.clock, Date.now()))
  try {
    const marked = book === undefined ? '' : 'SIMULATED '
    screen.event(`${marked}notes, written every minute: ${server.address} (${assets.join(', ')})`)
    await collectWithNotes(desk, request, { notes, now, screen })
  } finally {
    await server.close()
  }
}
