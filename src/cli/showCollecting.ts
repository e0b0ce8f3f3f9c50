import type { Collecting } from '../desk/jobs/collect/collect.ts'
import type { StatusScreen } from './print/collectStatus.ts'

/** Shows every second how collectors stand, until they have ended. @throws what storing failed with */
export async function showCollecting(collecting: Collecting, screen: StatusScreen): Promise<void> {
  const timer = setInterval(() => screen.show(collecting), 1_000)
  await collecting.ended.finally(() => clearInterval(timer))
  screen.end(collecting)
}
