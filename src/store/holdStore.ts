import { openEmbedded } from './embedded.ts'
import { openFront } from './front.ts'
import { offerFront } from './frontFile.ts'
import { openOver, type OpenOptions, type Store } from './open.ts'

/**
 * Opens the store at a path for long, as `openStore` does, and lets other commands read it meanwhile, through a front.
 * @throws what `openStore`, `openFront` and `offerFront` throw
 */
export async function holdStore(path: string, options: OpenOptions = {}): Promise<Store> {
  const engine = await openEmbedded(path, options)
  const store = await openOver(path, engine, options)
  try {
    const front = await openFront(engine)
    offerFront(store.path, front)
    // First the front: what guests ask must not keep the engine from closing.
    return { ...store, close: () => front.close().then(store.close) }
  } catch (error) {
    await store.close()
    throw error
  }
}
