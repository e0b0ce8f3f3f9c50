import { civil, DAY_MS, daysFromCivil, instant } from '../../../core/instant.ts'
import { newYorkSession } from '../../../core/newYorkSession.ts'
import { seededRandom } from '../../../core/random.ts'

/** What the head of the simulated state signed and its register published: an order, or a correction of one. */
export interface Decree {
  readonly documentNumber: string
  /** undefined of a correction. */
  readonly number: string | undefined
  readonly title: string
  /** 00:00Z of its day, ms; undefined where the register does not tell it. */
  readonly signedOn: number | undefined
  /** The same of its issue. */
  readonly publishedOn: number
  /** Document number of what it corrects. */
  readonly corrects: string | undefined
}

const FIRST = daysFromCivil(2024, 1, 2) * DAY_MS
const LAST = daysFromCivil(2027, 12, 1) * DAY_MS
/** Numbers that no order of any state has reached: nobody takes one for a real order. */
const FIRST_NUMBER = 90_001
/** Days between two orders, and from signing to issue. */
const APART = { least: 9, most: 40 } as const
const UNTIL_ISSUE = { least: 2, most: 6 } as const
const MATTERS = ['harbours', 'forests', 'statistics', 'payments', 'bridges', 'archives', 'energy', 'grain'] as const
/** Which of them is never told its day of signing, and which is corrected. */
const UNDATED = 1
const CORRECTED = 2

/** The decrees of a seeded world, in the order of their issues: an order every few weeks, one without a day of signing, and a correction. */
export function decreesOf({ seed }: { readonly seed: string }): readonly Decree[] {
  const { uniform } = seededRandom(`${seed}/decrees`)
  const between = ({ least, most }: { readonly least: number; readonly most: number }): number =>
    (least + Math.floor((most - least + 1) * uniform())) * DAY_MS
  const orders: Decree[] = []
  for (let at = FIRST; at < LAST; at += between(APART)) {
    const i = orders.length
    const [signedOn, publishedOn] = [businessDay(at), businessDay(at + between(UNTIL_ISSUE))]
    orders.push({
      documentNumber: documentOf(publishedOn, i),
      number: String(FIRST_NUMBER + i),
      title: `SIMULATED order on ${MATTERS[Math.floor(MATTERS.length * uniform())] as string}`,
      signedOn: i === UNDATED ? undefined : signedOn,
      publishedOn,
      corrects: undefined,
    })
  }
  const corrected = orders[CORRECTED] as Decree
  const correction: Decree = {
    documentNumber: `C1-${corrected.documentNumber}`,
    number: undefined,
    title: 'Correction',
    signedOn: undefined,
    publishedOn: businessDay(corrected.publishedOn + 3 * DAY_MS),
    corrects: corrected.documentNumber,
  }
  return [...orders, correction].toSorted((a, b) => a.publishedOn - b.publishedOn)
}

const documentOf = (day: number, i: number): string => `${civil(instant(day)).year}-9${String(i + 1).padStart(4, '0')}`

/** The first day of business from a day on. */
function businessDay(day: number): number {
  let at = day
  while (newYorkSession(instant(at)) === undefined) at += DAY_MS
  return at
}
