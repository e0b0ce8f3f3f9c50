import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { catchUp } from '../../src/desk/jobs/collect/collect.ts'
import type { CountedFault } from '../../src/desk/jobs/collect/faultBook.ts'
import { VENUES, type Venue } from '../../src/records/venues.ts'
import { WORLD_ASSETS, type WorldAsset } from '../../src/sim/market/live/assets.ts'
import type { Listing } from '../../src/sim/market/live/listing.ts'
import type { VenueMarket } from '../../src/sim/market/live/venueMarket.ts'
import type { Answer } from '../../src/sim/servers/door.ts'
import type { Fault } from '../../src/sim/servers/faults.ts'
import { DOORS, type SimVenues } from '../../src/sim/servers/simVenues.ts'
import type { VenueServer } from '../../src/sim/servers/venueServer.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { readInstruments } from '../../src/store/queries/readInstruments.ts'
import { damaged, DAMAGES, delayer, inTurn, PLACES, type Damage } from '../support/badInput.ts'
import { scratchFolder, until as untilTrue } from '../support/cli.ts'
import { collectFrom, QUICK, type Run } from '../support/collecting.ts'
import { compareTruth } from '../support/compareTruth.ts'
import { list } from '../support/relist.ts'
import { simulated } from '../support/simulated.ts'

/** Renamed to POL while it is collected, as the graph of assets knows. */
const MATIC: WorldAsset = { asset: 'MATIC', price: 0.25, volatilityPct: 95, dayVolume: 2e9 }
/** Vanishes, and appears. */
const [VANISHING, APPEARING] = ['SOL', 'XRP']
const WORLD = [...WORLD_ASSETS.filter(({ asset }) => ['BTC', VANISHING, APPEARING].includes(asset)), MATIC]
const ASSETS = [...WORLD_ASSETS.map(({ asset }) => asset), 'POL']
/** No venue takes longer to serve what has happened. */
const SERVED_MS = 20_000
/** Nor does what was sent take longer to be read, on a machine that has other things to do. */
const ARRIVES_MS = 1_500
/** Of a clock that stands still, nearly. */
const STANDING = 1e-9
const DENIED: Venue = 'okx'

// All venues at once.
vi.setConfig({ maxConcurrency: VENUES.length })
const folder = scratchFolder()
/** What is spoilt is spoilt twice, as two connections may be meant. */
const TWICE = 2
const PAGE = '<!doctype html>\n<html><body>This service is not available here.</body></html>'

/** A question as a server met it. */
interface Asked {
  /** By the steady clock, and by the venue's. */
  readonly at: number
  readonly clock: number
  readonly counter: string
  readonly text: string
}

let venues: SimVenues
let store: Store
let run: Run
const asked = new Map<Venue, Asked[]>()
const hidden = new Map<Venue, Listing>()
const gone = new Map<Venue, Listing>()
/** How each venue stood while one was denied. */
let whileDenied: ReadonlyMap<Venue, string>

/** Waits until something is true; where it does not come true, says how everything stands. */
async function until(test: () => boolean, patienceMs = 60_000): Promise<void> {
  await untilTrue(test, patienceMs).catch((error: unknown) => {
    const stands = run.collecting.status().venues.map(({ venue, state, feeds, shut, open, rows, used }) => {
      const waits = feeds.filter((feed) => feed.state !== 'live').map((feed) => `${feed.id} ${feed.state}`)
      return `${venue} ${state}, ${rows} rows, ${open} open, ${used} used; ${waits.join()}; ${JSON.stringify(shut)}`
    })
    throw new Error(`${String(error)}\n${stands.join('\n')}\n${run.lines.slice(-30).join('\n')}`, { cause: error })
  })
}

const serverOf = (venue: Venue): VenueServer => venues.servers.get(venue)!
const marketOf = (venue: Venue): VenueMarket => venues.world.venues.get(venue)!
const askedOf = (venue: Venue): readonly Asked[] => asked.get(venue)!
const statusOf = (venue: Venue) => run.collecting.status().venues.find((each) => each.venue === venue)!
const isWhole = (venue: Venue): boolean => {
  const { state, feeds, shut } = statusOf(venue)
  return state === 'running' && shut.length === 0 && feeds.every((feed) => feed.state === 'live')
}

