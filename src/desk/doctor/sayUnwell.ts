import type { Diagnosis } from './diagnosis.ts'
import type { FeedHealth } from './feedHealth.ts'
import type { Outdated } from './outdatedRows.ts'

/** What of a diagnosis is not well, a line each. */
export function sayUnwell({
  sources,
  store,
  feeds,
  conventions,
}: Omit<Diagnosis, 'at' | 'simulated' | 'missing'>): readonly string[] {
  return [
    ...sources.flatMap((source) => {
      const name = `${source.venue} ${source.what}`
      if (source.is === 'unreachable') return [`${name}: unreachable: ${source.cause}: ${source.why}`]
      return source.is === 'well' ? [] : [`${name}: its clock is ${sayOff(source.skewMs ?? 0)} this machine's`]
    }),
    ...(store.is === 'shut' ? [`store: ${store.why}`] : []),
    ...(store.is === 'damaged' ? store.problems.map((problem) => `store "${store.path}": ${problem}`) : []),
    ...('holder' in store ? feeds.flatMap(saySilent) : []),
    ...conventions.withoutEvidence.map((id) => `convention ${id}: it rests on nothing`),
    ...(conventions.outdated === 'uncounted' ? [] : conventions.outdated.map(sayOutdated)),
  ]
}

const sayOff = (skewMs: number): string =>
  `${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs < 0 ? 'behind' : 'ahead of'}`

/** Where nobody collects, silence is no fault. */
function saySilent({ venue, state, lanes }: FeedHealth): readonly string[] {
  if (state !== 'silent') return []
  const silent = lanes.filter((lane) => lane.silent)
  return silent.map(({ market, lane, coveredUntil }) => `${venue} ${market} ${lane}: nothing since ${coveredUntil}`)
}

const RECORDS = { openInterest: 'open interest', liquidation: 'liquidations' } as const

const sayOutdated = ({ venue, record, rows, conventions }: Outdated): string =>
  `up to ${rows.toLocaleString('en')} rows of ${RECORDS[record]} of ${venue} stand by ${conventions.join(', ')}, and not by what the ledger says of them now: assayer conventions restate`
