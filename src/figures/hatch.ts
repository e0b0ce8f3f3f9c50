import { element } from './svg.ts'

/** What a hatching says by its colour. */
type HatchTone = 'up' | 'down' | 'muted'

/** A hatching for what is estimated, or, in grey, for where there is nothing; `hatchFill` uses it. */
export const hatchPattern = (id: string, tone: HatchTone): string =>
  element(
    'pattern',
    { id: `${id}-hatch-${tone}`, width: 4, height: 4, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    element('path', { class: `f-hatch-${tone}`, d: 'M1,0V4' }),
  )

/** The `fill` of an area that is hatched in a tone. */
export const hatchFill = (id: string, tone: HatchTone): string => `url(#${id}-hatch-${tone})`
