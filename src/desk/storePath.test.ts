import { expect, it } from 'vitest'
import { BadStoreError, storePath } from './storePath.ts'

it('refuses an address in place of a folder', () => {
  for (const address of ['http://localhost:8123', 'clickhouse+https://host/db', 'file:///data', 'S3://bucket'])
    expect(() => storePath(address)).toThrow(BadStoreError)
})

it('takes any folder, also one with a colon in its name', () => {
  expect(storePath('/data/store')).toBe('/data/store')
  expect(storePath('/data/http:/x')).toBe('/data/http:/x')
  expect(storePath('/data/a:b')).toBe('/data/a:b')
})