function perpOf(venue: Venue, asset: string): Listing {
  const found = marketOf(venue).listings.find((each) => each.asset === asset && each.contract === 'linear')
  return found!
}

beforeAll(async () => {
  venues = await simulated({ assets: 0, extra: WORLD, rate: 4, minutesBefore: 12, pastHours: 6 })
  for (const venue of VENUES) {
    listenTo(venue)
    hidden.set(venue, perpOf(venue, APPEARING))
    marketOf(venue).remove('perp', perpOf(venue, APPEARING).name)
    spoilPast(venue)
  }
  // A question costs so much of what may be asked here that few instruments can be followed at this pace.
  marketOf('hyperliquid').remove('perp', 'BTC')
  serverOf(DENIED).fault({ is: 'answer', ms: 60_000, answer: { status: 451, body: PAGE } })
  store = await openStore(join(folder, 'store'))
  run = await collectFrom(venues, store, { assets: ASSETS })
  await until(() => VENUES.every((venue) => venue === DENIED || isWhole(venue)))
  whileDenied = new Map(run.collecting.status().venues.map(({ venue, state }) => [venue, state]))
  serverOf(DENIED).mend()
  spoilPast(DENIED)
  await until(() => isWhole(DENIED))
}, 60_000)

afterAll(async () => {
  await run?.stop()
  await store?.close()
})

/** Takes an asset off the list of a venue, and has its sockets opened anew: most are then refused it. */
function vanish(venue: Venue): void {
  gone.set(venue, perpOf(venue, VANISHING))
  const market = marketOf(venue)
  for (const each of market.listings) if (each.asset === VANISHING) market.remove(each.market, each.name)
  if (venue !== 'hyperliquid') serverOf(venue).fault({ is: 'cut' })
}

/** The first answers about the past hold a bad candle. */
function spoilPast(venue: Venue): void {
  const { candles } = PLACES[venue]
  const change = inTurn(candles, [damaged(candles, 'a negative price')], TWICE)
  serverOf(venue).fault({ is: 'spoil', ms: 60_000, change, path: candles.question })
}

function listenTo(venue: Venue): void {
  const questions: Asked[] = []
  asked.set(venue, questions)
  serverOf(venue).onAsk((ask) => {
    const { counter } = DOORS[venue]!.rate.weigh(ask)
    const text = `${ask.path}?${ask.query.toString()} ${JSON.stringify(ask.body)}`
    questions.push({ at: performance.now(), clock: venues.now(), counter, text })
  })
}

interface Meeting {
  readonly fault: Fault
  /** How often it was told, under its name. */
  readonly told: () => number
}

/**
 * Puts a fault on a venue until it is told, and expects that everything else goes on meanwhile.
 * @returns when it was told, by the steady clock
 */
async function meet(venue: Venue, { fault, told }: Meeting): Promise<number> {
  const [before, rows] = [told(), rowsNow()]
  serverOf(venue).fault(fault)
  await until(() => told() > before)
  const toldAt = performance.now()
  await until(() => VENUES.every((each) => rowsNow().get(each)! > rows.get(each)!))
  serverOf(venue).mend()
  await until(() => isWhole(venue))
  return toldAt
}

const rowsNow = () => new Map(run.collecting.status().venues.map(({ venue, rows }) => [venue, rows] as const))

const faultsOf = (venue: Venue, is: Pick<CountedFault, 'what'> & { path?: string; channel?: string }): number =>
  run.collecting
    .faults()
    .filter((fault) => fault.venue === venue && fault.what === is.what)
    .filter(({ path, channel }) => path.endsWith(is.path ?? '') && channel.includes(is.channel ?? ''))
    .reduce((sum, { count }) => sum + count, 0)

const eventsOf = (venue: Venue, name: string, of: string): number =>
  run.collecting
    .events()
    .filter((event) => event.venue === venue && event.name === name && event.of === of)
    .reduce((sum, { count }) => sum + count, 0)

