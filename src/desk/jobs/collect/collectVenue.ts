import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../core/instant.ts'
import { intervalMs, type Interval } from '../../../core/interval.ts'
import { pause } from '../../../net/pause.ts'
import { backOff } from '../../../net/retry.ts'
import type { Coverage } from '../../../records/coverage.ts'
import type { Instrument } from '../../../records/instrument.ts'
import type { Feed, HistoryDoor, MapContext, Mapped, Poll, VenueSource } from '../../../sources/source.ts'
import { chooseInstruments, instrumentOf } from './chooseInstruments.ts'
import type { CoverageBook } from './coverageBook.ts'
import { Gate } from './gate.ts'
import { fetchStretch, type HistoryTask } from './historyJob.ts'
import { laneOfDoor, laneOfPoll } from './lanes.ts'
import { LiveFeed, type FeedState } from './liveFeed.ts'
import type { RowWriter } from './rowWriter.ts'
import type { VenueLink } from './venueLink.ts'

/** How far back a lane is filled where nothing was held before. */
export interface Depths {
  /** Candles of one hour. */
  readonly hours: number
  /** Candles of one minute and grids of five. */
  readonly minutes: number
}

export interface CollectVenueOptions {
  readonly source: VenueSource
  readonly link: VenueLink
  readonly assets: readonly string[]
  readonly simulated: boolean
  readonly depths: Depths
  readonly book: CoverageBook
  readonly writer: RowWriter
  readonly onMapped: (mapped: Mapped, rows: number) => void
  readonly onEvent: (line: string) => void
  readonly putInstruments: (instruments: readonly Instrument[]) => Promise<void>
  readonly others: () => number
}

/** What a venue's collector tells of itself. */
export interface VenueState {
  readonly state: string
  readonly instruments: number
  readonly feeds: readonly FeedState[]
  /** Stretches still to be fetched. */
  readonly open: number
}

/** Questions of history under way at once. */
const AT_ONCE = 4
/** How often lanes are looked through for what is missing. */
const SWEEP_MS = 15_000
const RELIST_MS = 10 * MINUTE_MS

/** Collects one venue until its link's signal. */
export class VenueCollector {
  readonly #options: CollectVenueOptions
  readonly #gate = new Gate()
  #listed = new Map<string, Instrument>()
  #chosen: readonly Instrument[] = []
  #chosenKeys = new Set<string>()
  #feeds: readonly LiveFeed[] = []
  readonly #polled = new Map<string, Coverage>()
  #changed: Coverage[] = []
  readonly #busy = new Set<string>()
  #state = 'starting'
  #open = 0
  /** Where each lane begins for this run: nothing before it is asked for unless it is history. */
  readonly #startedAt = new Map<string, number>()

  constructor(options: CollectVenueOptions) {
    this.#options = options
  }

