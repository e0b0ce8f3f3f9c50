import { catchUp, collect } from '../../desk/jobs/collect/collect.ts'
import { storePath } from '../../desk/storePath.ts'
import { collectRequest, type CollectOptions } from '../collectOptions.ts'
import { EXIT } from '../onError.ts'
import { statusScreen } from '../print/collectStatus.ts'
import { showCollecting } from '../showCollecting.ts'
import { stopSignal } from '../stopSignal.ts'
import { withDesk } from '../withDesk.ts'

interface Options extends CollectOptions {
  readonly once?: boolean
}

/** `assayer collect [ASSET…]` */
export async function command(options: Options): Promise<number> {
  const { signal, release } = stopSignal()
  const screen = statusScreen(options.json === true ? 'json' : 'text')
  try {
    const request = await collectRequest(options, { signal, screen })
    return await withDesk(storePath(options.store), 'hold', async (desk) => {
      const job = options.once === true ? catchUp : collect
      const collecting = await job(desk, request)
      await showCollecting(collecting, screen)
      return collecting.unfinished().length === 0 ? EXIT.done : EXIT.partly
    })
  } finally {
    release()
  }
}
