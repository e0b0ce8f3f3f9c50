/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeWithChromium, openChromium } from '../support/chromium.ts'
import { buildCli, runCli, scratchFolder, startCli, until, type Running } from '../support/cli.ts'
import { candleCsv } from '../support/candleCsv.ts'
import { randomCandles } from '../support/madeCandles.ts'
import { startingAt } from '../support/madeFrame.ts'

const folder = scratchFolder()
const WIDTHS = { phone: 390, desk: 1280 } as const
/** What the demo draws, in the order of its sections. */
const FIGURES = ['rate-path', 'volatility', 'strength-new-york', 'fear-greed', 'cvd', 'price', 'momentum', 'strength']

describeWithChromium('the note in a browser', () => {
  let demo: Running
  let browser: Browser
  let address: string

  beforeAll(async () => {
    buildCli()
    demo = startCli(['demo'])
    const printed = () => /http:\/\/127\.0\.0\.1:\d+\/eth/.exec(demo.printed().stdout)?.[0]
    await until(() => printed() !== undefined || demo.child.exitCode !== null)
    address = printed()!
    browser = await openChromium()
  })

  afterAll(async () => {
    await browser.close()
    demo.child.kill('SIGINT')
    await demo.ended
  })

  async function open(width: number, options: BrowserContextOptions = {}): Promise<Opened> {
    const context = await browser.newContext({ viewport: { width, height: 900 }, acceptDownloads: true, ...options })
    const page = await context.newPage()
    const seen: Seen = { errors: [], failed: [], asked: [] }
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) seen.errors.push(message.text())
    })
    page.on('pageerror', (error) => seen.errors.push(error.message))
    page.on('requestfailed', (request) => seen.failed.push(request.url()))
    page.on('request', (request) => seen.asked.push(request.url()))
    const response = await page.goto(address, { waitUntil: 'load' })
    expect(response?.status()).toBe(200)
    return { page, seen }
  }

  it.each(Object.entries(WIDTHS))('opens on a %s without an error, asking for nothing but itself', async (_, width) => {
    const { page, seen } = await open(width)
    expect(await page.title()).toMatch(/^SIMULATED · ETH, 23 April 2025, 16:00 UTC/)
    expect(await page.locator('h1').innerText()).toMatch(/^.{40,}\.\s*\d+$/s)
    expect(seen).toEqual({ errors: [], failed: [], asked: [address] })
    await page.context().close()
  })

  it.each(Object.entries(WIDTHS))(
    'fits the width of a %s, its tables scrolling inside themselves',
    async (_, width) => {
      const { page } = await open(width)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow).toBeLessThanOrEqual(0)
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('main *')]
          .filter((element) => element.closest('svg, .scroll') === null && element.getClientRects().length > 0)
          .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
          .map((element) => element.outerHTML.slice(0, 80)),
      )
      expect(cut).toEqual([])
      await page.context().close()
    },
  )

  it('shows each figure once: drawn narrow on a phone, wide on a desk', async () => {
    for (const [width, form] of [
      [WIDTHS.phone, 'narrow'],
      [WIDTHS.desk, 'wide'],
    ] as const) {
      const { page } = await open(width)
      const shown = await page.locator('figure svg:visible').evaluateAll((all) =>
        all.map((svg) => ({
          id: svg.id,
          width: svg.getBoundingClientRect().width,
          height: svg.getBoundingClientRect().height,
        })),
      )
      expect(shown.map(({ id }) => id)).toEqual(FIGURES.map((name) => `${name}-${form}`))
      for (const box of shown) {
        expect(box.width).toBeGreaterThan(width === WIDTHS.phone ? 330 : 800)
        expect(box.height).toBeGreaterThan(150)
      }
      await page.context().close()
    }
  })

  it('calls every figure that is seen SIMULATED', async () => {
    const { page } = await open(WIDTHS.desk)
    const words = await page.locator('figure svg:visible').evaluateAll((all) => all.map((svg) => svg.textContent ?? ''))
    expect(words).toHaveLength(FIGURES.length)
    for (const text of words) expect(text).toContain('SIMULATED')
    expect(await page.locator('main > .simulated').first().isVisible()).toBe(true)
    await page.context().close()
  })

  it('jumps from a superscript to its source and back', async () => {
    const { page } = await open(WIDTHS.phone)
    const link = page.locator('p.finding sup a').last()
    await link.click()
    const target = page.locator('li:target')
    expect(await target.count()).toBe(1)
    expect(await target.evaluate(isSeen)).toBe(true)
    expect(`#${await target.getAttribute('id')}`).toBe(await link.getAttribute('href'))
    await target.locator('a.back').click()
    const source = page.locator('sup a:target')
    expect(await source.evaluate(isSeen)).toBe(true)
    expect(await source.getAttribute('href')).toBe(await link.getAttribute('href'))
    await page.context().close()
  })

  it('hands out what a figure draws as CSV', async () => {
    const { page } = await open(WIDTHS.desk)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('figure:has(#price-wide) a.data').click(),
    ])
    expect(download.suggestedFilename()).toBe('eth-price-2025-04-23-simulated.csv')
    const rows = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\n')
    expect(rows[0]).toMatch(/open.*high.*low.*close/i)
    // 113 days from 1 January to 22 April, of which a wide figure shows all.
    const days = rows.filter((row) => /^2025-\d\d-\d\d/.test(row) || /^2024-\d\d-\d\d/.test(row))
    const candles = await page.locator('#price-wide .f-up, #price-wide .f-down').count()
    expect(candles).toBeGreaterThan(0)
    expect(days.length).toBeGreaterThanOrEqual(100)
    await page.context().close()
  })

  it.each(['light', 'dark'] as const)('has text of readable contrast in the %s theme', async (colorScheme) => {
    const { page } = await open(WIDTHS.desk, { colorScheme })
    const ratios = await page.evaluate(contrasts)
    expect(ratios.length).toBeGreaterThan(50)
    expect(ratios.filter(({ ratio }) => ratio < 4.5)).toEqual([])
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(paper).toBe(colorScheme === 'dark' ? 'rgb(20, 23, 26)' : 'rgb(255, 255, 255)')
    await page.context().close()
  })

  it('can be read by keyboard: every link is reached and shows its focus', async () => {
    const { page } = await open(WIDTHS.desk)
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => document.activeElement?.tagName)
    expect(focused).toBe('A')
    await page.context().close()
  })

  it('names and describes each figure for those who do not see it', async () => {
    const { page } = await open(WIDTHS.desk)
    const named = await page
      .locator('figure svg:visible')
      .evaluateAll((all) => all.map((svg) => [svg.getAttribute('role'), svg.getAttribute('aria-labelledby')]))
    for (const [role, labels] of named) {
      expect(role).toBe('img')
      const texts = await page.evaluate(
        (ids) => ids.map((id) => document.getElementById(id)?.textContent),
        labels!.split(' '),
      )
      expect(texts.join(' ')).toMatch(/.{100,}/s)
    }
    await page.context().close()
  })

  it('prints on more than one page of A4', async () => {
    const { page } = await open(WIDTHS.desk)
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect(pagesOf(pdf)).toBeGreaterThan(1)
    expect(pagesOf(pdf)).toBeLessThan(10)
    await page.context().close()
  })
})

