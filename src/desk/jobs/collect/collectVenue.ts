import { DAY_MS, HOUR_MS, instant, MINUTE_MS } from '../../../core/instant.ts'
import { pause } from '../../../net/pause.ts'
import { backOff } from '../../../net/retry.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Feed, HistoryDoor, Mapped, MappedRow, Poll, VenueSource } from '../../../sources/source.ts'
import { excerptOf, type WireFault } from '../../../sources/wire/wireFault.ts'
import { convention } from '../../../conventions/ledger.ts'
import { Accounts } from './accounts.ts'
import type { CoverageBook } from './coverageBook.ts'
import { Gate } from './gate.ts'
import { IdChain } from './idChain.ts'
import { fetchStretch } from './historyJob.ts'
import { laneOfDoor } from './lanes.ts'
import { laneOfFeed, LiveFeed, type FeedState } from './liveFeed.ts'
import { byUrgency, missingStretches, type Depths, type HistoryTask, type LaneNow } from './missing.ts'
import { PollCoverage } from './pollCoverage.ts'
import type { RowWriter } from './rowWriter.ts'
import { shardsOf } from './shards.ts'
import type { Stretch } from './stretches.ts'
import { VenueInstruments, type Relisted } from './venueInstruments.ts'
import type { VenueLink } from './venueLink.ts'

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

/** Questions of history under way at once. */
const AT_ONCE = 4
/** How often lanes are looked through for what is missing. */
const SWEEP_MS = 15_000
/** What was traded just before a feed came up is served after this. */
const SERVED_MS = 3_000
const RELIST_MS = 10 * MINUTE_MS
/** Rows that wait before those who bring them must. */
const PRESSURE_ROWS = 100_000

/** Collects one venue until its link's signal; whatever the venue does, it goes on. */
export class VenueCollector {
  readonly #options: CollectVenueOptions
  readonly #instruments: VenueInstruments
  readonly #gate = new Gate()
  readonly #polled = new PollCoverage()
  /** Lanes of feeds: since when they are live, or `down`. */
  readonly #fed = new Map<string, number | 'down'>()
  readonly #watchedSince = new Map<string, number>()
  readonly #lost = new Map<string, Stretch[]>()
  #chain = new IdChain()
  /** Instruments whose first trade of a session is still to come. */
  readonly #fresh = new Set<string>()
  readonly #accounts = new Accounts()
  #feeds: readonly LiveFeed[] = []
  #changed: Coverage[] = []
  #state = 'starting'
  #open = 0
  #sweepSoon: () => void = () => undefined

  constructor(options: CollectVenueOptions) {
    this.#options = options
    this.#instruments = new VenueInstruments(options.source, options.link, options)
  }

