import { expect, it } from 'vitest'
import type { Instrument } from '../../../records/instrument.ts'
import { trade } from '../../../records/trade.ts'
import type { HistoryDoor } from '../../../sources/source.ts'
import type { HistoryTask } from './missing.ts'
import { PastNumbers } from './pastNumbers.ts'

const start = Date.UTC(2026, 0, 5)
const instrument: Instrument = {
  venue: 'okx',
  market: 'perp',
  instrument: 'BTC-USDT-SWAP',
  asset: 'BTC',
  quote: 'USDT',
  multiplier: 1,
  simulated: true,
  contract: 'linear',
}

/** Trades by number, each as many milliseconds after the start. */
const page = (...ids: readonly number[]) =>
  ids.map((id) => ({ record: trade, row: { tradeId: String(id), at: start + id } }))
const stretch = (from: number, to: number) => ({ from: start + from, to: start + to })

function numbers({ of = instrument, kind = 'trade', holes = [] }: Partial<Made> = {}): PastNumbers {
  const door = { kind, market: 'perp' } as HistoryDoor
  const task: HistoryTask = { door, instrument: of, stretch: stretch(0, 100), holes }
  return new PastNumbers(task)
}

interface Made {
  readonly of: Instrument
  readonly kind: HistoryDoor['kind']
  readonly holes: HistoryTask['holes']
}

it('misses the numbers that no page has, in the time between the trades beside them', () => {
  const past = numbers()
  past.add(page(20, 18, 17))
  past.add(page(16, 12))
  expect(past.missing(start)).toEqual([
    { ...stretch(12, 17), why: 'the venue does not serve trades "13" to "15"' },
    { ...stretch(18, 21), why: 'the venue does not serve trade "19"' },
  ])
  expect(past.runs().map(({ first, last }) => [first.id, last.id])).toEqual([
    [12, 12],
    [16, 18],
    [20, 20],
  ])
})

it('misses nothing where all come, or where none is known to be', () => {
  const past = numbers()
  expect(past.missing(start)).toEqual([])
  past.add(page(3, 4))
  past.add(page(5))
  expect(past.missing(start)).toEqual([])
})

it('misses a hole whose ends do not come, where the venue reaches so far', () => {
  const hole = stretch(10, 13)
  const why = 'the venue does not serve the trades beside it'
  const past = numbers({ holes: [hole] })
  expect(past.missing(start)).toEqual([{ ...hole, why }])
  past.add(page(10, 11))
  expect(past.missing(start)).toEqual([{ ...hole, why }])
  expect(past.missing(start + 11)).toEqual([])
  past.add(page(12))
  expect(past.missing(start)).toEqual([])
})

it('takes what is not counted as it comes', () => {
  for (const past of [numbers({ of: { ...instrument, venue: 'bybit' } }), numbers({ kind: 'candle' })]) {
    past.add(page(3, 9))
    expect([past.missing(start), past.runs()]).toEqual([[], []])
  }
})
