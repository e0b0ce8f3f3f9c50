import { instant } from '../core/instant.ts'
import type { Desk } from '../desk/desk.ts'
import { openDesk } from '../desk/openDesk.ts'
import type { Access } from '../desk/openPatiently.ts'

/** Opens the store at a path, does one job with it and closes it, whatever comes. Warnings go to stderr, so that output stays clean. */
export async function withDesk<T>(path: string, access: Access, job: (desk: Desk) => Promise<T>): Promise<T> {
  const log = (line: string): void => void process.stderr.write(`${line}\n`)
  const { desk, close } = await openDesk({ path, now: instant(Date.now()), access, log })
  const result = await job(desk).catch(async (error: unknown) => {
    // What went wrong first is the answer; what went wrong after it is a line beside it.
    await close().catch((late: unknown) => log(`the store did not close: ${String(late)}`))
    throw error
  })
  await close()
  return result
}
