import { LEDGER } from '../../conventions/ledger.ts'
import { holdsAt, type Convention } from '../../conventions/convention.ts'
import type { Frame } from '../../core/frame.ts'
import type { InstantMs } from '../../core/instant.ts'
import { evaluateMetric, resolveMetric, type ResolvedMetric } from '../../metrics/registry.ts'
import { isVendor } from '../../records/venues.ts'
import { sayVenue } from '../wording.ts'
import type { CheckedClaim, ExpectNumber } from './claimSchema.ts'
import { barClosingAt, claimTime } from './measure.ts'

/** A measure of contracts that was found, and where. */
export interface MeasuredContracts {
  readonly claim: CheckedClaim
  readonly metric: ResolvedMetric
  readonly frame: Frame
  readonly at: InstantMs
}

/** Measures that rest on open interest, each with the output that takes half of unknown sides. */
const LEAST: Readonly<Record<string, string>> = {
  open_interest: 'coins_least',
  oi_to_market_cap: 'least',
  estimated_leverage: 'least',
}

/** What must be said with a figure of open interest: whose sum it is, how many sides it may count, what is left out, how it is averaged. */
export function contractRemarks({ claim, metric, frame, at }: MeasuredContracts): readonly string[] {
  const interest = frame.inputs.filter(({ kind }) => kind === 'open_interest')
  const least = LEAST[metric.metric.id]
  if (interest.length === 0 || least === undefined) return publishedRemarks(claim, metric)
  const bar = barClosingAt(frame, at) ?? -1
  const valueOf = (id: string): number => {
    const resolved = resolveMetric(id)
    return evaluateMetric(resolved, frame)[resolved.outputs[0]?.name ?? 'value']?.[bar] ?? NaN
  }
  const [most, half] =
    metric.metric.id === 'open_interest'
      ? [valueOf('open_interest.coins'), valueOf('open_interest.coins_least')]
      : [valueOf(`${metric.metric.id}.value`), valueOf(`${metric.metric.id}.${least}`)]
  const coverage = valueOf('open_interest.coverage')
  const vendor = interest.find(({ venue }) => isVendor(venue))
  const venues = [...new Set(interest.map(({ venue }) => sayVenue(venue)))]
  return [
    vendor === undefined
      ? `open interest of ${venues.join(', ')}${coverage < 100 ? `: ${coverage.toFixed(0)} % of the instruments known of` : ''}`
      : `open interest is the sum over venues of ${sayVenue(vendor.venue)}, which does not tell which they are: its coverage is unknown`,
    ...(half < most
      ? [`how many sides are counted is not known: one-sided it is between ${short(half)} and ${short(most)}`]
      : []),
    ...(interest.some(({ interval }) => interval.endsWith(' mean'))
      ? ['a mean over the day, not a reading at its close']
      : []),
    ...publishedRemarks(claim, metric),
  ]
}

/** What a claim's own number is worth where its venue counted both sides then. */
export function publishedRemarks(claim: CheckedClaim, metric: ResolvedMetric): readonly string[] {
  if (LEAST[metric.metric.id] === undefined || claim.kind !== 'value' || claim.venue === undefined) return []
  const entry = twoSided(claim.venue, claimTime(claim.at))
  const number = numberIn(claim.expect)
  if (entry === undefined || number === undefined) return []
  const rounded = (number / 2).toFixed(decimals(number))
  return [
    `${sayVenue(claim.venue)} open interest counted both sides at that date: ${number} is ${rounded} one-sided (${entry.id})`,
  ]
}

const twoSided = (venue: string, at: InstantMs): Convention | undefined =>
  LEDGER.find(
    (entry) =>
      entry.venue === venue && entry.rule.of === 'open interest' && entry.rule.sides === 'two' && holdsAt(entry, at),
  )

function numberIn(expect: ExpectNumber): number | undefined {
  if ('value' in expect) return expect.value
  return 'above' in expect ? expect.above : expect.below
}

const decimals = (value: number): number => String(value).split('.')[1]?.length ?? 0

/** Four significant digits. */
const short = (value: number): string => String(Number(value.toPrecision(4)))
