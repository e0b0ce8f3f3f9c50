import type { Restated } from '../../desk/jobs/restate.ts'

const KINDS = { openInterest: 'open interest', liquidation: 'liquidations' } as const

/** What restating one kind of record of one instrument came to, as a line; nothing where it changed nothing. */
export function renderRestated({ venue, instrument, record, rows, changed }: Restated): string {
  if (changed === 0) return ''
  return `${venue} ${instrument}: ${counted(changed)} of ${counted(rows)} rows of ${KINDS[record]} restated\n`
}

/** The rows that could not be read, as a line. */
export const sayUnread = ({ venue, instrument, record, unread }: Restated): string =>
  `a price or a contract size for ${counted(unread)} ${unread === 1 ? 'row' : 'rows'} of ${KINDS[record]} of ${venue} ${instrument}, which stay as they were`

/** Numbers with commas. */
export const counted = (count: number): string => count.toLocaleString('en')
