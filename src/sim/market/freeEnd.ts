import type { Random } from '../../core/random.ts'
import { justInside, lowerAt, upperAt } from './limits.ts'
import { pinsOf, sumBetween, type Path } from './path.ts'
import { portableNormal } from './portableMath.ts'

/** So many ends are tried before one is put just within the limit that is in the way. */
const TRIES = 32

/** Sets the last node where no fact does: anywhere that an ordinary walk from the last pin would end. */
export function setFreeEnd({ y, base, ...path }: Path, random: Random): void {
  const end = y.length - 1
  if (!Number.isNaN(y[end])) return
  const normal = portableNormal(random.uniform)
  const last = pinsOf({ y, base, ...path }).at(-1) ?? 0
  const mean = (y[last] as number) + (base[end] as number) - (base[last] as number)
  const deviation = Math.sqrt(sumBetween(path.ownVariance, last, end))
  const [lower, upper] = [lowerAt(path.limits, end), upperAt(path.limits, end)]
  for (let i = 0; i < TRIES; i++) {
    const at = mean + deviation * normal()
    if (at > lower && at < upper) {
      y[end] = at
      return
    }
  }
  y[end] = justInside(mean, lower, upper, deviation, random.uniform())
}
