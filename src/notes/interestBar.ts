import type { Input } from '../core/frame.ts'
import { instant } from '../core/instant.ts'
import type { ContractReading } from './contractReading.ts'
import type { FrameReader } from './frameReader.ts'

/** Days behind the note's last bar from which on open interest is old: what it was is told, and nothing is read out of it. */
const OLD_DAYS = 3

/** The last bar in which a row of open interest stands itself; a value that is carried on is none. -1 where there is none. */
export function lastInterestBar({ all }: ContractReading): number {
  const held = all.column('open_interest.coins').findLastIndex((value) => !Number.isNaN(value))
  const end = Math.max(...interestInputs(all).map(({ to }) => to))
  return Number.isFinite(end) ? Math.min(held, all.barOf(instant(end - 1))) : held
}

/** True where any open interest is held. */
export const isInterestHeld = (contracts: ContractReading): boolean => lastInterestBar(contracts) >= 0

/** True where open interest ends so long before the note that it says nothing of it. */
export const isInterestOld = (contracts: ContractReading): boolean =>
  contracts.all.last - lastInterestBar(contracts) >= OLD_DAYS

export const interestInputs = ({ frame }: FrameReader): readonly Input[] =>
  frame.inputs.filter(({ kind }) => kind === 'open_interest')
