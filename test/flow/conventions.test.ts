import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FIELDS, type Convention } from '../../src/conventions/convention.ts'
import { LEDGER } from '../../src/conventions/ledger.ts'
import { parseInstant } from '../../src/core/instant.ts'
import { batchOf } from '../../src/records/batch.ts'
import type { Instrument } from '../../src/records/instrument.ts'
import { liquidation } from '../../src/records/liquidation.ts'
import { openInterest } from '../../src/records/openInterest.ts'
import { VENDORS, VENUES } from '../../src/records/venues.ts'
import { append } from '../../src/store/append.ts'
import { writeImport } from '../../src/store/ledger.ts'
import { openStore } from '../../src/store/open.ts'
import { putInstruments } from '../../src/store/queries/putInstruments.ts'
import { buildCli, runCli, scratchFolder, type Ended } from '../support/cli.ts'

const store = join(scratchFolder(), 'store')
const ask = (...args: readonly string[]): Promise<Ended> => runCli(['conventions', ...args])
const json = async (...args: readonly string[]) => {
  const { code, stdout } = await ask(...args, '--json')
  return { code, answer: JSON.parse(stdout) }
}

beforeAll(() => buildCli())

describe('assayer conventions', () => {
  it('prints every entry of the ledger under its venue, with all it rests on', async () => {
    const { code, stdout, stderr } = await ask()
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout.split('\n').filter((line) => /^[a-z]+$/.test(line))).toEqual([...VENUES, ...VENDORS])
    const entries = [...stdout.matchAll(/^ {2}(\S+) \((.*)\)$/gm)].map(([, id, when]) => [id, when])
    expect(entries.map(([id]) => id)).toEqual(LEDGER.map(({ id }) => id))
    const addresses = [...stdout.matchAll(/^ {6}(https:\/\/\S+)$/gm)].map(([, address]) => address)
    expect(addresses).toEqual(LEDGER.flatMap(({ evidence }) => evidence.map(({ address }) => address)))
    for (const line of stdout.split('\n')) if (!line.includes('https:')) expect(line.length).toBeLessThanOrEqual(110)
  })

  it('says from when to when, of what, how sure it is, what it does to a number and what it rests on', async () => {
    const { stdout } = await ask('bybit', '--field', 'open_interest')
    expect(stdout).toContain(
      [
        'bybit',
        '',
        '  bybit/open_interest/linear-two-sided (before 2026-06-11, linear, inferred)',
        '    Longs and shorts together, in the base coin that the name says; no one-sided number beside it.',
        '    = counted in units, both sides: halved',
        '    · the printed value is size times mark: ',
      ].join('\n'),
    )
    expect(stdout).toContain(
      '  bybit/open_interest/inverse-two-sided-beside-single (from 2026-06-11, inverse, documented)\n',
    )
    expect(stdout).not.toContain('open_interest_history')
  })

  it.each(['binance', 'okx', 'bitget', 'hyperliquid'])(
    'shows the sides of %s as unknown, with their bounds',
    async (venue) => {
      const { stdout } = await ask(venue.toUpperCase(), '--field', 'open_interest')
      expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
        'one side or both, unknown: shown as published, one-sided it is [1/2, 1] of that',
      )
      expect(stdout).toMatch(/^ {2}\S+ \((linear, |inverse, )?unknown\)$/m)
    },
  )

  it('gives the same as JSON, with bounds of open interest', async () => {
    const { code, answer } = await json()
    expect(code).toBe(0)
    expect(answer.missing).toEqual([])
    const bounds = (entry: Convention) =>
      entry.rule.of === 'open interest' ? { bounds: entry.rule.sides === 'unknown' ? [0.5, 1] : [1, 1] } : {}
    expect(answer.conventions).toEqual(LEDGER.map((entry) => ({ ...entry, ...bounds(entry) })))
  })

  it('narrows to a venue and to a field', async () => {
    const { answer } = await json('gate')
    expect(answer.conventions).toHaveLength(LEDGER.filter(({ venue }) => venue === 'gate').length)
    const funding = await json('--field', 'FUNDING')
    const ids: readonly string[] = funding.answer.conventions.map(({ id }: Convention) => id)
    expect(new Set(ids.map((id) => id.split('/')[0]))).toEqual(new Set(VENUES))
    expect(ids.every((id) => id.split('/')[1] === 'funding')).toBe(true)
  })

  it('says what it has nothing of, and exits 3', async () => {
    const { code, stdout, stderr } = await ask('binance', '--field', 'position')
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toBe('missing: an entry for position of binance: the ledger says nothing of it\n')
    expect((await json('binance', '--field', 'position')).answer).toEqual({
      conventions: [],
      missing: [expect.stringContaining('position of binance')],
    })
  })

  it('refuses a venue and a field that it does not know, and names those it does', async () => {
    const venue = await ask('kraken')
    expect(venue).toMatchObject({ code: 2, stdout: '' })
    expect(venue.stderr).toBe(`error: "kraken" is not a venue\nhint: one of ${[...VENUES, ...VENDORS].join(', ')}\n`)
    const field = await ask('gate', '--field', 'price')
    expect(field).toMatchObject({ code: 2, stdout: '' })
    expect(field.stderr).toBe(`error: "price" is not a field\nhint: one of ${FIELDS.join(', ')}\n`)
  })
})

