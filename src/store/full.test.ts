import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { candle } from '../records/candle.ts'
import { seededRandom } from '../core/random.ts'
import { StoreFullError } from './engine.ts'
import { openStore } from './open.ts'
import { countRows } from './queries/countRows.ts'
import { bar, importBars } from '../../test/support/temporaryStore.ts'

const MOUNT = 'mount'
const UNMOUNT = 'umount'
const disk = mkdtempSync(join(tmpdir(), 'store-test-full-'))
const mounted = spawnSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', disk]).status === 0

afterAll(() => {
  if (mounted) execFileSync(UNMOUNT, ['-l', disk])
  rmdirSync(disk)
})

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
    it('refuses what does not fit, keeps what was there, and can be opened again', async () => {
      const path = join(disk, 'store')
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

      execFileSync(MOUNT, ['-o', 'remount,size=200m', disk])
      const roomy = await openStore(path)
      expect(await importBars(roomy, 'more.csv', noise('MORE', 20_000))).toMatchObject({ added: 20_000 })
      expect(await countRows(roomy, candle)).toBe(kept + 20_000)
      await roomy.close()
    })
  },
)
