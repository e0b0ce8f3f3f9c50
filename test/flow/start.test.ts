import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { addressFile } from '../support/addressFile.ts'
import { buildCli, runCli, scratchFolder, startCli, until } from '../support/cli.ts'
import { simulated } from '../support/simulated.ts'

const folder = scratchFolder()
/** Enough days for a note. */
const PAST_HOURS = 70 * 24
let addresses: string
beforeAll(async () => {
  buildCli()
  const venues = await simulated({ venues: ['binance'], assets: 1, pastHours: PAST_HOURS })
  addresses = await addressFile(join(folder, 'sim.json'), venues)
})

const startIn = (store: string, ...options: readonly string[]) =>
  startCli(['start', 'BTC', '--addresses', addresses, '--recent', '1h', '--store', store, ...options])
/** Where the notes are, as it was told. */
const pageOf = (text: string): string | undefined => /http:\/\/127\.0\.0\.1:\d+\//.exec(text)?.[0]

describe('assayer start', () => {
  it('collects, serves the note of what has come, and ends cleanly', async () => {
    const store = join(folder, 'store')
    const running = startIn(store)
    await until(() => pageOf(running.printed().stderr) !== undefined)
    const page = pageOf(running.printed().stderr)!
    expect(running.printed().stderr).toMatch(/^SIMULATED notes, written every minute: .* \(BTC\)$/m)
    await until(() => running.printed().stderr.includes('note of BTC: '))
    const [note, json] = await Promise.all(['btc', 'btc.json'].map((path) => fetch(`${page}${path}`)))
    expect([note!.status, json!.status]).toEqual([200, 200])
    expect(await note!.text()).toContain('SIMULATED')
    expect(await json!.json()).toMatchObject({ asset: 'BTC', simulated: true })
    expect((await fetch(page)).url).toBe(`${page}btc`)
    expect((await fetch(`${page}eth`)).status).toBe(404)
    running.child.kill('SIGTERM')
    const { code, stdout } = await running.ended
    expect(code).toBe(0)
    expect(stdout).toMatch(/^venue +state +instr .* lag +gaps /)
    const [table = ''] = stdout.split('\n\n')
    expect(Math.max(...table.split('\n').map((line) => line.length))).toBeLessThan(110)
    expect(existsSync(join(store, 'holder.json'))).toBe(false)
    expect(await runCli(['note', 'BTC', '--store', store, '--out', join(folder, 'notes')])).toMatchObject({ code: 0 })
  })

  it('says what is missing while there is nothing to write of', async () => {
    const running = startCli(['start', 'ETH', '--addresses', addresses, '--store', join(folder, 'empty'), '--json'])
    await until(() => running.printed().stderr.includes('no note of ETH yet'))
    const { stderr } = running.printed()
    expect(stderr).toMatch(/^no note of ETH yet, it is written once enough has come: 1d candles of ETH/m)
    const answer = await fetch(`${pageOf(stderr)}eth`)
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringMatching(/^no note yet; .*\nETH: 1d candles/),
    ])
    running.child.kill('SIGINT')
    const { code, stdout } = await running.ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ venues: [{ venue: 'binance', instruments: 0, gaps: 0 }] })
  })

  it('names a port in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const ended = await startIn(join(folder, 'other'), '--port', String(port)).ended
    expect(ended.code).toBe(1)
    expect(ended.stderr).toMatch(new RegExp(`^error: cannot listen on 127\\.0\\.0\\.1:${port}: `, 'm'))
    await new Promise((resolve) => other.close(resolve))
  })
})
