import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DAY_MS, formatDay, HOUR_MS, instant } from '../../src/core/instant.ts'
import type { PolicyAnswer } from '../../src/desk/policy.ts'
import { buildCli, runCli, scratchFolder } from '../support/cli.ts'
import { publishedWorld } from '../support/publishedWorld.ts'

beforeAll(() => buildCli(), 120_000)

describe('assayer policy', () => {
  it('tells what stood where on a day, with a source for each', async () => {
    const { code, stdout } = await runCli(['policy', '--as-of', '2025-04-23', '--json'])
    expect(code).toBe(0)
    const { standing } = JSON.parse(stdout) as {
      standing: { matter: { id: string }; now: { stage: string; on: string; source: string } }[]
    }
    const of = (id: string) => standing.find(({ matter }) => matter.id === id)?.now
    expect(of('us-genius-act')).toMatchObject({ stage: 'committee', on: '2025-03-13' })
    expect(of('us-strategic-bitcoin-reserve')).toMatchObject({ stage: 'signed', on: '2025-03-06' })
    expect(of('us-sec-chair-atkins')).toMatchObject({ stage: 'sworn in', on: '2025-04-21' })
    expect(standing.filter(({ now }) => now.on > '2025-04-23')).toEqual([])
    expect(standing.every(({ now }) => now.source.startsWith('http'))).toBe(true)
  })

  it('prints it for reading, of one jurisdiction and subject', async () => {
    const { code, stdout } = await runCli([
      'policy',
      '--jurisdiction',
      'us',
      '--subject',
      'reserves',
      '--as-of',
      '2025-04-23',
    ])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^US, as of 2025-04-24T00:00:00Z/)
    expect(stdout).toContain('SIGNED')
    expect(stdout).not.toContain('EU, as of')
  })

  it('says so where nothing is on file so early, and names what can be asked for', async () => {
    const early = await runCli(['policy', '--subject', 'stablecoins', '--as-of', '2009-01-03'])
    expect(early.code).toBe(3)
    expect(early.stderr).toContain('missing: policy events of stablecoins')
    const wrong = await runCli(['policy', '--subject', 'memes'])
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('stablecoins')
  })
})

describe('executive orders of the Federal Register', () => {
  const folder = scratchFolder()
  const store = join(folder, 'store')
  const book = join(folder, 'sim.json')
  const asOf = '2025-05-02T13:30:00Z'
  let world: Awaited<ReturnType<typeof publishedWorld>>
  /** The last three orders of the world that were signed in the 90 days before. */
  let recent: readonly { readonly number: string | undefined; readonly signedOn: number | undefined }[]
  /** An order that the simulated register calls by the number of one that a file speaks of. */
  const SPOKEN = '14289'

  beforeAll(async () => {
    world = await publishedWorld(asOf, ['BTC'])
    const { decrees, publishers, now } = world
    const clock = { startAt: now, began: Date.now(), speed: 1 }
    writeFileSync(book, JSON.stringify({ simulated: true, venues: {}, publishers: publishers.addresses, clock }))
    recent = decrees
      .filter(({ signedOn = 0, publishedOn }) => signedOn >= now - 90 * DAY_MS && publishedOn < now)
      .toSorted((a, b) => Number(b.number) - Number(a.number))
    const change = (text: string): string => text.replaceAll(`"${recent[1]!.number}"`, `"${SPOKEN}"`)
    publishers.federalregister.fault({ is: 'spoil', ms: 600_000, change })
    const run = await runCli(['import', 'federalregister', 'executive-orders', '--addresses', book, '--store', store])
    expect(run.code).toBe(0)
  }, 120_000)

  const policy = (...args: readonly string[]) => runCli(['policy', '--store', store, ...args])
  const answer = async (...args: readonly string[]): Promise<PolicyAnswer> =>
    JSON.parse((await policy('--json', ...args)).stdout) as PolicyAnswer
  const numbers = ({ orders }: PolicyAnswer): readonly string[] | undefined => orders?.map(({ number }) => number)

  it('are shown under the US where no matter speaks of them, the newest first', async () => {
    expect(recent.length).toBeGreaterThan(2)
    const found = await answer('--as-of', asOf)
    expect(numbers(found)).toEqual(recent.map(({ number }) => number).filter((_, i) => i !== 1))
    expect(found.orders?.[0]).toMatchObject({ signedOn: formatDay(instant(recent[0]!.signedOn!)), simulated: true })
    const { code, stdout } = await policy('--jurisdiction', 'US', '--as-of', asOf)
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /Executive orders in the Federal Register, signed in the last 90 days, that no matter above speaks of/,
    )
    const line = `    ${recent[0]!.number}  ${formatDay(instant(recent[0]!.signedOn!))}  SIMULATED order on`
    expect(stdout).toContain(line)
    expect(stdout).toMatch(/^ {6}https:\/\/www\.federalregister\.gov\/documents\/2025\//m)
  })

  it('are not shown before they were published', async () => {
    const { publishedOn } = world.decrees.find(({ number }) => number === recent[0]!.number)!
    const eve = new Date(publishedOn + 12 * HOUR_MS).toISOString()
    expect(numbers(await answer('--as-of', eve))).not.toContain(recent[0]!.number)
  })

  it('that a matter dates otherwise are told with both days', async () => {
    const day = formatDay(instant(recent[1]!.signedOn!))
    const line = `executive order ${SPOKEN} in the Federal Register ${day}`
    expect((await answer('--as-of', asOf)).differing).toEqual([expect.stringContaining(line)])
    const { code, stderr } = await policy('--as-of', asOf)
    expect([code, stderr]).toEqual([
      0,
      expect.stringMatching(/^differing: ".*executive order 14289\)" was signed 2025-04-29, /),
    ])
  })

  it('have no subject, which is said, and no other jurisdiction', async () => {
    const ofSubject = await answer('--as-of', asOf, '--subject', 'tariffs')
    expect([ofSubject.orders, ofSubject.ordersLeftOut]).toEqual([
      undefined,
      'the Federal Register does not tell what an order is about',
    ])
    expect((await policy('--as-of', asOf, '--subject', 'tariffs')).stdout).toMatch(
      /are held are not shown: the Federal/,
    )
    expect(Object.keys(await answer('--as-of', asOf, '--jurisdiction', 'EU'))).toEqual(['asOf', 'standing', 'missing'])
  })

  it('change nothing where none were known', async () => {
    expect(Object.keys(await answer('--as-of', '2024-01-01'))).toEqual(['asOf', 'standing', 'missing'])
  })

  it('are missed where a store is named that there is not, and nothing is made there', async () => {
    const { code, stdout, stderr } = await runCli(['policy', '--store', join(folder, 'nowhere'), '--as-of', asOf])
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/^missing: executive orders: there is no store in ".*nowhere"\n$/),
    ])
    expect(stdout).toMatch(/^US, as of/m)
  })
})
