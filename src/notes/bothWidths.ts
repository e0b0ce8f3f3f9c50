import type { Figure, FigureOptions } from '../figures/figure.ts'
import type { NoteFigure } from './note.ts'

/** The finding and the measure over a figure. */
export type FigureWords = Pick<FigureOptions, 'title' | 'subtitle'>

/** Days that figures show; fewer on a phone, where a candle must still be wider than its outline. */
export const WIDE_DAYS = 140
const WIDE = { width: 960, days: WIDE_DAYS }
const NARROW = { width: 360, days: 90 }

/**
 * A figure of a note in both its widths; data and words are those of the wide one.
 * @param draw - the last days of whatever it shows
 */
export function bothWidths(
  { id, simulated, title, subtitle }: FigureWords & { readonly id: string; readonly simulated: boolean },
  draw: (days: number, options: FigureOptions) => Figure,
): NoteFigure {
  const at = (form: 'wide' | 'narrow', { width, days }: typeof WIDE): Figure =>
    draw(days, { title, subtitle, id: `${id}-${form}`, width, simulated })
  const wide = at('wide', WIDE)
  return { id, wide: wide.svg, narrow: at('narrow', NARROW).svg, csv: wide.csv, alt: wide.alt, captions: wide.captions }
}
