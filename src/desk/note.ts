import { DeskError } from '../core/errors.ts'
import { closeAt } from '../core/candles.ts'
import type { Frame } from '../core/frame.ts'
import { DAY_MS, formatDay, formatInstant, instant, type InstantMs } from '../core/instant.ts'
import type { MacroReading } from '../notes/macroReading.ts'
import type { Note } from '../notes/note.ts'
import { barsHeld, DAYS_NEEDED, readingOf, type Reading } from '../notes/reading.ts'
import { writeNote } from '../notes/writeNote.ts'
import { readContracts } from './contracts.ts'
import { readMacro } from './macro.ts'
import type { Desk } from './desk.ts'
import { remembering } from './remembering.ts'
import { readCandleFrames } from './readFrame.ts'

export interface NoteQuestion {
  readonly asset: string
  readonly asOf: InstantMs
  readonly venue?: string
  readonly market?: string
}

/** Days after which the last candle is too old to write of an asset's present. */
const OLDEST_DAYS = 30

/** Writes the note of an asset as of T from what the store knows then. */
export async function answerNote(asked: Desk, question: NoteQuestion): Promise<Note> {
  const desk = remembering(asked)
  const [daily, fourHour] = await readCandleFrames(desk, question, ['1d', '4h'])
  if (daily?.frame === undefined) throw new MissingDataError(question, [daily?.missing ?? 'daily candles'])
  refuseOld(question, daily.frame)
  const reading = readingOf(daily.frame, fourHour?.frame)
  if (reading === undefined) {
    const held = `${barsHeld(daily.frame)} daily candles of ${question.asset}, ${DAYS_NEEDED} needed`
    throw new MissingDataError(question, [`${held}: assayer import candles FILE --venue VENUE with an earlier start`])
  }
  const contracts = await readContracts(desk, daily.frame)
  const macro = await readMacroFor(desk, question.asOf, reading)
  return writeNote({
    ...reading,
    ...(contracts === undefined ? {} : { contracts }),
    ...(macro === undefined ? {} : { macro }),
  })
}

/** Rates, equities and laws that are real have no place beside invented prices; simulated ones stand there, and laws are never simulated. */
async function readMacroFor(
  desk: Desk,
  asOf: InstantMs,
  { simulated }: Pick<Reading, 'simulated'>,
): Promise<MacroReading | undefined> {
  const macro = await readMacro(desk, asOf)
  if (!simulated) return macro
  const { inputs } = macro.base.frame
  const isInvented = inputs.some(({ kind }) => kind === 'quote') && inputs.every((input) => input.simulated)
  return isInvented ? { ...macro, policy: [] } : undefined
}

function refuseOld(question: NoteQuestion, { grid }: Frame): void {
  const end = closeAt(grid, grid.length - 1)
  const days = Math.floor((question.asOf - end) / DAY_MS)
  if (days <= OLDEST_DAYS) return
  const day = formatDay(instant(end - 1))
  throw new MissingDataError(question, [
    `the last daily candle of ${question.asset} held closed on ${day}, ${days} days before: import later ones, or ask --as-of ${day}`,
  ])
}

/** The store lacks what a command needs; each line of `missing` names the command that would bring it. */
export class MissingDataError extends DeskError {
  readonly missing: readonly string[]

  constructor({ asset, asOf }: { readonly asset: string; readonly asOf: InstantMs }, missing: readonly string[]) {
    super('MISSING_DATA', `nothing to say of ${asset} as of ${formatInstant(asOf)}: ${missing.join('; ')}`, {
      hint: 'import the data named above, or choose another --as-of',
    })
    this.missing = missing
  }
}
