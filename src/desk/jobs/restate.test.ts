import { expect, it } from 'vitest'
import { doctored } from '../../../test/support/doctoredLedger.ts'
import { btc as gateBtc, gateContext, inverse } from '../../../test/support/gate.ts'
import { temporary } from '../../../test/support/temporaryStore.ts'
import { contextOf, fixture, made } from '../../../test/support/wire.ts'
import {
  ledgerLookup,
  MissingConventionError,
  type Convention,
  type OpenInterestRule,
} from '../../conventions/convention.ts'
import { LEDGER } from '../../conventions/ledger.ts'
import { restatedLiquidation, restatedOpenInterest } from '../../conventions/restated.ts'
import { DAY_MS, formatDay, instant, parseInstant } from '../../core/instant.ts'
import { batchOf } from '../../records/batch.ts'
import type { Instrument } from '../../records/instrument.ts'
import { liquidation } from '../../records/liquidation.ts'
import { openInterest } from '../../records/openInterest.ts'
import type { RecordSpec } from '../../records/record.ts'
import { trade } from '../../records/trade.ts'
import { mapForceOrder } from '../../sources/binance/mapLiquidations.ts'
import { mapOpenInterestHistory } from '../../sources/binance/mapOpenInterest.ts'
import { mapOpenInterest as mapBitgetTickers } from '../../sources/bitget/mapTickers.ts'
import { mapLiquidationPush as mapBybitLiquidations } from '../../sources/bybit/mapLiquidations.ts'
import { mapContractTickers } from '../../sources/bybit/mapTickers.ts'
import { mapContracts } from '../../sources/gate/mapContracts.ts'
import { mapLiquidationOrders } from '../../sources/gate/mapLiquidations.ts'
import { mapLiquidationPush as mapOkxLiquidations } from '../../sources/okx/mapLiquidations.ts'
import { mapOpenInterest as mapOkx } from '../../sources/okx/mapOpenInterest.ts'
import { append } from '../../store/append.ts'
import { readImports, writeImport } from '../../store/ledger.ts'
import { putInstruments } from '../../store/queries/putInstruments.ts'
import { readInstrumentRows } from '../../store/queries/readInstrumentRows.ts'
import { readInstruments } from '../../store/queries/readInstruments.ts'
import type { Desk } from '../desk.ts'
import { restate, type Restated } from './restate.ts'

const binance = made('binance')
const rose = made('bybit', { instrument: 'ROSEUSDT', asset: 'ROSE' })
const bybitBtc = made('bybit')
const bybitInverse = made('bybit', { instrument: 'BTCUSD', contract: 'inverse', quote: 'USD' })
const iost = made('okx', { instrument: 'IOST-USDT-SWAP', asset: 'IOST', contractSize: 1000 })
const okxBtc = made('okx', { instrument: 'BTC-USDT-SWAP', contractSize: 0.01 })
const bitget = made('bitget')
const INSTRUMENTS = [binance, rose, bybitBtc, bybitInverse, iost, okxBtc, bitget, gateBtc, inverse]

const payload = (venue: 'binance' | 'bybit' | 'okx' | 'gate' | 'bitget', name: string) => fixture(venue, name).payload

/** What documented messages come to, by the mappers: open interest and liquidations of five venues. */
const collected = [
  mapOpenInterestHistory(payload('binance', 'perp-openInterest-history'), binance, '5m'),
  mapForceOrder(payload('binance', 'perp-liquidation-socket-captured'), contextOf('binance', [binance])),
  mapContractTickers(payload('bybit', 'inverse-ticker-rest'), contextOf('bybit', INSTRUMENTS)),
  mapBybitLiquidations(payload('bybit', 'perp-liquidation-socket'), contextOf('bybit', [rose])),
  mapOkx(payload('okx', 'perp-openInterest-rest-real'), contextOf('okx', [okxBtc])),
  mapOkxLiquidations(payload('okx', 'perp-liquidation-socket'), contextOf('okx', [iost])),
  mapContracts(payload('gate', 'perp-instrument-rest'), { ...gateContext, now: instant(1_745_280_000_000) }),
  mapLiquidationOrders(payload('gate', 'perp-liquidation-rest'), gateBtc),
  mapBitgetTickers((payload('bitget', 'perp-ticker-rest') as { data: unknown[] }).data, contextOf('bitget', [bitget])),
].flatMap(({ rows }) => rows)

