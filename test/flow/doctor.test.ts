import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/desk/doctor/diagnosis.ts'
import { VENUES, type Venue } from '../../src/records/venues.ts'
import type { VenueServer } from '../../src/sim/servers/venueServer.ts'
import type { SimVenues } from '../../src/sim/servers/simVenues.ts'
import { addressFile } from '../support/addressFile.ts'
import { buildCli, runCli, scratchFolder, startCli, until, type Ended } from '../support/cli.ts'
import { serveTcp } from '../support/loopback.ts'
import { simulated } from '../support/simulated.ts'

const folder = scratchFolder()
const HOURS_OF_DUMPS = 6 * 24
let venues: SimVenues
let addresses: string
beforeAll(async () => {
  buildCli()
  venues = await simulated({ assets: 2, pastHours: HOURS_OF_DUMPS })
  addresses = await addressFile(join(folder, 'sim.json'), venues)
})

const nowhere = join(folder, 'nowhere')
const doctor = (...options: readonly string[]): Promise<Ended> => runCli(['doctor', '--store', nowhere, ...options])
const diagnosisOf = ({ stdout }: Ended): Diagnosis => JSON.parse(stdout) as Diagnosis
const serverOf = (venue: Venue): VenueServer => venues.servers.get(venue)!
/** How each source was found, by its name: `binance spot`. */
const foundIn = ({ sources }: Diagnosis): Readonly<Record<string, string>> =>
  Object.fromEntries(
    sources.map((each) => [`${each.venue} ${each.what}`, each.is === 'unreachable' ? each.cause : each.is]),
  )

/** The same address book with every address but these at another port. */
function redirected(name: string, port: number, venuesLeft: readonly string[] = []): string {
  const book = JSON.parse(readFileSync(addresses, 'utf8')) as { venues: Record<string, Record<string, string>> }
  for (const [venue, own] of Object.entries(book.venues)) {
    if (venuesLeft.includes(venue)) continue
    for (const [key, address] of Object.entries(own)) own[key] = address.replace(/\d+$/, String(port))
  }
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify(book))
  return path
}

const SOURCES = {
  binance: ['spot', 'perp', 'socket /ws', 'socket /market/ws', 'dumps'],
  bybit: ['rest', 'socket /v5/public/spot', 'socket /v5/public/linear', 'socket /v5/public/inverse', 'dumps'],
  okx: ['rest', 'socket /ws/v5/business', 'socket /ws/v5/public'],
  gate: ['rest', 'socket /ws/v4/', 'socket /v4/ws/usdt', 'socket /v4/ws/btc'],
  bitget: ['rest', 'socket /v2/ws/public', 'socket /v3/ws/public'],
  hyperliquid: ['rest', 'socket /ws'],
} as const
const NAMES = VENUES.flatMap((venue) => SOURCES[venue].map((what) => `${venue} ${what}`))
const all = (is: string): Readonly<Record<string, string>> => Object.fromEntries(NAMES.map((name) => [name, is]))

describe('where everything is well', () => {
  it('every source is, with its latency, its clock and the limit that it tells', async () => {
    const ended = await doctor('--addresses', addresses, '--json')
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const diagnosis = diagnosisOf(ended)
    expect(foundIn(diagnosis)).toEqual(all('well'))
    expect(diagnosis).toMatchObject({ simulated: true, missing: [], store: { is: 'none', path: nowhere }, feeds: [] })
    for (const source of diagnosis.sources) {
      expect(source).toMatchObject({ is: 'well', latencyMs: expect.any(Number) as number })
      const isAskedForTime = /rest|spot$|perp$/.test(source.what) && !source.what.startsWith('socket')
      if (isAskedForTime) expect(Math.abs('skewMs' in source ? (source.skewMs ?? NaN) : NaN)).toBeLessThan(5_000)
      expect('used' in source).toBe(source.venue === 'binance' && isAskedForTime)
    }
    const { venues: ledger, withoutEvidence, outdated } = diagnosis.conventions
    expect(ledger.map(({ venue, entries }) => [venue, entries > 0])).toEqual(VENUES.map((venue) => [venue, true]))
    expect([withoutEvidence, outdated]).toEqual([[], []])
    expect(existsSync(nowhere)).toBe(false)
  })

  it('says so in words, of the venues that are named', async () => {
    const { code, stdout } = await doctor('--addresses', addresses, '--venues', 'bybit,okx')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^SIMULATED sources\n/)
    expect(stdout).toMatch(/^bybit +rest +\d+ ms +[+-]\d+ ms +well$/m)
    expect(stdout).toMatch(/^okx +socket \/ws\/v5\/public +\d+ ms +well$/m)
    expect(stdout).toContain(`store: none in "${nowhere}" yet\n`)
    expect(stdout).toMatch(/all well\n$/)
    expect(stdout).not.toMatch(/binance|gate/)
  })

  it('knows a feed, a store and its holder while a collector runs', async () => {
    const store = join(folder, 'held')
    const collector = startCli(['collect', 'BTC', '--venues', 'binance', '--addresses', addresses, '--store', store])
    let seen: Ended | undefined
    await until(() => existsSync(join(store, 'holder.json')))
    for (let tries = 0; tries < 20 && (seen === undefined || diagnosisOf(seen).feeds.length === 0); tries++) {
      seen = await runCli(['doctor', '--store', store, '--venues', 'binance', '--addresses', addresses, '--json'])
    }
    expect(seen).toMatchObject({ code: 0, stderr: '' })
    const { store: health, feeds } = diagnosisOf(seen!)
    expect(health).toMatchObject({ is: 'well', problems: [], holder: expect.stringContaining('collect BTC') as string })
    expect(feeds).toMatchObject([{ venue: 'binance', state: 'alive', gaps: 0 }])
    expect(feeds[0]!.ageMs).toBeLessThan(60_000)
    collector.child.kill('SIGTERM')
    expect(await collector.ended).toMatchObject({ code: 0 })
    const after = await runCli(['doctor', '--store', store, '--venues', 'binance', '--addresses', addresses])
    expect(after.stdout).toMatch(/^binance {2}stopped +2 /m)
    expect(after.code).toBe(0)
  })
})

