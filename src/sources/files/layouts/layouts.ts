import { DeskError } from '../../../core/errors.ts'
import { binanceDailyMetrics } from './binanceDailyMetrics.ts'
import { hyperliquidPositions } from './hyperliquidPositions.ts'
import { marketCaps } from './marketCaps.ts'
import { messariTotals } from './messariTotals.ts'
import { plainFunding } from './plainFunding.ts'
import { settlements } from './settlements.ts'
import { rateProbabilities } from './rateProbabilities.ts'
import { walletBalances } from './walletBalances.ts'
import { binanceAggTrades } from './binanceAggTrades.ts'
import { binanceFunding } from './binanceFunding.ts'
import { binanceKlines } from './binanceKlines.ts'
import { binanceMetrics } from './binanceMetrics.ts'
import { binanceTrades } from './binanceTrades.ts'
import { bybitSpotTrades } from './bybitSpotTrades.ts'
import { bybitTrades } from './bybitTrades.ts'
import { hyperliquidCandles } from './hyperliquidCandles.ts'
import { plainName, type Binding, type FileKind, type Head, type Layout } from './layout.ts'
import { plainCandles } from './plainCandles.ts'
import { plainSeries } from './plainSeries.ts'
import { plainTrades } from './plainTrades.ts'

/** Every layout, the particular before the general. */
const LAYOUTS: readonly Layout[] = [
  hyperliquidCandles,
  binanceKlines,
  plainCandles,
  bybitTrades,
  bybitSpotTrades,
  binanceAggTrades,
  binanceTrades,
  plainTrades,
  plainSeries,
  binanceMetrics,
  binanceFunding,
  plainFunding,
  binanceDailyMetrics,
  messariTotals,
  marketCaps,
  walletBalances,
  hyperliquidPositions,
  rateProbabilities,
  settlements,
]

/**
 * The layout of a table by its first row.
 * @throws {UnknownLayoutError} no layout of this kind has such a header
 */
export function findLayout(kind: FileKind, head: Head, label: string): { layout: Layout; binding: Binding } {
  for (const layout of LAYOUTS) {
    const binding = layout.kind === kind ? layout.bind(head) : undefined
    if (binding !== undefined) return { layout, binding }
  }
  throw new UnknownLayoutError(kind, head, label)
}

/** Thrown where the first row of a table is of no known layout; names the kind that would take it, where there is one. */
export class UnknownLayoutError extends DeskError {
  constructor(kind: FileKind, head: Head, label: string) {
    const other = LAYOUTS.find((layout) => layout.kind !== kind && fits(layout, head))
    const known = LAYOUTS.filter((layout) => layout.kind === kind).flatMap((layout) => layout.headers)
    const fitting = other === undefined ? '' : `it would fit as ${other.kind}; `
    const hint = `${fitting}${sayLacks(head, known)}known headers of ${kind}: ${known.join(' | ')}`
    super('UNKNOWN_LAYOUT', `"${label}" has no known header of ${kind}: "${head.cells.join(',').slice(0, 300)}"`, {
      hint,
    })
  }
}

/** What a header lacks of the one that it has most of. */
function sayLacks({ cells }: Head, known: readonly string[]): string {
  const names = new Set(cells.map(plainName))
  const candidates = known.map((header) => {
    const columns = header.split(',').filter((column) => column !== '…')
    return { header, columns, lacks: columns.filter((column) => !names.has(plainName(column))) }
  })
  const nearest = candidates.toSorted((a, b) => a.lacks.length - b.lacks.length)[0]
  if (nearest === undefined || nearest.lacks.length === nearest.columns.length) return ''
  return `of "${nearest.header}" it lacks ${nearest.lacks.join(', ')}; `
}

function fits(layout: Layout, head: Head): boolean {
  try {
    return layout.bind(head) !== undefined
  } catch {
    return false
  }
}
