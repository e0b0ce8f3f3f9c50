import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import { pause } from '../../../net/pause.ts'
import { backOff } from '../../../net/retry.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { VenueSource } from '../../../sources/source.ts'
import type { WireFault } from '../../../sources/wire/wireFault.ts'
import { runAccountRounds } from './accountRounds.ts'
import { Accounts } from './accounts.ts'
import type { CoverageBook } from './coverageBook.ts'
import { HistorySweep } from './historySweep.ts'
import { Intake } from './intake.ts'
import type { FeedState } from './liveFeed.ts'
import { LiveLanes } from './liveLanes.ts'
import type { Depths } from './missing.ts'
import { relist, runRelisting } from './relisting.ts'
import type { RowWriter } from './rowWriter.ts'
import { TradeChain } from './tradeChain.ts'
import { VenueCoverage } from './venueCoverage.ts'
import { VenueFeeds } from './venueFeeds.ts'
import { VenueInstruments } from './venueInstruments.ts'
import type { VenueLink } from './venueLink.ts'
import { runPolls } from './venuePolls.ts'
import type { VenueTools } from './venueTools.ts'

export interface CollectVenueOptions {
  readonly source: VenueSource
  readonly link: VenueLink
  readonly assets: readonly string[]
  readonly simulated: Instrument['simulated']
  readonly depths: Depths
  readonly book: CoverageBook
  readonly writer: RowWriter
  readonly onRows: (rows: number) => void
  readonly onFault: (fault: WireFault) => void
  readonly onEvent: (line: string) => void
  readonly putInstruments: (instruments: readonly Instrument[]) => Promise<void>
  /** The last trade ids held, by `market/instrument`. */
  readonly readLastIds: () => Promise<ReadonlyMap<string, number>>
  /** How busy other venues are now against their usual. */
  readonly others: () => number
}

/** What a venue's collector tells of itself. */
export interface VenueState {
  /** `running`, or why not. */
  readonly state: string
  readonly instruments: number
  readonly feeds: readonly FeedState[]
  /** Stretches still to be fetched. */
  readonly open: number
}

export const DEFAULT_DEPTHS: Depths = { hours: 400 * DAY_MS, minutes: 48 * HOUR_MS }

/** Collects one venue until its link's signal; whatever the venue does, it goes on. */
export class VenueCollector {
  readonly #options: CollectVenueOptions
  readonly #tools: VenueTools
  readonly #chain: TradeChain
  readonly #feeds: VenueFeeds
  readonly #sweep: HistorySweep
  readonly #accounts = new Accounts()
  #state = 'starting'

  constructor(options: CollectVenueOptions) {
    const { source, link, others } = options
    this.#options = options
    const instruments = new VenueInstruments(source, link, options)
    const lanes = new LiveLanes()
    const coverage = new VenueCoverage(options.book)
    const find: VenueInstruments['find'] = (market, name) => instruments.find(market, name)
    this.#chain = new TradeChain({ ...options, find, lanes, coverage })
    const intake = new Intake({ ...options, chain: this.#chain })
    this.#tools = { source, link, instruments, intake, lanes, coverage, report: this.#report }
    this.#sweep = new HistorySweep(this.#tools, options.depths)
    this.#feeds = new VenueFeeds({
      ...this.#tools,
      others,
      onTraders: (traders) => {
        for (const trader of traders) this.#accounts.see(trader)
      },
      onUp: () => this.#sweep.soon(),
    })
  }

  state(): VenueState {
    const { instruments } = this.#tools
    return {
      state: this.#state,
      instruments: instruments.chosen.length,
      feeds: this.#feeds.states(),
      open: this.#sweep.open,
    }
  }

  /** The pace of each feed against its usual, for other venues to compare with. */
  busyness(): readonly number[] {
    return this.#feeds.busyness()
  }

  /** What is covered by the rows handed over so far, and was not told yet. */
  covered(): readonly Coverage[] {
    const { coverage } = this.#tools
    coverage.put(...this.#feeds.covered())
    return coverage.take()
  }

  /** Runs until the signal; what fails is tried again. */
  async run(): Promise<void> {
    await this.#start()
    if (this.#options.link.signal.aborted) return
    await Promise.all([
      this.#feeds.run(),
      runPolls(this.#tools),
      this.#sweep.run(),
      runAccountRounds(this.#accounts, this.#tools),
      runRelisting(this.#relisting),
    ])
  }

  /** Fetches everything that the venue serves and that is not held, then ends. */
  async catchUp(): Promise<void> {
    await this.#start()
    await this.#sweep.toTheEnd()
  }

  get #relisting() {
    const { onFault, putInstruments } = this.#options
    return { ...this.#tools, onFault, putInstruments }
  }

  async #start(): Promise<void> {
    const { link, readLastIds } = this.#options
    for (let failures = 1; !link.signal.aborted; failures++) {
      try {
        await link.setClock()
        await relist(this.#relisting)
        this.#chain.begin(await readLastIds())
        this.#feeds.make()
        this.#state = 'running'
        return
      } catch (error) {
        if (link.signal.aborted) return
        this.#state = sayError(error)
        this.#report('start', error)
        const waitMs = Math.max(backOff(failures, { firstMs: 500 }), retryAfterOf(error))
        await pause(waitMs, link.signal).catch(() => undefined)
      }
    }
  }

  readonly #report = (of: string, error: unknown): void => {
    const { source, link, onEvent } = this.#options
    if (!link.signal.aborted) onEvent(`${source.venue} ${of}: ${sayError(error)}`)
  }
}

const sayError = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const retryAfterOf = (error: unknown): number =>
  error instanceof Error && 'retryAfterMs' in error ? Number(error.retryAfterMs ?? 0) : 0
