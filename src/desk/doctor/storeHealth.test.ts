import { existsSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { bars, importBars, temporary } from '../../../test/support/temporaryStore.ts'
import { instant } from '../../core/instant.ts'
import { candle } from '../../records/candle.ts'
import { countRows } from '../../store/queries/countRows.ts'
import { examineStore } from './storeHealth.ts'

const { directory, open } = temporary()
const examined = (path: string) => examineStore(path, instant(0), ({ store }) => countRows(store, candle))

it('makes no store where there is none', async () => {
  const path = join(directory(), 'none')
  expect(await examined(path)).toEqual({ health: { is: 'none', path } })
  expect(existsSync(path)).toBe(false)
})

it('finds a whole store well, and does its job', async () => {
  const path = directory()
  const store = await open(path)
  await importBars(store, 'a.csv', bars(900))
  await store.close()
  const { health, found } = await examined(path)
  expect(found).toBe(900)
  expect(health).toMatchObject({ is: 'well', path, notes: [], problems: [] })
  expect(health).not.toHaveProperty('holder')
})

it('names rows that are lost', async () => {
  const path = directory()
  const store = await open(path)
  await importBars(store, 'a.csv', bars(900))
  const sql = "select path from system.parts where table = 'candle' and active and partition = '2025'"
  const { columns } = await store.engine.select(sql, { path: 'text' })
  await store.close()
  const data = join(columns.path[0]!, 'data.bin')
  truncateSync(data, Math.floor(statSync(data).size / 2))
  const { health, found } = await examined(path)
  expect(found).toBe(900 - 365)
  expect(health).toMatchObject({ is: 'damaged', notes: [] })
  expect('problems' in health && health.problems).toEqual([expect.stringMatching(/^table "candle" lost part /)])
})