describe('where something is not well', () => {
  it('tells what each venue does instead of answering', async () => {
    const forLong = { is: 'answer', ms: 60_000 } as const
    serverOf('binance').fault({ ...forLong, answer: { status: 451, body: 'not here' } })
    serverOf('okx').fault({ ...forLong, answer: { status: 200, body: '<html>maintenance</html>' } })
    serverOf('gate').fault({ ...forLong, answer: { status: 503, body: 'busy' } })
    serverOf('bitget').fault({ ...forLong, answer: { status: 429, body: {}, headers: { 'retry-after': '5' } } })
    serverOf('hyperliquid').fault({ is: 'spoil', ms: 60_000, change: (text) => text.replace('time', 'thyme') })
    serverOf('bybit').fault({ is: 'spoil messages', ms: 60_000, change: () => 'hello' })
    const ended = await doctor('--addresses', addresses, '--json')
    for (const server of venues.servers.values()) server.mend()
    expect(ended.code).toBe(3)
    const found = foundIn(diagnosisOf(ended))
    const causes = { binance: 'denied', okx: 'not as documented', gate: 'failing', bitget: 'limited' } as const
    for (const [venue, cause] of Object.entries(causes) as readonly (readonly [keyof typeof causes, string])[]) {
      const own = SOURCES[venue].filter((what) => what !== 'dumps')
      expect(own.map((what) => [what, found[`${venue} ${what}`]])).toEqual(own.map((what) => [what, cause]))
    }
    expect(found).toMatchObject({
      'hyperliquid rest': 'not as documented',
      'hyperliquid socket /ws': 'well',
      'bybit rest': 'well',
      'bybit socket /v5/public/spot': 'not as documented',
      'binance dumps': 'well',
    })
    expect(diagnosisOf(ended).missing).toContain(
      'binance perp: unreachable: denied: does not serve this place (451): not here',
    )
  })

  it('a venue that listens no more is refused, with exit code 3, and the others are well', async () => {
    const closed = redirected(
      'closed.json',
      await closedPort(),
      VENUES.filter((venue) => venue !== 'gate'),
    )
    const { code, stdout } = await doctor('--addresses', closed)
    expect(code).toBe(3)
    expect(stdout).toMatch(/^gate +rest +unreachable: refused: connect ECONNREFUSED 127\.0\.0\.1:\d+$/m)
    expect(stdout.match(/unreachable/g)).toHaveLength(4)
    expect(stdout).toMatch(/\n\nnot well:\n {2}4 of 22 sources, see above\n$/)
  })

  it('where nothing listens every source is unreachable, in less than ten seconds', async () => {
    const began = performance.now()
    const ended = await doctor('--addresses', redirected('nothing.json', await closedPort()), '--json')
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(ended.code).toBe(3)
    expect(foundIn(diagnosisOf(ended))).toEqual(all('refused'))
    expect(diagnosisOf(ended).missing).toHaveLength(NAMES.length)
  })

  it('where everything is silent too', async () => {
    const silent = await serveTcp(() => undefined)
    const began = performance.now()
    const ended = await doctor('--addresses', redirected('silent.json', silent.port), '--json')
    expect(performance.now() - began).toBeLessThan(10_000)
    await silent.close()
    expect(ended.code).toBe(3)
    expect(foundIn(diagnosisOf(ended))).toEqual(all('timed out'))
  })

  it('a clock that cannot be right is told', async () => {
    const book = JSON.parse(readFileSync(addresses, 'utf8')) as { clock: { startAt: number } }
    book.clock.startAt -= 20 * 60_000
    const path = join(folder, 'late.json')
    writeFileSync(path, JSON.stringify(book))
    const ended = await doctor('--addresses', path, '--venues', 'bybit')
    expect(ended.code).toBe(3)
    expect(ended.stdout).toMatch(/^bybit +rest +\d+ ms +\+20 min +wrong clock$/m)
  })

  it.each([
    ['a venue that there is not', ['--venues', 'kraken'], 'UNKNOWN_CHOICE'],
    ['a store that is an address', ['--store', 'http://127.0.0.1'], 'BAD_STORE'],
  ])('%s is wrong use', async (_, options, code) => {
    const ended = await runCli(['doctor', '--addresses', addresses, ...options, '--json'])
    expect(ended.code).toBe(2)
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: { code } })
  })
})

async function closedPort(): Promise<number> {
  const server = await serveTcp(() => undefined)
  await server.close()
  return server.port
}
