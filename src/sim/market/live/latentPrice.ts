import { seededRandom } from '../../../core/random.ts'
import { portableExp, portableLog, portableNormal } from '../portableMath.ts'

/** Time between two nodes of the path, from its start on: between them it neither turns nor bends. */
export const NODE_MS = 5_000
const YEAR_MS = 365 * 86_400_000
/** Share of an asset's variance that all assets have in common. */
const COMMON = 0.6

/** The price that all venues of an asset trade around, at any instant from its start. */
export interface LatentPrice {
  readonly at: (ms: number) => number
}

/** A common path that all assets share, as standard normal increments per node. */
export function commonIncrements(seed: string): (node: number) => number {
  const normal = portableNormal(seededRandom(`${seed}/common`).uniform)
  const drawn: number[] = []
  return (node) => {
    while (drawn.length <= node) drawn.push(normal())
    return drawn[node] as number
  }
}

export interface LatentPriceInputs {
  readonly asset: string
  readonly price: number
  readonly volatilityPct: number
  readonly startAt: number
  readonly seed: string
  readonly common: (node: number) => number
}

/**
 * A random walk in log price on nodes five seconds apart, straight between them. Nodes are drawn in order whatever is asked, so
 * that the path depends on the seed alone.
 */
export function latentPrice(inputs: LatentPriceInputs): LatentPrice {
  const { asset, price, volatilityPct, startAt, seed, common } = inputs
  const normal = portableNormal(seededRandom(`${seed}/${asset}/price`).uniform)
  const deviation = (volatilityPct / 100) * Math.sqrt(NODE_MS / YEAR_MS)
  const nodes = [portableLog(price)]
  const node = (i: number): number => {
    for (let next = nodes.length; next <= i; next++) {
      const shock = Math.sqrt(COMMON) * common(next) + Math.sqrt(1 - COMMON) * normal()
      nodes.push((nodes[next - 1] as number) + deviation * shock)
    }
    return nodes[i] as number
  }
  return {
    at: (ms) => {
      const place = Math.max(0, (ms - startAt) / NODE_MS)
      const i = Math.floor(place)
      const share = place - i
      return portableExp(node(i) * (1 - share) + node(i + 1) * share)
    },
  }
}
