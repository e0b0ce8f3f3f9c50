import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Frame } from '../../src/core/frame.ts'
import { grouped } from '../../src/core/grouped.ts'
import { HOUR_MS, instant, parseInstant } from '../../src/core/instant.ts'
import { seededRandom } from '../../src/core/random.ts'
import { readFrame } from '../../src/desk/readFrame.ts'
import { REGIMES, type Regime } from '../../src/metrics/contracts/priceOiRegime.ts'
import { evaluateMetric, resolveMetric } from '../../src/metrics/registry.ts'
import { BatchBuilder, batchOf } from '../../src/records/batch.ts'
import { candle } from '../../src/records/candle.ts'
import { coverage, type Coverage } from '../../src/records/coverage.ts'
import { liquidation } from '../../src/records/liquidation.ts'
import { openInterest } from '../../src/records/openInterest.ts'
import type { RecordSpec } from '../../src/records/record.ts'
import { trade } from '../../src/records/trade.ts'
import type { Listing } from '../../src/sim/market/live/listing.ts'
import { listingsOf } from '../../src/sim/market/live/listings.ts'
import { append } from '../../src/store/append.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { CAUSES, causeOf, type Cause } from '../support/causes/cause.ts'
import { simulateEpisode } from '../support/causes/episode.ts'
import { instrumentOf, publish, PUBLISHED } from '../support/causes/publish.ts'

// Episodes whose cause is known follow each other on the books of three venues. What the venues publish of them goes
// through the sources' mappers, the store and the frames to the regime, which is held against the cause.

const KINDS = [candle, trade, openInterest, liquidation] as const
/** Of episodes that were first looked at when generator, priors, definition and thresholds stood as they are. */
const SEED = 'regime/held out'
/** A minute on two cores of their own. */
const SLOWEST_MS = 900_000
const START = parseInstant('2025-03-01')

/**
 * How clear a cause can be: what it did of the move, and not more than is asked for above it; windows of each, up and
 * down.
 */
interface Clearness {
  readonly most: number
  readonly each: number
  readonly said: string
}

const CLEAREST: Clearness = { most: 3 / 4, each: 50, said: 'more than three quarters' }
const CLEARNESS: readonly Clearness[] = [
  CLEAREST,
  { most: 2 / 3, each: 10, said: 'two thirds to three quarters' },
  { most: 1 / 2, each: 10, said: 'half to two thirds' },
]

interface LabelledWindow {
  readonly cause: Cause
  readonly direction: 1 | -1
  readonly clearness: Clearness
  readonly hours: number
  /** Open of its last bar. */
  readonly last: number
}

let folder: string
let store: Store
let frame: Frame
let windows: readonly LabelledWindow[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regime-truth-'))
  store = await openStore(folder)
  const { rows, end, ...drawn } = drawWindows()
  windows = drawn.windows
  for (const batch of rows) await append(store, batch, 1)
  await append(
    store,
    batchOf(
      coverage,
      LISTINGS.flatMap((listing) => watched(listing, end)),
    ),
    1,
  )
  await putInstruments(store, LISTINGS.map(instrumentOf))
  const desk = { store, now: instant(end) }
  const { needs } = resolveMetric('price_oi_regime(8)')
  const answer = await readFrame(desk, needs, { asset: 'ETH', interval: '1h', asOf: instant(end) })
  expect(answer.missing).toEqual([])
  frame = answer.frame
}, SLOWEST_MS)

afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const LISTINGS = PUBLISHED.flatMap((venue) =>
  listingsOf(venue, [{ asset: 'ETH', price: 1800, volatilityPct: 64, dayVolume: 7e9 }], START),
).filter(({ contract }) => contract !== 'inverse')

/** Trades and liquidations of a listing were watched all the time. */
const watched = ({ venue, market, name }: Listing, end: number): readonly Coverage[] =>
  (market === 'perp' ? ['trade', 'liquidation'] : ['trade']).map((lane) => ({
    venue,
    market,
    lane,
    feed: `${name} ${lane}`,
    way: 'live',
    since: START,
    until: end,
    members: name,
    ended: '',
  }))

