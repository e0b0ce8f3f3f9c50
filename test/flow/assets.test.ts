import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Candles } from '../../src/core/candles.ts'
import { DAY_MS, HOUR_MS } from '../../src/core/instant.ts'
import { buildCli, runCli, scratchFolder, type Ended } from '../support/cli.ts'
import { candleCsv } from '../support/candleCsv.ts'
import { randomCandles } from '../support/madeCandles.ts'
import { startingAt } from '../support/madeFrame.ts'

const folder = scratchFolder()
const store = join(folder, 'store')
const ask = (...args: readonly string[]): Promise<Ended> => runCli([...args, '--store', store])

async function json(...args: readonly string[]) {
  const { code, stdout } = await ask(...args, '--json')
  return { code, answer: JSON.parse(stdout) }
}

/** The same candles at prices that are so many times as high. */
function times(factor: number, candles: Candles): Candles {
  const scaled = (column: Float64Array) => column.map((price) => price * factor)
  const { open, high, low, close } = candles
  return { ...candles, open: scaled(open), high: scaled(high), low: scaled(low), close: scaled(close) }
}

const hours = (seed: string) => startingAt('2025-03-01', { ...randomCandles(seed, 40 * 24), step: HOUR_MS })
const days = (start: string, seed = 'days') => startingAt(start, { ...randomCandles(seed, 60), step: DAY_MS })

async function put(venue: string, market: string, symbol: string, candles: Candles): Promise<void> {
  const path = join(folder, `${venue}-${market}-${symbol.replaceAll('/', '_')}.csv`)
  writeFileSync(path, candleCsv(candles, symbol))
  const imported = await ask('import', 'candles', path, '--venue', venue, '--market', market)
  expect(imported).toMatchObject({ code: 0 })
}

const neiro = hours('neiro')
const pepe = hours('pepe')

beforeAll(async () => {
  buildCli()
  await put('hyperliquid', 'perp', 'kNEIRO', times(1000, neiro))
  await put('hyperliquid', 'perp', 'NEIROETH', times(120, neiro))
  await put('bybit', 'spot', 'NEIROUSDT', times(120.5, neiro))
  await put('hyperliquid', 'perp', 'kPEPE', times(1000, pepe))
  await put('binance', 'perp', '1000PEPEUSDT', times(1001, pepe))
  await put('binance', 'spot', 'PEPEBTC', times(0.00001, pepe))
  await put('okx', 'spot', 'GLIMMER-USDT', hours('glimmer'))
  await put('gate', 'spot', 'GLIMMER_USDT', times(7, hours('glimmer')))
  await put('binance', 'spot', 'LITUSDT', days('2025-01-10'))
  await put('binance', 'spot', 'MATICUSDT', days('2024-01-01', 'matic'))
})

