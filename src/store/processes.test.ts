import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { candle } from '../records/candle.ts'
import { StoreBusyError } from './holder.ts'
import { countRows } from './queries/countRows.ts'
import { endStoreChildren, startStoreChild } from '../../test/support/startStoreChild.ts'
import { temporary } from '../../test/support/temporaryStore.ts'

const root = join(import.meta.dirname, '../..')
const { directory, open } = temporary()

// Children run what is built, since Node 20 reads no TypeScript.
beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'src/store'], { cwd: root })
})

endStoreChildren()

describe('a second process', () => {
  it('is refused by the name of the one that holds the store, and let in after it', async () => {
    const path = directory()
    const holder = startStoreChild('hold', path)
    expect(await holder.says()).toBe('open')
    const refused = await open(path).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(StoreBusyError)
    expect(refused).toMatchObject({ code: 'STORE_BUSY', retry: 'later' })
    expect((refused as Error).message).toMatch(
      new RegExp(`is open in process ${holder.child.pid} \\("storeChild.mjs hold `),
    )
    holder.child.stdin!.end()
    expect(await holder.says()).toBe('closed')
    await holder.ended
    expect((await open(path)).problems).toEqual([])
  })

  it('is refused by the lock of the engine too, where the holder cannot be told for sure', async () => {
    const path = directory()
    const holder = startStoreChild('hold', path)
    await holder.says()
    const file = join(path, 'holder.json')
    const { startTicks: _, ...unsure } = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify(unsure))
    await expect(open(path)).rejects.toThrow(`is open in process ${holder.child.pid}`)
    rmSync(file)
    await expect(open(path)).rejects.toMatchObject({
      code: 'STORE_OPEN',
      hint: expect.stringContaining('Cannot lock file'),
    })
  })
})

describe('a process that is killed', () => {
  it('leaves every acknowledged row, and the store free', async () => {
    const path = directory()
    const writer = startStoreChild('write', path)
    let acknowledged = -1
    for (let i = 0; i < 8; i++) acknowledged = Number(await writer.says())
    writer.child.kill('SIGKILL')
    await writer.ended
    const store = await open(path)
    expect(store.problems).toEqual([])
    const sql = `select count() as rows, uniqExact(at) as days from candle final where volume < ${acknowledged + 10}`
    const { columns } = await store.engine.select(sql, { rows: 'number', days: 'number' })
    expect([columns.rows[0], columns.days[0]]).toEqual([acknowledged + 10, acknowledged + 10])
  })

  it('in the middle of an import is healed by importing again', async () => {
    for (const parts of [0, 1, 6, 12]) {
      const path = directory()
      const child = startStoreChild('die', path, String(parts))
      expect(await child.ended).toEqual([null, 'SIGKILL'])
      const healed = (await startStoreChild('heal', path).says()) as Record<string, number>
      expect(healed).toMatchObject({ rows: 6000, stored: 6000, sum: (6000 * 5999) / 2, again: 6000, problems: [] })
      expect(healed['unchanged']).toBeGreaterThanOrEqual(parts * 365)
      expect(healed['unchanged']).toBeLessThan(6000)
    }
  })

  it('leaves temporary files only until the next opening', async () => {
    const path = directory()
    const child = startStoreChild('die', path, '0')
    await child.ended
    await open(path)
    const left = ['/dev/shm', tmpdir()].filter(existsSync).flatMap((parent) => readdirSync(parent))
    expect(left.filter((name) => name.startsWith(`assayer-${child.child.pid}-`))).toEqual([])
  })
})

describe('closing', () => {
  it('gives up at its deadline, and the process can end itself', async () => {
    const path = directory()
    const child = startStoreChild('abandon', path)
    expect(await child.says()).toBe('abandoned')
    expect(await child.ended).toEqual([null, 'SIGKILL'])
    const store = await open(path)
    expect(await countRows(store, candle)).toBe(0)
  })
})

describe('without the engine installed', () => {
  it('opening says how to install it', async () => {
    const elsewhere = directory()
    for (const layer of ['core', 'records', 'store']) {
      cpSync(join(root, 'dist', layer), join(elsewhere, 'dist', layer), { recursive: true })
    }
    writeFileSync(join(elsewhere, 'package.json'), '{ "type": "module" }')
    cpSync(join(root, 'node_modules/zod/package.json'), join(elsewhere, 'node_modules/package.json'))
    symlinkSync(join(root, 'node_modules/zod'), join(elsewhere, 'node_modules/zod'))
    const env = { STORE_DIST: pathToFileURL(join(elsewhere, 'dist/')).href }
    expect(await startStoreChild('hold', join(elsewhere, 'data'), '', env).says()).toMatchObject({
      code: 'ENGINE_MISSING',
      hint: expect.stringContaining('npm install chdb@3.4.0'),
    })
  })
})
