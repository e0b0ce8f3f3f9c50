import { MINUTE_MS } from '../../../core/instant.ts'
import { pause } from '../../../net/pause.ts'
import type { Accounts } from './accounts.ts'
import type { VenueTools } from './venueTools.ts'

/**
 * Where positions are published account by account: one question after another, the largest accounts the most often, until the
 * link's signal.
 */
export async function runAccountRounds(accounts: Accounts, tools: VenueTools): Promise<void> {
  const { source, link, instruments, intake, report } = tools
  const door = source.accounts
  if (door === undefined) return
  while (!link.signal.aborted) {
    const account = accounts.next(link.now())
    if (account !== undefined) {
      try {
        const mapped = await door.fetch(link, instruments.context(), account)
        const find = (name: string) => instruments.find(door.market, name)
        accounts.asked(account.address, mapped.rows, { now: link.now(), find })
        await intake.asked(mapped)
      } catch (error) {
        report('positions', error)
      }
    }
    await pause(MINUTE_MS / door.perMinute, link.signal).catch(() => undefined)
  }
}
