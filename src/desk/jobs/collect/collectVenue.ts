import { MissingConventionError } from '../../../conventions/convention.ts'
import { DAY_MS, HOUR_MS } from '../../../core/instant.ts'
import { DeskError, reasonOf } from '../../../core/errors.ts'
import { pause } from '../../../net/pause.ts'
import { backOff } from '../../../net/retry.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Feed, VenueSource } from '../../../sources/source.ts'
import { NotAsDocumentedError } from '../../../sources/wire/readWire.ts'
import { noConvention, type WireFault } from '../../../sources/wire/wireFault.ts'
import { runAccountRounds } from './accountRounds.ts'
import { Accounts } from './accounts.ts'
import type { CoverageBook } from './coverageBook.ts'
import { HistorySweep, type Unfinished } from './historySweep.ts'
import type { Numbered } from './idChain.ts'
import { Intake } from './intake.ts'
import type { FeedState } from './liveFeed.ts'
import { LiveLanes } from './liveLanes.ts'
import type { Depths } from './missing.ts'
import type { Pace } from './pace.ts'
import { Relisting } from './relisting.ts'
import type { RowWriter } from './rowWriter.ts'
import type { ShutDoor } from './shutDoors.ts'
import { TradeChain } from './tradeChain.ts'
import { VenueCoverage } from './venueCoverage.ts'
import { VenueFeeds } from './venueFeeds.ts'
import { VenueInstruments } from './venueInstruments.ts'
import type { VenueLink } from './venueLink.ts'
import { runPolls } from './venuePolls.ts'
import type { VenueTools } from './venueTools.ts'

/** What happened, for a reader: `NO_ANSWER` of the poll `open interest`. */
export interface Told {
  readonly name: string
  readonly of: string
  readonly text: string
}

export interface CollectVenueOptions {
  readonly source: VenueSource
  readonly link: VenueLink
  readonly assets: readonly string[]
  readonly simulated: Instrument['simulated']
  readonly depths: Depths
  readonly pace: Pace
  readonly book: CoverageBook
  readonly writer: RowWriter
  readonly onRows: (rows: number) => void
  readonly onFault: (fault: WireFault) => void
  /** Told what went wrong and may go on going wrong. */
  readonly onTrouble: (told: Told) => void
  /** Told what happens but rarely, and is told every time. */
  readonly onNews: (told: Told) => void
  /** Told that rows cannot be stored any more. */
  readonly onStoreFailed: (error: unknown) => void
  readonly putInstruments: (instruments: readonly Instrument[]) => Promise<void>
  /** Instruments of the venue that have no end in the store. */
  readonly heldInstruments: readonly Instrument[]
  /** The last trades held, by `market/instrument`. */
  readonly lastTrades: ReadonlyMap<string, Numbered>
  /** How busy other venues are now against their usual. */
  readonly others: () => number
}

/** What a venue's collector tells of itself. */
export interface VenueState {
  /** `running`, or why not: `denied: …`. */
  readonly state: string
  readonly instruments: number
  readonly feeds: readonly FeedState[]
  /** How old trades are when they are received, ms, lately; NaN where none came. */
  readonly lagMs: number
  /** Stretches still to be fetched. */
  readonly open: number
  /** What is not asked now, and why. */
  readonly shut: readonly ShutDoor[]
}

export const DEFAULT_DEPTHS: Depths = { hours: 400 * DAY_MS, minutes: 48 * HOUR_MS }

/** What is told once is listened to first: what the other feeds begin with keeps this process busy for a while. */
const bringsToldOnce = ({ toldOnce }: Feed): boolean => toldOnce.length > 0
const HEAD_START_MS = 1_000

/** A job that is to end by itself tries so often to begin. */
const STARTS = 3

/** Collects one venue until its link's signal; whatever the venue does, it goes on. */
export class VenueCollector {
  readonly #options: CollectVenueOptions
  readonly #tools: VenueTools
  readonly #feeds: VenueFeeds
  readonly #sweep: HistorySweep
  readonly #relisting: Relisting
  readonly #accounts = new Accounts()
  #state = 'starting'

