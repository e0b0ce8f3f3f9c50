import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { frontOf } from '../../src/store/frontFile.ts'
import { readHolder } from '../../src/store/holder.ts'
import { addressBookOf } from '../../src/sim/servers/addressBookOf.ts'
import { readThrough } from '../../src/store/readThrough.ts'
import { candleCsv } from '../support/candleCsv.ts'
import { buildCli, runCli, scratchFolder, startCli, until, type Ended } from '../support/cli.ts'
import { randomCandles } from '../support/madeCandles.ts'
import { startingAt } from '../support/madeFrame.ts'
import { simulated } from '../support/simulated.ts'
import { endStoreChildren, startStoreChild, type StoreChild } from '../support/startStoreChild.ts'

beforeAll(buildCli)
endStoreChildren()
const folder = scratchFolder()

const DAYS = 420
const AS_OF = '2025-02-20'
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const csv = file('days.csv', candleCsv(startingAt('2024-01-01', randomCandles('holder', DAYS)), 'ETHUSDT'))
const later = file('later.csv', candleCsv(startingAt('2025-02-24', randomCandles('later', 5)), 'ETHUSDT'))
const claims = file(
  'claims.yaml',
  `note:
  title: A made note
  published: 2025-02-20T12:00Z
claims:
  - id: rsi-high
    section: strength
    says: strength above 100
    kind: value
    asset: ETH
    metric: rsi
    at: 2025-02-19
    expect: { above: 100 }
  - id: fear
    section: strength
    says: fear below 30
    kind: value
    asset: ETH
    metric: quote(VIX)
    at: 2025-02-19
    expect: { below: 30 }
`,
)

let store: string
let count = 0
beforeEach(async () => {
  store = join(folder, `store-${count++}`)
  expect(await importFrom(csv)).toMatchObject({ code: 0 })
})

const importFrom = (path: string): Promise<Ended> =>
  runCli(['import', 'candles', path, '--venue', 'binance', '--store', store])
const read = (...args: readonly string[]): Promise<Ended> => runCli([...args, '--as-of', AS_OF, '--store', store])

const NOTES = join(folder, 'notes')
const QUESTIONS = [
  ['series', 'rsi', 'ETH'],
  ['series', 'macd', 'ETH', '--json'],
  ['series', 'close', 'DOGE'],
  ['events', 'level_break', 'ETH'],
  ['check', claims],
  ['note', 'ETH', '--format', 'html,md', '--out', NOTES],
] as const

/** All that the four commands that read say, and the files they write. */
async function allAnswers() {
  const answers: Ended[] = []
  for (const question of QUESTIONS) answers.push(await read(...question))
  const notes = readdirSync(NOTES, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const texts = notes.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name), 'utf8')] as const)
  return { answers, notes: texts.toSorted(([a], [b]) => (a < b ? -1 : 1)) }
}

async function hold(): Promise<StoreChild> {
  const holder = startStoreChild('front', store)
  expect(await holder.says()).toBe('open')
  return holder
}

async function kill(holder: StoreChild): Promise<void> {
  holder.child.kill('SIGKILL')
  expect(await holder.ended).toEqual([null, 'SIGKILL'])
}

