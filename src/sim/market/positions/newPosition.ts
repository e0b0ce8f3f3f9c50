import { portableExp, portableLog } from '../portableMath.ts'
import type { Habits, Spread, TraderKind } from './habits.ts'
import { levelOf, mostLeverage, type MarginRow } from './marginTable.ts'
import { never, type Position } from './position.ts'

/** Leverages that people like. */
const ROUND = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 33, 40, 50, 60, 75, 80, 100, 125]
const LONGEST_HOURS = 40 * 24
const CARRY_HOLDS = 5

/** What a trader sees on arriving. */
export interface Sight {
  readonly price: number
  /** The return since the trader's look-back, in its usual deviations. */
  readonly move: number
}

/** A position as it is opened, with what its trader will do at which minute of its life. */
export interface Opening {
  readonly position: Position
  readonly minutes: number
  readonly partAt: number | undefined
  readonly growAt: number | undefined
}

/**
 * Draws a trader, and what the trader opens.
 * @returns the position, not yet settled
 */
export function newPosition(
  habits: Habits,
  table: readonly MarginRow[],
  sight: Sight,
  { uniform, normal }: { readonly uniform: () => number; readonly normal: () => number },
): Opening {
  const { price } = sight
  const amount = ({ median, deviation }: Spread): number => median * portableExp(deviation * normal())
  const exponential = (): number => -portableLog(1 - uniform())
  const kind = drawKind(habits, uniform())
  const side = uniform() < shareLong(habits, kind, sight.move) ? 1 : -1
  const usd = amount(habits.size)
  const leverage = Math.min(wish(), mostLeverage(table, usd))
  const margin = kind === 'carry' || uniform() < habits.crossShare ? 'cross' : 'isolated'
  const collateral = (usd / leverage) * (margin === 'cross' ? 1 + habits.cushion * exponential() : 1)
  const coins = usd / price
  const level = levelOf({ side, coins, entry: price, collateral }, table)
  const hasStop = kind !== 'carry' && uniform() < habits.stopShare
  const hasTarget = kind !== 'carry' && uniform() < habits.targetShare
  const gain = hasTarget ? habits.targetDistance * habits.dailyVolatility * exponential() : Infinity
  const hours = amount(uniform() < habits.quickShare ? habits.quickHold : habits.hold)
  const minutes = Math.ceil(60 * Math.min(LONGEST_HOURS, kind === 'carry' ? CARRY_HOLDS * hours : hours))
  const within = (share: number): number | undefined => (uniform() < share ? Math.ceil(minutes * uniform()) : undefined)
  const rescues = margin === 'isolated' && uniform() < habits.rescueShare ? 1 + Math.floor(2 * uniform()) : 0
  return {
    position: {
      side,
      margin,
      coins,
      entry: price,
      collateral,
      level,
      stop: hasStop ? price + (0.1 + 0.8 * uniform()) * (level - price) : never(side),
      target: side > 0 ? price * (1 + gain) : Math.max(0, price * (1 - gain)),
      rescueAt: 0.5 + 0.45 * uniform(),
      rescues,
      low: 0,
      high: Infinity,
      place: -1,
    },
    minutes,
    partAt: within(habits.partShare),
    growAt: within(habits.growShare),
  }

  function wish(): number {
    if (kind === 'carry') return 1 + 2 * uniform()
    if (uniform() < habits.mostShare) return Infinity
    const free = Math.max(1, amount(habits.leverage) * (side > 0 ? 1 : habits.shortLeverage))
    return uniform() < habits.roundShare ? nearestRound(free) : free
  }
}

function drawKind({ kinds }: Habits, at: number): TraderKind {
  if (at < kinds.momentum) return 'momentum'
  if (at < kinds.momentum + kinds.contrarian) return 'contrarian'
  return at < kinds.momentum + kinds.contrarian + kinds.noise ? 'noise' : 'carry'
}

/** How likely a trader goes long. Who earns the carry is short against coins held elsewhere, mostly. */
function shareLong({ conviction, longShare }: Habits, kind: TraderKind, move: number): number {
  if (kind === 'noise') return longShare
  if (kind === 'carry') return 0.1
  const pull = kind === 'momentum' ? move : -move
  return 1 / (1 + portableExp(-conviction * Math.max(-5, Math.min(5, pull))))
}

const nearestRound = (leverage: number): number =>
  ROUND.reduce((best, each) => (Math.abs(each - leverage) < Math.abs(best - leverage) ? each : best))
