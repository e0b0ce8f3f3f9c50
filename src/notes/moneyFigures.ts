import { formatCompact, formatFixed } from '../figures/format.ts'
import { toneByRank } from '../figures/gutter.ts'
import { moneyFigure } from '../figures/moneyFigure.ts'
import { bothWidths } from './bothWidths.ts'
import { barsOf, isSimulated, saySource } from './macroFigureParts.ts'
import type { MacroReading } from './macroReading.ts'
import {
  FLOW_SESSIONS,
  flowId,
  fundFlow,
  moneyStock,
  STOCK_DAYS,
  type FundFlow,
  type MoneyStock,
} from './moneyFlows.ts'
import type { NoteFigure } from './note.ts'
import { sayInstant, saySigned, saySize, sentence } from './wording.ts'

/** What funds took in day by day, over the stablecoins in circulation. */
export function drawMoney(macro: MacroReading): NoteFigure | undefined {
  const [flow, stock] = [fundFlow(macro), moneyStock(macro, 'stablecoin_supply', 'stablecoins in circulation')]
  if (flow === undefined && stock === undefined) return undefined
  const { base } = macro
  const { asset, grid } = base.frame
  const last = Math.max(flow?.bar ?? 0, stock?.bar ?? 0)
  const of = [
    ...(flow === undefined
      ? []
      : [`net flow of spot funds of ${asset} listed in the US, ${saySource(macro, 'quote', `ETF_FLOW_${asset}`)}`]),
    ...(stock === undefined ? [] : [`stablecoins in circulation, ${saySource(macro, 'quote', 'STABLECOIN_SUPPLY')}`]),
  ].join('; ')
  const words = {
    title: titleOf(asset, flow, stock),
    subtitle: `${sentence(of)}; to ${sayInstant(base.closeAt(last))}`,
  }
  return bothWidths({ id: 'money', simulated: isSimulated(macro), ...words }, (days, options) => {
    const from = Math.max(0, last + 1 - days)
    const shown = barsOf(grid, from, last)
    const column = (id: string, scale: number): Float64Array =>
      base
        .column(id)
        .slice(from, last + 1)
        .map((value) => value / scale)
    return moneyFigure(
      {
        grid: shown,
        ...(flow === undefined
          ? {}
          : {
              flow: {
                grid: shown,
                key: 'flow',
                heading: 'Net flow of funds, $m a day',
                note: 'filled: out',
                bars: { id: 'net_flow_usd_m', label: 'a day', values: column(flowId(asset), 1e6) },
                write: (value) => formatFixed(value, 0),
              },
            }),
        ...(stock === undefined
          ? {}
          : {
              stock: {
                grid: shown,
                key: 'stock',
                heading: 'Stablecoins in circulation, $',
                lines: [
                  {
                    id: 'stablecoins_usd',
                    label: 'stablecoins',
                    values: column('stablecoin_supply', 1),
                    tone: toneByRank(0),
                  },
                ],
                axis: 'value',
                size: 'low',
                write: formatCompact,
                captions: [
                  'Whoever mints stablecoins may hold them back: they are money that could come, not money that came',
                ],
              },
            }),
      },
      options,
    )
  })
}

/** What the figure shows: which way the funds went in the last sessions, or what there is. */
function titleOf(asset: string, flow: FundFlow | undefined, stock: MoneyStock | undefined): string {
  if (flow === undefined)
    return `Stablecoins in circulation have changed by ${saySigned(stock?.change.value ?? NaN)} in ${STOCK_DAYS} days`
  const { value } = flow.sum
  return `Funds of ${asset} ${value < 0 ? 'sold' : 'bought'} a net ${saySize(Math.abs(value))} dollars in ${FLOW_SESSIONS} sessions`
}