  state(): VenueState {
    const feeds = this.#feeds.map((feed) => feed.state())
    return { state: this.#state, instruments: this.#instruments.chosen.length, feeds, open: this.#open }
  }

  /** The pace of each feed against its usual, for other venues to compare with. */
  busyness(): readonly number[] {
    return this.#feeds.map((feed) => feed.busyness()).filter((share) => !Number.isNaN(share))
  }

  /** What is covered by the rows handed over so far, and was not told yet. */
  covered(): readonly Coverage[] {
    const rows = [...this.#changed, ...this.#feeds.flatMap((feed) => feed.covered())]
    this.#changed = []
    for (const row of rows) this.#options.book.put(row)
    return rows
  }

  /** Runs until the signal; what fails is tried again. */
  async run(): Promise<void> {
    await this.#start()
    if (this.#signal.aborted) return
    const { polls } = this.#options.source
    await Promise.all([
      ...this.#feeds.map((feed) => feed.run()),
      ...polls.map((poll) => this.#poll(poll)),
      this.#sweep(),
      this.#askAccounts(),
      this.#relistNowAndThen(),
    ])
  }

  /** Fetches everything that the venue serves and that is not held, then ends. */
  async catchUp(): Promise<void> {
    await this.#start()
    // What was asked for may have taken so long that more has come since; twice is enough.
    for (let round = 0; round < 2 && !this.#signal.aborted; round++) await this.#fetchAll(this.#missing('to the end'))
  }

  get #signal(): AbortSignal {
    return this.#options.link.signal
  }

  async #start(): Promise<void> {
    for (let failures = 1; !this.#signal.aborted; failures++) {
      try {
        await this.#options.link.setClock()
        await this.#relist()
        this.#chain = new IdChain(await this.#options.readLastIds())
        this.#feeds = this.#makeFeeds()
        this.#state = 'running'
        return
      } catch (error) {
        if (this.#signal.aborted) return
        this.#state = sayError(error)
        this.#tell(this.#state)
        const waitMs = Math.max(backOff(failures, { firstMs: 500 }), retryAfterOf(error))
        await this.#pause(waitMs)
      }
    }
  }

  async #relist(): Promise<Relisted> {
    const { onFault, putInstruments, link } = this.#options
    const relisted = await this.#instruments.relist()
    for (const fault of relisted.faults) onFault(fault)
    const gone = relisted.vanished.map((each) => ({ ...each, endedAt: link.now() }))
    await putInstruments([...this.#instruments.chosen, ...gone])
    return relisted
  }

  async #relistNowAndThen(): Promise<void> {
    while (!this.#signal.aborted) {
      await this.#pause(RELIST_MS)
      if (this.#signal.aborted) return
      try {
        await this.#options.link.setClock()
        const { appeared, vanished } = await this.#relist()
        for (const { market, instrument } of vanished) this.#tell(`${market} ${instrument} is listed no more`)
        for (const { market, instrument } of appeared) this.#tell(`${market} ${instrument} is listed now`)
      } catch (error) {
        if (!this.#signal.aborted) this.#tell(sayError(error))
      }
    }
  }

  async #take(mapped: Mapped, isLive: boolean): Promise<void> {
    const { writer, onRows, onFault, link } = this.#options
    const { rows, faults } = this.#gate.pass(mapped, link.now())
    for (const row of rows) writer.put(row)
    for (const fault of faults) onFault(fault)
    if (isLive) {
      for (const fault of this.#gate.watch(rows)) onFault(fault)
      for (const row of rows) if (row.record.name === 'trade') this.#chainTrade(row)
    }
    onRows(rows.length)
    if (writer.waiting > PRESSURE_ROWS) await writer.room()
  }

  /**
   * Where a venue counts its trades, the first one after a break says whether any was missed: if not, nothing has to be asked for.
   * One that is missing in the middle of a session is asked for at once.
   */
  #chainTrade({ row }: MappedRow): void {
    const [market, instrument] = [String(row['market']), String(row['instrument'])]
    const name = keyOf(market, instrument)
    const link = this.#chain.see(name, String(row['tradeId']))
    const is = this.#instruments.find(market, instrument)
    if (is === undefined || !countsTrades(is, Number(row['at']))) return
    const isFresh = this.#fresh.delete(name)
    if (isFresh && (link === 'next' || link === 'old')) this.#coverBreak(is)
    else if (!isFresh && link === 'gap') {
      const why = `a number is missing before "${String(row['tradeId'])}"`
      const [path, raw] = ['tradeId', excerptOf(row)]
      this.#options.onFault({ channel: `${market} trade ${instrument}`, what: 'out of order', path, why, raw })
    }
  }

  /** Nothing was missed between the last that is covered and the session that has just begun. */
  #coverBreak(is: Instrument): void {
    const lane = { venue: is.venue, market: is.market, lane: 'trade', instrument: is.instrument }
    const fed = this.#fed.get(keyOf(is.market, 'trade', is.instrument))
    const held = this.#options.book.covered(lane).findLast(({ to }) => typeof fed === 'number' && to <= fed)
    if (held === undefined || typeof fed !== 'number') return
    const row = {
      ...lane,
      feed: is.instrument,
      way: 'history' as const,
      since: held.to,
      until: fed,
      members: is.instrument,
    }
    this.#changed.push({ ...row, ended: '' })
    this.#options.book.put({ ...row, ended: '' })
  }

  #makeFeeds(): readonly LiveFeed[] {
    const { source, link, others } = this.#options
    return source.feeds.flatMap((feed) => {
      const covered = this.#instruments.chosen.filter((each) => each.market === feed.market && feed.covers(each))
      return shardsOf(feed, covered).map((instruments, shard) => {
        this.#setFed(feed, instruments, 'down')
        return new LiveFeed({
          feed,
          shard,
          instruments,
          link,
          others,
          context: this.#instruments.context,
          take: (mapped) => this.#take(mapped, true),
          onTraders: (traders) => {
            for (const trader of traders) this.#accounts.see(trader)
          },
          onUp: (since) => {
            this.#setFed(feed, instruments, since)
            this.#sweepSoon()
          },
          onDown: (why) => {
            this.#setFed(feed, instruments, 'down')
            this.#tell(`${feed.id}: ${why}`)
          },
        })
      })
    })
  }

  #setFed(feed: Feed, instruments: readonly Instrument[], state: number | 'down'): void {
    for (const kind of feed.kinds) {
      for (const { instrument } of instruments) {
        const key = keyOf(feed.market, laneOfFeed(kind), instrument)
        this.#fed.set(key, state)
        if (state !== 'down' && !this.#watchedSince.has(key)) this.#watchedSince.set(key, state)
        if (kind === 'trade' && state !== 'down') this.#fresh.add(keyOf(feed.market, instrument))
      }
    }
  }

  async #poll(poll: Poll): Promise<void> {
    const { link, source } = this.#options
    while (!this.#signal.aborted) {
      const covered = this.#instruments.chosen.filter((each) => each.market === poll.market && poll.covers(each))
      const began = link.now()
      try {
        if (covered.length > 0) {
          for await (const mapped of poll.fetch(link, this.#instruments.context(), covered))
            await this.#take(mapped, false)
          this.#changed.push(...this.#polled.answered(poll, source.venue, covered, began))
        }
      } catch (error) {
        if (this.#signal.aborted) return
        this.#tell(`${poll.id}: ${sayError(error)}`)
      }
      await this.#pause(Math.max(50, poll.everyMs - (link.now() - began)))
    }
  }

  /** Where positions are published account by account: one question after another, the largest accounts the most often. */
  async #askAccounts(): Promise<void> {
    const { source, link } = this.#options
    const door = source.accounts
    if (door === undefined) return
    while (!this.#signal.aborted) {
      const account = this.#accounts.next(link.now())
      if (account !== undefined) {
        try {
          const mapped = await door.fetch(link, this.#instruments.context(), account)
          const find = (name: string): Instrument | undefined => this.#instruments.find(door.market, name)
          this.#accounts.asked(account.address, mapped.rows, { now: link.now(), find })
          await this.#take(mapped, false)
        } catch (error) {
          if (!this.#signal.aborted) this.#tell(`positions of ${account.address}: ${sayError(error)}`)
        }
      }
      await this.#pause(MINUTE_MS / door.perMinute)
    }
  }

  async #sweep(): Promise<void> {
    while (!this.#signal.aborted) {
      const soon = new AbortController()
      this.#sweepSoon = () => soon.abort()
      await this.#fetchAll(this.#missing('while live'))
      await pause(SWEEP_MS, AbortSignal.any([this.#signal, soon.signal])).catch(() => undefined)
      if (soon.signal.aborted) await this.#pause(SERVED_MS)
    }
  }

  #missing(how: 'while live' | 'to the end'): readonly HistoryTask[] {
    const { source, link, book, depths } = this.#options
    const now = link.now()
    const toTheEnd = how === 'to the end'
    const tasks = source.history.flatMap((door) =>
      this.#instruments.chosen
        .filter((each) => each.market === door.market && door.covers(each))
        .flatMap((instrument) =>
          missingStretches({ door, instrument, book, depths, now, toTheEnd, lane: this.#laneNow(door, instrument) }),
        ),
    )
    return tasks.toSorted(byUrgency)
  }

  #laneNow(door: HistoryDoor, { instrument }: Instrument): LaneNow {
    const key = keyOf(door.market, laneOfDoor(door), instrument)
    const fed = this.#fed.get(key)
    return {
      feed: fed === undefined ? { is: 'door' } : fed === 'down' ? { is: 'down' } : { is: 'live', since: fed },
      watchedSince: this.#watchedSince.get(key),
      lost: this.#lost.get(key) ?? [],
    }
  }

  async #fetchAll(tasks: readonly HistoryTask[]): Promise<void> {
    const waiting = [...tasks]
    const worker = async (): Promise<void> => {
      for (let task = waiting.shift(); task !== undefined && !this.#signal.aborted; task = waiting.shift()) {
        this.#open = waiting.length + 1
        await this.#fetch(task)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    this.#open = 0
  }

  async #fetch(task: HistoryTask): Promise<void> {
    const { link, book } = this.#options
    const key = keyOf(task.door.market, laneOfDoor(task.door), task.instrument.instrument)
    try {
      const take = (mapped: Mapped): Promise<void> => this.#take(mapped, false)
      const { covered, lost } = await fetchStretch(task, { link, context: this.#instruments.context, take })
      if (lost !== undefined) this.#lost.set(key, [...(this.#lost.get(key) ?? []), lost])
      if (covered === undefined) return
      this.#changed.push(covered)
      book.put(covered)
    } catch (error) {
      if (!this.#signal.aborted) this.#tell(`${key}: ${sayError(error)}`)
    }
  }

  #tell(line: string): void {
    this.#options.onEvent(`${this.#options.source.venue} ${line}`)
  }

  /** A wait that the end of the job ends. */
  async #pause(ms: number): Promise<void> {
    await pause(ms, this.#signal).catch(() => undefined)
  }
}

const keyOf = (...parts: readonly string[]): string => parts.join('/')

/** True where the ledger knows that the venue counts the trades of an instrument up by one. */
function countsTrades({ venue, contract }: Instrument, at: number): boolean {
  const { rule } = convention({ venue, field: 'trade', contract, at: instant(at), rule: 'trade' })
  return rule.ids === 'consecutive'
}

const sayError = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const retryAfterOf = (error: unknown): number =>
  error instanceof Error && 'retryAfterMs' in error ? Number(error.retryAfterMs ?? 0) : 0
