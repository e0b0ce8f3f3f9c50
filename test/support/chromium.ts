import type { Browser } from 'playwright-core'
import { describe } from 'vitest'
import { CHROMIUM_FLAGS, findChromium } from '../../src/sinks/pdf/chromium.ts'

/** A describe block that runs only where a Chromium is installed; elsewhere it is skipped and says why. */
export function describeWithChromium(name: string, body: () => void): void {
  if (findChromium() === undefined) {
    describe.skip(`${name} (skipped: no Chromium; install it or set ASSAYER_CHROMIUM to its path)`, body)
  } else describe(name, body)
}

/** The installed Chromium, started as the program starts it. */
export async function openChromium(): Promise<Browser> {
  const { chromium } = await import('playwright-core')
  const executablePath = findChromium() ?? ''
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...sandbox] })
}
