import { openAt } from '../core/candles.ts'
import { newYorkSession } from '../core/newYorkSession.ts'
import { parseInstant } from '../core/instant.ts'
import { formatFixed } from '../figures/format.ts'
import { toneByRank } from '../figures/gutter.ts'
import { linesFigure } from '../figures/linesFigure.ts'
import { bothWidths } from './bothWidths.ts'
import { lastHeld } from './lastHeld.ts'
import { barsOf, isSimulated, saySource } from './macroFigureParts.ts'
import type { MacroReading } from './macroReading.ts'
import type { NoteFigure } from './note.ts'
import { lastShock } from './policy/lastShock.ts'
import { sayDay, sayInstant } from './wording.ts'

const MEASURE = 'volatility_state'

/** What volatility is expected and was, with the shock that it is counted from. */
export function drawVolatility(macro: MacroReading): NoteFigure | undefined {
  const { base, policy } = macro
  const { asset, asOf, grid } = base.frame
  const bar = lastHeld(base, `${MEASURE}.vix`)
  if (bar === undefined) return undefined
  const lines = [
    { id: 'vix', label: 'VIX' },
    { id: 'spx', label: 'S&P 500' },
    { id: 'asset', label: asset },
  ].filter(({ id }) => lastHeld(base, `${MEASURE}.${id}`) !== undefined)
  const shock = lastShock(policy, asOf)
  const close = newYorkSession(openAt(grid, bar))?.close ?? base.closeAt(bar)
  const words = {
    title: titleOf(macro, bar),
    subtitle: `The VIX, ${saySource(macro, 'quote', 'VIX')}, and volatility realised over 21 sessions, percent a year, at New York's closes; to ${sayInstant(close)}`,
  }
  return bothWidths({ id: 'volatility', simulated: isSimulated(macro), ...words }, (days, options) => {
    const from = Math.max(0, bar + 1 - days)
    const shown = barsOf(grid, from, bar)
    return linesFigure(
      {
        grid: shown,
        key: 'volatility',
        heading: '% a year',
        lines: lines.map(({ id, label }, i) => ({
          id,
          label,
          values: base.column(`${MEASURE}.${id}`).slice(from, bar + 1),
          tone: toneByRank(i),
        })),
        axis: 'value',
        rests: (each) => newYorkSession(openAt(shown, each)) === undefined,
        size: 'tall',
        write: (value) => formatFixed(value, Number.isInteger(value) ? 0 : 1),
        captions: ['The VIX is what options on the S&P 500 cost: an expectation, with a premium for risk in it'],
      },
      options,
      shock === undefined ? [] : [{ at: parseInstant(shock.on), label: 'Tariff order' }],
    )
  })
}

/** How the VIX stands against the shock, or alone. */
function titleOf({ base, policy }: MacroReading, bar: number): string {
  const { asOf } = base.frame
  const level = base.column(`${MEASURE}.vix`)[bar] ?? NaN
  const shock = lastShock(policy, asOf)
  const since = shock === undefined ? NaN : (base.column(`${MEASURE}(${shock.on.slice(0, 10)}).since`)[bar] ?? NaN)
  if (shock === undefined || Number.isNaN(since)) return `The VIX stands at ${formatFixed(level, 1)}`
  const moved = `${formatFixed(Math.abs(since), 1)} points ${since < 0 ? 'below' : 'above'}`
  return `The VIX stands at ${formatFixed(level, 1)}, ${moved} the close of ${sayDay(parseInstant(shock.on), asOf)}`
}
