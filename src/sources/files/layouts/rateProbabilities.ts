import { findColumns, KNOWN_AT, TIME_NAMES, type Layout } from './layout.ts'

/** Probabilities of target ranges by day and meeting, as collectors of FedWatch keep them: one row for each range, in basis points. */
export const rateProbabilities: Layout = {
  id: 'rate-probabilities',
  kind: 'rates',
  headers: ['date,meeting,target_low_bps,target_high_bps,prob'],
  bind(head) {
    const columns = findColumns(head, NAMES, ['at', 'meeting', 'rangeLow', 'rangeHigh', 'probability'])
    return columns === undefined ? undefined : { header: 'first row', columns, venue: 'cme' }
  },
}

const NAMES = {
  at: TIME_NAMES,
  knownAt: KNOWN_AT,
  meeting: ['meeting', 'meetingdate', 'fomcdate'],
  rangeLow: ['targetlowbps', 'lowbps'],
  rangeHigh: ['targethighbps', 'highbps'],
  probability: ['prob', 'probability'],
}
