import { describe, expect, test } from 'vitest'
import { figurePaletteCss, PALETTE, paletteCss, STRONGEST_SHADE, type Palette, type Tone } from './palette.ts'

type Rgb = readonly [number, number, number]

const linear = (hex: string): Rgb =>
  [1, 3, 5].map((i) => {
    const part = Number.parseInt(hex.slice(i, i + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const BLINDNESS: Readonly<Record<string, readonly Rgb[]>> = {
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
}

const seen = (matrix: readonly Rgb[], [r, g, b]: Rgb): Rgb =>
  matrix.map(([x, y, z]) => Math.min(1, Math.max(0, x * r + y * g + z * b))) as unknown as Rgb

/** CIE L*a*b* under D65. */
function lab([r, g, b]: Rgb): Rgb {
  const curve = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = curve(luminance([r, g, b]))
  const z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

function distance(a: string, b: string, matrix: readonly Rgb[]): number {
  const [p, q] = [a, b].map((hex) => lab(seen(matrix, linear(hex)))) as [Rgb, Rgb]
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2])
}

const COLOURS: readonly Tone[] = ['up', 'down', 'accent', 'warn']

describe.each(Object.entries(PALETTE) as [string, Palette][])('the %s palette', (_, palette) => {
  test.each(['ink', 'muted', 'accent', 'warn'] as const)('writes text in %s at 4.5:1 or more', (tone) => {
    expect(contrast(palette[tone], palette.paper)).toBeGreaterThanOrEqual(4.5)
  })

  test('writes text on the strongest shade of its accent at 4.5:1 or more', () => {
    const part = (hex: string, i: number): number => Number.parseInt(hex.slice(i, i + 2), 16)
    const mixed = [1, 3, 5].map((i) =>
      Math.round(part(palette.accent, i) * STRONGEST_SHADE + part(palette.paper, i) * (1 - STRONGEST_SHADE)),
    )
    const shade = `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
    expect(contrast(palette.ink, shade)).toBeGreaterThanOrEqual(4.5)
  })

  test.each(['ink', 'muted', ...COLOURS] as const)('draws marks in %s at 3:1 or more', (tone) => {
    expect(contrast(palette[tone], palette.paper)).toBeGreaterThanOrEqual(3)
  })

  test.each(Object.entries(BLINDNESS))('keeps its colours apart under %s', (_, matrix) => {
    for (const [i, a] of COLOURS.entries()) {
      for (const b of COLOURS.slice(i + 1)) expect(distance(palette[a], palette[b], matrix)).toBeGreaterThan(12)
    }
    expect(distance(palette.up, palette.down, matrix)).toBeGreaterThan(20)
  })

  test('keeps the grid fainter than any mark', () => {
    expect(contrast(palette.grid, palette.paper)).toBeLessThan(1.6)
  })
})

describe('style sheets', () => {
  test('a page gets both themes, dark on screens only', () => {
    expect(paletteCss('.note')).toContain('.note{--ink:#1b1f24;')
    expect(paletteCss()).toContain('@media screen and (prefers-color-scheme:dark){:root{--ink:#e8eaed;')
  })

  test('a figure takes the page’s colours where there are any', () => {
    expect(figurePaletteCss('#a', 'auto')).toContain('--f-up:var(--up,#0f7b6c)')
    expect(figurePaletteCss('#a', 'auto')).toContain('--f-up:var(--up,#3fb8a4)')
  })

  test('a fixed theme asks nobody', () => {
    expect(figurePaletteCss('#a', 'dark')).toContain('--f-paper:#14171a')
    expect(figurePaletteCss('#a', 'dark')).not.toMatch(/var|@media/)
  })
})