describe('assayer assets NAME', () => {
  it('says which instruments are what and why, and refuses two as one asset, with the deviation', async () => {
    const { code, answer } = await json('assets', 'NEIRO')
    expect(code).toBe(0)
    expect(answer).toMatchObject({ name: 'NEIRO', asOf: expect.stringMatching(/Z$/), missing: [] })
    expect(answer.entries.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
      ['NEIRO', 'First Neiro on Ethereum'],
      ['NEIROETH', 'Neiro Ethereum'],
    ])
    expect(answer.instruments).toEqual([
      expect.objectContaining({ venue: 'bybit', instrument: 'NEIROUSDT', asset: 'NEIROETH', by: 'ticker' }),
      expect.objectContaining({ venue: 'hyperliquid', instrument: 'NEIROETH', asset: 'NEIROETH', by: 'id' }),
      {
        venue: 'hyperliquid',
        market: 'perp',
        instrument: 'kNEIRO',
        quote: 'USDC',
        multiplier: 1000,
        simulated: false,
        series: [{ interval: '1h', from: '2025-03-01T00:00:00Z', to: '2025-04-10T00:00:00Z' }],
        ticker: 'NEIRO',
        asset: 'NEIRO',
        by: 'ticker',
        evidence: expect.stringMatching(/^https:/),
        since: null,
        until: null,
      },
    ])
    const pairs = answer.pairs.map(({ a, b, ...pair }: Record<string, { instrument: string }>) => [
      a!.instrument,
      b!.instrument,
      pair,
    ])
    expect(pairs[0]).toEqual(['NEIROUSDT', 'NEIROETH', expect.objectContaining({ verdict: 'accepted', one: true })])
    expect(pairs[1]).toEqual(['NEIROUSDT', 'kNEIRO', expect.objectContaining({ verdict: 'refused', one: false })])
    expect(pairs[2]).toEqual([
      'NEIROETH',
      'kNEIRO',
      {
        verdict: 'refused',
        one: false,
        says: 'two assets, NEIROETH and NEIRO: merging them by name would be wrong',
        medianPct: expect.closeTo(100 * (1 - 1 / 120), 6),
        p5Pct: expect.closeTo(100 * (1 - 1 / 120), 6),
        p95Pct: expect.closeTo(100 * (1 - 1 / 120), 6),
        ratio: expect.closeTo(120, 6),
        commonBars: 960,
        interval: '1h',
        from: '2025-03-01T00:00:00Z',
        to: '2025-04-10T00:00:00Z',
      },
    ])
  })

  it('prints it in words, with the evidence', async () => {
    const { code, stdout, stderr } = await ask('assets', 'neiro', '--as-of', '2025-04-01')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('NEIROETH: Neiro Ethereum\n')
    expect(stdout).toMatch(/^bybit spot NEIROUSDT +1 +NEIROETH +that is what NEIRO means on bybit \[\d+\]$/m)
    expect(stdout).toContain(
      [
        'refused: hyperliquid perp NEIROETH and hyperliquid perp kNEIRO / 1000',
        '  two assets, NEIROETH and NEIRO: merging them by name would be wrong',
        '  median deviation 99.17 %, 99.17 to 99.17 % from the 5th to the 95th percentile; one NEIROETH costs 120 NEIRO',
        '  768 common bars of 1h, 2025-03-01T00:00:00Z to 2025-04-02T00:00:00Z',
      ].join('\n'),
    )
    expect(stdout).toMatch(/^\[\d+\] https:\/\/github\.com\/ccxt\/ccxt\/issues\/25500$/m)
  })

  it('tells of a delisting only once it has happened', async () => {
    const delisted = async (asOf: string) =>
      (await ask('assets', 'NEIROETH', '--as-of', asOf)).stdout.match(/delisted/g)
    expect(await delisted('2025-09-08')).toBeNull()
    expect(await delisted('2025-09-12')).toHaveLength(2)
    expect(await delisted('2026-01-01')).toHaveLength(3)
  })

  it('accepts two instruments of a thousand coins as one, and does not compare prices in two moneys', async () => {
    const { answer } = await json('assets', 'kPEPE')
    const verdicts = answer.pairs.map(({ verdict, one, says }: Record<string, unknown>) => ({ verdict, one, says }))
    expect(verdicts).toEqual([
      { verdict: 'not compared', one: null, says: 'prices in USDT and in BTC' },
      { verdict: 'accepted', one: true, says: 'one asset, PEPE' },
      { verdict: 'not compared', one: null, says: 'prices in BTC and in USDC' },
    ])
  })

  it('shows two instruments of one name whose prices refuse it', async () => {
    const { stdout } = await ask('assets', 'GLIMMER')
    expect(stdout).toContain('refused: gate spot GLIMMER_USDT and okx spot GLIMMER-USDT\n')
    expect(stdout).toContain('  both are called GLIMMER and are not one asset, or a multiplier is wrong')
    expect(stdout).toContain('; a coin of GLIMMER_USDT costs 7 of GLIMMER-USDT\n')
    expect(stdout).toMatch(/of its name alone: the graph says nothing of it$/m)
  })

  it('says what it knows where nothing is held, and exits 3', async () => {
    const known = await ask('assets', 'MKR')
    expect(known.code).toBe(3)
    expect(known.stdout).toMatch(/^ {2}1 can be changed for 24,000 SKY since 2025-09-18 \[\d\]$/m)
    expect(known.stderr).toMatch(/^missing: candles of MKR \(none imported; held: .*\): assayer import candles FILE/)
    const unknown = await ask('assets', 'GLIMMR')
    expect(unknown).toMatchObject({ code: 3, stdout: '' })
    expect(unknown.stderr).toContain('did you mean GLIMMER?')
    const nowhere = await runCli(['assets', 'NEIRO', '--store', join(folder, 'nowhere')])
    expect(nowhere).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('there is no store in') })
  })
})

describe('assayer assets', () => {
  it('lists every asset that is held, with its instruments', async () => {
    const { code, answer } = await json('assets')
    expect(code).toBe(0)
    const held = answer.assets.map(
      ({ asset, instruments }: { asset: string; instruments: { instrument: string }[] }) => [
        asset,
        ...instruments.map(({ instrument }) => instrument),
      ],
    )
    expect(held).toEqual([
      ['GLIMMER', 'GLIMMER_USDT', 'GLIMMER-USDT'],
      ['HEI', 'LITUSDT'],
      ['LIT', 'LITUSDT'],
      ['NEIRO', 'kNEIRO'],
      ['NEIROETH', 'NEIROUSDT', 'NEIROETH'],
      ['PEPE', '1000PEPEUSDT', 'PEPEBTC', 'kPEPE'],
      ['POL', 'MATICUSDT'],
    ])
    const { stdout } = await ask('assets', '--as-of', '2024-02-01')
    expect(stdout).toMatch(/^1 asset, 1 instrument\n\nasset .*\n-.*\nPOL +binance +spot +MATICUSDT +1d +2024-01-01/)
    expect((await ask('assets', '--as-of', '2020-01-01')).code).toBe(3)
  })
})

describe('a series of an asset', () => {
  const series = (asset: string) => json('series', 'close', asset)
  const opens = ({ answer }: Awaited<ReturnType<typeof series>>) => [answer.points[0].at, answer.points.at(-1).at]

  it('ends and begins where the ticker passed from one asset to another', async () => {
    const [heima, lighter] = [await series('HEI'), await series('LIT')]
    expect(opens(heima)).toEqual(['2025-01-10T00:00:00Z', '2025-02-10T00:00:00Z'])
    expect(heima.answer.conventions).toEqual(['asset/binance/LITUSDT/HEI/to/2025-02-10T03:00:00Z'])
    expect(opens(lighter)).toEqual(['2025-02-11T00:00:00Z', '2025-03-10T00:00:00Z'])
    expect(lighter.answer.conventions).toEqual(['asset/binance/LITUSDT/LIT/from/2025-02-10T03:00:00Z'])
  })

  it('is found by the name the asset had, and says so', async () => {
    const former = await series('MATIC')
    expect(former).toMatchObject({ code: 0, answer: { asset: 'MATIC', conventions: ['renamed/MATIC/POL'] } })
    expect((await series('POL')).answer.points).toEqual(former.answer.points)
  })
})