type Row = Readonly<Record<string, unknown>>
const ofKind = (record: RecordSpec): readonly Row[] =>
  collected.filter((each) => each.record === record).map(({ row }) => row)
const isOf = (row: Row): Instrument =>
  INSTRUMENTS.find((is) => is.venue === row['venue'] && is.instrument === row['instrument'])!

const wrongLedger = ledgerLookup(doctored(LEDGER))
const wrongly = {
  openInterest: ofKind(openInterest).map((row) =>
    restatedOpenInterest(openInterest.schema.parse(row), isOf(row), wrongLedger)!,
  ),
  liquidation: ofKind(liquidation).map((row) =>
    restatedLiquidation(liquidation.schema.parse(row), isOf(row), wrongLedger)!,
  ),
}

const { open } = temporary()

const RUN = { number: 1, label: 'collected', sha256: '', kind: 'live', rows: 0, added: 0, fuller: 0, replaced: 0 }

/** A store into which rows were collected. */
async function collectedInto(rows: {
  readonly openInterest: readonly Row[]
  readonly liquidation: readonly Row[]
}): Promise<Desk> {
  const store = await open()
  await putInstruments(store, INSTRUMENTS)
  await writeImport(store.engine, { ...RUN, finished: true, receivedAt: '' })
  await append(store, batchOf(openInterest, rows.openInterest), RUN.number)
  await append(store, batchOf(liquidation, rows.liquidation), RUN.number)
  return { store, now: instant(0) }
}

async function stored({ store }: Desk, record: RecordSpec): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const is of INSTRUMENTS) {
    for await (const stretch of readInstrumentRows(store, record, is)) rows.push(...stretch)
  }
  return rows
}

const inOrder = (rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => (JSON.stringify(seriesOf(a)) < JSON.stringify(seriesOf(b)) ? -1 : 1))
const seriesOf = (row: Row) => [row['venue'], row['instrument'], row['at'], row['knownAt']]

it('reads otherwise by a doctored ledger, every liquidation as the other position', () => {
  expect(new Set(wrongly.openInterest.map(({ venue }) => venue)).size).toBe(5)
  expect(new Set(wrongly.liquidation.map(({ venue }) => venue)).size).toBe(4)
  for (const [i, row] of ofKind(openInterest).entries()) {
    expect(wrongly.openInterest[i]!.sides).not.toBe(row['sides'])
  }
  for (const [i, row] of ofKind(liquidation).entries()) {
    expect(wrongly.liquidation[i]!.position).not.toBe(row['position'])
  }
})

it('comes out as if the right ledger had collected it, with all that was published and known as before', async () => {
  const desk = await collectedInto(wrongly)
  const told: Restated[] = []
  const restated = await restate(desk, { onRestated: (each) => told.push(each) })
  expect(inOrder(await stored(desk, openInterest))).toEqual(inOrder(ofKind(openInterest)))
  expect(inOrder(await stored(desk, liquidation))).toEqual(inOrder(ofKind(liquidation)))
  expect(told).toEqual(restated)
  expect(restated.every(({ rows, changed, unread }) => changed === rows && unread === 0)).toBe(true)
})

it('changes nothing the second time, and goes back where the ledger goes back', async () => {
  const desk = await collectedInto(wrongly)
  await restate(desk)
  const [once, imports] = [await stored(desk, openInterest), await readImports(desk.store.engine)]
  const again = await restate(desk)
  expect(again.every(({ changed }) => changed === 0)).toBe(true)
  expect(await stored(desk, openInterest)).toEqual(once)
  expect(await readImports(desk.store.engine)).toEqual(imports)
  await restate(desk, { ledger: doctored(LEDGER) })
  expect(inOrder(await stored(desk, openInterest))).toEqual(inOrder(wrongly.openInterest))
  expect(inOrder(await stored(desk, liquidation))).toEqual(inOrder(wrongly.liquidation))
})