/** What a damage is called, and where it is said to be: in the venue's own field, or in that of our record. */
function faultOf(damage: Damage, place: { price: string | number; retyped: string | number }, record: string) {
  switch (damage) {
    case 'a number as text, or text as a number':
      return { what: 'not as documented', path: String(place.retyped) } as const
    case 'an unknown field':
      return { what: 'unknown field', path: 'neverDocumented' } as const
    case 'a missing field':
      return { what: 'not as documented', path: String(place.price) } as const
    case 'a negative price':
      return { what: 'impossible', path: record } as const
    case 'a time in the future':
      return { what: 'impossible', path: 'at' } as const
  }
}

const refusal = (status: number, retryAfter?: string): Answer => ({
  status,
  body: PAGE,
  ...(retryAfter === undefined ? {} : { headers: { 'retry-after': retryAfter } }),
})

/** Questions that were under way when the refusal was told come so much later at most, in a process that has six venues to serve. */
const UNDER_WAY_MS = 1_500

/** Questions that came though the venue had said not to for `ms` from the first refused one on, once that was told. */
async function untimely(
  venue: Venue,
  { since, toldAt, ms }: { since: number; toldAt: number; ms: number },
  isAsked: (each: Asked) => boolean,
): Promise<readonly Asked[]> {
  const { question } = PLACES[venue].poll
  const first = askedOf(venue).find(({ at, text }) => at >= since && text.includes(question))!
  const [from, to] = [toldAt + UNDER_WAY_MS, first.at + ms - 20]
  await until(() => performance.now() > to)
  expect(from, 'it was told too late to see whether it is heeded').toBeLessThan(to)
  return askedOf(venue).filter((each) => isAsked(each) && each.at > from && each.at < to)
}

