import { DeskError } from '../core/errors.ts'
import { formatInstant, type InstantMs } from '../core/instant.ts'
import type { Note } from '../notes/note.ts'
import { barsHeld, DAYS_NEEDED, readingOf } from '../notes/reading.ts'
import { writeNote } from '../notes/writeNote.ts'
import type { Desk } from './desk.ts'
import { readCandleFrame } from './readFrame.ts'

export interface NoteQuestion {
  readonly asset: string
  readonly asOf: InstantMs
  readonly venue?: string
  readonly market?: string
}

/** Writes the note of an asset as of T from what the store knows then. */
export async function answerNote(desk: Desk, question: NoteQuestion): Promise<Note> {
  const daily = await readCandleFrame(desk, { ...question, interval: '1d' })
  if (daily.frame === undefined) throw new MissingDataError(question, [daily.missing])
  const fourHour = await readCandleFrame(desk, { ...question, interval: '4h' })
  const reading = readingOf(daily.frame, fourHour.frame)
  if (reading === undefined) {
    const held = `${barsHeld(daily.frame)} daily candles of ${question.asset}, ${DAYS_NEEDED} needed`
    throw new MissingDataError(question, [`${held}: assayer import candles FILE --venue VENUE with an earlier start`])
  }
  return writeNote(reading)
}

/** The store lacks what a command needs; each line of `missing` names the command that would bring it. */
export class MissingDataError extends DeskError {
  readonly missing: readonly string[]

  constructor({ asset, asOf }: { readonly asset: string; readonly asOf: InstantMs }, missing: readonly string[]) {
    super('MISSING_DATA', `nothing to say of ${asset} as of ${formatInstant(asOf)}: ${missing.join('; ')}`, {
      hint: 'import the data named above, or choose a later --as-of',
    })
    this.missing = missing
  }
}
