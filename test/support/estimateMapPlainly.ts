import type { MapTape } from '../../src/metrics/contracts/liquidationBook.ts'
import { LEVERAGE_MIX } from '../../src/metrics/contracts/leverageMix.ts'

interface Opened {
  /** Number of its bin, from a price of 1 up. */
  readonly bin: number
  amount: number
}

/**
 * The estimated map as its definition reads: every position is kept by itself and looked at in every bucket. Half a percent of margin must
 * stay, whatever the size.
 * @returns dollars by number of bin
 */
export function estimateMapPlainly(tape: MapTape, contract: 'linear' | 'inverse', width: number) {
  const middle = (bin: number): number => Math.exp((bin + 0.5) * width)
  const sides = [
    { side: 1, open: [] as Opened[] },
    { side: -1, open: [] as Opened[] },
  ]
  for (const i of tape.low.keys()) {
    const [low, high, now] = [tape.low[i]!, tape.high[i]!, tape.openInterest[i]!]
    const before = i > 0 ? tape.openInterest[i - 1]! : NaN
    for (const book of sides) {
      const isCrossed = ({ bin }: Opened): boolean => (book.side > 0 ? low <= middle(bin) : high >= middle(bin))
      const crossed = book.open.filter(isCrossed).reduce((sum, { amount }) => sum + amount, 0)
      book.open = book.open.filter((each) => !isCrossed(each))
      const price = tape.vwap[i]!
      if (Number.isNaN(now - before) || Number.isNaN(price)) continue
      if (now > before) {
        for (const { leverage, weight } of LEVERAGE_MIX) {
          book.open.push({
            bin: Math.floor(Math.log(price * factor(book.side, contract, leverage)) / width),
            amount: weight * (now - before),
          })
        }
      } else {
        const rest = Math.max(0, before - now - crossed)
        for (const each of book.open) each.amount *= 1 - (rest > 0 ? rest / (before - crossed) : 0)
      }
    }
  }
  const usd = ({ open }: { readonly open: readonly Opened[] }): ReadonlyMap<number, number> => {
    const bins = new Map<number, number>()
    for (const { bin, amount } of open)
      bins.set(bin, (bins.get(bin) ?? 0) + (contract === 'linear' ? amount * middle(bin) : amount))
    return bins
  }
  return { longUsd: usd(sides[0]!), shortUsd: usd(sides[1]!) }
}

function factor(side: number, contract: 'linear' | 'inverse', leverage: number): number {
  return contract === 'linear' ? (1 - side / leverage) / (1 - side * 0.005) : (1 + side * 0.005) / (1 + side / leverage)
}