/** Windows of every cause up and down, and all that is published of them. */
function drawWindows() {
  const builders = new Map<RecordSpec, BatchBuilder>(KINDS.map((record) => [record, new BatchBuilder(record)]))
  const random = seededRandom(`${SEED}/prices`)
  const found: LabelledWindow[] = []
  const isFull = (cause: Cause, direction: 1 | -1, clearness: Clearness): boolean =>
    found.filter((each) => each.cause === cause && each.direction === direction && each.clearness === clearness)
      .length >= clearness.each
  const kinds = CAUSES.flatMap((meant) => ([1, -1] as const).map((direction) => ({ meant, direction })))
  let startAt: number = START
  for (let round = 0; ; round++) {
    const open = kinds.filter(({ meant, direction }) => !isFull(meant, direction, CLEAREST))
    if (open.length === 0) break
    for (const { meant, direction } of open) {
      const price = 1000 * 4 ** random.uniform()
      const seed = `${SEED}/${meant}/${direction}/${round}`
      const { moves, books, plan, last } = simulateEpisode({
        seed,
        meant,
        direction,
        startAt,
        price,
        listings: LISTINGS,
      })
      const clearness = CLEARNESS.find(({ most }) => causeOf(moves, direction, most) !== 'none')
      const cause = clearness === undefined ? 'none' : causeOf(moves, direction, clearness.most)
      if (clearness === undefined || cause === 'none' || isFull(cause, direction, clearness)) continue
      const end = last + HOUR_MS
      for (const book of books) {
        for (const { record, row } of publish(book, end)) builders.get(record)?.push(row)
      }
      found.push({ cause, direction, clearness, hours: plan.hours, last })
      startAt = end
    }
  }
  return { windows: found, rows: [...builders.values()].map((each) => each.build()), end: startAt }
}

const NAMES: Readonly<Record<Cause, readonly [up: Regime, down: Regime]>> = {
  leverage: ['leverage_led', 'leverage_led'],
  spot: ['spot_led', 'spot_led'],
  both: ['both', 'both'],
  forced: ['short_squeeze', 'long_liquidation'],
  closing: ['short_covering', 'long_closing'],
}

/** Labels of windows by their end, of windows of one length. */
function labels(hours: number): (last: number) => Regime {
  const column = evaluateMetric(resolveMetric(`price_oi_regime(${hours})`), frame)['value']!
  return (last) => REGIMES[column[(last - frame.grid.start) / HOUR_MS]!] ?? 'unclear'
}

interface Judged {
  readonly clearness: Clearness
  readonly truth: string
  readonly label: string
  readonly isRight: boolean
}

function judge(): readonly Judged[] {
  const lengths = [...new Set(windows.map(({ hours }) => hours))]
  const byLength = new Map(lengths.map((hours) => [hours, labels(hours)] as const))
  return windows.map(({ cause, direction, clearness, hours, last }) => {
    const truth = NAMES[cause][direction > 0 ? 0 : 1]
    const label = byLength.get(hours)!(last)
    return { clearness, truth: `${truth} | ${direction > 0 ? 'up' : 'down'}`, label, isRight: truth === label }
  })
}

const rightIn = (judged: readonly Judged[]): number => judged.filter(({ isRight }) => isRight).length
const clearest = (judged: readonly Judged[]) => judged.filter(({ clearness }) => clearness === CLEAREST)

/** What docs/methods/regime.md prints. */
function tablesOf(judged: readonly Judged[]): string {
  const byClearness = CLEARNESS.map((each) => {
    const of = judged.filter(({ clearness }) => clearness === each)
    return `| ${each.said} | ${of.length} | ${((100 * rightIn(of)) / of.length).toFixed(1)} % |`
  })
  const byTruth = [...grouped(clearest(judged), ({ truth }) => truth)].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const rows = byTruth.map(([truth, of]) => {
    const wrong = of.filter(({ isRight }) => !isRight)
    const taken = [...grouped(wrong, ({ label }) => label)].map(([label, some]) => `${label} ${some.length}`)
    return `| ${truth} | ${of.length} | ${rightIn(of)} | ${taken.toSorted().join(', ') || '–'} |`
  })
  return [
    '| The cause did of the move | Windows | Right |',
    '| --- | --- | --- |',
    ...byClearness,
    '',
    'Of those in which it did more than three quarters:',
    '',
    '| Truth | Price | Windows | Right | Taken for |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n')
}

describe('the regime of windows whose cause is known', () => {
  it('equals the truth in at least nine of ten of 500 in which one cause did most of the move', () => {
    const judged = clearest(judge())
    expect(judged.length).toBe(500)
    expect(rightIn(judged)).toBeGreaterThanOrEqual(450)
  })

  it('is as often right as its page says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/methods/regime.md'), 'utf8')
    const printed = /<!-- truth -->\n(.*?)\n<!-- \/truth -->/s.exec(page)?.[1]
    expect(printed).toBe(tablesOf(judge()))
  })

  it('is not known to who makes them', () => {
    const folder = join(import.meta.dirname, '../support/causes')
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8')
      expect(text).not.toMatch(/\b(metrics|frames|notes)\//)
    }
  })
})
