import { DAY_MS, formatDay, instant, isDateText, parseInstant } from '../../core/instant.ts'
import { rateProbability } from '../../records/rateProbability.ts'
import type { Fault } from './badRows.ts'
import { readNumber } from './readNumber.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

/** The step of a target range, basis points. */
const STEP_BPS = 25

/** Reads probabilities of target ranges by day and meeting; those of a day are known when it ends. */
export function rateRows(context: RowContext): RowReader {
  const parts = new RowParts(context)

  const read = (cells: readonly string[], keep: Keep): Fault | undefined => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = parts.at(cells)
    if (Number.isNaN(at)) return parts.timeFault(cells)
    if (at % DAY_MS !== 0) return parts.fault('at', cells, 'is no whole day')
    const knownAt = parts.knownAt(cells, at + DAY_MS)
    if (!(knownAt >= at + DAY_MS)) return parts.knownAtFault(cells, knownAt, 'ends')
    const meeting = meetingOf(parts.cell(cells, 'meeting'))
    if (meeting === undefined) return parts.fault('meeting', cells, 'is no day such as 2025-12-10')
    if (parseInstant(meeting) < at) return parts.fault('meeting', cells, 'is over on the day of the row')
    const [low, high] = [readNumber(parts.cell(cells, 'rangeLow')), readNumber(parts.cell(cells, 'rangeHigh'))]
    const probability = readNumber(parts.cell(cells, 'probability'))
    const wrongNumber = parts.numberFault({ rangeLow: low, rangeHigh: high, probability }, cells, [
      'rangeLow',
      'rangeHigh',
      'probability',
    ])
    if (wrongNumber !== undefined) return wrongNumber
    if (low < 0 || low % STEP_BPS !== 0) return parts.fault('rangeLow', cells, `is no multiple of ${STEP_BPS}`)
    if (high !== low + STEP_BPS) return parts.fault('rangeHigh', cells, `is not ${STEP_BPS} above the lower end`)
    if (probability < 0 || probability > 1) return parts.fault('probability', cells, 'is no share of 1')
    const tally = parts.tallyOf(meeting)
    if (isFault(tally)) return tally
    tallyRow(tally, at)
    const { venue } = context.plan
    keep(rateProbability, { venue, meeting, at, knownAt, range: `${low}-${high}`, low, high, probability })
    return undefined
  }
  return { read }
}

function meetingOf(text: string): string | undefined {
  try {
    return isDateText(text) ? formatDay(instant(parseInstant(text))) : undefined
  } catch {
    return undefined
  }
}
