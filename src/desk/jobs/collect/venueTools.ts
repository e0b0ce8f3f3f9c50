import type { VenueSource } from '../../../sources/source.ts'
import type { Intake } from './intake.ts'
import type { LiveLanes } from './liveLanes.ts'
import type { TradeChain } from './tradeChain.ts'
import type { VenueCoverage } from './venueCoverage.ts'
import type { VenueInstruments } from './venueInstruments.ts'
import type { VenueLink } from './venueLink.ts'

/** What all jobs of one venue share. */
export interface VenueTools {
  readonly source: VenueSource
  readonly link: VenueLink
  readonly instruments: VenueInstruments
  readonly intake: Intake
  readonly lanes: LiveLanes
  readonly coverage: VenueCoverage
  readonly chain: TradeChain
  /** Tells that something went wrong, and with what; the job goes on. */
  readonly report: (of: string, error: unknown) => void
}
