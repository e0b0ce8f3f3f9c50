import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe } from 'vitest'

const folder = [process.env['ASSAYER_DATA'], join(import.meta.dirname, '../../../shared/data')]
  .filter((path) => path !== undefined)
  .find((path) => existsSync(join(path, 'README.md')))

/** Path of a file of real data, or undefined where this machine has none. */
export function dataFile(relative: string): string | undefined {
  if (folder === undefined) return undefined
  const path = join(folder, relative)
  return existsSync(path) ? path : undefined
}

/** Path of a file of the claims that were written down beside the real data, or undefined where this machine has none. */
export function seedFile(name: string): string | undefined {
  return dataFile(join('../seed', name))
}

/** A describe block that runs only where the real data is; elsewhere it is skipped and says why. */
export function describeWithData(name: string, body: () => void): void {
  if (folder === undefined) describe.skip(`${name} (skipped: no real data; set ASSAYER_DATA to its folder)`, body)
  else describe(name, body)
}