  constructor(options: CollectVenueOptions) {
    const { source, link, pace } = options
    this.#options = options
    const instruments = new VenueInstruments(source, link, options)
    const lanes = new LiveLanes(pace.withoutFeedMs)
    const coverage = new VenueCoverage(options.book)
    const find: VenueInstruments['find'] = (market, name) => instruments.find(market, name)
    const chain = new TradeChain({ find, lanes, coverage, onMissed: () => this.#sweep.soon() })
    const intake = new Intake({ ...options, chain, onFault: this.#onFault })
    this.#tools = { source, link, instruments, intake, lanes, coverage, chain, report: this.#report }
    this.#sweep = new HistorySweep(this.#tools, options)
    this.#feeds = this.#makeFeeds()
    this.#relisting = this.#makeRelisting()
  }

  state(): VenueState {
    const { instruments, link } = this.#tools
    return {
      state: this.#state,
      instruments: instruments.chosen.length,
      feeds: this.#feeds.states(),
      lagMs: this.#feeds.lagMs(),
      open: this.#sweep.open,
      shut: link.shut(),
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
    await this.#start(Infinity)
    if (this.#options.link.signal.aborted) return
    this.#feeds.follow(bringsToldOnce)
    await this.#feeds.settle(HEAD_START_MS)
    this.#feeds.follow()
    await Promise.all([
      this.#feeds.run(),
      runPolls({
        ...this.#tools,
        pace: this.#options.pace,
        onAnswer: (rows, askedAt) => this.#feeds.shown(rows, askedAt),
      }),
      this.#sweep.run(),
      runAccountRounds(this.#accounts, this.#tools),
      this.#relisting.run(),
    ])
  }

  /**
   * Fetches everything that the venue serves and that is not held, then ends. A venue that is away is not waited for.
   * @returns what could not be had though the venue may serve it
   */
  async catchUp(): Promise<readonly Unfinished[]> {
    if (!(await this.#start(STARTS))) return [{ lane: 'everything', why: this.#state }]
    return await this.#sweep.toTheEnd()
  }

  #makeFeeds(): VenueFeeds {
    return new VenueFeeds({
      ...this.#tools,
      pace: this.#options.pace,
      others: this.#options.others,
      onTraders: (traders) => {
        for (const trader of traders) this.#accounts.see(trader)
      },
      onUp: () => this.#sweep.soon(),
      onRefused: (what) => this.#relisting.hint(`refused ${what}`),
    })
  }

  #makeRelisting(): Relisting {
    const { pace, putInstruments, heldInstruments, onNews } = this.#options
    return new Relisting({
      ...this.#tools,
      pace,
      putInstruments,
      heldInstruments,
      onFault: this.#onFault,
      tell: (name, of, text) => onNews({ name, of, text }),
      onChange: () => {
        this.#feeds.follow()
        this.#sweep.soon()
      },
    })
  }

  /** @returns whether it has begun */
  async #start(tries: number): Promise<boolean> {
    const { link, pace, lastTrades } = this.#options
    for (let failures = 1; !link.signal.aborted; failures++) {
      try {
        await link.setClock()
        await this.#relisting.begin()
        this.#tools.chain.begin(lastTrades)
        this.#state = 'running'
        return true
      } catch (error) {
        if (link.signal.aborted) return false
        this.#state = this.#sayWhyNot(error)
        this.#report('start', error)
        if (failures >= tries) return false
        const waits = link.shut().map(({ forMs }) => forMs)
        const waitMs = Math.max(backOff(failures, { firstMs: pace.retryMs }), ...waits)
        if (tries < Infinity && waitMs > pace.patienceMs) return false
        await pause(waitMs, link.signal).catch(() => undefined)
      }
    }
    return false
  }

  /** As a state: `denied: …` where the venue denies access, `away: …` where it does not answer. */
  #sayWhyNot(error: unknown): string {
    const [shut] = this.#options.link.shut()
    return shut === undefined ? `failing: ${reasonOf(error)}` : `${shut.name}: ${shut.why}`
  }

  readonly #onFault = (fault: WireFault): void => {
    this.#options.onFault(fault)
    if (fault.what === 'unknown instrument') this.#relisting.hint(fault.why)
  }

  readonly #report = (of: string, error: unknown): void => {
    const { link, onTrouble } = this.#options
    if (link.signal.aborted) return
    if (error instanceof NotAsDocumentedError) for (const fault of error.faults) this.#onFault(fault)
    else if (error instanceof MissingConventionError) {
      this.#onFault(noConvention(error, { channel: of, path: '', raw: '' }))
    } else if (!(error instanceof DeskError)) onTrouble({ name: 'UNEXPECTED', of, text: reasonOf(error) })
    // What is left alone was told when it failed.
    else if (error.code !== 'SHUT') {
      onTrouble({ name: error.code, of, text: error.message })
      // A venue refuses for ever what it does not list any more.
      if (error.retry === 'never') this.#relisting.hint(`${of} ${error.code}`)
    }
  }
}
