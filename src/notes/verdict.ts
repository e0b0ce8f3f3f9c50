import { claim, type Figure } from './claim.ts'
import { evidenceOf } from './evidence.ts'
import type { Evidence, EvidenceGroup, Stance, Trigger, Verdict } from './note.ts'
import type { Reading } from './reading.ts'
import { sayStaleness } from './staleness.ts'
import { sayCount, sayPercent, sayPrice, sentence } from './wording.ts'

/** Days within which the verdict should show. */
const HORIZON_DAYS = 14

/** What a note from candles alone cannot know, in the words of its reader. */
const NO_BASE_RATES =
  'How often such evidence was followed by higher prices: this version keeps no base rates, so it gives no probability.'
const NO_CHAIN = 'On-chain data: no source is read in this version.'
const NO_MACRO = 'Macro and sentiment: none is held (assayer import series, assayer import rates).'

/** Evidence for and against higher prices, how it adds up by group, and the levels that would decide. */
export function verdictOf(reading: Reading): Verdict {
  const evidence = evidenceOf(reading)
  const { stance, ups, downs, groups } = weigh(evidence)
  const { daily, asset } = reading
  const counted = (name: string, value: number): Figure => ({
    name,
    value,
    unit: 'count',
    method: 'groups of evidence',
    at: daily.closeAt(daily.last),
  })
  const text = `${sentence(sayGroups(ups, downs, groups))}: ${SAY[stance]}.`
  return {
    question: `Which way does the evidence on ${asset} point?`,
    stance,
    horizonDays: HORIZON_DAYS,
    groups: { up: ups, down: downs, all: groups },
    summary: claim(
      'verdict',
      text,
      [counted('groups up', ups), counted('groups down', downs), counted('groups', groups)],
      daily.frame,
    ),
    evidence,
    missing: [
      ...sayStaleness(reading),
      NO_BASE_RATES,
      ...((reading.macro?.base.frame.quotes.size ?? 0) === 0 ? [NO_MACRO] : []),
      NO_CHAIN,
      ...(reading.contracts === undefined
        ? [`Contracts of ${asset}: nothing of any is held, so there is no section on them (assayer collect ${asset}).`]
        : []),
      ...(reading.fourHour === undefined
        ? ['Four-hour candles of the past year: levels are read from daily candles.']
        : []),
    ],
    confirm: trigger(reading, 'confirm'),
    void: trigger(reading, 'void'),
  }
}

const SAY: Record<Stance, string> = {
  up: 'the evidence agrees on higher prices, but its record is not measured here',
  'leaning up': 'the evidence leans up',
  undecided: 'the evidence is divided',
  'leaning down': 'the evidence leans down',
  down: 'the evidence agrees on lower prices, but its record is not measured here',
}

/** The larger side first: `four of five groups of evidence point up and none down`. */
export function sayGroups(ups: number, downs: number, groups: number): string {
  const count = (value: number): string => (value === 0 ? 'none' : sayCount(value))
  const [first, second] = downs > ups ? ['down', 'up'] : ['up', 'down']
  const [more, fewer] = [Math.max(ups, downs), Math.min(ups, downs)]
  const noun = groups === 1 ? 'group' : 'groups'
  return `${count(more)} of ${sayCount(groups)} ${noun} of evidence ${more === 1 ? 'points' : 'point'} ${first} and ${count(fewer)} ${second}`
}

/** One group, one vote: the side that more of its members take. */
function weigh(evidence: readonly Evidence[]): {
  readonly stance: Stance
  readonly ups: number
  readonly downs: number
  readonly groups: number
} {
  const votes = new Map<EvidenceGroup, number>()
  for (const { group, side } of evidence) votes.set(group, (votes.get(group) ?? 0) + (side === 'for' ? 1 : -1))
  const ups = [...votes.values()].filter((vote) => vote > 0).length
  const downs = [...votes.values()].filter((vote) => vote < 0).length
  return { stance: stanceOf(ups, downs), ups, downs, groups: votes.size }
}

function stanceOf(ups: number, downs: number): Stance {
  if (ups >= 4 && downs === 0) return 'up'
  if (downs >= 4 && ups === 0) return 'down'
  if (ups - downs >= 2) return 'leaning up'
  return downs - ups >= 2 ? 'leaning down' : 'undecided'
}

function trigger(reading: Reading, which: 'confirm' | 'void'): Trigger | undefined {
  const { levels, asset } = reading
  const rows = reading.nearLevels
  const row =
    which === 'confirm'
      ? rows.findLast((level) => level.kind === 'resistance')
      : rows.find((level) => level.kind === 'support')
  if (row === undefined) return undefined
  const noun =
    which === 'void' && rows.some((level) => level.kind === 'resistance') ? 'it' : 'the case for higher prices'
  const text =
    which === 'confirm'
      ? `A daily close of ${asset} above ${sayPrice(row.price)}, ${sayPercent(row.distancePct)} away, would confirm the case for higher prices.`
      : `A daily close of ${asset} below ${sayPrice(row.price)}, ${sayPercent(row.distancePct)} away, would void ${noun}.`
  const figure: Figure = {
    ...levels.figure(`${which} level`, which === 'confirm' ? 'levels.nearest_above' : 'levels.nearest_below'),
  }
  return { price: row.price, claim: claim(`verdict-${which}`, text, [figure], levels.frame) }
}