it('leaves all as it was but the days that an entry is of', async () => {
  const right = { openInterest: history(100), liquidation: [] }
  const desk = await collectedInto(right)
  const before = await stored(desk, openInterest)
  const from = formatDay(instant(FIRST + 60 * DAY_MS))
  const changedFrom60 = LEDGER.flatMap((entry): readonly Convention[] => {
    if (entry.id !== 'bybit/open_interest/linear-two-sided') return [entry]
    const rule = { ...entry.rule, sides: 'one' } as OpenInterestRule
    return [
      { ...entry, to: from },
      { ...entry, id: `${entry.id}-no-more`, from, rule },
    ]
  })
  const restated = await restate(desk, { ledger: changedFrom60 })
  expect(restated).toEqual([
    { venue: 'bybit', instrument: 'BTCUSDT', record: 'openInterest', rows: 100, changed: 40, unread: 0 },
  ])
  const after = await stored(desk, openInterest)
  expect(after.slice(0, 60)).toEqual(before.slice(0, 60))
  for (const [i, row] of after.slice(60).entries()) {
    expect(row).toEqual({
      ...before[60 + i],
      sides: 'one',
      coins: 2 * Number(before[60 + i]!['coins']),
      quoteValue: 2 * Number(before[60 + i]!['quoteValue']),
      convention: 'bybit/open_interest/linear-two-sided-no-more',
    })
  }
})

it('restates every version of a row, so that a view as of then changes too', async () => {
  const [row] = history(1) as [Row]
  const revised = { ...row, knownAt: Number(row['knownAt']) + 1000, published: 2200, coins: 1100, quoteValue: 110_000 }
  const desk = await collectedInto({ openInterest: [row, revised], liquidation: [] })
  await restate(desk, { ledger: doctored(LEDGER) })
  expect(await stored(desk, openInterest)).toMatchObject([
    { published: 2000, sides: 'unknown', coins: 2000 },
    { published: 2200, sides: 'unknown', coins: 2200 },
  ])
})

it('leaves a row that the ledger counts in the quote and that has no price, and says so', async () => {
  const [{ price: _, quoteValue: __, ...unpriced }] = history(1) as [Row]
  const desk = await collectedInto({ openInterest: [unpriced, ...history(3).slice(1)], liquidation: [] })
  const inQuote = LEDGER.map((entry) =>
    entry.rule.of === 'open interest' ? { ...entry, rule: { ...entry.rule, countedIn: 'quote' as const } } : entry,
  )
  expect(await restate(desk, { ledger: inQuote })).toMatchObject([{ rows: 3, changed: 2, unread: 1 }])
  expect((await stored(desk, openInterest))[0]).toEqual(unpriced)
})

it('refuses what the ledger says nothing of, and touches nothing else', async () => {
  const desk = await collectedInto({ openInterest: history(3), liquidation: [] })
  const of = { venue: 'bybit', market: 'perp', instrument: 'BTCUSDT', at: FIRST, knownAt: FIRST }
  const traded = { ...of, tradeId: '1', price: 100, quantity: 1, takerBuy: true }
  await append(desk.store, batchOf(trade, [traded]), RUN.number)
  await expect(restate(desk, { ledger: [] })).rejects.toBeInstanceOf(MissingConventionError)
  expect(await stored(desk, openInterest)).toEqual(history(3))
  await restate(desk, { ledger: doctored(LEDGER) })
  expect(await stored(desk, trade)).toEqual([{ ...traded, takerBuy: 1 }])
  expect(await readInstruments(desk.store)).toHaveLength(INSTRUMENTS.length)
})

const FIRST = parseInstant('2025-01-01')

/** Open interest of one instrument of Bybit, a row a day, as the ledger reads it. */
function history(days: number): readonly Row[] {
  return Array.from({ length: days }, (_, day) => ({
    venue: 'bybit',
    market: 'perp',
    instrument: 'BTCUSDT',
    interval: 'live',
    at: FIRST + day * DAY_MS,
    knownAt: FIRST + day * DAY_MS,
    published: 2000 + day,
    countedIn: 'units',
    sides: 'two',
    coins: 1000 + day / 2,
    quoteValue: 100_000 + day * 50,
    price: 100,
    convention: 'bybit/open_interest/linear-two-sided',
  }))
}
