import { MINUTE_MS } from '../../../core/instant.ts'
import { pause } from '../../../net/pause.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { WireFault } from '../../../sources/wire/wireFault.ts'
import type { Relisted } from './venueInstruments.ts'
import type { VenueTools } from './venueTools.ts'

export interface RelistingOptions extends Pick<VenueTools, 'link' | 'instruments' | 'report'> {
  readonly onFault: (fault: WireFault) => void
  readonly putInstruments: (instruments: readonly Instrument[]) => Promise<void>
}

const RELIST_MS = 10 * MINUTE_MS

/** Reads the listing and stores what is collected; what is gone is stored with its end. */
export async function relist({ link, instruments, onFault, putInstruments }: RelistingOptions): Promise<Relisted> {
  const relisted = await instruments.relist()
  for (const fault of relisted.faults) onFault(fault)
  const gone = relisted.vanished.map((each) => ({ ...each, endedAt: link.now() }))
  await putInstruments([...instruments.chosen, ...gone])
  return relisted
}

/** Reads the listing now and then until the link's signal. */
export async function runRelisting(options: RelistingOptions): Promise<void> {
  const { link, report } = options
  while (!link.signal.aborted) {
    await pause(RELIST_MS, link.signal).catch(() => undefined)
    if (link.signal.aborted) return
    try {
      await link.setClock()
      const { appeared, vanished } = await relist(options)
      for (const { market, instrument } of vanished) report('listing', `${market} ${instrument} is listed no more`)
      for (const { market, instrument } of appeared) report('listing', `${market} ${instrument} is listed now`)
    } catch (error) {
      report('listing', error)
    }
  }
}
