import { expect, it } from 'vitest'
import { doctored } from '../../../test/support/doctoredLedger.ts'
import { temporary } from '../../../test/support/temporaryStore.ts'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import { LEDGER } from '../../conventions/ledger.ts'
import { instant, parseInstant } from '../../core/instant.ts'
import { batchOf } from '../../records/batch.ts'
import { liquidation } from '../../records/liquidation.ts'
import { openInterest } from '../../records/openInterest.ts'
import { mapLiquidationPush } from '../../sources/bybit/mapLiquidations.ts'
import { mapContractTickers } from '../../sources/bybit/mapTickers.ts'
import { append } from '../../store/append.ts'
import type { Store } from '../../store/open.ts'
import { writeImport } from '../../store/ledger.ts'
import { putInstruments } from '../../store/queries/putInstruments.ts'
import { readConventionSpans, type ConventionSpan } from '../../store/queries/readConventionSpans.ts'
import { restate } from '../jobs/restate.ts'
import { outdatedRows, type Outdated } from './outdatedRows.ts'

const rose = made('bybit', { instrument: 'ROSEUSDT', asset: 'ROSE' })
const inverse = made('bybit', { instrument: 'BTCUSD', contract: 'inverse', quote: 'USD' })
const instruments = [rose, inverse]
const payload = (name: string): unknown => fixture('bybit', name).payload
const RUN = { number: 1, label: 'collected', sha256: '', kind: 'live', rows: 0, added: 0, fuller: 0, replaced: 0 }
const { open } = temporary()

/** A store that holds documented open interest and a documented liquidation, read by the ledger as it is. */
async function collectedStore(): Promise<Store> {
  const store = await open()
  await putInstruments(store, instruments)
  await writeImport(store.engine, { ...RUN, finished: true, receivedAt: '' })
  const context = contextOf('bybit', instruments)
  const tickers = mapContractTickers(payload('inverse-ticker-rest'), context).rows
  const held = tickers.filter(({ record }) => record === openInterest).map(({ row }) => row)
  const closed = mapLiquidationPush(payload('perp-liquidation-socket'), context).rows.map(({ row }) => row)
  await append(store, batchOf(openInterest, held), RUN.number)
  await append(store, batchOf(liquidation, closed), RUN.number)
  return store
}

async function outdatedBy(store: Store, ledger: typeof LEDGER): Promise<readonly Outdated[]> {
  const known = { instruments, ledger }
  const found: Outdated[] = []
  for (const record of [openInterest, liquidation]) {
    found.push(...outdatedRows(record.name, await readConventionSpans(store, record), known))
  }
  return found
}

const idsIn = (outdated: readonly Outdated[]): readonly string[] => outdated.flatMap(({ conventions }) => conventions)

it('finds no row that was read as the ledger reads it, and every one that was not, until they are restated', async () => {
  const store = await collectedStore()
  expect(await outdatedBy(store, LEDGER)).toEqual([])
  const old = await outdatedBy(store, doctored(LEDGER))
  expect(old).toMatchObject([
    { venue: 'bybit', record: 'openInterest', rows: 1 },
    { venue: 'bybit', record: 'liquidation', rows: 1 },
  ])
  for (const id of idsIn(old)) expect(LEDGER.map((entry) => entry.id)).toContain(id)

  await restate({ store, now: instant(0) }, { ledger: doctored(LEDGER) })
  expect(await outdatedBy(store, doctored(LEDGER))).toEqual([])
  expect(idsIn(await outdatedBy(store, LEDGER))).toEqual(idsIn(old).map((id) => `${id}-doctored`))
})

const span = (first: string, last: string, fields: Partial<ConventionSpan> = {}): ConventionSpan => ({
  venue: 'bybit',
  market: 'perp',
  instrument: 'ROSEUSDT',
  interval: 'live',
  convention: 'bybit/open_interest/linear-two-sided',
  first: parseInstant(first),
  last: parseInstant(last),
  rows: 10,
  ...fields,
})
const outdated = (...spans: readonly ConventionSpan[]) =>
  outdatedRows('openInterest', spans, { instruments, ledger: LEDGER })

it('finds a stretch that goes on after the entry that it was read by has ended', () => {
  expect(outdated(span('2026-06-01', '2026-06-10'))).toEqual([])
  expect(outdated(span('2026-06-01', '2026-06-12'))).toMatchObject([{ venue: 'bybit', rows: 10 }])
})

it('finds an entry that there is no more, and lets be what is of an unknown instrument', () => {
  const gone = { convention: 'bybit/open_interest/once' }
  expect(outdated(span('2026-06-01', '2026-06-02', gone))).toMatchObject([{ conventions: [gone.convention] }])
  expect(outdated(span('2026-06-01', '2026-06-02', { ...gone, instrument: 'XUSDT' }))).toEqual([])
})
