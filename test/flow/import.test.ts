import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { HOUR_MS, formatInstant, instant, parseInstant } from '../../src/core/instant.ts'
import { buildCli, runCli, scratchFolder, startCli, until, type Ended } from '../support/cli.ts'
import { CANDLE_HEADER, candleCsv } from '../support/candleCsv.ts'
import { randomCandles } from '../support/madeCandles.ts'
import { startingAt } from '../support/madeFrame.ts'

beforeAll(buildCli)
const folder = scratchFolder()

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const candles = startingAt('2025-01-01', randomCandles('import', 50))
const text = candleCsv(candles, 'ETHUSDT')
const lines = text.trimEnd().split('\n')
const good = file('days.csv', text)

const store = (name: string): string => join(folder, name)
const importInto = (name: string, ...args: readonly string[]): Promise<Ended> =>
  runCli(['import', 'candles', ...args, '--venue', 'binance', '--store', store(name)])

async function heldIn(name: string): Promise<number> {
  const { stdout } = await runCli(['series', 'close', 'ETH', '--json', '--from', '2025-01-01', '--store', store(name)])
  return JSON.parse(stdout).points.length
}

describe('assayer import', () => {
  it('keeps every row, and nothing more when it is run again', async () => {
    const first = await importInto('twice', good)
    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/: 50 rows of binance spot 1d, 1 instrument: 50 new \(.*; the store holds 50\n$/),
    })
    const again = await importInto('twice', good, '--json')
    expect(again.code).toBe(0)
    expect(JSON.parse(again.stdout).imports).toEqual([
      expect.objectContaining({
        file: good,
        venue: 'binance',
        market: 'spot',
        interval: '1d',
        rows: 50,
        added: 0,
        replaced: 0,
        unchanged: 50,
        held: 50,
        instruments: 1,
        bad: { count: 0, first: [] },
      }),
    ])
  })

  it('refuses a bad row by file, line, column and value, and keeps nothing of the file', async () => {
    const bad = lines.with(30, lines[30]!.replace(/,[^,]*,[^,]*$/, ',-1,5'))
    const path = file('bad.csv', bad.join('\n'))
    const refused = await importInto('bad', path)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/^error: ".*bad\.csv" line 31, column "close": "-1" /m)
    expect(refused.stderr).toMatch(/^hint: .*--skip-bad/m)
    expect(await heldIn('bad')).toBe(0)
    const kept = await importInto('bad', path, '--skip-bad')
    expect(kept.code).toBe(0)
    expect(kept.stdout).toMatch(/: 49 rows of .*: 49 new, 1 bad rows? left out/)
    expect(kept.stdout).toMatch(/^ {2}bad: .*bad\.csv line 31, column "close": "-1" /m)
  })

  it('refuses a file that contradicts another, naming both, unless it is to replace', async () => {
    await importInto('conflict', good)
    const [time, symbol, open, , low, close, volume] = lines[20]!.split(',')
    const other = file('other.csv', `${CANDLE_HEADER}\n${[time, symbol, open, 1e6, low, close, volume].join(',')}\n`)
    const refused = await importInto('conflict', other, '--interval', '1d')
    expect(refused.code).toBe(1)
    expect(refused.stderr).toMatch(
      /^error: "other\.csv" contradicts "days\.csv" in 1 row; .* high: 1000000, "days\.csv" has /,
    )
    const replaced = await importInto('conflict', other, '--interval', '1d', '--replace', '--json')
    expect(JSON.parse(replaced.stdout).imports[0]).toMatchObject({ rows: 1, replaced: 1, held: 50 })
    expect(await heldIn('conflict')).toBe(50)
  })

  it('fails by name for what it cannot read or does not know, and makes nothing of it', async () => {
    const whole = gzipSync(text)
    const cases = [
      ['no such file', join(folder, 'nowhere.csv'), 1, /"[^"]*nowhere\.csv" cannot be read/],
      ['an unknown header', file('odd.csv', 'a,b,c\n1,2,3\n'), 1, /no known header of candles: "a,b,c"/],
      ['a truncated gzip', file('cut.csv.gz', whole.subarray(0, whole.length - 20)), 1, /cut\.csv\.gz" /],
    ] as const
    for (const [name, path, code, message] of cases) {
      const ended = await importInto('unread', path)
      expect([name, ended.code]).toEqual([name, code])
      expect(ended.stderr).toMatch(message)
      expect(ended.stderr).toMatch(/^hint: /m)
      expect(ended.stderr).not.toMatch(/^ +at /m)
    }
    expect(await heldIn('unread')).toBe(0)
  })

  it('takes wrong words for wrong use', async () => {
    const kinds = await runCli(['import', 'candels', good, '--store', store('wrong')])
    expect(kinds).toMatchObject({ code: 2, stderr: expect.stringContaining('"candels" is not a kind of records') })
    const market = await importInto('wrong', good, '--market', 'futures')
    expect(market).toMatchObject({ code: 2, stderr: expect.stringContaining('hint: one of spot, perp\n') })
    const index = await importInto('wrong', good, '--market', 'index')
    expect(index).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/weekends are gaps.*\nhint: .*assayer import series FILE --symbol SPX/),
    })
    const address = await runCli(['import', 'candles', good, '--venue', 'binance', '--store', 'http://localhost:8123'])
    expect(address).toMatchObject({ code: 2, stderr: expect.stringContaining('"http://localhost:8123" is no folder') })
    expect(existsSync(store('wrong'))).toBe(false)
  })
})

/** Hourly rows of many symbols: long enough to be caught in the middle. */
function longFile(): string {
  const hours = 10_000
  const times = Array.from({ length: hours }, (_, i) =>
    formatInstant(instant(parseInstant('2020-01-01') + i * HOUR_MS)),
  )
  const symbols = Array.from({ length: 70 }, (_, k) => `T${k}USDT`)
  const blocks = symbols.map((symbol) => times.map((time) => `${time},${symbol},2,4,1,3,10`).join('\n'))
  return file('long.csv', `${CANDLE_HEADER}\n${blocks.join('\n')}\n`)
}

describe('an import that is stopped', () => {
  it('keeps the store to itself meanwhile, and leaves nothing behind', async () => {
    const path = store('stopped')
    const env = { TMPDIR: folder }
    const running = startCli(['import', 'candles', longFile(), '--venue', 'binance', '--store', path], env)
    await until(() => existsSync(join(path, 'holder.json')))
    // Asleep it holds the store for longer than any command waits.
    running.child.kill('SIGSTOP')
    const second = await runCli(['series', 'close', 'T1', '--store', path])
    expect(second.code).toBe(1)
    expect(second.stderr).toMatch(
      new RegExp(`^error: the store ".*stopped" is open in process ${running.child.pid} \\("main.js import candles `),
    )
    expect(second.stderr).toMatch(/^hint: wait until it ends/m)
    running.child.kill('SIGCONT')
    running.child.kill('SIGINT')
    const ended = await running.ended
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(/error: stopped before the file was read to its end; nothing of it was stored/)
    expect(ended.stderr).not.toMatch(/^ +at /m)
    expect(existsSync(join(path, 'holder.json'))).toBe(false)
    expect(readdirSync(folder).filter((name) => name.startsWith('assayer-'))).toEqual([])
    const after = await runCli(['series', 'close', 'T1', '--interval', '1h', '--store', path])
    expect(after).toMatchObject({ code: 3, stdout: '' })
    expect(after.stderr).toMatch(/^missing: 1h candles of T1 \(none imported\): assayer import candles FILE/m)
  })
})
