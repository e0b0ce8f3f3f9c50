import { convention } from '../../conventions/ledger.ts'
import { comparableOpenInterest } from '../../conventions/comparable.ts'
import { instant } from '../../core/instant.ts'
import { intervalMs } from '../../core/interval.ts'
import type { Instrument } from '../../records/instrument.ts'
import { openInterest } from '../../records/openInterest.ts'
import { positioning, POSITIONING_MEASURES } from '../../records/positioning.ts'
import type { RecordSpec } from '../../records/record.ts'
import type { Fault } from './badRows.ts'
import type { Field } from './layouts/layout.ts'
import { isFault, RowParts, type Keep, type RowContext, type RowReader } from './rowReader.ts'
import { tallyRow } from './seenInstruments.ts'

const NUMBERS: readonly Field[] = ['openInterest', 'openInterestMillions', ...POSITIONING_MEASURES]
const MILLION = 1e6

/**
 * Reads rows of statistics that were averaged over a day: open interest and every ratio that is there. They are kept under an
 * interval of their own, `1d mean`, so that a mean is never taken for the reading at a close; each is known when its day ends.
 * The price that stands with open interest is its mean value over its mean coins: averaged like it.
 */
export function dailyMetricsRows(context: RowContext): RowReader {
  const parts = new RowParts(context)
  const { averagedOver = '1d' } = context.plan.binding
  const [step, interval] = [intervalMs(averagedOver), `${averagedOver} mean`]

  const read = (cells: readonly string[], keep: Keep): Fault | undefined | 'gap' => {
    const wrongWidth = parts.widthFault(cells)
    if (wrongWidth !== undefined) return wrongWidth
    const at = parts.at(cells)
    if (Number.isNaN(at)) return parts.timeFault(cells)
    if (at % step !== 0) return parts.fault('at', cells, `is not on the grid of ${averagedOver}`)
    const knownAt = parts.knownAt(cells, at + step)
    if (!(knownAt >= at + step)) return parts.knownAtFault(cells, knownAt, 'ends')
    const tally = parts.instrument(cells)
    if (isFault(tally)) return tally
    const values = parts.amounts(cells, NUMBERS)
    if (isFault(values)) return values
    const is = parts.named(tally, instant(at))
    const row = { venue: is.venue, market: is.market, instrument: is.instrument, interval, at, knownAt }
    const { openInterest: published, openInterestMillions: millions } = values
    const records: { readonly record: RecordSpec; readonly row: Readonly<Record<string, unknown>> }[] = []
    if (published !== undefined) {
      records.push({ record: openInterest, row: { ...row, ...readInterest(is, at, published, millions) } })
    }
    for (const measure of POSITIONING_MEASURES) {
      const ratio = values[measure]
      if (ratio !== undefined)
        records.push({ record: positioning, row: { ...row, ...readRatio(is, at, measure), ratio } })
    }
    if (records.length === 0) return 'gap'
    const unsound = records.find((each) => !each.record.schema.safeParse(each.row).success)
    if (unsound !== undefined) return parts.schemaFault(unsound, cells)
    tallyRow(tally, at)
    for (const each of records) keep(each.record, each.row)
    return undefined
  }
  return { read }
}

function readInterest({ venue, contract, ...is }: Instrument, at: number, published: number, millions?: number) {
  const lookup = { venue, field: 'open_interest_history', contract, at: instant(at) } as const
  const { id, rule } = convention({ ...lookup, rule: 'open interest' })
  const price = millions !== undefined && millions > 0 && published > 0 ? (millions * MILLION) / published : undefined
  const valued = { instrument: { contract, ...is }, ...(price === undefined ? {} : { price }) }
  const { sides, coins, quoteValue } = comparableOpenInterest(rule, published, valued)
  const priced = price === undefined ? {} : { quoteValue, price: price / is.multiplier }
  return { published, countedIn: rule.countedIn, sides, coins, ...priced, convention: id }
}

function readRatio({ venue, contract }: Instrument, at: number, measure: (typeof POSITIONING_MEASURES)[number]) {
  return {
    measure,
    convention: convention({ venue, field: measure, contract, at: instant(at), rule: 'ratio' }).id,
  }
}
