import { describe, expect, it } from 'vitest'
import { instant } from '../../../core/instant.ts'
import { ticker } from '../../../records/ticker.ts'
import { trade } from '../../../records/trade.ts'
import type { MappedRow } from '../../../sources/source.ts'
import { Gate } from './gate.ts'

const now = instant(Date.UTC(2026, 0, 5))
const traded = (tradeId: string, at: number, fields: Record<string, unknown> = {}): MappedRow => ({
  record: trade,
  row: { market: 'perp', instrument: 'BTCUSDT', tradeId, at: now + at, ...fields },
})
const whats = (gate: Gate, ...rows: readonly MappedRow[]) => gate.watch(rows).map(({ what, path }) => `${what} ${path}`)

describe('Gate.pass', () => {
  it('drops and tells what lies further in the future than clocks differ', () => {
    const rows = [traded('1', 0), traded('2', 5_000), traded('3', 5_001)]
    const passed = new Gate().pass({ rows, faults: [] }, now)
    expect(passed.rows).toEqual(rows.slice(0, 2))
    expect(passed.faults).toMatchObject([{ channel: 'trade', what: 'impossible', path: 'at' }])
    expect(passed.faults[0]!.why).toContain('5 s in the future')
  })

  it('keeps the faults that were told before', () => {
    const fault = { channel: 'x', what: 'missing', path: 'y', why: 'z', raw: '' } as const
    expect(new Gate().pass({ rows: [traded('1', 9_000)], faults: [fault] }, now).faults).toHaveLength(2)
    const sound = { rows: [traded('1', 0)], faults: [fault] }
    expect(new Gate().pass(sound, now)).toBe(sound)
  })
})

describe('Gate.watch', () => {
  it('lets trades of one message come in any order, and those of one instant in any number', () => {
    const gate = new Gate()
    expect(whats(gate, traded('2', 20), traded('1', 10))).toEqual([])
    expect(whats(gate, traded('5', 50), traded('4', 40), traded('3', 20))).toEqual([])
    expect(whats(gate, traded('6', 50))).toEqual([])
  })

  it('tells a trade that comes again, in the same message or another', () => {
    const gate = new Gate()
    expect(whats(gate, traded('1', 10), traded('1', 10))).toEqual(['repeated tradeId'])
    expect(whats(gate, traded('2', 20))).toEqual([])
    expect(whats(gate, traded('1', 10), traded('2', 20))).toEqual(['repeated tradeId', 'repeated tradeId'])
  })

  it('tells a trade from before those of an earlier message', () => {
    const gate = new Gate()
    whats(gate, traded('2', 20))
    expect(whats(gate, traded('1', 19), traded('3', 30))).toEqual(['out of order at'])
  })

  it('keeps instruments and markets apart and looks at trades only', () => {
    const gate = new Gate()
    whats(gate, traded('1', 50))
    expect(whats(gate, traded('1', 10, { instrument: 'ETHUSDT' }), traded('1', 10, { market: 'spot' }))).toEqual([])
    const other = { record: ticker, row: traded('1', 50).row }
    expect(whats(gate, other, other)).toEqual([])
  })

  it('lets what it has forgotten come again', () => {
    const gate = new Gate()
    whats(gate, traded('1', 10), traded('1', 10, { instrument: 'ETHUSDT' }))
    gate.forget('spot', ['BTCUSDT'])
    gate.forget('perp', ['ETHUSDT'])
    expect(whats(gate, traded('1', 10))).toEqual(['repeated tradeId'])
    expect(whats(gate, traded('1', 10, { instrument: 'ETHUSDT' }))).toEqual([])
  })

  it('remembers the last 64 of an instrument', () => {
    const gate = new Gate()
    const many = Array.from({ length: 65 }, (_, i) => traded(String(i), i))
    expect(whats(gate, ...many)).toEqual([])
    expect(whats(gate, traded('1', 1), traded('64', 64))).toEqual(['repeated tradeId', 'repeated tradeId'])
    expect(whats(gate, traded('0', 0))).toEqual(['out of order at'])
  })
})
