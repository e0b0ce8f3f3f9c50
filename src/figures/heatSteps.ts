import { HEAT } from './palette.ts'

/** Steps that are coloured; what lies under the first is left as paper. */
export const HEAT_STEPS = HEAT.light.length

/**
 * The amounts at which a heat map changes its colour: 1, 2 and 5 times powers of ten, the last at most the largest amount.
 * @param largest - of all cells
 * @returns as many as there are coloured steps, ascending; none where nothing is above 0
 * @example heatSteps(130) // [1, 2, 5, 10, 20, 50, 100]
 */
export function heatSteps(largest: number): readonly number[] {
  if (!(largest > 0)) return []
  let power = Math.floor(Math.log10(largest))
  let place = MULTIPLES.findLastIndex((multiple) => multiple * 10 ** power <= largest * (1 + 1e-12))
  const steps: number[] = []
  while (steps.length < HEAT_STEPS) {
    steps.unshift(Number(`${MULTIPLES[Math.max(0, place)]}e${power}`))
    place = place <= 0 ? MULTIPLES.length - 1 : place - 1
    if (place === MULTIPLES.length - 1) power--
  }
  return steps
}

const MULTIPLES = [1, 2, 5]

/** The step of an amount: 0 for paper, else 1 to `HEAT_STEPS`. */
export const stepOf = (amount: number, steps: readonly number[]): number =>
  steps.findLastIndex((from) => amount >= from) + 1
