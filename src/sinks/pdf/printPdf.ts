import { DeskError } from '../../core/errors.ts'
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts'

/**
 * Prints a self-contained page as a PDF on A4, in its light theme.
 * @throws {NoChromiumError} no Chromium, or the library that drives it, is installed
 */
export async function printPdf(html: string): Promise<Uint8Array> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new NoChromiumError('no Chromium found')
  const { chromium } = await import('playwright-core').catch((cause: unknown) => {
    throw new NoChromiumError('playwright-core is not installed', cause)
  })
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...sandbox] })
  try {
    const page = await browser.newPage({ offline: true, colorScheme: 'light' })
    await page.setContent(html, { waitUntil: 'load' })
    return await page.pdf({ format: 'A4', printBackground: true, preferCSSPageSize: true })
  } finally {
    await browser.close()
  }
}

export class NoChromiumError extends DeskError {
  constructor(what: string, cause?: unknown) {
    super('NO_CHROMIUM', `cannot print a PDF: ${what}`, {
      hint: 'install chromium (Debian: apt-get install chromium) or set ASSAYER_CHROMIUM to its path',
      cause,
    })
  }
}