  state(): VenueState {
    const feeds = this.#feeds.map((feed) => feed.state())
    return { state: this.#state, instruments: this.#chosen.length, feeds, open: this.#open }
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
    await Promise.all([
      ...this.#feeds.map((feed) => feed.run()),
      ...this.#options.source.polls.map((poll) => this.#poll(poll)),
      this.#sweep(),
      this.#relist(),
    ])
  }

  /** Fetches everything that the venue serves and that is not held, then ends. */
  async catchUp(): Promise<void> {
    await this.#start()
    for (;;) {
      const tasks = this.#missing()
      this.#open = tasks.length
      if (tasks.length === 0 || this.#signal.aborted) return
      await this.#fetchAll(tasks)
    }
  }

  get #signal(): AbortSignal {
    return this.#options.link.signal
  }

  async #start(): Promise<void> {
    for (let failures = 1; !this.#signal.aborted; failures++) {
      try {
        await this.#options.link.setClock()
        await this.#list()
        this.#feeds = this.#makeFeeds()
        this.#state = 'running'
        return
      } catch (error) {
        if (this.#signal.aborted) return
        this.#state = error instanceof Error ? error.message : String(error)
        this.#options.onEvent(`${this.#options.source.venue}: ${this.#state}`)
        const waitMs = Math.max(backOff(failures, { firstMs: 1_000 }), retryAfterOf(error))
        await pause(waitMs, this.#signal).catch(() => undefined)
      }
    }
  }

  async #list(): Promise<void> {
    const { source, link, simulated, assets, onEvent } = this.#options
    const { listed, faults } = await source.fetchListing(link)
    this.#options.onMapped({ rows: [], faults }, 0)
    const instruments = listed.map((each) => instrumentOf(each, simulated))
    const now = new Map(instruments.map((each) => [keyOf(each.market, each.instrument), each] as const))
    const gone = this.#chosen.filter((each) => !now.has(keyOf(each.market, each.instrument)))
    for (const each of gone) onEvent(`${source.venue}: ${each.market} ${each.instrument} is listed no more`)
    const chosen = chooseInstruments(instruments, assets)
    const isFirst = this.#listed.size === 0
    for (const each of chosen) {
      const isNew = !this.#chosenKeys.has(keyOf(each.market, each.instrument))
      if (!isFirst && isNew) onEvent(`${source.venue}: ${each.market} ${each.instrument} is listed`)
    }
    this.#listed = now
    this.#chosen = chosen
    this.#chosenKeys = new Set(chosen.map((each) => keyOf(each.market, each.instrument)))
    await this.#options.putInstruments([...chosen, ...gone.map((each) => ({ ...each, endedAt: link.now() }))])
  }

  readonly #context = (): MapContext => ({
    venue: this.#options.source.venue,
    now: this.#options.link.now(),
    instrument: (market, name) => {
      const key = keyOf(market, name)
      const found = this.#listed.get(key)
      return found === undefined || this.#chosenKeys.has(key) ? found : 'left out'
    },
  })

  readonly #take = async (mapped: Mapped, isLive: boolean): Promise<void> => {
    const { writer, onMapped, link } = this.#options
    const passed = this.#gate.pass(mapped, link.now())
    const order = isLive ? this.#gate.watch(passed.rows) : []
    for (const row of passed.rows) writer.put(row)
    onMapped({ rows: passed.rows, faults: [...passed.faults, ...order] }, passed.rows.length)
    if (writer.waiting > 100_000) await writer.room()
  }

  #makeFeeds(): readonly LiveFeed[] {
    return this.#options.source.feeds.flatMap((feed) => {
      const covered = this.#chosen.filter((each) => each.market === feed.market && feed.covers(each))
      return shards(feed, covered).map(
        (instruments, shard) =>
          new LiveFeed({
            feed,
            shard,
            instruments,
            link: this.#options.link,
            context: this.#context,
            take: (mapped) => this.#take(mapped, true),
            onUp: (since) => this.#onUp(feed, instruments, since),
            onDown: (why) => this.#options.onEvent(`${this.#options.source.venue} ${feed.id}: ${why}`),
            others: this.#options.others,
          }),
      )
    })
  }

  /** What a feed brings begins here, where nothing was held before; what was missed since is found by the next sweep. */
  #onUp(feed: Feed, instruments: readonly Instrument[], since: number): void {
    for (const kind of feed.kinds) {
      if (kind === 'candle') continue
      for (const { instrument } of instruments) {
        const key = `${feed.market}/${kind}/${instrument}`
        if (!this.#startedAt.has(key)) this.#startedAt.set(key, since)
      }
    }
    this.#sweepSoon()
  }

  async #poll(poll: Poll): Promise<void> {
    const covered = this.#chosen.filter((each) => each.market === poll.market && poll.covers(each))
    if (covered.length === 0) return
    const { link, onEvent, source } = this.#options
    // Asked on the grid of its own pace, so that venues are comparable.
    while (!this.#signal.aborted) {
      const began = link.now()
      try {
        for await (const mapped of poll.fetch(link, this.#context(), covered)) await this.#take(mapped, false)
        this.#cover(poll, covered, began)
      } catch (error) {
        if (this.#signal.aborted) return
        onEvent(`${source.venue} ${poll.id}: ${error instanceof Error ? error.message : String(error)}`)
      }
      await pause(Math.max(50, poll.everyMs - (link.now() - began)), this.#signal).catch(() => undefined)
    }
  }

  /** A poll that comes late leaves a gap between the one before and itself. */
  #cover(poll: Poll, covered: readonly Instrument[], at: number): void {
    const { source } = this.#options
    for (const kind of poll.kinds) {
      const key = `${poll.id}/${kind}`
      const known = this.#polled.get(key)
      const goesOn = known !== undefined && at - known.until <= 2 * poll.everyMs
      const row: Coverage = {
        venue: source.venue,
        market: poll.market,
        lane: laneOfPoll(kind),
        feed: poll.id,
        way: 'poll',
        since: goesOn ? known.since : at,
        until: at + 1,
        members: covered.map(({ instrument }) => instrument).join(','),
        ended: '',
      }
      this.#polled.set(key, row)
      this.#changed.push(row)
    }
  }

  #sweepSoon: () => void = () => undefined

  async #sweep(): Promise<void> {
    while (!this.#signal.aborted) {
      const soon = new AbortController()
      this.#sweepSoon = () => soon.abort()
      const tasks = this.#missing()
      this.#open = tasks.length
      await this.#fetchAll(tasks)
      const either = AbortSignal.any([this.#signal, soon.signal])
      await pause(SWEEP_MS, either).catch(() => undefined)
      // What has just been traded is not served yet.
      if (soon.signal.aborted) await pause(1_500, this.#signal).catch(() => undefined)
    }
  }

  /** Everything that a door serves and that no stretch covers, what was missed live before what was never held. */
  #missing(): readonly HistoryTask[] {
    const { source, link } = this.#options
    const now = link.now()
    const tasks = source.history.flatMap((door) =>
      this.#chosen
        .filter((each) => each.market === door.market && door.covers(each))
        .flatMap((instrument) => this.#missingOf(door, instrument, now)),
    )
    return tasks
      .filter((task) => !this.#busy.has(taskKey(task)))
      .toSorted((a, b) => urgency(a) - urgency(b) || a.stretch.from - b.stretch.from)
  }

  #missingOf(door: HistoryDoor, instrument: Instrument, now: number): readonly HistoryTask[] {
    const lane = {
      venue: instrument.venue,
      market: door.market,
      lane: laneOfDoor(door),
      instrument: instrument.instrument,
    }
    const { book } = this.#options
    const step = door.interval === undefined ? 1 : intervalMs(door.interval as Interval)
    const end = door.interval === undefined ? now - door.delayMs : Math.floor((now - door.delayMs) / step) * step
    const held = book.covered(lane)
    const from = Math.max(
      this.#beginOf(door, instrument, held[0]?.from, now),
      now - door.depthMs,
      instrument.listedAt ?? 0,
    )
    const begin = door.interval === undefined ? from : Math.ceil(from / step) * step
    const least = door.interval === undefined ? 1 : step
    return book
      .uncovered(lane, { from: begin, to: end })
      .filter((stretch) => stretch.to - stretch.from >= least)
      .map((stretch) => ({ door, instrument, stretch }))
  }

  /** Candles, grids and payments are filled back as far as is wished; trades from where they were first watched. */
  #beginOf(door: HistoryDoor, instrument: Instrument, heldFrom: number | undefined, now: number): number {
    const { hours, minutes } = this.#options.depths
    if (door.kind === 'trade' || door.kind === 'liquidation') {
      const started = this.#startedAt.get(`${door.market}/${door.kind}/${instrument.instrument}`)
      return heldFrom ?? started ?? now
    }
    return now - (door.interval === undefined || door.interval === '1h' ? hours : minutes)
  }

  async #fetchAll(tasks: readonly HistoryTask[]): Promise<void> {
    const waiting = [...tasks]
    const worker = async (): Promise<void> => {
      for (let task = waiting.shift(); task !== undefined && !this.#signal.aborted; task = waiting.shift()) {
        this.#open = waiting.length
        await this.#fetch(task)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  }

  async #fetch(task: HistoryTask): Promise<void> {
    const { link, onEvent, source } = this.#options
    const key = taskKey(task)
    this.#busy.add(key)
    try {
      const row = await fetchStretch(task, {
        link,
        context: this.#context,
        take: (mapped) => this.#take(mapped, false),
      })
      if (row === undefined) return
      this.#changed.push(row)
      this.#options.book.put(row)
    } catch (error) {
      if (this.#signal.aborted) return
      const what = `${source.venue} ${task.instrument.instrument} ${laneOfDoor(task.door)}`
      onEvent(`${what}: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      this.#busy.delete(key)
    }
  }

  async #relist(): Promise<void> {
    const { link, onEvent, source } = this.#options
    while (!this.#signal.aborted) {
      await pause(RELIST_MS, this.#signal).catch(() => undefined)
      if (this.#signal.aborted) return
      try {
        await link.setClock()
        await this.#list()
      } catch (error) {
        if (!this.#signal.aborted) onEvent(`${source.venue}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
}

const keyOf = (market: string, name: string): string => `${market}/${name}`

const taskKey = ({ door, instrument }: HistoryTask): string =>
  `${door.market}/${laneOfDoor(door)}/${instrument.instrument}`

/** What cannot wait: trades are served for a day or less. */
function urgency({ door, stretch }: HistoryTask): number {
  if (door.kind === 'trade' || door.kind === 'liquidation') return 0
  return stretch.to - stretch.from < DAY_MS / 4 ? 1 : 2
}

function shards(feed: Feed, instruments: readonly Instrument[]): readonly (readonly Instrument[])[] {
  const found: Instrument[][] = []
  let room = 0
  for (const each of instruments) {
    const topics = feed.topics(each).length
    if (topics > room) {
      found.push([])
      room = feed.topicsPerSocket - feed.sharedTopics.length
    }
    found.at(-1)?.push(each)
    room -= topics
  }
  return found
}

const retryAfterOf = (error: unknown): number =>
  error instanceof Error && 'retryAfterMs' in error ? Number(error.retryAfterMs ?? 0) : 0

export const DEFAULT_DEPTHS: Depths = { hours: 400 * DAY_MS, minutes: 48 * HOUR_MS }