describe.concurrent.each(VENUES)('%s', (venue) => {
  const { poll, trades } = PLACES[venue]
  const isPoll = ({ text }: Asked): boolean => text.includes(poll.question)
  const isCounted = (counter: string) => (each: Asked) => each.counter === counter
  const counterOfPoll = (): string => askedOf(venue).findLast(isPoll)!.counter
  const answerFault = (answer: Answer): Fault => ({ is: 'answer', ms: 60_000, answer, path: poll.question })

  it.sequential('a bad candle of the past is told', async () => {
    const { channel } = PLACES[venue].candles
    await until(() => faultsOf(venue, { what: 'impossible', channel }) > 0)
    vanish(venue)
  })

  it.sequential('429 with Retry-After is told, and the counter is left alone until it is over', async () => {
    const since = performance.now()
    const told = () => eventsOf(venue, 'RATE_LIMITED', poll.path)
    const toldAt = await meet(venue, { fault: answerFault(refusal(429, '5')), told })
    expect(await untimely(venue, { since, toldAt, ms: 5_000 }, isCounted(counterOfPoll()))).toEqual([])
  })

  it.sequential('418 with a long Retry-After is told and shown, and the rest goes on', async () => {
    const since = performance.now()
    let isShown = false
    const told = () => {
      isShown ||= statusOf(venue).shut.some(({ name, forMs }) => name === 'limited' && forMs > 3_000)
      return isShown ? eventsOf(venue, 'RATE_LIMITED', poll.path) : 0
    }
    const toldAt = await meet(venue, { fault: answerFault(refusal(418, '5.5')), told })
    expect(await untimely(venue, { since, toldAt, ms: 5_500 }, isCounted(counterOfPoll()))).toEqual([])
  })

  it.sequential.each([451, 403])('%i is told and shown, and the door is left alone for a while', async (status) => {
    const since = performance.now()
    let isShown = false
    const told = () => {
      isShown ||= statusOf(venue).shut.some(({ name, what }) => name === 'denied' && what.endsWith(poll.path))
      return isShown ? eventsOf(venue, 'DENIED', poll.path) : 0
    }
    const toldAt = await meet(venue, { fault: answerFault(refusal(status)), told })
    const isDoor = ({ text }: Asked): boolean => text.startsWith(`${poll.path}?`)
    expect(await untimely(venue, { since, toldAt, ms: QUICK.deniedMs }, isDoor)).toEqual([])
  })

  it.sequential.each([
    ['5xx', answerFault(refusal(503)), 'SERVER_FAILED'],
    ['a page with status 200', answerFault(refusal(200)), 'NOT_JSON'],
    [
      'JSON that is cut short',
      { is: 'spoil', ms: 60_000, path: poll.question, change: (text: string) => text.slice(0, text.length / 2) },
      'NOT_JSON',
    ],
  ] as const)('%s is told', async (_, fault, name) => {
    await meet(venue, { fault, told: () => eventsOf(venue, name, poll.path) })
  })

  const damages = Object.keys(DAMAGES) as readonly Damage[]
  const timed = damages.filter((damage) => damage !== 'a time in the future' || poll.times.length > 0)
  it.sequential.each(timed.filter((damage) => poll.allowed?.includes(damage) !== true))(
    'an answer with %s is told',
    async (damage) => {
      const change = inTurn(poll, [damaged(poll, damage)], TWICE)
      const is = faultOf(damage, poll, poll.price === 'markPrice' ? 'markPrice' : 'last')
      const channel = damage === 'a time in the future' ? '' : poll.channel
      const fault: Fault = { is: 'spoil', ms: 60_000, change, path: poll.question }
      await meet(venue, { fault, told: () => faultsOf(venue, { ...is, channel }) })
    },
  )

  it.sequential('bad messages are told, and the sockets go on', async () => {
    const broken = [(text: string) => text.slice(0, -3), () => PAGE]
    const repeated = (text: string) => [text, text]
    const changes = [...damages.map((damage) => damaged(trades, damage)), ...broken, repeated]
    const fault: Fault = { is: 'spoil messages', ms: 60_000, change: inTurn(trades, changes, TWICE) }
    await meet(venue, { fault, told: () => faultsOf(venue, { what: 'repeated', path: 'tradeId', channel: 'trade' }) })
  })

  it.sequential.each(damages)('a message with %s is told', (damage) => {
    const channel = damage === 'a time in the future' ? 'trade' : trades.channel
    expect(faultsOf(venue, { ...faultOf(damage, trades, 'price'), channel })).toBeGreaterThan(0)
  })

  it.sequential('messages that are cut short, or a page, are told', () => {
    expect(faultsOf(venue, { what: 'not as documented', channel: 'socket' })).toBeGreaterThan(1)
  })

  it.sequential('messages out of order are told', async () => {
    const told = () => faultsOf(venue, { what: 'out of order', path: 'at', channel: 'trade' })
    await meet(venue, { fault: { is: 'spoil messages', ms: 60_000, change: delayer(PLACES[venue]) }, told })
  })

  it.sequential('one that vanishes is told, has its end stored, and is asked for no more', async () => {
    const { name } = gone.get(venue)!
    await until(() => eventsOf(venue, 'UNLISTED', `perp ${name}`) === 1)
    const { at } = run.collecting.events().find((each) => each.venue === venue && each.name === 'UNLISTED')!
    // Rounds that had begun before may come to their end.
    const since = at + QUICK.mostPollMs
    await until(() => askedOf(venue).filter((each) => each.clock > since && isPoll(each)).length >= 2)
    const again = askedOf(venue).filter(({ clock }) => clock > since)
    expect(again.filter(({ text }) => text.includes(`"${name}"`) || text.includes(`=${name}`))).toEqual([])
    const stored = (await readInstruments(store)).find((each) => each.venue === venue && each.instrument === name)
    // The line is told when the listing lacks it, the end is stored with the listing: within one reading of it.
    expect(Math.abs(stored!.endedAt! - at)).toBeLessThan(5_000)
  })

  it.sequential('one that appears is told, and its trades come', async () => {
    const listing = hidden.get(venue)!
    const asset = WORLD_ASSETS.find((each) => each.asset === APPEARING)!
    list(marketOf(venue), listing, asset)
    await until(() => eventsOf(venue, 'LISTED', `perp ${listing.name}`) === 1)
    const since = venues.now()
    await until(() => isWhole(venue))
    await untilStored(venue, listing.name, since)
  })

  it.sequential('one that is renamed is told as such, and its trades come under its new name', async () => {
    const old = perpOf(venue, 'MATIC')
    const renamed = { ...old, base: 'POL', name: old.name.replace('MATIC', 'POL') }
    marketOf(venue).remove('perp', old.name)
    list(marketOf(venue), renamed, MATIC)
    await until(() => eventsOf(venue, 'RENAMED', `perp ${old.name}`) === 1)
    expect(eventsOf(venue, 'UNLISTED', `perp ${old.name}`)).toBe(0)
    await until(() => isWhole(venue))
    await untilStored(venue, renamed.name, venues.now())
  })
})

