import { DeskError } from '../core/errors.ts'
import type { Theme } from './palette.ts'

/** What every figure is told besides its data. */
export interface FigureOptions {
  /** Begins every id inside the SVG; must differ between any two figures of one page. Letters, digits, `-` and `_`. */
  readonly id: string
  /** Pixels; under 600 the figure is laid out for a phone. */
  readonly width: number
  /** The finding, as a sentence. */
  readonly title: string
  /** Measure, unit, source and as-of time. */
  readonly subtitle: string
  /** Data that no market made: the figure says so in words. */
  readonly simulated: boolean
  /** `auto` unless said. */
  readonly theme?: Theme
}

/** A drawn figure and its other forms. */
export interface Figure {
  /** One self-contained SVG element. */
  readonly svg: string
  /** Exactly what is drawn, one row a bar, with a header. */
  readonly csv: string
  /** What the figure shows, in words. */
  readonly alt: string
  /** Sentences to stand under the figure: the numbered marks first, in order, each beginning with its number. */
  readonly captions: readonly string[]
  readonly width: number
  readonly height: number
}

/** Sizes in pixels that follow from a figure's width. */
export interface Layout {
  readonly kind: 'wide' | 'narrow'
  readonly width: number
  readonly margin: number
  readonly title: number
  readonly subtitle: number
  readonly label: number
  readonly paneGap: number
}

/**
 * The sizes for a width: a desktop layout from 600 pixels, below it one for phones.
 * @throws {BadFigureError} narrower than 280 pixels, where labels and plot no longer fit beside each other
 * @example layoutFor(360).label // 11
 */
export function layoutFor(width: number): Layout {
  if (!(width >= 280 && width <= 4000)) throw new BadFigureError(`"${width}" is not a width from 280 to 4000 pixels`)
  return width >= 600
    ? { kind: 'wide', width, margin: 16, title: 20, subtitle: 13, label: 12, paneGap: 22 }
    : { kind: 'narrow', width, margin: 8, title: 16, subtitle: 12, label: 11, paneGap: 18 }
}

/** Proves that an id can stand in a selector and in `url(#…)` as it is. */
export function checkedId(id: string): string {
  if (!/^[A-Za-z][\w-]*$/.test(id)) throw new BadFigureError(`"${id}" is not an id of letters, digits, - and _`)
  return id
}

export class BadFigureError extends DeskError {
  constructor(message: string) {
    super('BAD_FIGURE', message)
  }
}
