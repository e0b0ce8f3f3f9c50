import { pause } from '../../../net/pause.ts'
import type { Instrument } from '../../../records/instrument.ts'
import { costsRecord, type WireFault } from '../../../sources/wire/wireFault.ts'
import type { Pace } from './pace.ts'
import type { Relisted } from './venueInstruments.ts'
import type { VenueTools } from './venueTools.ts'

export interface RelistingOptions extends Pick<VenueTools, 'link' | 'instruments' | 'report'> {
  readonly pace: Pick<Pace, 'relistMs' | 'relistSoonMs'>
  readonly onFault: (fault: WireFault) => void
  /** Told what has changed of what is collected. */
  readonly onChange: () => void
  /** Tells a reader: `LISTED`, `UNLISTED`, `RENAMED`, of which instrument. */
  readonly tell: (name: string, of: string, text: string) => void
  readonly putInstruments: (instruments: readonly Instrument[]) => Promise<void>
  /** Instruments of the venue that were collected before and have no end in the store. */
  readonly heldInstruments: readonly Instrument[]
}

/** Follows the listing of a venue. */
export class Relisting {
  readonly #options: RelistingOptions
  /** What was a reason to read it at once; each is one only the first time. */
  readonly #hints = new Set<string>()
  #isHinted = false
  #wake: () => void = () => undefined

  constructor(options: RelistingOptions) {
    this.#options = options
  }

  /** Something that a listing may explain: an instrument that was not known, or is not known any more. */
  hint(why: string): void {
    if (this.#hints.has(why) || this.#hints.size >= HINTS) return
    this.#hints.add(why)
    this.#isHinted = true
    this.#wake()
  }

  /** Reads the listing for the first time; what vanished while nobody looked is stored with its end. */
  async begin(): Promise<void> {
    const { instruments, heldInstruments } = this.#options
    const { faults, appeared } = await this.#read()
    const isWhole = !faults.some(costsRecord)
    const gone = isWhole ? heldInstruments.filter((each) => !instruments.lists(each)) : []
    await this.#store({ appeared, vanished: gone, renamed: [], faults })
    this.#tellGone(gone)
  }

  /** Reads the listing now and then until the link's signal. */
  async run(): Promise<void> {
    const { link, report } = this.#options
    for (let soon = false; !link.signal.aborted;) {
      await this.#wait(soon)
      if (link.signal.aborted) return
      // A clock that cannot be read is no reason not to read the listing.
      await link.setClock().catch((error: unknown) => report('clock', error))
      try {
        const relisted = await this.#read()
        await this.#store(relisted)
        this.#tell(relisted)
        if (relisted.appeared.length + relisted.vanished.length > 0) this.#options.onChange()
        soon = relisted.faults.some(costsRecord)
      } catch (error) {
        report('listing', error)
        soon = true
      }
    }
  }

  /** Waits the usual time, or a short one where there is a reason. */
  async #wait(soon: boolean): Promise<void> {
    const { link, pace } = this.#options
    await pause(pace.relistSoonMs, link.signal).catch(() => undefined)
    if (soon || this.#isHinted || link.signal.aborted) return
    const woken = new AbortController()
    this.#wake = () => woken.abort()
    link.signal.addEventListener('abort', this.#wake)
    await pause(Math.max(0, pace.relistMs - pace.relistSoonMs), woken.signal).catch(() => undefined)
    link.signal.removeEventListener('abort', this.#wake)
  }

  async #read(): Promise<Relisted> {
    this.#isHinted = false
    const relisted = await this.#options.instruments.relist()
    for (const fault of relisted.faults) this.#options.onFault(fault)
    return relisted
  }

  async #store({ vanished }: Relisted): Promise<void> {
    const { instruments, link, putInstruments } = this.#options
    const gone = vanished.map((each) => ({ ...each, endedAt: link.now() }))
    await putInstruments([...instruments.chosen, ...gone])
  }

  #tell({ appeared, vanished, renamed }: Relisted): void {
    const { tell } = this.#options
    for (const { from, to } of renamed) {
      const text = `"${from.instrument}" is "${to.instrument}" now, both are ${to.asset}`
      tell('RENAMED', nameOf(from), text)
    }
    const [olds, news] = [renamed.map(({ from }) => from), renamed.map(({ to }) => to)]
    this.#tellGone(vanished.filter((each) => !olds.includes(each)))
    for (const each of appeared.filter((one) => !news.includes(one))) {
      tell('LISTED', nameOf(each), `"${each.instrument}" is listed now and is collected`)
    }
  }

  #tellGone(gone: readonly Instrument[]): void {
    for (const each of gone) {
      this.#options.tell('UNLISTED', nameOf(each), `"${each.instrument}" is listed no more; its lanes end`)
    }
  }
}

/** Reasons remembered at most. */
const HINTS = 10_000

const nameOf = ({ market, instrument }: Instrument): string => `${market} ${instrument}`