async function untilStored(venue: Venue, instrument: string, since: number): Promise<void> {
  const sql = `select count() as n from trade where venue = {venue:String} and instrument = {instrument:String}
    and market = 'perp' and at > fromUnixTimestamp64Milli({since:Int64})`
  const end = performance.now() + 30_000
  for (;;) {
    const { columns } = await store.engine.select(sql, { n: 'number' }, { params: { venue, instrument, since } })
    if (columns.n[0]! > 0) return
    if (performance.now() > end) throw new Error(`no trade of ${instrument} was stored`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

describe('afterwards', () => {
  it('a venue that denied access at the start was shown as denied while the others ran', () => {
    expect(whileDenied.get(DENIED)).toMatch(/^denied: ".*" does not serve this place \(451\)/)
    for (const venue of VENUES) if (venue !== DENIED) expect(whileDenied.get(venue)).toBe('running')
  })

  it('nothing was told without end', () => {
    const events = run.collecting.events()
    for (const { venue, of, name, count } of events) {
      const lines = run.lines.filter((line) => line.startsWith(`${venue} ${of}: ${name}: `))
      expect(lines.length).toBeLessThanOrEqual(2 + Math.log10(count))
    }
    expect(events.filter(({ name }) => name === 'UNEXPECTED')).toEqual([])
  })

  it('the store holds what is true, once, and nothing else', async () => {
    await until(() => VENUES.every((venue) => isWhole(venue) && statusOf(venue).open === 0))
    venues.freeze()
    const frozenAt = venues.world.now()
    // What was sent is on its way.
    const arrived = performance.now() + ARRIVES_MS
    await until(() => performance.now() > arrived)
    await run.stop()
    const last = await collectFrom(venues, store, { job: catchUp, assets: ASSETS, speed: STANDING })
    await last.collecting.ended
    expect(last.collecting.unfinished()).toEqual([])
    for (const { venue, market, instrument, lane, missing, invented } of await compareTruth(
      store,
      venues,
      frozenAt,
      QUICK,
    )) {
      // Gate tells the contracts of an inverse bar, and the coins are made of them by its middle.
      if (venue === 'gate' && instrument === 'BTC_USD' && lane === 'candle/1m') continue
      const of = `${venue} ${market} ${instrument} ${lane}`
      expect([of, invented]).toEqual([of, []])
      // A bar that has just closed is not served yet, and the clock stands.
      const due = missing.filter(({ at }) => lane !== 'candle/1m' || at + 60_000 + SERVED_MS < frozenAt)
      expect([of, due.filter(({ inGap }) => !inGap)]).toEqual([of, []])
    }
    await expectNoBadRow(frozenAt)
  })

  it('a venue that is away is not waited for by a job that is to end', async () => {
    await serverOf('gate').close()
    const last = await collectFrom(venues, store, { job: catchUp, assets: ASSETS, speed: STANDING })
    await last.collecting.ended
    expect(last.collecting.unfinished()).toEqual([
      { venue: 'gate', lane: 'everything', why: expect.stringMatching(/^(away|failing): .*does not answer/) },
    ])
  })
})

async function expectNoBadRow(now: number): Promise<void> {
  const count = async (sql: string): Promise<number> =>
    (await store.engine.select(`select count() as n from (${sql})`, { n: 'number' })).columns.n[0]!
  const late = `at > fromUnixTimestamp64Milli(${now + 60_000})`
  for (const kind of ['trade', 'liquidation', 'openInterest', 'ticker', 'candle', 'positioning']) {
    expect([kind, await count(`select at from ${kind} where ${late}`)]).toEqual([kind, 0])
  }
  expect(await count('select at from trade where not (price > 0 and quantity > 0)')).toBe(0)
  expect(await count('select at from ticker where not (last > 0)')).toBe(0)
  expect(await count('select at from candle where not (low > 0 and high >= low)')).toBe(0)
  const twice = 'select tradeId from trade final group by venue, market, instrument, tradeId having count() > 1'
  expect(await count(twice)).toBe(0)
}