describe('while a process holds the store', () => {
  it('every command that reads answers as it does without, byte for byte', async () => {
    const free = await allAnswers()
    expect(free.answers.map(({ code }) => code)).toEqual([0, 0, 3, 0, 3, 0])
    const holder = await hold()
    expect(await allAnswers()).toEqual(free)
    expect(await Promise.all(QUESTIONS.map((question) => read(...question)))).toEqual(free.answers)
    holder.child.stdin!.end()
    expect(await holder.says()).toBe('closed')
    await holder.ended
    expect(readdirSync(store)).toEqual(['clickhouse'])
  })

  it('a command that writes, and another holder, are refused by its name, and it goes on', async () => {
    const holder = await hold()
    const name = new RegExp(
      `^error: the store ".*" is open in process ${holder.child.pid} \\("storeChild\\.mjs front .*", since .*\\)\nhint: what only reads works while it runs; stop it `,
    )
    const refused = await importFrom(later)
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(name) })
    expect(await startStoreChild('front', store).says()).toMatchObject({ code: 'STORE_BUSY' })
    expect(await read('series', 'close', 'ETH')).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('after the holder was killed', () => {
  it('the next command opens the store itself, whichever it is', async () => {
    const answer = await read('series', 'close', 'ETH')
    await kill(await hold())
    expect(existsSync(join(store, 'front.token'))).toBe(true)
    expect(await read('series', 'close', 'ETH')).toEqual(answer)
    expect(readdirSync(store)).toEqual(['clickhouse'])
    await kill(await hold())
    expect(await importFrom(later)).toMatchObject({ code: 0, stderr: '' })
    await kill(await hold())
    await hold()
  })

  it('so it does where its number went to another process', async () => {
    await kill(await hold())
    const written = readFileSync(join(store, 'holder.json'), 'utf8')
    writeFileSync(join(store, 'holder.json'), JSON.stringify({ ...JSON.parse(written), pid: process.pid }))
    expect(await read('series', 'close', 'ETH')).toMatchObject({ code: 0, stderr: '' })
  })

  it('a command in the middle of reading is told by whom it was left, and to try again later', async () => {
    const holder = await hold()
    const written = readHolder(store)!
    const guest = await readThrough({ path: store, holder: written, front: frontOf(store, written)! })
    const slow = guest.engine.select(
      'select number as n, sleepEachRow(0.05) as s from numbers(10000)',
      { n: 'number', s: 'number' },
      { settings: { max_block_size: 1 } },
    )
    const left = expect(slow).rejects.toMatchObject({
      code: 'STORE_FRONT',
      retry: 'later',
      message: expect.stringContaining(`process ${holder.child.pid} (`),
      hint: expect.stringMatching(/^run it again/),
    })
    holder.child.stdin!.write('sleepEachRow\n')
    expect(await holder.says()).toBe('sleepEachRow runs')
    await kill(holder)
    await left
  })
})

describe('commands that come at the same moment', () => {
  it('wait for each other where the store is free, and say nothing of it', async () => {
    const alone = await read('series', 'close', 'ETH')
    const together = await Promise.all(Array.from({ length: 3 }, () => read('series', 'close', 'ETH')))
    expect(together).toEqual(together.map(() => alone))
  })
})

describe('while the collector runs', () => {
  it('commands read what it has collected so far; an import is refused, until the collector is killed', async () => {
    const venues = await simulated({ venues: ['binance'], assets: 1 })
    const addresses = file(
      'addresses.json',
      JSON.stringify(addressBookOf(venues, { startAt: venues.now(), began: Date.now(), speed: 1 })),
    )
    const lines = [
      'collect',
      'BTC',
      '--venues',
      'binance',
      '--addresses',
      addresses,
      '--history',
      '4h',
      '--recent',
      '15m',
    ]
    const collector = startCli([...lines, '--store', store])
    try {
      await until(() => readHolder(store)?.address !== undefined)
      const newest = () => runCli(['series', 'close', 'BTC', '--interval', '1m', '--csv', '--store', store])
      const rows = async () => (await newest()).stdout.split('\n').length
      while ((await rows()) < 3) expect(collector.child.exitCode).toBeNull()
      expect(await read('series', 'rsi', 'ETH')).toMatchObject({ code: 0, stderr: '' })
      const refused = await importFrom(later)
      expect(refused).toMatchObject({ code: 1, stdout: '' })
      expect(refused.stderr).toContain(`is open in process ${collector.child.pid} ("main.js collect BTC `)
    } finally {
      collector.child.kill('SIGKILL')
      await collector.ended
    }
    expect(await importFrom(later)).toMatchObject({ code: 0 })
  })
})
