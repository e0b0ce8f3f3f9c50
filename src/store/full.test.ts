import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { batchOf } from '../records/batch.ts'
import { candle } from '../records/candle.ts'
import { seededRandom } from '../core/random.ts'
import { blockOf } from './append.ts'
import { StoreFullError } from './engine.ts'
import { Journal } from './journal.ts'
import { openStore } from './open.ts'
import { countRows } from './queries/countRows.ts'
import { bar, importBars } from '../../test/support/temporaryStore.ts'

const MOUNT = 'mount'
const UNMOUNT = 'umount'
const [disk, other] = [smallDisk(), smallDisk()]
const mounted = disk.mounted && other.mounted

afterAll(() => {
  for (const each of [disk, other]) {
    if (each.mounted) execFileSync(UNMOUNT, ['-l', each.path])
    rmdirSync(each.path)
  }
})

function smallDisk(): { readonly path: string; readonly mounted: boolean } {
  const path = mkdtempSync(join(tmpdir(), 'store-test-full-'))
  return { path, mounted: spawnSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', path]).status === 0 }
}

const enlarge = ({ path }: typeof disk): void => void execFileSync(MOUNT, ['-o', 'remount,size=200m', path])

/** Rows that do not compress. */
function noise(instrument: string, count: number): Record<string, unknown>[] {
  const { uniform } = seededRandom(instrument)
  const base = bar(0, { instrument })
  return Array.from({ length: count }, (_, i) => {
    const at = i * 60_000
    return { ...base, at, knownAt: at + 60_000, close: 100 + uniform(), volume: uniform(), trades: uniform() }
  })
}

describe.skipIf(!mounted)(
  `a disk that is full${mounted ? '' : ' (skipped: this user may not mount a small disk)'}`,
  () => {
    it('cuts a journal short where it is full: what was written before is whole, and found again', async () => {
      const path = join(other.path, 'store')
      const store = await openStore(path)
      await store.close()
      const journal = new Journal(path, 1)
      let written = 0
      let failure: unknown
      while (failure === undefined) {
        try {
          journal.write([blockOf(batchOf(candle, noise(`COIN${written}`, 4_000)))])
          written++
        } catch (error) {
          failure = error
        }
      }
      expect(failure).toMatchObject({ code: 'STORE_FULL', hint: expect.stringContaining('free some disk space') })
      expect(written).toBeGreaterThan(0)
      const full = await openStore(path)
      expect(full.problems).toEqual([
        expect.stringContaining('is not in the tables yet, which is tried again: no space left'),
      ])
      expect(await countRows(full, candle)).toBeLessThanOrEqual(4_000 * written)
      await full.close()
      enlarge(other)
      const roomy = await openStore(path)
      expect(await countRows(roomy, candle)).toBe(4_000 * written)
      await roomy.close()
    })

    it('refuses what does not fit, keeps what was there, and can be opened again', async () => {
      const path = join(disk.path, 'store')
      const store = await openStore(path)
      let kept = 0
      let failure: unknown
      for (let i = 0; failure === undefined; i++) {
        try {
          kept += (await importBars(store, `${i}.csv`, noise(`COIN${i}`, 40_000))).added
        } catch (error) {
          failure = error
        }
      }
      expect(failure).toBeInstanceOf(StoreFullError)
      expect(failure).toMatchObject({
        code: 'STORE_FULL',
        retry: 'later',
        hint: expect.stringContaining('free some disk space'),
      })
      expect(kept).toBeGreaterThan(0)
      expect(await countRows(store, candle)).toBe(kept)
      expect(await store.close()).toBe('closed')

      const again = await openStore(path)
      expect(again.problems).toEqual([])
      expect(await countRows(again, candle)).toBe(kept)
      await again.close()

      enlarge(disk)
      const roomy = await openStore(path)
      expect(await importBars(roomy, 'more.csv', noise('MORE', 20_000))).toMatchObject({ added: 20_000 })
      expect(await countRows(roomy, candle)).toBe(kept + 20_000)
      await roomy.close()
    })
  },
)