describe('assayer conventions restate', () => {
  const at = parseInstant('2025-04-22')
  const of = { venue: 'bybit', market: 'perp', instrument: 'BTCUSD', at, knownAt: at } as const
  const is: Instrument = {
    venue: 'bybit',
    market: 'perp',
    instrument: 'BTCUSD',
    asset: 'BTC',
    quote: 'USD',
    multiplier: 1,
    simulated: false,
    contract: 'inverse',
    contractSize: 1,
  }
  // Counted as if it were one side and in coins, and the position taken for the order: as an older ledger might have.
  const wrong = { countedIn: 'coins', sides: 'one', convention: 'bybit/open_interest/older' }
  const priced = { ...of, interval: 'live', published: 9_300_000, price: 93_000, coins: 9_300_000, ...wrong }
  const unpriced = { ...of, interval: '5m', published: 9_300_000, coins: 9_300_000, ...wrong }
  const closed = { ...of, liquidationId: '1', position: 'short', publishedSide: 'buy', price: 93_000 }
  const forced = { ...closed, published: 93_000, coins: 93_000, quoteValue: 8_649_000_000, convention: 'older' }

  const restate = (...args: readonly string[]): Promise<Ended> => ask('restate', '--store', store, ...args)
  beforeAll(async () => {
    const run = { label: 'collected', sha256: '', kind: 'live', rows: 0, added: 0, fuller: 0, replaced: 0 }
    const opened = await openStore(store)
    await putInstruments(opened, [is])
    await writeImport(opened.engine, { ...run, number: 1, finished: true, receivedAt: '' })
    await append(opened, batchOf(openInterest, [priced, unpriced]), 1)
    await append(opened, batchOf(liquidation, [forced]), 1)
    await opened.close()
  })

  it('says what changed instrument by instrument, and what it cannot read', async () => {
    const { code, stdout, stderr } = await restate()
    expect(stdout).toBe(
      [
        'bybit BTCUSD: 1 of 2 rows of open interest restated',
        'bybit BTCUSD: 1 of 1 rows of liquidations restated',
        '2 of 3 rows restated by the ledger of this version',
        '',
      ].join('\n'),
    )
    expect(stderr).toBe(
      'missing: a price or a contract size for 1 row of open interest of bybit BTCUSD, which stay as they were\n',
    )
    expect(code).toBe(3)
  })

  it('changes nothing the second time, and says that as JSON too', async () => {
    const { code, stdout } = await restate('--json')
    expect(code).toBe(3)
    const whole = { rows: 3, changed: 0, unread: 1, missing: [expect.stringContaining('for 1 row of open interest')] }
    const bybit = { venue: 'bybit', instrument: 'BTCUSD' }
    expect(JSON.parse(stdout)).toEqual({
      ...whole,
      restated: [
        { ...bybit, record: 'openInterest', rows: 2, changed: 0, unread: 1 },
        { ...bybit, record: 'liquidation', rows: 1, changed: 0, unread: 0 },
      ],
    })
    expect((await restate()).stdout).toBe('0 of 3 rows restated by the ledger of this version\n')
  })

  it('leaves rows that read as if this version had collected them', async () => {
    const opened = await openStore(store)
    const numbers = { coins: 'number', quoteValue: 'number' } as const
    const of = await opened.engine.select(
      `select coins, quoteValue, sides, convention from openInterest final where interval = 'live'`,
      { ...numbers, sides: 'text', convention: 'text' },
    )
    const forced = await opened.engine.select(
      'select coins, quoteValue, position, published, publishedSide from liquidation final',
      { ...numbers, position: 'text', published: 'number', publishedSide: 'text' },
    )
    await opened.close()
    expect([of.columns.coins[0], of.columns.quoteValue[0], of.columns.sides[0], of.columns.convention[0]]).toEqual([
      50,
      4_650_000,
      'two',
      'bybit/open_interest/inverse-two-sided',
    ])
    const { columns } = forced
    expect([columns.coins[0], columns.quoteValue[0], columns.position[0], columns.publishedSide[0]]).toEqual([
      1,
      93_000,
      'long',
      'buy',
    ])
  })

  it('exits 3 where there is no store', async () => {
    const nowhere = await ask('restate', '--store', join(store, 'nowhere'))
    expect(nowhere).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('there is no store in') })
  })
})
