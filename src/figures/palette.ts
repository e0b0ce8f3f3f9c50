/** A colour's job in a figure. `up`, `down` and `accent` carry meaning; the rest are greys, and `warn` marks what is not real. */
export type Tone = 'ink' | 'paper' | 'grid' | 'muted' | 'up' | 'down' | 'accent' | 'warn'

/** Colours by job, as six-digit hex. */
export type Palette = Readonly<Record<Tone, string>>

/** `auto` follows the reader's setting; the other two are fixed, for print and for pictures of one theme. */
export type Theme = 'auto' | 'light' | 'dark'

/** Both themes, each chosen against its own paper: text at 4.5:1 or more, marks at 3:1 or more, apart for red-green blindness. */
export const PALETTE: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    ink: '#1b1f24',
    paper: '#ffffff',
    grid: '#e6e8eb',
    muted: '#6b7280',
    up: '#0f7b6c',
    down: '#b4432f',
    accent: '#2f5fd0',
    warn: '#9a6700',
  },
  dark: {
    ink: '#e8eaed',
    paper: '#14171a',
    grid: '#2a2f35',
    muted: '#9aa3ad',
    up: '#3fb8a4',
    down: '#e07a5f',
    accent: '#7aa2ff',
    warn: '#d9a441',
  },
}

/**
 * Seven steps of viridis, dark to bright: even to the eye, and apart for every common colour blindness. Light paper takes them from
 * bright to dark, dark paper from dark to bright, so that much always stands out and little is near the paper.
 */
export const HEAT: Readonly<Record<'light' | 'dark', readonly string[]>> = {
  light: ['#fde725', '#90d743', '#35b779', '#21918c', '#31688e', '#443983', '#440154'],
  dark: ['#440154', '#443983', '#31688e', '#21918c', '#35b779', '#90d743', '#fde725'],
}

/** How much of the accent the strongest shade of one hue takes: words of ink on it still have 4.5:1. */
export const STRONGEST_SHADE = 0.58

/** The steps of a heat map as classes `f-heat-1` (little) to `f-heat-7` (much), inside a figure's own element. */
export function heatCss(selector: string, theme: Theme): string {
  const rules = (name: 'light' | 'dark'): string =>
    HEAT[name].map((colour, i) => `${selector} .f-heat-${i + 1}{fill:${colour}}`).join('')
  if (theme !== 'auto') return rules(theme)
  return rules('light') + onDarkScreens(rules('dark'))
}

/**
 * The palette as custom properties (`--ink`, `--paper`, …) for a page, light first and dark where the reader asks for it.
 * Paper is always printed in the light theme.
 * @param selector - what carries the properties
 * @returns a style sheet
 * @example paletteCss().startsWith(':root{--ink:#1b1f24;') // true
 */
export function paletteCss(selector = ':root'): string {
  const rule = (palette: Palette): string => `${selector}{${declarations(palette, (tone) => palette[tone])}}`
  return `${rule(PALETTE.light)}${onDarkScreens(rule(PALETTE.dark))}`.replaceAll('--f-', '--')
}

/**
 * The palette as a figure uses it: `--f-ink` and so on, which take the page's `--ink` where the page has one and else their own
 * colour, so that one SVG follows the page it stands in and is right when it stands alone.
 * @param selector - the figure's own element, so that nothing leaks into the page
 * @returns a style sheet
 * @example figurePaletteCss('#eth', 'auto').startsWith('#eth{--f-ink:var(--ink,#1b1f24);') // true
 */
export function figurePaletteCss(selector: string, theme: Theme): string {
  const fixed = (palette: Palette): string => `${selector}{${declarations(palette, (tone) => palette[tone])}}`
  const open = (palette: Palette): string =>
    `${selector}{${declarations(palette, (tone) => `var(--${tone},${palette[tone]})`)}}`
  if (theme !== 'auto') return fixed(PALETTE[theme])
  return open(PALETTE.light) + onDarkScreens(open(PALETTE.dark))
}

const declarations = (palette: Palette, value: (tone: Tone) => string): string =>
  (Object.keys(palette) as Tone[]).map((tone) => `--f-${tone}:${value(tone)}`).join(';')

const onDarkScreens = (rules: string): string => `@media screen and (prefers-color-scheme:dark){${rules}}`