describeWithChromium('assayer note --format pdf', () => {
  it('writes a PDF of several pages', async () => {
    buildCli()
    const store = join(folder, 'store')
    const csv = join(folder, 'days.csv')
    writeFileSync(csv, candleCsv(startingAt('2025-01-01', randomCandles('pdf', 100)), 'ETHUSDT'))
    expect((await runCli(['import', 'candles', csv, '--venue', 'binance', '--store', store])).code).toBe(0)
    const out = join(folder, 'out')
    const ended = await runCli([
      'note',
      'ETH',
      '--as-of',
      '2025-04-10',
      '--format',
      'pdf',
      '--out',
      out,
      '--store',
      store,
    ])
    expect(ended.code).toBe(0)
    expect(readdirSync(out)).toEqual(['eth-2025-04-11-0000.pdf'])
    const pdf = readFileSync(join(out, 'eth-2025-04-11-0000.pdf'))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pagesOf(pdf)).toBeGreaterThan(1)
  })
})

interface Seen {
  readonly errors: string[]
  readonly failed: string[]
  readonly asked: string[]
}

interface Opened {
  readonly page: Page
  readonly seen: Seen
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0

/** True where an element stands in the window. Runs in the page. */
function isSeen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top >= -1 && bottom <= innerHeight + 1
}

/** Contrast of every visible piece of HTML text against what lies behind it. Runs in the page, so it holds all that it needs. */
function contrasts(): { text: string; ratio: number }[] {
  const channels = (color: string): number[] => (color.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (color: string): number => {
    const [r = 0, g = 0, b = 0] = channels(color).map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const behind = (element: Element): string => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor
      if (channels(color)[3] !== 0) return color
    }
    return 'rgb(255, 255, 255)'
  }
  return [...document.querySelectorAll('main *')]
    .filter((element) => element.closest('svg') === null && element.getClientRects().length > 0)
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== ''))
    .map((element) => {
      const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))]
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
      return { text: (element.textContent ?? '').slice(0, 40), ratio }
    })
}
