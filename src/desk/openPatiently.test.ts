import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporary } from '../../test/support/temporaryStore.ts'
import { openPatiently } from './openPatiently.ts'

const { directory } = temporary()
const log = (): void => {}

it('opens a front only for whoever holds the store for long', async () => {
  for (const [access, offers] of [
    ['read', false],
    ['write', false],
    ['hold', true],
  ] as const) {
    const path = directory()
    const store = await openPatiently(path, { access, log })
    expect([access, existsSync(join(path, 'front.token'))]).toEqual([access, offers])
    expect(await store.close()).toBe('closed')
  }
})

it('does not wait for a store that this process has open itself', async () => {
  const path = directory()
  const store = await openPatiently(path, { access: 'hold', log })
  for (const access of ['read', 'write', 'hold'] as const)
    await expect(openPatiently(path, { access, log })).rejects.toThrow('is open in this process')
  await store.close()
})
